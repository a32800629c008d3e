"""Records as plain values that can be kept as JSON and put back."""

from __future__ import annotations

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from hanze.register.models import Organisation
from hanze.register.saving import snapshot


def plain_fields(record: models.Model) -> dict[str, Any]:
    """Every field of a record as JSON holds it; many-to-many ones as sorted keys, with an organisation its numbers."""
    fields: dict[str, Any] = snapshot(record)
    if isinstance(record, Organisation):
        fields["identifiers"] = sorted(record.identifiers.values_list("scheme", "value"))
    return json.loads(json.dumps(fields, cls=DjangoJSONEncoder, default=str))


def values_back(model: type[models.Model], kept: dict[str, Any]) -> dict[str, Any]:
    """Kept fields as an operation takes them: records for keys, dates for texts."""
    values: dict[str, Any] = {}
    for name, value in kept.items():
        if name == "identifiers":
            values[name] = [tuple(number) for number in value]
            continue
        field: Any = model._meta.get_field(name)
        if field.many_to_many:
            values[name] = list(field.related_model.objects.filter(pk__in=value))
        elif field.is_relation:
            values[name] = field.related_model.objects.filter(pk=value).first() if value is not None else None
        else:
            values[name] = field.to_python(value)
    return values
