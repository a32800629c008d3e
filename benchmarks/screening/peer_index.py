"""nomenklatura's blocking index over the same entries and queries, in an environment of its own.

Run by `recall.py --peer PYTHON`; reads JSON lines (entities, then queries) from a file, prints JSON:
build seconds, seconds for all queries, and per query the ids of the best candidates.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

from followthemoney import Dataset, StatementEntity  # type: ignore[import-not-found]
from nomenklatura.blocker.index import Index  # type: ignore[import-not-found]
from nomenklatura.resolver import Linker  # type: ignore[import-not-found]
from nomenklatura.store import SimpleMemoryStore  # type: ignore[import-not-found]


def entity(dataset: Any, row: dict[str, Any]) -> Any:
    data = {"id": row["id"], "schema": row["schema"], "properties": {"name": row["names"]}, "datasets": [dataset.name]}
    return StatementEntity.from_data(dataset, data, cleaned=False)


def main(path: Path, limit: int) -> None:
    given = json.loads(path.read_text(encoding="utf-8"))
    dataset = Dataset.make({"name": "benchmark", "title": "benchmark"})
    store = SimpleMemoryStore(dataset, Linker({}))
    with store.writer() as writer:
        for row in given["entries"]:
            writer.add_entity(entity(dataset, row))
    with tempfile.TemporaryDirectory() as folder:
        started = perf_counter()
        index = Index(store.default_view(), Path(folder), {"max_candidates": limit})
        index.build()
        built = perf_counter() - started
        queries = [entity(dataset, row) for row in given["queries"]]
        started = perf_counter()
        found = {
            str(key): [str(other) for other, _ in matches[:limit]] for key, matches in index.match_entities(queries)
        }
        asked = perf_counter() - started
    print(json.dumps({"build": built, "queries": asked, "found": found}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
