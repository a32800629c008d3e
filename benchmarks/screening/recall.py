"""Recall@20 of the index by script, its build time and its speed: python -m benchmarks.screening.recall [--misses]."""

from __future__ import annotations

import argparse
import resource
import statistics
from collections import defaultdict
from time import perf_counter

from benchmarks.screening.subjects import Query, everything, key
from hanze.screening.entries import ListedName, Party
from hanze.screening.index import Index


def as_party(query: Query) -> Party:
    return Party(query.text, (ListedName(query.text),), query.kind)  # type: ignore[arg-type]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--misses", metavar="GROUP", help="print the queries of this group that were not found")
    options.add_argument("--limit", type=int, default=20)
    asked = options.parse_args()
    entries, queries = everything()
    builds = []
    for _ in range(3):
        started = perf_counter()
        index = Index.build(entries)
        builds.append(perf_counter() - started)
    keys = [key(entry) for entry in entries]
    found: dict[str, int] = defaultdict(int)
    asked_of: dict[str, int] = defaultdict(int)
    times: dict[str, float] = defaultdict(float)
    for query in queries:
        party = as_party(query)
        started = perf_counter()
        candidates = index.candidates(party, asked.limit)
        times[query.group] += perf_counter() - started
        hit = any(keys[position] in query.wanted for position, _ in candidates)
        found[query.group] += hit
        asked_of[query.group] += 1
        if asked.misses == query.group and not hit:
            best = ", ".join(f"{entries[p].names[0].text} {s:.2f}" for p, s in candidates[:3])
            listed = [e.names[0].text for e, k in zip(entries, keys, strict=True) if e.names and k in query.wanted][:2]
            print(f"{query.text}  wanted {listed}  got {best}")
    print(f"{len(entries)} entries, {index.names} names; build {statistics.median(builds):.2f} s (median of 3)")
    for group in sorted(asked_of):
        rate, count = found[group] / asked_of[group], asked_of[group]
        print(f"{group:24} {rate:.4f} of {count:5}   {times[group] / count * 1e3:6.2f} ms a query")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
