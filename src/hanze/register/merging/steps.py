"""The steps of a merging: a field of a row gets another value, or a row that would stand double is taken out.

Each step is plain JSON, and each can be taken back as long as nobody changed the same thing since.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction

from hanze.register.merging.references import Reference, references

Step = dict[str, Any]


def change(row: models.Model, name: str, value: Any) -> Step:
    """Give a field of a row another value (by its attribute: a key for another record), and say so as a step."""
    field: Any = row._meta.get_field(name)
    before = getattr(row, field.attname)
    type(row)._base_manager.filter(pk=row.pk).update(**{field.attname: value})
    return {
        "model": row._meta.label_lower,
        "pk": row.pk,
        "field": field.attname,
        "before": _plain(before),
        "after": _plain(value),
    }


def added(row: models.Model) -> Step:
    """A row that the merging made, which goes when it is undone."""
    return {"model": row._meta.label_lower, "pk": row.pk, "added": True}


def move(kept: models.Model, gone: models.Model) -> Iterator[Step]:
    """Let everything that refers to `gone` refer to `kept`.

    A row that `kept` has already (both are a party of the same agreement) is taken out, after what refers to that row
    has moved to its twin.
    """
    for reference in references(type(gone)):
        for row in reference.rows(gone):
            twin = _twin(row, reference, kept)
            if twin is None:
                yield change(row, _name(row, reference.field), kept.pk)
            else:
                yield from move(twin, row)
                yield _take_out(row)


def take_back(step: Step) -> bool:
    """Undo one step; False when that cannot be done because somebody changed or removed the same thing since."""
    model = apps.get_model(step["model"])
    if "row" in step:
        return _put_back(step)
    if "added" in step:
        return bool(model._base_manager.filter(pk=step["pk"]).delete()[0])
    row = model._base_manager.filter(pk=step["pk"]).first()
    field: Any = model._meta.get_field(step["field"])
    if row is None or _plain(getattr(row, field.attname)) != step["after"]:
        return False
    try:
        with transaction.atomic():
            model._base_manager.filter(pk=row.pk).update(**{field.attname: field.to_python(step["before"])})
    except IntegrityError:
        return False
    return True


def _name(row: models.Model, attname: str) -> str:
    return next(field.name for field in row._meta.concrete_fields if field.attname == attname)


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder, default=str))


def _twin(row: models.Model, reference: Reference, kept: models.Model) -> models.Model | None:
    """The row of `kept` that is the same as `row` in what may stand only once."""
    for names in _unique(type(row)):
        fields: dict[str, Any] = {name: row._meta.get_field(name) for name in names}
        if reference.field not in {field.attname for field in fields.values()}:
            continue
        values = {field.attname: getattr(row, field.attname) for field in fields.values()} | {reference.field: kept.pk}
        same = {f"{name}__isnull" if value is None else name: value is None or value for name, value in values.items()}
        found = type(row)._base_manager.filter(**same).exclude(pk=row.pk).first()
        if found is not None:
            return found
    return None


def _unique(model: type[models.Model]) -> Iterator[tuple[str, ...]]:
    """The names of fields that may stand once together."""
    yield from ((field.name,) for field in model._meta.concrete_fields if field.unique and not field.primary_key)
    yield from (tuple(names) for names in model._meta.unique_together)
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.condition is None:
            yield tuple(constraint.fields)


def _take_out(row: models.Model) -> Step:
    kept = json.loads(serializers.serialize("json", [row]))[0]
    type(row)._base_manager.filter(pk=row.pk).delete()
    return {"model": row._meta.label_lower, "pk": row.pk, "row": kept}


def _put_back(step: Step) -> bool:
    if apps.get_model(step["model"])._base_manager.filter(pk=step["pk"]).exists():
        return False
    try:
        with transaction.atomic():
            for row in serializers.deserialize("json", json.dumps([step["row"]])):
                row.save()
    except IntegrityError:
        return False
    return True
