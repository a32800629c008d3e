"""Names per second from a name to explained candidates over two processes, and the same of nomenklatura.

    python -m benchmarks.screening.endtoend [--peer PYTHON_WITH_NOMENKLATURA] [--count 4000] [--repeat 3]

Half of the names are invented persons on no list, half are names on the lists, disturbed or in another script. Each
engine's names per second is the median of the repetitions; the peer is asked a tenth of the names.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import tempfile
from collections.abc import Sequence
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


def names_per_second(entries: Sequence[Entry], queries: Sequence[Query]) -> tuple[float, float]:
    """Seconds to build, and names a second, every returned candidate explained in sentences."""
    started = perf_counter()
    screener = Screener.build(entries)
    built = perf_counter() - started
    parties = [Party(str(at), (ListedName(query.text),), query.kind) for at, query in enumerate(queries)]  # type: ignore[arg-type]
    started = perf_counter()
    for screening in screener.screen_all(parties, WORKERS):
        for candidate in screening.candidates:
            explain(candidate, "nl")
    return built, len(parties) / (perf_counter() - started)


def names_per_second_of_peer(python: str, entries: Sequence[Entry], queries: Sequence[Query]) -> tuple[float, float]:
    """The same of nomenklatura, asked from the Python in which it is installed."""
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
    seconds = json.loads(done.stdout.splitlines()[-1])
    return seconds["build"], len(queries) / (seconds["candidates"] + seconds["scores"])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", help="a Python in which nomenklatura is installed")
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--repeat", type=int, default=3)
    asked = parser.parse_args()
    entries, queries = everything()
    names = sample(queries, asked.count)
    ours = [names_per_second(entries, names) for _ in range(asked.repeat)]
    built, speed = (statistics.median(values) for values in zip(*ours, strict=True))
    print(f"hanze: built in {built:.2f} s, {speed:.0f} names a second, explained")
    if asked.peer:
        theirs = [
            names_per_second_of_peer(asked.peer, entries, names[: asked.count // 10]) for _ in range(asked.repeat)
        ]
        peer_built, peer_speed = (statistics.median(values) for values in zip(*theirs, strict=True))
        print(f"nomenklatura: built in {peer_built:.2f} s, {peer_speed:.0f} names a second")
        print(f"ratio: {speed / peer_speed:.1f} in names a second, {peer_built / built:.1f} in building")


if __name__ == "__main__":
    main()
