"""Recording what sources say, deciding what holds, and withdrawing what was recorded wrongly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.audit.log import record as log
from hanze.audit.models import Event
from hanze.claims.facts import Fact, is_nothing, sheet_of
from hanze.claims.models import Claim, Resolution, SourceKind

Standing = Claim.Standing


@dataclass(frozen=True)
class Source:
    """Where a value comes from: what kind of source, its title or the person's name, page or section, and its date."""

    kind: str = SourceKind.OWN_KNOWLEDGE
    name: str = ""
    section: str = ""
    date: date | None = None

    def is_same(self, other: Source) -> bool:
        """Whether both are the same place in a document, the same person or sheet; own knowledge is ours, whoever
        recorded it. A document can speak against itself at another page; rows of a sheet move."""
        if self.name.strip().casefold() != other.name.strip().casefold():
            return False
        pages = {self.section.strip().casefold(), other.section.strip().casefold()} - {""}
        return SourceKind.SHEET in (self.kind, other.kind) or len(pages) < 2


@dataclass
class Proposed:
    """What became of each fact: written to the record, contradicting it, or what stood already; by name of the fact."""

    written: list[str] = field(default_factory=list)
    contradicting: list[str] = field(default_factory=list)
    confirmed: list[str] = field(default_factory=list)


@transaction.atomic
def propose(
    record: models.Model,
    values: Mapping[str, Any],
    source: Source,
    by: User | None,
    *,
    corrects: str = "",
    origin: models.Model | None = None,
) -> Proposed:
    """Say what `source` says about `record`: `values` by name of field (dates, choices and records as the fields
    take them).

    What stood empty is filled in; what was the same has one more source; what differs and comes from another source
    than what stood becomes an open contradiction, and the record keeps what it says. With a reason in `corrects` it
    is replaced all the same. An empty value says nothing and is passed over, unless it corrects. Fields that are no
    facts (classification, team …) are written as they are. `origin` is the import that brought it.
    Raises PermissionDenied, ValidationError.
    """
    sheet = sheet_of(record)
    require(by, sheet.changing, record)
    stored = _locked(record)
    result, write = Proposed(), dict(values)
    claims: list[tuple[Fact, Any, str]] = []
    for fact, value in _given(stored, values):
        outcome = _outcome(stored, fact, value, source, corrects)
        for name in fact.fields or (fact.name,):
            if outcome != "written" or not fact.fields:
                write.pop(name, None)
        if outcome == "passed over":
            continue
        claims.append((fact, value, outcome))
        getattr(result, outcome).append(fact.name)
    for fact, value, outcome in claims:
        made = _record(stored, fact, value, outcome, source, by, corrects, origin)
        if outcome == "written" and made is not None and not fact.fields:
            fact.write(stored, made, by, corrects)
    if write:
        sheet.change(stored, by=by, **write)
    return result


@transaction.atomic
def claim(
    record: models.Model, fact: str, value: Any, *, source: Source, by: User | None, origin: models.Model | None = None
) -> Claim:
    """Record what `source` says about one fact, and return the claim (the one there was, when the same source had
    said the same). `value` is plain. Raises PermissionDenied, ValidationError (no such value)."""
    known = sheet_of(record).facts[fact]
    try:
        fields = known.values(value) or {fact: value}
    except ValueError as error:
        raise ValidationError({"value": _("This is not a date.")}) from error
    if is_nothing(value):
        raise ValidationError({"value": _("Say what the source says.")})
    propose(record, fields, source, by, origin=origin)
    claims = Claim.objects.about(record).filter(fact=fact, value=value).exclude(standing=Standing.WITHDRAWN)
    return next((each for each in reversed(claims) if source.is_same(_source(each))), claims.last())


