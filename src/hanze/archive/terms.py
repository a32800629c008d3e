"""The terms of the archive: how long a kind of record is kept, and what then; read from data/terms.yaml or our own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hanze.casework.models import Decision, Request
from hanze.missions.models import Activity
from hanze.register.models import Person

OWN = Path(__file__).parent / "data" / "terms.yaml"
NOMINATIONS = ("keep", "destroy")


class TermsError(ValueError):
    """The file with terms cannot be read; the message says what and where."""


@dataclass(frozen=True)
class Term:
    kind: str
    record: str
    nl: str
    en: str
    nomination: str
    years: int
    binds_erasure: bool
    source_document: str
    source_section: str
    status: str

    @property
    def label(self) -> str:
        return self.en if (get_language() or "nl").startswith("en") else self.nl

    def action_on(self, closed_on: date) -> date:
        """The day from which the record may be destroyed or is to be transferred."""
        return years_after(closed_on, self.years)


@dataclass(frozen=True)
class Bound:
    """A term that forbids an erasure until a day."""

    term: Term
    until: date

    @property
    def sentence(self) -> str:
        return _("A case must be kept with its names until %(day)s (%(term)s).") % {
            "day": self.until.isoformat(),
            "term": self.term.label,
        }


def years_after(day: date, years: int) -> date:
    """The same day so many years later; for 29 February, where there is none, 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def terms() -> dict[str, Term]:
    """Every term, by its kind. Raises TermsError."""
    return _read(str(settings.TERMS_FILE or OWN))


def kind_of(record: models.Model) -> str | None:
    """The kind of a record that is closed; None while it is open, or for what has no term."""
    if isinstance(record, Request):
        return _kind_of_request(record)
    if isinstance(record, Activity):
        held, cancelled = (Activity.State.HELD, Activity.State.CLOSED), Activity.State.CANCELLED
        return "activity-held" if record.state in held else "activity-cancelled" if record.state == cancelled else None
    return None


def closed_on(record: models.Model) -> date | None:
    """The day on which a record's term begins."""
    if isinstance(record, Request):
        decision = Decision.objects.filter(request=record).first()
        return record.closed_on or record.withdrawn_on or (decision.decided_on if decision else None)
    if isinstance(record, Activity):
        return record.ends_on
    return None


def binding(person: Person) -> list[Bound]:
    """The terms that forbid to erase `person` today, because she took part in what must be kept."""
    if settings.ERASURE_WITHIN_TERM:
        return []
    today = timezone.localdate()
    bound = {each for record in _cases_of(person) for each in _bound(record) if each.until > today}
    return sorted(bound, key=lambda each: (each.until, each.term.kind))


def _cases_of(person: Person) -> Iterator[models.Model]:
    yield from Request.objects.filter(participants__person=person).distinct()
    yield from Activity.objects.filter(participations__person=person).distinct()


def _bound(record: models.Model) -> Iterator[Bound]:
    term, begun = terms().get(kind_of(record) or ""), closed_on(record)
    if term is not None and term.binds_erasure and begun is not None:
        yield Bound(term, term.action_on(begun))


def _kind_of_request(request: Request) -> str | None:
    if request.state == Request.State.WITHDRAWN:
        return "request-withdrawn"
    if request.state not in (Request.State.DECIDED, Request.State.CLOSED):
        return None
    decision = Decision.objects.filter(request=request).first()
    taken_up = (Decision.Outcome.TAKE_UP, Decision.Outcome.WITH_MEASURES)
    return "request-taken-up" if decision is None or decision.outcome in taken_up else "request-refused"


@cache
def _read(path: str) -> dict[str, Term]:
    try:
        rows: Any = yaml.safe_load(Path(path).read_text(encoding="utf-8"))["terms"]
        return {term.kind: term for term in map(_term, rows)}
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise TermsError(f"{path}: {error}") from error


def _term(row: dict[str, Any]) -> Term:
    if row["nomination"] not in NOMINATIONS:
        raise ValueError(f"{row['kind']}: nomination is keep or destroy, not {row['nomination']}")
    if not isinstance(row["years"], int) or row["years"] < 0:
        raise ValueError(f"{row['kind']}: years is a whole number from 0")
    return Term(
        kind=row["kind"],
        record=row["record"],
        nl=row["nl"],
        en=row["en"],
        nomination=row["nomination"],
        years=row["years"],
        binds_erasure=bool(row["binds_erasure"]),
        source_document=row["source"]["document"],
        source_section=row["source"]["section"],
        status=row["status"],
    )
