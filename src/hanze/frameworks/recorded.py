"""The facts of weighed cases as columns: each value is kept once, each case as numbers that point at them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from hanze.frameworks.history import Keys, WeighedCase
from hanze.policy import Fact, FactError, Framework
from hanze.policy.classing import checked

CASE = "case"
_TYPES: Mapping[str, Any] = {
    "boolean": pl.Boolean(),
    "text": pl.String(),
    "choice": pl.String(),
    "number": pl.Decimal(38, 10),
    "date": pl.Date(),
    "date-time": pl.Datetime("us"),
    "duration": pl.Duration("us"),
}


@dataclass(frozen=True, eq=False)
class Column:
    """A fact in every case: for each the place of its value; the first value is None, the unknown."""

    codes: npt.NDArray[np.uint32]
    values: tuple[Any, ...]

    def as_fact(self, fact: Fact) -> pl.Series:
        """The column as values of a fact; a value that the fact does not know is unknown."""
        dtype = pl.List(_TYPES[fact.type]) if fact.many else _TYPES[fact.type]
        known = pl.Series(fact.id, [_known(value, fact) for value in self.values], dtype, strict=False)
        return known.gather(self.codes)


@dataclass(frozen=True, eq=False)
class Recorded:
    """The cases that one framework weighed last, in the order of their numbers."""

    keys: Keys
    columns: Mapping[str, Column]

    @classmethod
    def of(cls, cases: pl.DataFrame) -> Recorded:
        """The columns of a frame, so that another framework can read them; its cases are numbered from 0."""
        everywhere = ({name: value for name, value in row.items() if value is not None} for row in cases.to_dicts())
        return NOTHING.renewed((WeighedCase(at, "", facts) for at, facts in enumerate(everywhere)), "")

    def having(self, some: Keys) -> Recorded:
        """Only these of the cases."""
        rows = np.flatnonzero(np.isin(self.keys, some))
        if len(rows) == len(self.keys):
            return self
        cut = {name: Column(column.codes[rows], column.values) for name, column in self.columns.items()}
        return Recorded(self.keys[rows], cut)

    def as_facts_of(self, framework: Framework) -> pl.DataFrame:
        """The cases as a framework reads them: a column a fact, and the case."""
        nothing = Column(np.zeros(len(self.keys), np.uint32), (None,))
        facts = [self.columns.get(fact.id, nothing).as_fact(fact) for fact in framework.facts]
        name = CASE if all(fact.id != CASE for fact in framework.facts) else "id"
        return pl.DataFrame([*facts, pl.Series(name, self.keys)])

    def renewed(self, cases: Iterable[WeighedCase], framework: str) -> Recorded:
        """With what cases are now: those of this framework come in the place of what they were, others go."""
        values = {
            name: {_key(value): at for at, value in enumerate(each.values)} for name, each in self.columns.items()
        }
        kept = {name: list(column.values) for name, column in self.columns.items()}
        touched: list[int] = []
        keys: list[int] = []
        codes: dict[str, list[int]] = {name: [] for name in values}
        for case in cases:
            touched.append(case.key)
            if case.framework != framework:
                continue
            for name, value in case.facts.items():
                if name not in codes:
                    values[name], kept[name], codes[name] = {_key(None): 0}, [None], [0] * len(keys)
                code = values[name].setdefault(_key(value), len(kept[name]))
                if code == len(kept[name]):
                    kept[name].append(value)
                codes[name].append(code)
            keys.append(case.key)
            for column in codes.values():
                column.extend([0] * (len(keys) - len(column)))
        return self._joined(np.array(touched, np.int64), np.array(keys, np.int64), codes, kept)

    def _joined(
        self, touched: Keys, keys: Keys, codes: Mapping[str, list[int]], values: Mapping[str, list[Any]]
    ) -> Recorded:
        """These cases after those that stay, in order."""
        stay = np.flatnonzero(~np.isin(self.keys, touched))
        all_keys = np.concatenate((self.keys[stay], keys))
        order = np.argsort(all_keys)
        nothing = np.zeros(len(stay), np.uint32)
        columns: dict[str, Column] = {}
        for name, new in codes.items():
            before = self.columns[name].codes[stay] if name in self.columns else nothing
            after = np.concatenate((before, np.array(new, np.uint32)))
            columns[name] = Column(after[order], tuple(values[name]))
        return Recorded(all_keys[order], columns)


NOTHING = Recorded(np.zeros(0, np.int64), {})


def _key(value: Any) -> Any:
    """What tells written values apart: yes is not one, and a list can be looked up."""
    return (type(value), tuple(map(_key, value)) if isinstance(value, list) else value)


def _known(value: Any, fact: Fact) -> Any:
    try:
        return None if value is None else checked(value, fact)
    except FactError:
        return None
