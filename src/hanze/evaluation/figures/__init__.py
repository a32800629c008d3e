"""Every figure of an evaluation: one small function each, with the records behind it.

`compute` counts all of them for a scope and a reader, `compute_one` a single one.
"""

from __future__ import annotations

from collections.abc import Mapping

from hanze.evaluation.figures import activities, decisions, lines, outcomes, parties  # noqa: F401
from hanze.evaluation.figures.registry import Definition, definitions
from hanze.evaluation.records import Records
from hanze.reporting import Compared, Figure
from hanze.reporting.figures import find

__all__ = ["Definition", "compute", "compute_one", "definitions"]


def compute(
    records: Records, compare_year: int | None = None, known: Mapping[str, Definition] | None = None
) -> dict[str, Figure]:
    """All figures of a scope, by key, in the language in force. `compare_year` sets beside each its value then.

    `known` are the scope's definitions, from a caller who has them already.
    """
    earlier = _of_year(records, compare_year) if compare_year else None
    return {
        key: each.count(records, _compared(each, earlier, compare_year))
        for key, each in (known or definitions(records)).items()
    }


def compute_one(records: Records, key: str, compare_year: int | None = None) -> Figure:
    """One figure of a scope. Raises FigureKeyError, naming the nearest key, when there is no such figure."""
    known = definitions(records)
    if key not in known:
        find({each: Figure(each, "", None) for each in known}, key)
    earlier = _of_year(records, compare_year) if compare_year else None
    return known[key].count(records, _compared(known[key], earlier, compare_year))


def _of_year(records: Records, year: int) -> Records:
    return Records(records.scope.in_year(year), records.reader)


def _compared(definition: Definition, earlier: Records | None, year: int | None) -> Compared | None:
    """The value in the other year; figures of single activities have none."""
    if earlier is None or not definition.comparable:
        return None
    return Compared(str(year), definition.count(earlier).value)