@transaction.atomic
def decide_claim(claim: Claim, *, by: User | None, reason: str) -> Resolution:
    """Decide that `claim` holds; the record is written by the operation of its own app. Raises PermissionDenied,
    ValidationError (reason missing; withdrawn)."""
    record: Any = claim.subject
    sheet = sheet_of(record)
    require(by, sheet.changing, record)
    require(by, "claims.decide_claim")
    if not reason.strip():
        raise ValidationError({"reason": _("Say why this holds.")})
    stored = _locked(record)
    claim.refresh_from_db()
    if claim.standing == Standing.WITHDRAWN:
        raise ValidationError(_("This was withdrawn; choose another."))
    fact = sheet.facts[claim.fact]
    differs = fact.stands(stored) != claim.value
    resolution = _resolve(stored, claim, by, reason.strip())
    if differs:
        fact.write(stored, claim, by, reason.strip())
    log("claim.decided", by=by, subject=stored, reason=reason.strip(), fact=claim.fact, claim=claim.pk)
    return resolution


@transaction.atomic
def withdraw_claim(claim: Claim, *, by: User | None, because: str) -> Claim:
    """Take back what was recorded wrongly. The record keeps what it says. Raises PermissionDenied, ValidationError."""
    record: Any = claim.subject
    require(by, sheet_of(record).changing, record)
    if not because.strip():
        raise ValidationError({"because": _("Say why it is withdrawn.")})
    _locked(record)
    claim.refresh_from_db()
    if claim.standing == Standing.WITHDRAWN:
        raise ValidationError(_("This has been withdrawn already."))
    claim.standing, claim.withdrawn_at = Standing.WITHDRAWN, timezone.now()
    claim.withdrawn_by, claim.withdrawn_because = by, because.strip()
    claim.save()
    log("claim.withdrawn", by=by, subject=record, reason=because.strip(), fact=claim.fact, claim=claim.pk)
    return claim


def changed_facts(stored: models.Model, given: Mapping[str, Any]) -> list[Fact]:
    """The facts for which `given`, by name of field, says something else than the stored record."""
    return [fact for fact, value in _given(stored, given) if fact.fields and value != fact.stands(stored)]


def emptied_facts(stored: models.Model, given: Mapping[str, Any], source: Source) -> list[Fact]:
    """The facts that `given` would empty while they come from another source: one that says nothing cannot contradict
    another, so that is only done as a correction, with a reason."""
    known = dict(_given(stored, given))
    emptied = [fact for fact in changed_facts(stored, given) if is_nothing(known[fact])]
    return [fact for fact in emptied if not source.is_same(source_of(stored, fact.name))]


def source_of(record: models.Model, fact: str) -> Source:
    """Where what stands comes from: the last claim that holds, else the record's own source."""
    standing = Claim.objects.about(record).filter(fact=fact, standing=Standing.STANDS).last()
    if standing is not None:
        return Source(standing.source_kind, standing.source_name, standing.source_section, standing.source_date)
    document = getattr(record, "source_document", "")
    kind = SourceKind.DOCUMENT if document else SourceKind.OWN_KNOWLEDGE
    return Source(kind, document, getattr(record, "source_section", "") if document else "")


def _locked(record: models.Model) -> Any:
    """The record as it is stored, while others who change it wait."""
    return type(record)._default_manager.select_for_update().get(pk=record.pk)


def _given(stored: models.Model, values: Mapping[str, Any]) -> Iterator[tuple[Fact, Any]]:
    """Each fact that `values` say something about, with its plain value."""
    for fact in sheet_of(stored).facts.values():
        if fact.name in values:
            known = {name: getattr(stored, name) for name in fact.fields} | dict(values)
            yield fact, fact.of(known)


def _outcome(stored: models.Model, fact: Fact, value: Any, source: Source, corrects: str) -> str:
    stands = fact.stands(stored)
    if value == stands or (is_nothing(value) and is_nothing(stands)):
        return "passed over" if is_nothing(value) else "confirmed"
    if is_nothing(stands) or corrects or source.is_same(source_of(stored, fact.name)):
        return "written"
    return "passed over" if is_nothing(value) else "contradicting"


