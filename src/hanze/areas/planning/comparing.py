"""Two plans side by side: what they assumed differently, and what that does to their figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from hanze.accounts.language import language_in_force
from hanze.areas.forms.plans import PlanForm
from hanze.areas.planning.figures import figures
from hanze.areas.planning.reading import Reading
from hanze.reporting import Figure, written


@dataclass(frozen=True, slots=True)
class Pair:
    """A figure in both plans (None: not in that plan), where each is shown, and the second less the first."""

    label: str
    one: Figure | None
    other: Figure | None
    one_url: str
    other_url: str
    difference: float | None


@dataclass(frozen=True, slots=True)
class Compared:
    """`assumed`: label and both values, where they differ; `rows`: every figure."""

    assumed: tuple[tuple[str, str, str], ...]
    rows: tuple[Pair, ...]
    same_input: bool
    same: bool


def compared(one: Reading, other: Reading) -> Compared:
    """Compare two plans that were made."""
    here = {figure.key: figure for figure in figures(one)}
    there = {figure.key: figure for figure in figures(other)}
    keys = dict.fromkeys([*here, *there])
    rows = tuple(_pair(key, here.get(key), there.get(key), one, other) for key in keys)
    same_input = one.run.inputs == other.run.inputs
    return Compared(_assumed(one, other), rows, same_input, one.run.fingerprint == other.run.fingerprint)


def _pair(key: str, a: Figure | None, b: Figure | None, one: Reading, other: Reading) -> Pair:
    values = [float(each.value) for each in (a, b) if each is not None and isinstance(each.value, int | float)]
    label = next(each.label for each in (a, b) if each is not None)
    urls = [f"{read.run.get_absolute_url()}?figure={key}" for read in (one, other)]
    return Pair(label, a, b, urls[0], urls[1], values[1] - values[0] if len(values) == 2 else None)


def _assumed(one: Reading, other: Reading) -> tuple[tuple[str, str, str], ...]:
    labels = _labels()
    here = one.assumptions.as_kept() | {"seed": one.run.seed}
    there = other.assumptions.as_kept() | {"seed": other.run.seed}
    return tuple((labels[name], said(here[name]), said(there[name])) for name in here if here[name] != there[name])


def listed(read: Reading) -> list[tuple[str, str]]:
    """Every assumption of a plan with its label and its value in words."""
    labels = _labels()
    return [(labels[name], said(value)) for name, value in read.assumptions.as_kept().items()]


def _labels() -> dict[str, str]:
    """What each assumption is called, in the language in force."""
    asked = {name: str(field.label) for name, field in PlanForm.base_fields.items()}
    return asked | {"everybody": _("Every farm takes part in swaps")}


def said(value: Any) -> str:
    """A value as a person reads it."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if value is None or value in ([], ""):
        return "–"
    if isinstance(value, list):
        return ", ".join(" – ".join(each) if isinstance(each, list) else str(each) for each in value)
    return written(value, language_in_force()) if isinstance(value, int | float) else str(value)
