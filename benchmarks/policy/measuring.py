"""How the numbers are taken: the median of a few repeats, and the largest memory of a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any


def seconds(work: Callable[[], object], repeats: int = 5) -> float:
    """The median time of some work, in seconds, after one run that does not count."""
    work()
    return once(work, repeats)


def once(work: Callable[[], object], repeats: int = 1) -> float:
    """The median time of some work, in seconds, the first run included."""
    times: list[float] = []
    for _ in range(repeats):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return median(times)


def in_a_process(module: str, *arguments: str | Path) -> dict[str, Any]:
    """What a module prints as JSON, run in a process of its own."""
    command: Sequence[str] = [sys.executable, "-m", module, *map(str, arguments)]
    found = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(found.stdout.splitlines()[-1])
