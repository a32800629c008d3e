"""Replay while somebody edits: the cases are prepared once, and each change of the framework is weighed at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from hanze.policy.bulk import BulkProgram, CodedCases, Held
from hanze.policy.framework import Framework
from hanze.policy.replaying.cases import open_cases
from hanze.policy.replaying.causes import Cause
from hanze.policy.replaying.replay import Replay, Side, results_of, side_of, summary
from hanze.policy.replaying.tallying import SAMPLE, Tally


@dataclass(frozen=True, eq=False)
class LiveChange:
    """What a change of the framework does: the counts, and the numbers (from 0) of all cases that change, in order."""

    replay: Replay
    rows: npt.NDArray[Any]
    _ids: pl.Series
    _before: Held
    _after: Held

    @property
    def changed(self) -> int:
        """How many cases get another outcome."""
        return len(self.rows)

    @property
    def causes(self) -> tuple[Cause, ...]:
        """The rules that make cases change, ranked."""
        return self.replay.causes

    def first(self, count: int, start: int = 0) -> tuple[tuple[object, Side, Side], ...]:
        """Some of the cases that change: the id of each (else its number), and both sides with rules and reasons."""
        rows = self.rows[start : start + count]
        old, new = self.replay.old, self.replay.new
        results = results_of(old, new, self._ids[rows.tolist()], self._before.take(rows), self._after.take(rows))
        return tuple(
            (row["case"], side_of(old, row, "old"), side_of(new, row, "new")) for row in results.iter_rows(named=True)
        )


class LiveReplay:
    """Cases that are weighed by one framework again and again, each time with another change to it.

    What a column's values are to the rules is worked out once, and again only for a fact of which a cell changed.
    Raises CasesError, and FactError for a value that is not of its fact's type.
    """

    def __init__(self, framework: Framework, cases: pl.DataFrame) -> None:
        self.framework = framework
        self._cases = open_cases(cases, (framework,))
        self._coded = CodedCases(cases)
        self._before = BulkProgram(framework, self._coded).held()
        named = self._cases.id
        self._ids = cases[named] if named else pl.Series(np.arange(cases.height, dtype=np.uint64))

    def against(
        self, changed: Framework, *, cases: pl.DataFrame | None = None, seed: int = 0, sample: int = SAMPLE
    ) -> LiveChange:
        """The same cases under a changed framework. Raises FactError where a value is no longer of its fact's type;
        `cases` are then the same cases in the same order, with the values that the changed framework reads in them."""
        after = BulkProgram(changed, self._coded if cases is None else CodedCases(cases)).held()
        tally = Tally(self.framework, changed, seed, sample)
        rows = tally.add(0, self._before, after)
        counted = summary(self.framework, changed, self._cases, tally, seed, None)
        return LiveChange(counted, rows, self._ids, self._before, after)
