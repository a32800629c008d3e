"""Everything about a person, for herself: as data and as a page to read, in one zip."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import capfirst

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.archive import places
from hanze.archive.mentions import mentions
from hanze.archive.names import hints_of, names_of, pattern_of
from hanze.audit.log import record
from hanze.audit.models import Event
from hanze.audit.personal import declared_models
from hanze.register.documents import Attachment
from hanze.register.models import Person


@dataclass(frozen=True)
class Part:
    """Rows of one kind that speak of her, or places where her name stands."""

    kind: str
    rows: tuple[dict[str, Any], ...]
    shown: tuple[list[tuple[str, str]], ...]


def about_her(person: Person, reader: User) -> list[Part]:
    """What the records hold of `person`, as far as `reader` may read it: her own row and those that refer to it."""
    parts: list[Part] = []
    for model, declared in declared_models():
        rows = list(places.about(declared, model, person))
        if model is Person:
            seen = {person.pk}
        elif declared.under or not rows:
            seen = places.readable_pks(model, [row.pk for row in rows], reader) if rows else set()
        else:
            seen = set()
        hers = [row for row in rows if row.pk in seen]
        if hers:
            plain = tuple(_plain(row) for row in hers)
            shown = tuple(_shown(row, person, reader) for row in hers)
            parts.append(Part(str(model._meta.verbose_name_plural), plain, shown))
    return parts


def log_about(person: Person) -> Iterator[dict[str, Any]]:
    """The events that have her as their subject."""
    about = Event.objects.filter(subject_type=person._meta.label_lower, subject_id=str(person.pk))
    for event in about.order_by("at", "pk"):
        yield {"at": event.at, "event": event.name, "by": event.actor_name, "reason": event.reason, "data": event.data}


def export_person(person: Person, *, by: User) -> bytes:
    """A zip with everything about `person` that `by` may read: data.json, a page to read, and the files that name her.

    Raises PermissionDenied.
    """
    require(by, "archive.export_person", person)
    parts = about_her(person, by)
    named, unread = mentions(names_of(person), by, but=person)
    content = {
        "made_on": timezone.localdate(),
        "records": {part.kind: part.rows for part in parts},
        "named_in": [asdict(each) for each in named],
        "unread": [each.key for each in unread],
        "log": list(log_about(person)),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("data.json", json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
        package.writestr(
            "read-me.html", render_to_string("archive/person_copy.html", {"person": person, **content, "parts": parts})
        )
        for attachment in _files_naming(person, by):
            with attachment.file.open("rb") as file:
                package.writestr(f"files/{attachment.pk}-{attachment.filename}", file.read())
    record("person.exported", by=by, subject=person)
    return packed.getvalue()


def _files_naming(person: Person, reader: User) -> Iterator[Attachment]:
    names = names_of(person)
    if not names:
        return
    found = [place for place in places.find(pattern_of(names), hints_of(names)) if place.contents]
    readable = places.readable(found, reader)
    for place in found:
        if place.key in readable and issubclass(place.model, Attachment):
            yield models.QuerySet(place.model).get(pk=place.pk)


def _plain(row: models.Model) -> dict[str, Any]:
    """The fields of a row as data: references by number, the rest as it is kept."""
    return {field.name: field.value_from_object(row) for field in row._meta.concrete_fields}


def _shown(row: models.Model, person: Person, reader: User) -> list[tuple[str, str]]:
    """The fields of a row in words, without what is empty, numbers of rows, and names that `reader` may not see."""
    shown: list[tuple[str, str]] = []
    for field in row._meta.concrete_fields:
        value = getattr(row, field.name)
        if field.primary_key or value == person or value in ("", None, False, {}, []):
            continue
        if hasattr(value, "classification") and not type(value).objects.visible_to(reader).filter(pk=value.pk).exists():
            continue
        in_words = getattr(row, f"get_{field.name}_display", None)
        shown.append((capfirst(str(field.verbose_name)), str(in_words() if in_words else value)))
    return shown
