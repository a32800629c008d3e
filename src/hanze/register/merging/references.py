"""Which rows refer to a record: by a foreign key, through a many-to-many table, or generically."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from hanze.register.merging.followers import looked_after
from hanze.register.models import Merge, SetApart


@dataclass(frozen=True)
class Reference:
    """A field of `model` by which rows refer to records of one kind; `also` are further conditions on those rows."""

    model: type[models.Model]
    field: str
    also: tuple[tuple[str, Any], ...] = ()

    def rows(self, record: models.Model) -> models.QuerySet[Any]:
        """The rows that refer to `record`, in the order in which they were made."""
        conditions = {self.field: record.pk, **dict(self.also)}
        return self.model._base_manager.filter(**conditions).order_by("pk")


def references(model: type[models.Model]) -> list[Reference]:
    """Every way in which rows refer to records of `model`, in a fixed order. Left out: what a follower looks after,
    parties that went up in others earlier (they stay where they went), mergings, and what was said of two records."""
    found = [*_keys(model), *_generic(model)]
    apart = looked_after() | {Merge._meta.label_lower, SetApart._meta.label_lower}
    kept = [each for each in found if each.model._meta.label_lower not in apart and each.field != "merged_into_id"]
    return sorted(kept, key=lambda each: (each.model._meta.label_lower, each.field))


def _keys(model: type[models.Model]) -> Iterator[Reference]:
    for relation in model._meta.get_fields(include_hidden=True):
        field: Any = getattr(relation, "field", None)
        other: Any = relation.related_model
        if relation.auto_created and not relation.concrete and not field.many_to_many and other._meta.managed:
            yield Reference(other, field.attname)


def _generic(model: type[models.Model]) -> Iterator[Reference]:
    for other in apps.get_models():
        for field in other._meta.private_fields:
            if isinstance(field, GenericForeignKey):
                kind = ContentType.objects.get_for_model(model)
                yield Reference(other, field.fk_field, ((field.ct_field, kind),))
