"""Criteria are set with their weights, candidate areas are named, and what is known of each is recorded."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.areas.models import Area, Conclusion, Criterion, Indicator, Initiative
from hanze.areas.operations.changing import change
from hanze.audit.log import record

CHANGE = "areas.change_initiative"
NUMBERS = ("low", "mode", "high")


@transaction.atomic
def add_criterion(initiative: Initiative, *, by: User | None, **fields: Any) -> Criterion:
    """Add a criterion with its weight. Raises PermissionDenied, ValidationError."""
    require(by, CHANGE, initiative)
    criterion = Criterion(initiative=initiative, **fields)
    _check(criterion)
    criterion.save()
    record("criterion.added", by=by, subject=criterion, case=initiative)
    return criterion


@transaction.atomic
def change_criterion(criterion: Criterion, *, by: User | None, **fields: Any) -> Criterion:
    """Change a criterion or its weight. Raises PermissionDenied, ValidationError."""
    require(by, CHANGE, criterion.initiative)
    changed = change(criterion, fields, _check)
    record("criterion.changed", by=by, subject=criterion, case=criterion.initiative, changes=changed)
    return criterion


@transaction.atomic
def remove_criterion(criterion: Criterion, *, by: User | None) -> None:
    """Take a criterion away with what was recorded of it; the log keeps that. Raises PermissionDenied."""
    require(by, CHANGE, criterion.initiative)
    lost = {each.area.name: [each.low, each.mode, each.high] for each in criterion.indicators.select_related("area")}
    record("criterion.removed", by=by, subject=criterion, case=criterion.initiative, values=lost)
    criterion.delete()


@transaction.atomic
def remove_area(area: Area, *, by: User | None) -> None:
    """Take a candidate area away with what was recorded of it; the log keeps that.

    Raises PermissionDenied, ValidationError (somebody concluded that it is the preferred area).
    """
    require(by, CHANGE, area.initiative)
    if Conclusion.objects.filter(area=area).exists():
        raise ValidationError(_("Somebody concluded that this is the preferred area; it stays, with that conclusion."))
    known = {
        each.criterion.label: [each.low, each.mode, each.high] for each in area.indicators.select_related("criterion")
    }
    record("area.removed", by=by, subject=area, case=area.initiative, values=known)
    area.delete()


@transaction.atomic
def name_area(initiative: Initiative, *, by: User | None, code: str, name: str) -> Area:
    """Name a candidate area that has no shape on the map. Raises PermissionDenied, ValidationError."""
    require(by, CHANGE, initiative)
    area = Area(initiative=initiative, code=code, name=name)
    area.full_clean()
    area.save()
    record("area.named", by=by, subject=area, case=initiative)
    return area


@transaction.atomic
def record_indicators(area: Area, *, by: User | None, values: Mapping[int, Mapping[str, Any]]) -> Area:
    """Record what is known of an area, by the key of each criterion: low, mode, high, source, year, status.

    A criterion with three empty numbers becomes unknown. Raises PermissionDenied, ValidationError keyed
    `<name>-<criterion>`.
    """
    require(by, CHANGE, area.initiative)
    known = {criterion.pk: criterion for criterion in area.initiative.criteria.all()}
    if not set(values) <= set(known):
        raise ValidationError(_("One of these criteria was taken away. Look again."))
    made: list[Indicator] = []
    wrong: dict[str, list[str]] = {}
    for key, given in values.items():
        if all(given.get(name) is None for name in NUMBERS):
            continue
        indicator = Indicator(area=area, criterion=known[key], **given)
        made.append(indicator)
        try:
            indicator.full_clean(validate_unique=False, validate_constraints=False)
            _check_numbers([indicator.low, indicator.mode, indicator.high])
        except ValidationError as error:
            wrong |= {f"{name}-{key}": texts for name, texts in error.message_dict.items()}
    if wrong:
        raise ValidationError(wrong)  # type: ignore[arg-type]
    Indicator.objects.filter(area=area, criterion__in=values).delete()
    Indicator.objects.bulk_create(made)
    told = {each.criterion.label: [each.low, each.mode, each.high] for each in made}
    record("area.valued", by=by, subject=area, case=area.initiative, values=told)
    return area


def _check(criterion: Criterion) -> None:
    numbers = ("weight_low", "weight_mode", "weight_high", "indifferent", "prefers")
    given = {name: getattr(criterion, name) for name in numbers}
    strange = [name for name, value in given.items() if isinstance(value, float) and not math.isfinite(value)]
    if strange:
        raise ValidationError({name: _("Give a number.") for name in strange})
    criterion.full_clean()


def _check_numbers(numbers: list[float]) -> None:
    if not all(map(math.isfinite, numbers)):
        raise ValidationError({"mode": _("Give a number.")})
    if sorted(numbers) != numbers:
        raise ValidationError({"mode": _("Give low, most likely and high in this order.")})