def _record(
    stored: models.Model,
    fact: Fact,
    value: Any,
    outcome: str,
    source: Source,
    by: User | None,
    corrects: str,
    origin: models.Model | None,
) -> Claim | None:
    """Keep the claim and return it. Our own knowledge needs none as long as no other source speaks, and what the
    same source said before is not said twice."""
    claims = Claim.objects.about(stored).filter(fact=fact.name).exclude(standing=Standing.WITHDRAWN)
    plain_knowledge = not source.name and source.kind == SourceKind.OWN_KNOWLEDGE and fact.fields and not claims
    if plain_knowledge and outcome != "contradicting" and not corrects:
        return None
    same = next((each for each in claims.filter(value=value) if source.is_same(_source(each))), None)
    if same is not None and (outcome == "confirmed" or same.standing == Standing.OPEN):
        return None
    if outcome == "contradicting" or (corrects and outcome == "written"):
        _keep_what_stood(stored, fact)
    standing = Standing.OPEN if outcome == "contradicting" else Standing.STANDS
    made = _made(stored, fact, value, standing, source, by, origin)
    if outcome == "written" and corrects:
        _resolve(stored, made, by, corrects)
        log("claim.decided", by=by, subject=stored, reason=corrects, fact=fact.name, claim=made.pk)
        return made
    if outcome == "written":
        claims.filter(standing=Standing.STANDS).exclude(pk=made.pk).update(standing=Standing.SET_ASIDE)
    name = "claim.contradicts" if outcome == "contradicting" else "claim.made"
    log(name, by=by, subject=stored, fact=fact.name, claim=made.pk)
    return made


def _made(
    stored: models.Model,
    fact: Fact,
    value: Any,
    standing: str,
    source: Source,
    by: User | None,
    origin: models.Model | None = None,
    **more: Any,
) -> Claim:
    made = Claim(
        subject=stored,
        fact=fact.name,
        value=value,
        standing=standing,
        source_kind=source.kind,
        source_name=source.name.strip(),
        source_section=source.section.strip(),
        source_date=source.date,
        recorded_by=by,
        origin=origin,
        **more,
    )
    made.full_clean(exclude=["value", "content_type", "origin_type"])
    made.save()
    return made


def _keep_what_stood(stored: models.Model, fact: Fact) -> None:
    """What stood until now is a claim too as soon as another speaks against it: with the record's own source, and
    recorded when the log says so."""
    stands = fact.stands(stored)
    if is_nothing(stands):
        return
    if Claim.objects.about(stored).filter(fact=fact.name, standing=Standing.STANDS, value=stands).exists():
        return
    last = next((each for each in Event.objects.about(stored) if _wrote(each, stored, fact)), None)
    moment = {"recorded_at": last.at} if last else {}
    by = last.actor if last else None
    _made(stored, fact, stands, Standing.STANDS, source_of(stored, fact.name), by, **moment)


def _wrote(event: Event, stored: models.Model, fact: Fact) -> bool:
    """Whether the event wrote this fact: a change of one of its fields, or the making of the record."""
    if event.subject_id != str(stored.pk) or event.subject_type != stored._meta.label_lower:
        return False
    changed = {*event.data.get("changes", ()), *event.data.get("fields", ())}
    return bool(changed.intersection(fact.fields)) or event.name.endswith((".created", ".planned"))


def _resolve(stored: models.Model, holds: Claim, by: User | None, reason: str) -> Resolution:
    made = Resolution(subject=stored, fact=holds.fact, claim=holds, by=by, reason=reason)
    made.full_clean(exclude=["by", "content_type"])
    made.save()
    others = Claim.objects.about(stored).filter(fact=holds.fact).exclude(standing=Standing.WITHDRAWN)
    for each in others:
        standing = Standing.STANDS if each.value == holds.value else Standing.SET_ASIDE
        if each.standing != standing:
            each.standing = standing
            each.save(update_fields=["standing"])
    return made


def _source(claim: Claim) -> Source:
    return Source(claim.source_kind, claim.source_name, claim.source_section, claim.source_date)
