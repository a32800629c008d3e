"""What two parties have side by side, and what would move from the one to the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from hanze.accounts.classification import Classification
from hanze.accounts.models import User
from hanze.claims.facts import Fact, plain
from hanze.register.merging.references import references
from hanze.register.models import Organisation, Person

KEPT, GONE, BOTH = "kept", "gone", "both"
STRICTNESS = [
    Classification.PUBLIC,
    Classification.INTERNAL,
    Classification.CONFIDENTIAL,
    Classification.RESTRICTED,
]
FIELDS: dict[type[models.Model], tuple[str, ...]] = {
    Organisation: (
        *("name", "native_name", "short_name", "kind", "sector", "own_region", "country", "region", "city"),
        *("website", "email", "notes", "classification", "for_council"),
    ),
    Person: ("name", "native_name", "email", "phone", "notes", "classification", "for_council"),
}
MOST_NAMES = 20


@dataclass(frozen=True)
class Line:
    """A field in which the two differ, with which value is proposed."""

    name: str
    label: str
    kept: str
    gone: str
    proposed: str
    may_be_both: bool


def differing(kept: models.Model, gone: models.Model) -> list[Line]:
    """The fields in which the two differ. Proposed is what is filled in, the stricter class, and else the kept one."""
    lines = []
    for name in FIELDS[type(kept)]:
        one, other = (plain(each._meta.get_field(name).value_from_object(each)) for each in (kept, gone))
        if one == other:
            continue
        words = Fact(type(kept), name).words
        model_field: Any = kept._meta.get_field(name)
        both = isinstance(model_field, models.TextField) and bool(one) and bool(other)
        label = capfirst(str(model_field.verbose_name))
        lines.append(Line(name, label, words(one), words(other), _proposed(name, one, other, both), both))
    return lines


def _proposed(name: str, one: Any, other: Any, both: bool) -> str:
    if name == "classification":
        return KEPT if STRICTNESS.index(one) > STRICTNESS.index(other) else GONE
    if name == "for_council":
        return KEPT if not one else GONE
    if both:
        return BOTH
    return GONE if one in (None, "") else KEPT


def chosen(kept: models.Model, gone: models.Model, choices: Mapping[str, str]) -> dict[str, Any]:
    """The values of the fields (keys for other records) that `kept` gets by `choices`: "kept", "gone" or "both" by name
    of field; what is not chosen stays as `kept` has it. Raises ValueError for another choice or field."""
    values = {}
    for name, choice in choices.items():
        if name not in FIELDS[type(kept)] or choice not in (KEPT, GONE, BOTH):
            raise ValueError(f"{name}: {choice}")
        attname = kept._meta.get_field(name).attname  # type: ignore[union-attr]
        one, other = getattr(kept, attname), getattr(gone, attname)
        if choice == BOTH:
            values[attname] = "\n\n".join(part for part in dict.fromkeys((one, other)) if part)
        elif choice == GONE:
            values[attname] = other
    return values


@dataclass
class Moving:
    """What of one kind refers to the party that goes: names that the reader may see, and how many more there are."""

    label: str
    names: list[str] = field(default_factory=list)
    more: int = 0
    hidden: int = 0


def moving(gone: models.Model, reader: User) -> list[Moving]:
    """What would move along with `gone`, kind by kind; a record that `reader` may not see is counted and not named."""
    found: dict[str, Moving] = {}
    for reference in references(type(gone)):
        rows = list(reference.rows(gone))
        if not rows:
            continue
        label = _label(reference.model)
        entry = found.setdefault(label, Moving(label))
        shown = [_shown(row, reference.field, reader) for row in rows]
        names = [name for name in shown if name]
        entry.hidden += sum(name is None for name in shown)
        entry.more += len([name for name in shown if name == ""]) + max(0, len(names) - MOST_NAMES)
        entry.names += names[:MOST_NAMES]
    return list(found.values())


def _label(model: type[models.Model]) -> str:
    if not model._meta.auto_created:
        return capfirst(str(model._meta.verbose_name_plural))
    owner: Any = model._meta.auto_created
    many = next(each for each in owner._meta.many_to_many if each.remote_field.through is model)
    return _("%(records)s: %(field)s") % {
        "records": capfirst(str(owner._meta.verbose_name_plural)),
        "field": many.verbose_name,
    }


def _shown(row: models.Model, attname: str, reader: User) -> str | None:
    """What a row is called on the preview: after the record that it belongs to, "" when it has no name of its own, None
    when the reader may not see it. Any other record that the row names must be visible too."""
    records = [getattr(row, each.name) for each in row._meta.concrete_fields if each.is_relation]
    named = [
        each for each in (row, *records) if each is not None and hasattr(type(each)._default_manager, "visible_to")
    ]
    for record in named:
        manager: Any = type(record)._default_manager
        if not manager.visible_to(reader).filter(pk=record.pk).exists():
            return None
    party = next(field.name for field in row._meta.concrete_fields if field.attname == attname)
    own = [each for each in named if each is not getattr(row, party)]
    return str(own[0]) if own else ""
