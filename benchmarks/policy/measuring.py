"""How the numbers are taken: the median of a few repeats, and the largest memory of a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
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


def side_by_side(works: Mapping[str, Callable[[], object]], rounds: int = 5) -> dict[str, list[float]]:
    """The time of each work in each of some rounds, in seconds; in a round they run one after the other, so that a busy
    machine is as busy for all."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for each in range(rounds + 1):
        for name, work in works.items():
            taken = once(work)
            if each:  # the first round does not count
                times[name].append(taken)
    return times


def in_a_process(module: str, *arguments: str | Path) -> dict[str, Any]:
    """What a module prints as JSON, run in a process of its own."""
    command: Sequence[str] = [sys.executable, "-m", module, *map(str, arguments)]
    found = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(found.stdout.splitlines()[-1])
