"""What sources say about records, which contradictions are open, and what was known on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.text import capfirst

from hanze.accounts.models import User
from hanze.audit.models import Event
from hanze.claims.facts import Fact, Sheet, plain, sheet_of
from hanze.claims.models import Claim

Standing = Claim.Standing


@dataclass(frozen=True)
class Mark:
    """What a page shows beside a fact: how many sources speak, and whether they disagree undecided."""

    fact: str
    sources: int
    is_open: bool


def marks(record: models.Model) -> dict[str, Mark]:
    """A mark for each fact of `record` about which more than one source speaks, by name of the fact."""
    rows = Claim.objects.about(record).exclude(standing=Standing.WITHDRAWN).values_list("fact", "standing")
    standings: dict[str, list[str]] = {}
    for fact, standing in rows:
        standings.setdefault(fact, []).append(standing)
    return {
        fact: Mark(fact, len(known), Standing.OPEN in known)
        for fact, known in standings.items()
        if len(known) > 1 or Standing.OPEN in known
    }


@dataclass(frozen=True)
class Contradiction:
    """A fact on which sources disagree while nobody decided."""

    record: Any
    fact: str
    label: str
    stands: str
    others: tuple[str, ...]
    since: datetime
    waiting: tuple[int, ...] = ()
    """The keys of the claims that wait for a decision."""


def open_facts(reader: User) -> QuerySet[Claim, dict[str, Any]]:
    """The open contradictions that `reader` may see, as content_type, object_id, fact and since; newest first."""
    claims = Claim.objects.visible_to(reader).filter(standing=Standing.OPEN)
    rows = claims.order_by().values("content_type", "object_id", "fact").annotate(since=Max("recorded_at"))
    return rows.order_by("-since", "content_type", "object_id", "fact")


def contradictions(rows: Iterable[dict[str, Any]]) -> list[Contradiction]:
    """The rows of `open_facts` with their records and values."""
    rows = list(rows)
    records, said = _records(rows), _open_values(rows)
    found = []
    for row in rows:
        record = records[row["content_type"], row["object_id"]]
        fact = sheet_of(record).facts.get(row["fact"])
        if fact is None:
            continue
        waiting = said[row["content_type"], row["object_id"], fact.name]
        others = tuple(dict.fromkeys(fact.words(value) for value in waiting.values()))
        stands = fact.words(fact.stands(record))
        found.append(Contradiction(record, fact.name, fact.label, stands, others, row["since"], tuple(waiting)))
    return found


def _open_values(rows: list[dict[str, Any]]) -> dict[tuple[int, int, str], dict[int, Any]]:
    """The values that wait for a decision by the key of their claim, by content type, key and fact."""
    found: dict[tuple[int, int, str], dict[int, Any]] = {}
    wanted = {row["object_id"] for row in rows}
    claims = Claim.objects.filter(standing=Standing.OPEN, object_id__in=wanted)
    for pk, *key, value in claims.values_list("pk", "content_type", "object_id", "fact", "value"):
        found.setdefault((key[0], key[1], key[2]), {})[pk] = value
    return found


def _records(rows: list[dict[str, Any]]) -> dict[tuple[int, int], models.Model]:
    found: dict[tuple[int, int], models.Model] = {}
    for key in {row["content_type"] for row in rows}:
        model: Any = ContentType.objects.get_for_id(key).model_class()
        wanted = {row["object_id"] for row in rows if row["content_type"] == key}
        found |= {(key, pk): record for pk, record in model._default_manager.in_bulk(wanted).items()}
    return found


def known_claims(record: models.Model, moment: datetime | None = None) -> QuerySet[Claim]:
    """The claims about `record` that were recorded by `moment` and not withdrawn then."""
    claims = Claim.objects.about(record).select_related("recorded_by")
    if moment is None:
        return claims.exclude(standing=Standing.WITHDRAWN)
    return claims.filter(recorded_at__lte=moment).exclude(withdrawn_at__lte=moment)


@dataclass
class Then:
    """One line of a record on a past day: what it held then and holds now, in words and as JSON keeps it, and what
    sources had said by then.

    `lost` tells that the value changed since and that the log does not keep what it was (personal data).
    """

    name: str
    label: str
    then: str
    now: str
    lost: bool = False
    said: list[Claim] = field(default_factory=list)
    value: Any = None
    value_now: Any = None

    @property
    def changed(self) -> bool:
        return self.lost or self.then != self.now


def as_of(record: models.Model, day: date, reader: User) -> list[Then] | None:
    """What was known of `record` at the end of `day`, line by line; None when it was not recorded by then.

    What it held is read back from the log, what was said from the claims; names of other records are shown only
    when `reader` may see those.
    """
    moment = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)) - timedelta(microseconds=1)
    sheet = sheet_of(record)
    now = {name: _stored(record, name) for name in _names(sheet)}
    past = _fields_at(record, now, moment)
    if past is None:
        return None
    fields, lost = past
    claims = list(known_claims(record, moment))
    lines = [_line(fact, record, now, fields, lost, moment, claims) for fact in sheet.facts.values()]
    lines += [_also(record, name, now, fields, lost, reader) for name in sheet.also]
    return lines + (sheet.lines(record, moment, reader) if sheet.lines else [])


def _names(sheet: Sheet) -> list[str]:
    return [name for fact in sheet.facts.values() for name in fact.fields] + list(sheet.also)


def _stored(record: models.Model, name: str) -> Any:
    field: Any = record._meta.get_field(name)
    if field.many_to_many:
        return sorted(getattr(record, name).values_list("pk", flat=True))
    return plain(field.value_from_object(record))


def _fields_at(
    record: models.Model, now: dict[str, Any], moment: datetime
) -> tuple[dict[str, Any], frozenset[str]] | None:
    """The fields as they were, by undoing what the log says was changed since; and those whose old value it lacks."""
    fields, lost = dict(now), set()
    label, pk = record._meta.label_lower, str(record.pk)
    for event in Event.objects.filter(subject_type=label, subject_id=pk, at__gt=moment).order_by("-at", "-pk"):
        if event.name.endswith((".created", ".planned")):
            return None
        for name, (before, _after) in event.data.get("changes", {}).items():
            if name in fields:
                fields[name] = before
                lost.discard(name)
        without = set(event.data.get("fields", ())) - set(event.data.get("changes", ()))
        lost.update(without & fields.keys())
    return fields, frozenset(lost)


def _line(
    fact: Fact,
    record: models.Model,
    now: dict[str, Any],
    fields: dict[str, Any],
    lost: frozenset[str],
    moment: datetime,
    claims: list[Claim],
) -> Then:
    said = [claim for claim in claims if claim.fact == fact.name]
    then, today = fact.past(record, fields, moment), fact.stands(record)
    is_lost = bool(lost.intersection(fact.fields))
    return Then(fact.name, fact.label, fact.words(then), fact.words(today), is_lost, said, then, today)


def _also(
    record: models.Model,
    name: str,
    now: dict[str, Any],
    fields: dict[str, Any],
    lost: frozenset[str],
    reader: User,
) -> Then:
    field: Any = record._meta.get_field(name)
    (then, value), (today, value_now) = (_seen(field, values[name], reader) for values in (fields, now))
    return Then(name, str(capfirst(field.verbose_name)), then, today, name in lost, [], value, value_now)


def _seen(field: Any, value: Any, reader: User) -> tuple[str, Any]:
    """A value in words and as it is kept; of other records only those that the reader may see."""
    if not field.is_relation:
        return Fact(field.model, field.name).words(value), value
    keys = value if isinstance(value, list) else [value]
    known: Any = field.related_model._default_manager.all()
    if hasattr(known, "visible_to"):
        known = known.visible_to(reader)
    found = known.in_bulk([key for key in keys if isinstance(key, int | str) and key != ""])
    seen = [key for key in keys if key in found]
    kept = seen if isinstance(value, list) else next(iter(seen), None)
    return ", ".join(str(found[key]) for key in seen) or "–", kept
