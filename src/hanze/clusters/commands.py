"""`hanze clusters`: the engine from the command line, without a database."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from hanze.clusters import place_commands
from hanze.clusters.problems import InputError

Answer = dict[str, Any]
Verb = Callable[[argparse.Namespace], Answer]


def add_commands(parser: argparse.ArgumentParser) -> None:
    """The verbs of `hanze clusters`."""
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    _add_file(verbs, "pmedian", "hubs at the least distance", "orlib", _pmedian, seconds=4.0)
    _add_file(verbs, "cpmedian", "hubs that hold only so much", "sjc", _cpmedian, seconds=50.0)
    _add_file(verbs, "match", "the cheapest flow from supply to demand", "dimacs", _match)
    for name, text, add, verb in (
        ("rank", "which area suits best, and how robust that is", place_commands.add_rank, place_commands.rank),
        ("swap", "parcels to swap so that land lies nearer", place_commands.add_places, place_commands.swap),
        ("plan", "groups, regions, hubs and swaps together", place_commands.add_plan, place_commands.plan),
    ):
        sub = verbs.add_parser(name, help=text)
        add(sub)
        sub.set_defaults(run=partial(run, verb))


def _add_file(
    verbs: Any,
    name: str,
    text: str,
    form: str,
    verb: Verb,
    seconds: float | None = None,
) -> None:
    parser = verbs.add_parser(name, help=text)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--format", choices=(form,), default=form, help="how the file is written")
    if seconds is not None:
        parser.add_argument(
            "--seconds", type=float, default=seconds, help="search at most so long (default %(default)s)"
        )
        parser.add_argument("--seed", type=int, default=0, help="of the search (default %(default)s)")
    parser.set_defaults(run=partial(run, verb))


def run(verb: Verb, arguments: argparse.Namespace) -> int:
    """Print the answer as one JSON line; 0, or 2 when the input cannot be used."""
    started = time.perf_counter()
    try:
        answer = verb(arguments)
    except InputError as error:
        for problem in error.problems:
            print(f"hanze: {problem}", file=sys.stderr)
        return 2
    print(json.dumps({**answer, "seconds": round(time.perf_counter() - started, 3)}, allow_nan=False))
    return 0


def _pmedian(arguments: argparse.Namespace) -> Answer:
    from hanze.clusters.siting import site
    from hanze.clusters.siting.reading import read_orlib

    started = time.perf_counter()
    instance = read_orlib(arguments.file)
    left = max(0.1, arguments.seconds - (time.perf_counter() - started))
    siting = site(instance.cost, instance.count, seconds=left, seed=arguments.seed)
    return _siting(siting)


def _cpmedian(arguments: argparse.Namespace) -> Answer:
    from hanze.clusters.siting import site_with_capacity
    from hanze.clusters.siting.reading import read_sjc

    instance = read_sjc(arguments.file)
    assert instance.demand is not None
    assert instance.capacity is not None
    siting = site_with_capacity(
        instance.cost,
        instance.demand,
        instance.capacity,
        instance.count,
        seconds=arguments.seconds,
        seed=arguments.seed,
    )
    return _siting(siting)


def _siting(siting: Any) -> Answer:
    return {
        "value": siting.value,
        "bound": siting.bound,
        "gap": siting.gap,
        "proven": siting.proven,
        "hubs": [hub + 1 for hub in siting.hubs],
        "assigned": [int(hub) + 1 for hub in siting.assigned],
    }


def _match(arguments: argparse.Namespace) -> Answer:
    from hanze.clusters.flows import cheapest_flow
    from hanze.clusters.flows.network import read_dimacs

    flow = cheapest_flow(read_dimacs(arguments.file))
    return {"value": flow.value, "bound": flow.bound, "gap": flow.gap, "proven": flow.proven}
