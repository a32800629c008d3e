"""Replay many cases from disk to disk; prints seconds and the largest memory of the process as JSON.

python -m benchmarks.policy.big_replay CASES RULES FOLDER
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from time import perf_counter

from benchmarks.policy import table as tables
from hanze.policy.replaying.writing import replay_to_disk
from hanze.policy.synthetic import synthesise_to_file


def main(number: int, count: int, folder: Path) -> None:
    """Make the cases, if they are not there yet, then replay them."""
    old = tables.rules(count)
    before, after = tables.framework(old), tables.framework(tables.changed(old))
    cases = folder / f"{number}.parquet"
    if not cases.exists():
        synthesise_to_file(before, number, cases, seed=1)
        return
    start = perf_counter()
    found = replay_to_disk(before, after, cases, folder / "replay")
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"seconds": perf_counter() - start, "bytes": used, "changed": found.changed}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
