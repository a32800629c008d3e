"""A replay on the terminal: how far it is, and what came out as tables."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TextIO

from hanze.policy.framework import Framework
from hanze.policy.replaying.replay import Replay

NOTHING_HOLDS = "(nothing holds yet)"
CAUSES_SHOWN = 15


class Meter:
    """Shows how far a replay is: on a terminal on one line, else now and then on a line of its own."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._shown = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if self._out.isatty():
            print(f"\r{done:,} of {total:,} cases", end="\n" if done >= total else "", file=self._out, flush=True)
        elif now - self._shown > 5:
            print(f"{done:,} of {total:,} cases", file=self._out, flush=True)
            self._shown = now


def show(found: Replay, out: TextIO) -> None:
    """A replay as tables for a terminal."""
    print(f"{_name(found.old)}  →  {_name(found.new)}", file=out)
    share = f" ({found.changed / found.cases:.1%})" if found.cases else ""
    print(f"{found.cases:,} cases; {found.changed:,} get another outcome{share}.", file=out)
    if found.passed_over:
        print(f"Columns that are no fact, and were passed over: {', '.join(found.passed_over)}.", file=out)
    print(file=out)
    _print_table(_crosstab(found), out)
    if found.causes:
        print("\nRules that cause it, those of most cases first:", file=out)
        for cause in found.causes[:CAUSES_SHOWN]:
            side = cause.new or cause.old
            because = f"  {side[1].because.en}" if side else ""
            gone = "  (left out)" if cause.old and not cause.new else "  (new)" if cause.new and not cause.old else ""
            print(f"  {cause.cases:>12,}  {cause.rule}{gone}{because}", file=out)
        if len(found.causes) > CAUSES_SHOWN:
            print(f"  and {len(found.causes) - CAUSES_SHOWN} more, in the summary.", file=out)


def _name(framework: Framework) -> str:
    return f"{framework.id} {framework.version.isoformat()}"


def _crosstab(found: Replay) -> list[list[str]]:
    counts = {(each.old, each.new): each.cases for each in found.crossings}
    scale = dict.fromkeys([outcome.id for version in (found.old, found.new) for outcome in version.scale])
    olds = [name for name in (*scale, None) if any(old == name for old, _ in counts)]
    news = [name for name in (*scale, None) if any(new == name for _, new in counts)]
    head = ["from ↓  to →", *(name or NOTHING_HOLDS for name in news)]
    rows = [[old or NOTHING_HOLDS, *(_count(counts.get((old, new), 0)) for new in news)] for old in olds]
    return [head, *rows]


def _count(number: int) -> str:
    return f"{number:,}" if number else "·"


def _print_table(rows: Sequence[Sequence[str]], out: TextIO) -> None:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        cells = [cell.ljust(width) if place == 0 else cell.rjust(width)
                 for place, (cell, width) in enumerate(zip(row, widths, strict=True))]  # fmt: skip
        print("  " + "  ".join(cells).rstrip(), file=out)
