"""nomenklatura end to end: candidates out of its blocking index, each scored with logic-v2, over two processes.

Run by `endtoend.py --peer PYTHON`; reads JSON (entries, queries, limit) from a file, prints JSON with the seconds of
building, of finding and scoring candidates, and of processor time for the latter.
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

from followthemoney import Dataset
from nomenklatura.blocker.index import Index
from nomenklatura.matching import get_algorithm
from nomenklatura.resolver import Linker
from nomenklatura.store import SimpleMemoryStore

from benchmarks.screening.peer_index import entity

LIMIT = 20
KEPT = 5
known: dict[str, Any] = {}


def processor_seconds() -> float:
    """Seconds of processor time of this process and those it waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def score(job: tuple[Any, list[str]]) -> int:
    """Score one query against its candidates, with the explanations that logic-v2 gives; how many were kept."""
    query, candidates = job
    matcher = get_algorithm("logic-v2")
    assert matcher is not None
    config = matcher.default_config()
    results = [matcher.compare(query, known[other], config) for other in candidates]
    results.sort(key=lambda result: -result.score)
    return len([result.explanations for result in results[:KEPT]])


def main(path: Path) -> None:
    given = json.loads(path.read_text(encoding="utf-8"))
    dataset = Dataset.make({"name": "benchmark", "title": "benchmark"})
    store = SimpleMemoryStore(dataset, Linker({}))
    with store.writer() as writer:
        for row in given["entries"]:
            known[row["id"]] = entity(dataset, row)
            writer.add_entity(known[row["id"]])
    queries = {row["id"]: entity(dataset, row) for row in given["queries"]}
    with tempfile.TemporaryDirectory() as folder:
        started = perf_counter()
        index = Index(store.default_view(), Path(folder), {"max_candidates": LIMIT})
        index.build()
        built = perf_counter() - started
        started, busy = perf_counter(), processor_seconds()
        found = [
            (queries[str(key)], [str(other) for other, _ in matches[:LIMIT]])
            for key, matches in index.match_entities(list(queries.values()))
        ]
        asked = perf_counter() - started
    started = perf_counter()
    with multiprocessing.get_context("fork").Pool(2) as pool:
        pool.map(score, found, chunksize=32)
        pool.close()
        pool.join()
    scored = perf_counter() - started
    print(json.dumps({"build": built, "seconds": asked + scored, "processor": processor_seconds() - busy}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
