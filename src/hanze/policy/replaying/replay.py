"""Run the same cases through two versions of a framework, and see which get another outcome, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from hanze.policy.assessing import FiredRule
from hanze.policy.batches import each_batch
from hanze.policy.bulk import WORD, BulkProgram, CodedCases, Held, outcomes_of
from hanze.policy.framework import Framework, Outcome
from hanze.policy.masks import compile_framework
from hanze.policy.replaying.cases import CASE, Cases, open_cases
from hanze.policy.replaying.causes import Cause
from hanze.policy.replaying.tallying import SAMPLE, Crossing, Tally

Progress = Callable[[int, int], None]
"""Called after each batch with how many cases are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Side:
    """What one version says of one case: the outcome that holds, and the rules (with reason and source) that hold and
    that are undecided."""

    outcome: Outcome | None
    fired: tuple[FiredRule, ...]
    undecided: tuple[FiredRule, ...]


@dataclass(frozen=True, eq=False)
class Replay:
    """The cases under two versions.

    `crossings` is the table of old by new outcome; `causes` the rules that make cases change, ranked. `results` has a
    row a case: `case` (its id, or its number from 0), `old` and `new` (the outcome that holds), and as bit masks the
    rules that hold and are undecided (`old_fired_0`, `old_open_0`, `new_fired_0`, …); None when they were not kept.
    """

    old: Framework
    new: Framework
    cases: int
    crossings: tuple[Crossing, ...]
    causes: tuple[Cause, ...]
    passed_over: tuple[str, ...]
    seed: int
    results: pl.DataFrame | None

    @property
    def changed(self) -> int:
        """How many cases get another outcome."""
        return sum(crossing.cases for crossing in self.crossings if crossing.is_change)

    def sides(self, case: int) -> tuple[Side, Side]:
        """A case (its number from 0) under the old and the new version. Raises ValueError without results."""
        if self.results is None:
            raise ValueError("the results of this replay were not kept")
        row = self.results.row(case, named=True)
        return side_of(self.old, row, "old"), side_of(self.new, row, "new")


def side_of(framework: Framework, row: dict[str, object], version: str) -> Side:
    """The part of a row of results for one version (`old`, `new`), its masks read as rules."""
    outcome = row[version]
    return Side(
        framework.outcome(str(outcome)) if outcome is not None else None,
        rules_of(framework, _mask(row, f"{version}_fired_")),
        rules_of(framework, _mask(row, f"{version}_open_")),
    )


def _mask(row: dict[str, object], prefix: str) -> int:
    words = {int(name.removeprefix(prefix)): value for name, value in row.items() if name.startswith(prefix)}
    return sum(int(str(value)) << (WORD * place) for place, value in words.items())


def rules_of(framework: Framework, mask: int) -> tuple[FiredRule, ...]:
    """The rules of a mask, in the order of the document, with the line of action each stands in."""
    rules = compile_framework(framework).rules
    return tuple(FiredRule(table, rule) for place, (table, rule) in enumerate(rules) if mask >> place & 1)


def replay(
    old: Framework,
    new: Framework,
    cases: pl.DataFrame | pl.LazyFrame | Path | str,
    *,
    seed: int = 0,
    sample: int = SAMPLE,
    progress: Progress | None = None,
) -> Replay:
    """Weigh every case by two versions, and keep the outcome and the rules of every case.

    `cases` is a frame or a file with a column a fact (missing or null: unknown); a framework passes over columns that
    are not its facts. `seed` draws the `sample` of each crossing. Raises CasesError, and FactError for a value that is
    not of its fact's type.
    """
    opened = open_cases(cases, (old, new))
    tally = Tally(old, new, seed, sample)
    results = pl.concat(replayed(old, new, opened, tally, progress), rechunk=False)
    return summary(old, new, opened, tally, seed, results)


def replayed(
    old: Framework, new: Framework, cases: Cases, tally: Tally, progress: Progress | None = None
) -> Iterator[pl.DataFrame]:
    """The results batch by batch, counted in `tally` on the way; at no time is more than a batch in memory."""
    for first, batch in cases.batches():
        coded = CodedCases(batch, together=(old, new))
        before, after = weighed(BulkProgram(old, coded), BulkProgram(new, coded), tally, first)
        ids = batch[cases.id] if cases.id else pl.Series(np.arange(first, first + batch.height, dtype=np.uint64))
        yield results_of(old, new, ids, before, after)
        if progress:
            progress(first + batch.height, cases.rows)


def weighed(old: BulkProgram, new: BulkProgram, tally: Tally, first: int) -> tuple[Held, Held]:
    """The cases of a batch by both versions, counted while they are in the processor's cache."""
    before, after = old.empty(), new.empty()

    def weigh(rows: slice) -> None:
        old.weigh(rows, before)
        new.weigh(rows, after)
        tally.add(first + rows.start, before.part(rows), after.part(rows))

    each_batch(weigh, old.rows)
    return before, after


def results_of(old: Framework, new: Framework, ids: pl.Series, before: Held, after: Held) -> pl.DataFrame:
    """A row a case: which case, the outcomes that hold, and the masks."""
    columns = [ids.alias(CASE), outcomes_of(old, before.held).alias("old"), outcomes_of(new, after.held).alias("new")]
    for version, held in (("old", before), ("new", after)):
        for state, words in (("fired", held.fired), ("open", held.open)):
            columns += [pl.Series(f"{version}_{state}_{place}", word) for place, word in enumerate(words)]
    return pl.DataFrame(columns)


def summary(
    old: Framework, new: Framework, cases: Cases, tally: Tally, seed: int, results: pl.DataFrame | None
) -> Replay:
    """The counts of a tally as a Replay."""
    crossings, causes = tally.crossings(), tally.ranked_causes()
    return Replay(old, new, int(tally.counts.sum()), crossings, causes, cases.passed_over, seed, results)
