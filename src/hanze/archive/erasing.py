"""Erasing a person: her own row becomes a nameless place, what speaks of her goes, and her names leave every text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
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
from hanze.archive.contents import Reading, read
from hanze.archive.models import Erasure
from hanze.archive.names import hints_of, names_of, pattern_of, selves_of
from hanze.archive.redacting import holds, redacted
from hanze.archive.sessions import end_sessions_with
from hanze.archive.terms import binding
from hanze.audit.log import record
from hanze.audit.models import Event
from hanze.audit.personal import ERASED, Declaration, Way, declaration, declared_models, event_way
from hanze.audit.shredding import shred
from hanze.register.documents import content_type_of, fingerprint
from hanze.register.models import Person
from hanze.register.stripping import without_metadata
from hanze.watchlists.operations import forget

Touched = set[tuple[type[models.Model], Any]]
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
    transaction.on_commit(lambda: erasures.keep("person", person.pk, names, at=at, reason=erasure.reason))
    return erasure


@transaction.atomic
def erase_again(person: Person, *, at: str, reason: str) -> Erasure:
    """Erase somebody whom a restored backup brought back; nobody is asked, since it was decided before."""
    erasure = Erasure.objects.create(person_id=person.pk, at=datetime.fromisoformat(at), reason=reason, again=True)
    _carry_out(erasure, person, names_of(person), set())
    return erasure


def _check(person: Person, reason: str, names: Collection[str]) -> None:
    check_reason(reason, names)
    bound = binding(person)
    if bound:
        raise ValidationError([each.sentence for each in bound])


def check_reason(reason: str, names: Collection[str]) -> None:
    """Raise ValidationError when there is no reason, it names her, or there is nobody left to erase."""
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason.")})
    if not any(name for name in names):
        raise ValidationError(_("This person was erased before."))
    if holds(reason, pattern_of(names)):
        raise ValidationError({"reason": _("The reason stays, so it may not name the person.")})


def _carry_out(erasure: Erasure, person: Person, names: Collection[str], leave: set[str]) -> None:
    leave_nothing_on_disk()
    touched: Touched = set()
    her = selves_of(person)
    for each in her:
        forget(each, by=erasure.by)
        touched |= {(Person, each.pk), *_rows_about(each)}
    take_names_out(erasure, her, names, leave, touched)
    person.refresh_from_db()
    record("person.erased", by=erasure.by, subject=person, reason=erasure.reason, at=erasure.at, erasure=erasure.pk)


def take_names_out(
    erasure: Erasure, her: Sequence[models.Model], names: Collection[str], leave: set[str], touched: Touched
) -> None:
    """Take her names out of every place, file, session and event, and say in `erasure` in how many, how many were left
    and which files nobody but a person can read. `her`: the rows that are her; `touched`: rows that changed before."""
    pattern = pattern_of(names)
    unread: list[places.Unread] = []
    found = list(places.find(pattern, hints_of(names), unread))
    for place in found:
        if place.key not in leave:
            _take_out(place, pattern)
            touched.add((place.model, place.pk))
    events = _shred_log(her, pattern, hints_of(names), f"erasure {erasure.pk}")
    end_sessions_with(pattern)
    erasure.left = sum(place.key in leave for place in found)
    erasure.places = len(found) - erasure.left + events
    erasure.unread = [each.key for each in unread]
    erasure.save(update_fields=["places", "left", "unread"])
    shredded.send(Erasure, rows=touched, pattern=pattern)


def _rows_about(person: Person) -> Touched:
    """Remove, blank and replace what stands in the rows about her, deepest rows first."""
    touched: Touched = set()
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
    if place.contents and (plain := _without_her(file, pattern)) is not None:
        kept = storage.save(f"{folder}/{name}".lstrip("/"), plain)
        return _described(row, place.field, kept, plain)
    if not place.contents:
        new = f"{folder}/{redacted(name, pattern).replace(ERASED, SEPARATE)}"
        return {place.field: storage.save(new.lstrip("/"), file.open("rb"))}
    words = ContentFile(_("This file was taken out when a person named in it was erased.").encode())
    kept = storage.save(f"{folder}/{SEPARATE}.txt".lstrip("/"), words)
    return {**_described(row, place.field, kept, words), **_of_fields(row, content_type="text/plain")}


def _without_her(file: Any, pattern: re.Pattern[str]) -> ContentFile | None:
    """The same file without what it says of itself, when her name stood only there; else None."""
    try:
        with file.open("rb") as opened:
            plain = ContentFile(without_metadata(opened.read(), file.name), name=file.name)
    except (OSError, ValueError):
        return None
    reading = read(plain)
    return plain if (reading.text and not pattern.search(reading.text)) or _is_bare_picture(plain, reading) else None


def _is_bare_picture(plain: ContentFile, reading: Reading) -> bool:
    return not reading.text and content_type_of(plain.name or "").startswith("image/")


def _described(row: models.Model, field: str, kept: str, content: ContentFile) -> dict[str, Any]:
    return {field: kept, **_of_fields(row, sha256=fingerprint(content), size=content.size)}


def _of_fields(row: models.Model, **values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if hasattr(row, name)}


def _write(model: type[models.Model], pk: Any, values: dict[str, Any]) -> None:
    """Write past what keeps rows as they were, and renew what is computed from them."""
    if values:
        models.QuerySet(model).filter(pk=pk).update(**values)
    declared = declaration(model)
    if declared is not None and declared.renewed:
        row = models.QuerySet(model).get(pk=pk)
        models.QuerySet(model).filter(pk=pk).update(**{name: how(row) for name, how in declared.renewed.items()})


def _shred_log(her: Sequence[models.Model], pattern: re.Pattern[str], hints: Collection[str], cause: str) -> int:
    """Take her out of the log; return in how many events she stood."""
    label, own = her[0]._meta.label_lower, {str(each.pk) for each in her}
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


def leave_nothing_on_disk() -> None:
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
