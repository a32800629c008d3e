"""Coefficients with their sources, and the lines of a balance sheet that use them, as shipped in `data/*.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

import yaml

from hanze.clusters.estimates import Estimate
from hanze.clusters.problems import InputError, Problem
from hanze.clusters.value.balance import THEMES, Line
from hanze.clusters.value.formulas import read_formula

Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A number from the literature with its range, unit, source, year and status; `label` by language (nl, en)."""

    id: str
    label: Labels
    unit: str
    estimate: Estimate


def read_coefficients(text: str, name: str = "coefficients") -> dict[str, Coefficient]:
    """Coefficients from YAML. Raises InputError with the name of each that is wrong."""
    found: dict[str, Coefficient] = {}
    problems: list[Problem] = []
    for id, fields in _entries(text, name):
        try:
            low, mode, high = (float(fields[key]) for key in ("low", "mode", "high"))
            year = fields.get("year")
            estimate = Estimate(low, mode, high, str(fields["source"]), int(year) if year else None, fields["status"])
            found[id] = Coefficient(id, _labels(fields), str(fields["unit"]), estimate)
        except KeyError as error:
            problems.append(Problem(f"{id}: {error.args[0]} is missing.", source=name))
        except (TypeError, ValueError) as error:
            problems.append(Problem(f"{id}: {error}", source=name))
    if problems:
        raise InputError(problems)
    return found


def read_lines(text: str, name: str = "lines") -> tuple[Line, ...]:
    """Lines of a balance sheet from YAML. Raises InputError with the id of each that is wrong."""
    lines: list[Line] = []
    problems: list[Problem] = []
    for id, fields in _entries(text, name):
        try:
            theme = fields["theme"]
            if theme not in THEMES:
                raise InputError(f'the theme "{theme}" is none of: {", ".join(THEMES)}.')
            read_formula(fields["formula"])
            better = fields.get("better", "more")
            lines.append(Line(id, theme, str(fields["unit"]), fields["formula"], _labels(fields), better))
        except KeyError as error:
            problems.append(Problem(f"{id}: {error.args[0]} is missing.", source=name))
        except ValueError as error:
            problems.append(Problem(f"{id}: {error}", source=name))
    if problems:
        raise InputError(problems)
    return tuple(lines)


def _entries(text: str, name: str) -> list[tuple[str, dict[str, Any]]]:
    try:
        content: object = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise InputError(Problem(f"is not YAML: {error}", source=name)) from None
    if not isinstance(content, dict):
        raise InputError(Problem("expected a name with fields for each entry.", source=name))
    entries = cast(dict[object, object], content)
    wrong = [str(key) for key, fields in entries.items() if not isinstance(fields, dict)]
    if wrong:
        raise InputError(Problem(f"{key}: expected fields.", source=name) for key in wrong)
    return [(str(key), cast(dict[str, Any], fields)) for key, fields in entries.items()]


def _labels(fields: dict[str, Any]) -> Labels:
    label = cast(dict[str, str], fields["label"])
    return {"nl": label["nl"], "en": label["en"]}


def _data(name: str) -> str:
    return Path(str(files("hanze.clusters.value") / "data" / name)).read_text(encoding="utf-8")


@cache
def shipped_coefficients() -> Mapping[str, Coefficient]:
    """The coefficients that come with Hanze; those whose status is "to verify" are not yet checked at their source."""
    return read_coefficients(_data("coefficients.yaml"), "coefficients.yaml")


@cache
def shipped_lines() -> tuple[Line, ...]:
    """The balance sheet that comes with Hanze."""
    return read_lines(_data("lines.yaml"), "lines.yaml")
