"""A table of areas and the criteria they are compared by, from files."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import yaml

from hanze.clusters.estimates import Estimate
from hanze.clusters.importing.tables import Source, read_source
from hanze.clusters.problems import InputError, Problem
from hanze.clusters.ranking.tables import Criterion, Table


def read_criteria(path: Path) -> tuple[Criterion, ...]:
    """YAML: `id: {label, weight: 2 or [low, mode, high], better: more or less, unit, indifferent, prefers}`.

    Raises InputError with every criterion that is wrong.
    """
    try:
        content: object = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(Problem(f"cannot be read: {error.strerror}", source=path.name)) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError(Problem(f"is not YAML: {error}", source=path.name)) from None
    if not isinstance(content, dict) or not content:
        raise InputError(Problem("expected a name with fields for each criterion.", source=path.name))
    found: list[Criterion] = []
    problems: list[Problem] = []
    for key, fields in cast(dict[object, object], content).items():
        try:
            found.append(_criterion(str(key), fields))
        except (ValueError, TypeError) as error:
            problems.append(Problem(f"{key}: {error}", source=path.name))
    if problems:
        raise InputError(problems)
    return tuple(found)


def _criterion(id: str, fields: object) -> Criterion:
    if not isinstance(fields, dict):
        raise InputError("expected fields: label, weight, better.")
    given = cast(dict[str, Any], fields)
    strange = sorted(set(given) - {"label", "weight", "better", "unit", "indifferent", "prefers"})
    if strange:
        raise InputError(f"there is no field {', '.join(strange)}.")
    better = given.get("better", "more")
    if better not in ("more", "less"):
        raise InputError(f'better is "more" or "less", not "{better}".')
    weight = given.get("weight", 1)
    numbers = [float(part) for part in (cast(list[Any], weight) if isinstance(weight, list) else [weight])]
    if len(numbers) not in (1, 3):
        raise InputError("weight is one number, or low, mode and high.")
    low, mode, high = numbers * (3 // len(numbers))
    return Criterion(
        id,
        str(given.get("label", id)),
        Estimate(low, mode, high),
        better,
        str(given.get("unit", "")),
        float(given.get("indifferent", 0)),
        float(given.get("prefers", 0)),
    )


def read_areas_table(path: Path, criteria: tuple[Criterion, ...]) -> Table:
    """CSV or spreadsheet: the column `area`, and for each criterion its id, with `<id>_low` and `<id>_high` if it
    has a range.

    Raises InputError with every value that is missing or no number.
    """
    source = read_source(path)
    gone = [name for name in ("area", *(one.id for one in criteria)) if name not in source.columns]
    if gone:
        there = ", ".join(source.columns)
        raise InputError(Problem(f"there is no column {', '.join(gone)}; there are: {there}.", source=path.name))
    problems: list[Problem] = []
    rows: list[list[Estimate | float]] = []
    for row in range(len(source)):
        cells: list[Estimate | float] = []
        for criterion in criteria:
            try:
                cells.append(_estimate(source, criterion.id, row))
            except InputError as error:
                at = row + source.first_row
                problems.append(Problem(error.problems[0].message, at, path.name, criterion.id))
        rows.append(cells)
    if problems:
        raise InputError(problems)
    return Table.of([str(area) for area in source.columns["area"]], criteria, rows)


def _estimate(source: Source, id: str, row: int) -> Estimate:
    mode = _number(source.columns[id][row])
    parts = [
        _number(source.columns[name][row]) if name in source.columns and source.columns[name][row] is not None else mode
        for name in (f"{id}_low", f"{id}_high")
    ]
    return Estimate(parts[0], mode, parts[1])


def _number(value: Any) -> float:
    if value is None:
        raise InputError("the value is missing.")
    try:
        return float(value.replace(",", ".") if isinstance(value, str) else value)
    except (TypeError, ValueError):
        raise InputError(f"expected a number, found {value}.") from None
