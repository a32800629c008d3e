"""Erasing a person: her own row becomes a nameless place, what speaks of her goes, and her names leave every text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import OperationalError, connection, models, transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.archive import erasures, places
from hanze.archive.models import Erasure
from hanze.archive.names import hints_of, names_of, pattern_of, selves_of
from hanze.archive.redacting import holds, redacted
from hanze.archive.sessions import end_sessions_with
from hanze.archive.terms import binding
from hanze.audit.log import record
from hanze.audit.models import Event
from hanze.audit.personal import ERASED, Declaration, Way, declaration, declared_models, event_way
from hanze.audit.shredding import shred
from hanze.register.documents import fingerprint
from hanze.register.models import Person
from hanze.watchlists.operations import forget

SEPARATE = "replaced-file"
shredded = Signal()
"""Sent after an erasure with `rows` (the model and pk of each row that changed) and `pattern`, to renew what is made
from them."""


@transaction.atomic
def erase_person(
    person: Person, *, by: User | None, reason: str, also: Iterable[str] = (), leave: Collection[str] = ()
) -> Erasure:
    """Erase `person`. `also`: other ways in which she is written; `leave`: keys of the places (`Place.key`) that a
    person decided to leave as they are.

    Raises PermissionDenied, ValidationError (reason: empty or naming her; a term of the archive binds).
    """
    require(by, "archive.erase_person", person)
    names = names_of(person, also)
    _check(person, reason, names)
    erasure = Erasure.objects.create(person_id=person.pk, by=by, reason=reason.strip())
    _carry_out(erasure, person, names, set(leave))
    at = erasure.at.isoformat()
    transaction.on_commit(lambda: erasures.keep(erasure.person_id, names, at=at, reason=erasure.reason))
    return erasure


@transaction.atomic
def erase_again(person: Person, *, at: str, reason: str) -> Erasure:
    """Erase somebody whom a restored backup brought back; nobody is asked, since it was decided before."""
    erasure = Erasure.objects.create(person_id=person.pk, at=datetime.fromisoformat(at), reason=reason, again=True)
    _carry_out(erasure, person, names_of(person), set())
    return erasure


def _check(person: Person, reason: str, names: Collection[str]) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason.")})
    if not any(name for name in names):
        raise ValidationError(_("This person was erased before."))
    if holds(reason, pattern_of(names)):
        raise ValidationError({"reason": _("The reason stays, so it may not name the person.")})
    bound = binding(person)
    if bound:
        raise ValidationError([each.sentence for each in bound])


def _carry_out(erasure: Erasure, person: Person, names: Collection[str], leave: set[str]) -> None:
    _leave_nothing_on_disk()
    pattern = pattern_of(names)
    touched: set[tuple[type[models.Model], Any]] = set()
    for each in selves_of(person):
        forget(each, by=erasure.by)
        touched |= {(Person, each.pk), *_rows_about(each)}
    found = list(places.find(pattern, hints_of(names)))
    for place in found:
        if place.key not in leave:
            _take_out(place, pattern)
            touched.add((place.model, place.pk))
    events = _shred_log(person, pattern, hints_of(names), f"erasure {erasure.pk}")
    end_sessions_with(pattern)
    erasure.left = sum(place.key in leave for place in found)
    erasure.places = len(found) - erasure.left + events
    erasure.save(update_fields=["places", "left"])
    person.refresh_from_db()
    shredded.send(Erasure, rows=touched, pattern=pattern)
    record("person.erased", by=erasure.by, subject=person, reason=erasure.reason, at=erasure.at, erasure=erasure.pk)


def _rows_about(person: Person) -> set[tuple[type[models.Model], Any]]:
    """Remove, blank and replace what stands in the rows about her, deepest rows first."""
    touched: set[tuple[type[models.Model], Any]] = set()
    for model, declared in sorted(declared_models(), key=lambda each: -each[1].about.count("__")):
        for row in places.about(declared, model, person):
            if declared.removed:
                row.delete()
                continue
            _write(model, row.pk, {name: _emptied(model, name, row, way) for name, way in _personal(declared)})
            touched.add((model, row.pk))
    return touched


def _personal(declared: Declaration) -> list[tuple[str, Way]]:
    return [(name, way) for name, way in declared.fields.items() if way in (Way.BLANKED, Way.REPLACED)]


def _emptied(model: type[models.Model], name: str, row: models.Model, way: Way) -> Any:
    field = model._meta.get_field(name)
    if way == Way.REPLACED:
        return ERASED
    if isinstance(field, models.JSONField):
        value = getattr(row, name)
        return None if value is None else type(value)()
    return ""


def _take_out(place: places.Place, pattern: re.Pattern[str]) -> None:
    """Take her names out of one field; of a file with her name in it the contents go."""
    field = place.model._meta.get_field(place.field)
    row = models.QuerySet(place.model).get(pk=place.pk)
    if isinstance(field, models.FileField):
        _write(place.model, place.pk, _other_file(row, place, pattern))
        return
    value = redacted(getattr(row, place.field), pattern)
    if isinstance(field, (models.EmailField, models.URLField)):
        value = ""
    elif isinstance(field, models.CharField):
        alone = field.unique or any(place.field in each.fields for each in _unique(place.model))
        value = (f"{ERASED} {place.pk}" if alone else value)[: field.max_length]
    _write(place.model, place.pk, {place.field: value})


def _unique(model: type[models.Model]) -> list[models.UniqueConstraint]:
    return [each for each in model._meta.constraints if isinstance(each, models.UniqueConstraint)]


def _other_file(row: models.Model, place: places.Place, pattern: re.Pattern[str]) -> dict[str, Any]:
    """Keep the file under a name without hers, or in its place a text that says it was taken out."""
    file: Any = getattr(row, place.field)
    old, storage = file.name, file.storage
    folder, _slash, name = old.rpartition("/")
    transaction.on_commit(lambda: storage.delete(old))
    if not place.contents:
        new = f"{folder}/{redacted(name, pattern).replace(ERASED, SEPARATE)}"
        return {place.field: storage.save(new.lstrip("/"), file.open("rb"))}
    words = ContentFile(_("This file was taken out when a person named in it was erased.").encode())
    kept = storage.save(f"{folder}/{SEPARATE}.txt".lstrip("/"), words)
    changed = {place.field: kept, "sha256": fingerprint(words), "size": words.size, "content_type": "text/plain"}
    return {name: value for name, value in changed.items() if hasattr(row, name)}


def _write(model: type[models.Model], pk: Any, values: dict[str, Any]) -> None:
    """Write past what keeps rows as they were, and renew what is computed from them."""
    if values:
        models.QuerySet(model).filter(pk=pk).update(**values)
    declared = declaration(model)
    if declared is not None and declared.renewed:
        row = models.QuerySet(model).get(pk=pk)
        models.QuerySet(model).filter(pk=pk).update(**{name: how(row) for name, how in declared.renewed.items()})


def _shred_log(person: Person, pattern: re.Pattern[str], hints: Collection[str], cause: str) -> int:
    """Take her out of the log; return in how many events she stood."""
    label, own = person._meta.label_lower, {str(each.pk) for each in selves_of(person)}
    columns = ("actor_name", "subject_label", "reason", "data")
    numbers = set(Event.objects.filter(subject_type=label, subject_id__in=own).values_list("pk", flat=True))
    for column in columns:
        numbers |= set(places.rows_with(Event, column, hints).values_list("pk", flat=True))
    done = 0
    for event in Event.objects.filter(pk__in=numbers).order_by("pk").iterator(chunk_size=500):
        payload = {column: redacted(getattr(event, column), pattern) for column in columns}
        if event.subject_type == label and event.subject_id in own:
            payload["subject_label"] = ERASED
            if event_way(event.name) == Way.BLANKED:
                payload["data"] = {key: value for key, value in payload["data"].items() if key in ("erasure", "fields")}
        if any(payload[column] != getattr(event, column) for column in columns):
            shred(event, cause=cause, **payload)
            done += 1
    return done


def _leave_nothing_on_disk() -> None:
    """SQLite writes zeros over what is removed, and empties its journal when the erasure is kept."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete = ON")
    transaction.on_commit(_empty_the_journal)


def _empty_the_journal() -> None:
    """While somebody reads, the journal cannot be emptied; the next time that it is, her name is gone from it too."""
    with suppress(OperationalError), connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
