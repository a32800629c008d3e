"""Work on many rows in batches that fit in the processor's cache, on all processors."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

BATCH = 32_768


def each_batch(work: Callable[[slice], None], rows: int, size: int = BATCH) -> None:
    """Do the work for every batch of rows; numpy lets several run at once. Raises what the work raises."""
    batches = [slice(start, min(start + size, rows)) for start in range(0, rows, size)]
    if len(batches) < 2:
        for batch in batches:
            work(batch)
        return
    with ThreadPoolExecutor(min(len(batches), os.cpu_count() or 1)) as pool:
        for _ in pool.map(work, batches):
            pass
