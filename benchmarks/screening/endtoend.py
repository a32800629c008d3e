"""Names per second from a name to explained candidates over two processes, and the same of nomenklatura.

    python -m benchmarks.screening.endtoend [--peer PYTHON_WITH_NOMENKLATURA] [--count 4000] [--repeat 3]

Half of the names are invented persons on no list, half are names on the lists, disturbed or in another script. Each
engine's numbers are medians of the repetitions; the peer is asked a tenth of the names. Processor time is what tells
on a machine that others use too.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from time import perf_counter

from benchmarks.screening.quality import read_negatives
from benchmarks.screening.subjects import Query, everything, key
from hanze.screening.entries import Entry, ListedName, Party
from hanze.screening.scoring.wording import explain
from hanze.screening.screen import Screener

WORKERS = 2
SCHEMATA = {"person": "Person", "organisation": "Organization", "vessel": "Vessel", "aircraft": "Airplane"}


def sample(queries: Sequence[Query], count: int) -> list[Query]:
    """Names to screen, in a fixed mixed order."""
    chance = random.Random(7)
    others = [Query(name, "person", frozenset(), "negative") for name in read_negatives()]
    mixed = chance.sample(list(queries), count // 2) + chance.sample(others, count // 2)
    chance.shuffle(mixed)
    return mixed


@dataclass(frozen=True)
class Speed:
    """Seconds to build and to be ready for many questions (of processor time), names a second, and milliseconds of
    processor time for a name.
    """

    build: float
    ready: float
    names: float
    processor: float


def processor_seconds() -> float:
    """Seconds of processor time of this process and those it waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def speed(entries: Sequence[Entry], queries: Sequence[Query]) -> Speed:
    """Of Hanze, every returned candidate explained in sentences."""
    started = perf_counter()
    screener = Screener.build(entries)
    built = perf_counter() - started
    busy = processor_seconds()
    screener.ready()
    ready = processor_seconds() - busy
    parties = [Party(str(at), (ListedName(query.text),), query.kind) for at, query in enumerate(queries)]  # type: ignore[arg-type]
    started, busy = perf_counter(), processor_seconds()
    for screening in screener.screen_all(parties, WORKERS):
        for candidate in screening.candidates:
            explain(candidate, "nl")
    seconds, busy = perf_counter() - started, processor_seconds() - busy
    return Speed(built, ready, len(parties) / seconds, 1000 * busy / len(parties))


def speed_of_peer(python: str, entries: Sequence[Entry], queries: Sequence[Query]) -> Speed:
    """Of nomenklatura, asked from the Python in which it is installed."""
    given = {
        "entries": [
            {"id": key(e), "schema": SCHEMATA.get(e.kind, "LegalEntity"), "names": [n.text for n in e.names]}
            for e in entries
            if e.names
        ],
        "queries": [
            {"id": f"q{at}", "schema": SCHEMATA.get(query.kind, "LegalEntity"), "names": [query.text]}
            for at, query in enumerate(queries)
        ],
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "given.json"
        path.write_text(json.dumps(given), encoding="utf-8")
        command = [python, "-m", "benchmarks.screening.peer_endtoend", str(path)]
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    told = json.loads(done.stdout.splitlines()[-1])
    return Speed(told["build"], 0.0, len(queries) / told["seconds"], 1000 * told["processor"] / len(queries))


def median(speeds: Sequence[Speed]) -> Speed:
    """The median of each number."""
    return Speed(*(statistics.median(values) for values in zip(*(astuple(one) for one in speeds), strict=True)))


def told(name: str, one: Speed) -> str:
    """A speed in words."""
    return (
        f"{name}: built in {one.build:.2f} s, ready after {one.ready:.2f} s of processor, "
        f"{one.names:.0f} names a second, {one.processor:.2f} ms of processor each"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", help="a Python in which nomenklatura is installed")
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--repeat", type=int, default=3)
    asked = parser.parse_args()
    entries, queries = everything()
    names = sample(queries, asked.count)
    ours = median([speed(entries, names) for _ in range(asked.repeat)])
    print(told("hanze", ours))
    if asked.peer:
        fewer = names[: asked.count // 10]
        theirs = median([speed_of_peer(asked.peer, entries, fewer) for _ in range(asked.repeat)])
        print(told("nomenklatura", theirs))
        print(
            f"ratio: {ours.names / theirs.names:.1f} in names a second, {theirs.processor / ours.processor:.1f} in "
            f"processor time ({theirs.processor / (ours.processor + 1000 * ours.ready / len(names)):.1f} with getting "
            f"ready), {theirs.build / ours.build:.1f} in building"
        )


if __name__ == "__main__":
    main()
