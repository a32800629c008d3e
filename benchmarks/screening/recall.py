"""Recall@20 of the index by script, its build time and its speed.

python -m benchmarks.screening.recall [--misses GROUP] [--peer PYTHON]
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.screening.subjects import Query, everything, key
from hanze.screening.entries import Entry, ListedName, Party
from hanze.screening.index import Index


def as_party(query: Query) -> Party:
    return Party(query.text, (ListedName(query.text),), query.kind)  # type: ignore[arg-type]


_SCHEMATA = {"person": "Person", "organisation": "Organization", "vessel": "Vessel", "aircraft": "Airplane"}


def peer(python: str, entries: list[Entry], queries: list[Query], limit: int) -> dict[str, Any]:
    """What nomenklatura finds: its build and query seconds, and ids by query number."""
    given = {
        "entries": [
            {"id": key(e), "schema": _SCHEMATA.get(e.kind, "LegalEntity"), "names": [n.text for n in e.names]}
            for e in entries
            if e.names
        ],
        "queries": [
            {"id": f"q{n}", "schema": _SCHEMATA.get(q.kind, "LegalEntity"), "names": [q.text]}
            for n, q in enumerate(queries)
        ],
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "given.json"
        path.write_text(json.dumps(given), encoding="utf-8")
        command = [python, str(Path(__file__).with_name("peer_index.py")), str(path), str(limit)]
        done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder)
    return json.loads(done.stdout.splitlines()[-1])


def arguments() -> argparse.Namespace:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--misses", metavar="GROUP", help="print the queries of this group that were not found")
    options.add_argument("--limit", type=int, default=20)
    options.add_argument("--latin", type=int, default=2000, help="how many Latin queries")
    options.add_argument("--peer", metavar="PYTHON", help="a Python that has nomenklatura, to measure alongside")
    return options.parse_args()


def main() -> None:
    asked = arguments()
    entries, queries = everything(asked.latin)
    builds: list[float] = []
    for _ in range(3):
        started = perf_counter()
        index = Index.build(entries)
        builds.append(perf_counter() - started)
    keys = [key(entry) for entry in entries]
    counted, hits, hits_of_peer = Counter(q.group for q in queries), Counter[str](), Counter[str]()
    times: dict[str, float] = defaultdict(float)
    other = peer(asked.peer, entries, queries, asked.limit) if asked.peer else None
    for number, query in enumerate(queries):
        party = as_party(query)
        started = perf_counter()
        candidates = index.candidates(party, asked.limit)
        times[query.group] += perf_counter() - started
        hit = any(keys[position] in query.wanted for position, _ in candidates)
        hits[query.group] += hit
        if other:
            hits_of_peer[query.group] += bool(query.wanted & set(other["found"].get(f"q{number}", ())))
        if asked.misses == query.group and not hit:
            best = ", ".join(f"{entries[p].names[0].text} {s:.2f}" for p, s in candidates[:3])
            listed = [e.names[0].text for e, k in zip(entries, keys, strict=True) if e.names and k in query.wanted][:2]
            print(f"{query.text}  wanted {listed}  got {best}")
    print(f"{len(entries)} entries, {index.names} names; build {statistics.median(builds):.2f} s (median of 3)")
    for group, count in sorted(counted.items()):
        line = f"{group:24} {hits[group] / count:.4f} of {count:5}   {times[group] / count * 1e3:6.2f} ms a query"
        print(line + (f"   nomenklatura {hits_of_peer[group] / count:.4f}" if other else ""))
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    if other:
        print(f"nomenklatura: build {other['build']:.2f} s, {other['queries'] / len(queries) * 1e3:.2f} ms a query")


if __name__ == "__main__":
    main()
