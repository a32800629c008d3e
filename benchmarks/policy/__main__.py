"""The measured table of the policy engine, beside its peers in the same run: `python -m benchmarks.policy`."""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.policy import measuring, peers
from benchmarks.policy import table as tables
from hanze.policy import assess
from hanze.policy.framework import Framework
from hanze.policy.masks import compile_framework
from hanze.policy.reading import read_framework_text
from hanze.policy.replaying import LiveReplay, replay
from hanze.policy.synthetic import synthesise

Line = tuple[str, str, str]
"""What was measured, by whom, and how much."""


def main() -> None:
    """Measure, and print a line as soon as it is known."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.policy", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the cases, to see that it works")
    parser.add_argument("--only", choices=list(PARTS), action="append", help="some of the parts")
    given = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    for part in given.only or PARTS:
        print(f"\n{PARTS[part].__doc__}")
        for what, who, measured in PARTS[part](10 if given.quick else 1):
            print(f"  {what:<44} {who:<18} {measured:>24}", flush=True)


def single(less: int) -> Iterator[Line]:
    """One case at a time: a table of 12 rules with 6 inputs, cases a second."""
    rules, cases = tables.rules(12), tables.cases(5_000 // less)
    framework = tables.framework(rules)
    expected = [[rule.id for rule in rules if tables.holds(rule, case)] for case in cases]
    assert [[each.rule.id for each in assess(framework, case).fired] for case in cases] == expected
    program = compile_framework(framework)
    yield "outcome", "Hanze", _rate(lambda: [program.held(case) for case in cases], len(cases))
    yield "outcome, full trace", "Hanze", _rate(lambda: [_traced(framework, case) for case in cases], len(cases))
    open_cases = [{**case, "budget": None} if place % 2 else case for place, case in enumerate(cases)]
    yield (
        "outcome, full trace, half the cases open",
        "Hanze",
        _rate(lambda: [_traced(framework, case) for case in open_cases], len(cases)),
    )
    for peer in peers.installed(rules):
        some = cases[: 300 // less]
        found = peer.one_by_one(some)
        assert [sorted(each) for each in found] == [sorted(each) for each in expected[: len(some)]], peer.name
        yield "rules that hold", peer.name, _rate(lambda peer=peer, some=some: peer.one_by_one(some), len(some), 3)
        if peer.traced is not None:
            traced = peer.traced
            yield (
                "rules that hold, trace",
                peer.name,
                _rate(lambda traced=traced, some=some: traced(some), len(some), 3),
            )


def _traced(framework: Framework, case: tables.Case) -> tuple[Any, ...]:
    """Everything that an advice says, the trace of every cell included; only the search for questions is left out."""
    advice = assess(framework, case)
    return (
        *(advice.outcome, advice.possible, advice.by_default, advice.fired, advice.undecided, advice.decisive),
        *(advice.measures, advice.lines, advice.grounds, advice.trace),
    )


def many(less: int) -> Iterator[Line]:
    """Many cases: 120 rules by 2 versions, the rules that hold kept of every case; the peers weigh one version."""
    rules = tables.rules(120)
    old, new = tables.framework(rules), tables.framework(tables.changed(rules))
    number = 1_000_000 // less
    some = tables.cases(10_000 // less)
    expected = [[rule.id for rule in rules if tables.holds(rule, case)] for case in some]
    some_unknown = synthesise(old, number, seed=1, unknown=0.1)
    known = synthesise(old, number, seed=1, unknown=0.0)
    works: dict[str, Callable[[], object]] = {
        "a tenth unknown": lambda: replay(old, new, some_unknown),
        "nothing unknown": lambda: replay(old, new, known),
    }
    sizes = dict.fromkeys(works, 2 * number)
    for peer in peers.installed(rules):
        weigh = peer.together or peer.one_by_one
        few = some if peer.together else some[: 150 // less]
        assert [sorted(each) for each in weigh(few)] == [sorted(each) for each in expected[: len(few)]], peer.name
        works[peer.name] = lambda weigh=weigh, few=few: weigh(few)
        sizes[peer.name] = len(few)
    times = measuring.side_by_side(works, 7)
    for name in ("a tenth unknown", "nothing unknown"):
        yield f"replay of {number:,} cases, {name}", "Hanze", f"{median(times[name]):.2f} s"
        yield "  cases by versions a second", "Hanze", f"{sizes[name] / median(times[name]):,.0f}"
    for name in [name for name in works if name not in ("a tenth unknown", "nothing unknown")]:
        rounds = zip(times[name], times["nothing unknown"], strict=True)
        ratio = median((2 * number / ours) / (sizes[name] / theirs) for theirs, ours in rounds)
        rate = sizes[name] / median(times[name])
        yield "  cases by versions a second", name, f"{rate:,.0f} (1/{ratio:,.0f})"


def memory(less: int) -> Iterator[Line]:
    """Ten million cases from disk to disk: 60 rules by 2 versions."""
    number = 10_000_000 // less
    with tempfile.TemporaryDirectory() as folder:
        arguments = (str(number), "60", folder)
        subprocess.run([sys.executable, "-m", "benchmarks.policy.big_replay", *arguments], check=True)
        found = measuring.in_a_process("benchmarks.policy.big_replay", *arguments)
    yield f"replay of {number:,} cases to parquet", "Hanze", f"{found['seconds']:.1f} s"
    yield "  largest memory", "Hanze", f"{found['bytes'] / 1e9:.2f} GB"


def live(less: int) -> Iterator[Line]:
    """While somebody edits: 100,000 cases, 120 rules, one cell changed."""
    rules = tables.rules(120)
    old = tables.framework(rules)
    waiting = LiveReplay(old, synthesise(old, 100_000 // less, seed=1))
    texts = [_edited(rules, bound) for bound in range(0, 100_000, 7_000)]
    changed = [read_framework_text(text.encode(), Path("edited.yaml")) for text in texts]
    turns = iter(changed * 2)
    yield (
        "which cases change, and why",
        "Hanze",
        f"{measuring.seconds(lambda: waiting.against(next(turns)), 9) * 1e3:.0f} ms",
    )


def _edited(rules: Sequence[tables.Rule], bound: int) -> str:
    place = next(place for place, rule in enumerate(rules) if "budget" in rule.conditions)
    conditions = {**rules[place].conditions, "budget": tables.Above(bound)}
    edited = tables.Rule(rules[place].id, conditions, rules[place].advice)
    return tables.framework_text([*rules[:place], edited, *rules[place + 1 :]])


def load(less: int) -> Iterator[Line]:
    """Reading and checking a framework of 500 rules from YAML."""
    for hit in ("collect", "first"):
        content = tables.framework_text(tables.rules(500 // less), hit).encode()
        taken = measuring.seconds(lambda content=content: read_framework_text(content, Path("load.yaml")))
        yield f"500 rules, hit policy {hit}", "Hanze", f"{taken:.2f} s"


def _rate(work: Callable[[], object], number: int, repeats: int = 5) -> str:
    return f"{number / measuring.seconds(work, repeats):,.0f} a second"


PARTS: dict[str, Callable[[int], Iterator[Line]]] = {
    "single": single,
    "many": many,
    "memory": memory,
    "live": live,
    "load": load,
}

if __name__ == "__main__":
    main()
