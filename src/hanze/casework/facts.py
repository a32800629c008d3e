"""The facts of a case: what a framework wants to know, what the records tell of it, and where each value comes from.

`FACT_SOURCES` is the fixed vocabulary of paths that a framework can name after `from:`. Nothing is ever taken to be
harmless because it is absent: what the records do not tell is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from hanze.casework import risks
from hanze.casework.models import ContactMoment, FactAnswer, Request, RequestParticipant
from hanze.casework.screenings import standings
from hanze.policy import Fact, FactError, FactType, Framework, Text, Value, check_value
from hanze.policy.cells import number_text
from hanze.policy.parsing import CellError, parse_value

CONTACT_COUNTS_FOR = timedelta(days=365)
Screening = RequestParticipant.Screening


@dataclass(frozen=True)
class FactValue:
    """A fact of a case.

    `record` is what can be opened to check or change it; `answerable` says that an officer may answer it as long as
    the records do not tell it; `answer` is the answer that counts.
    """

    value: Value | None
    origin: Text
    record: models.Model | None = None
    answerable: bool = True
    answer: FactAnswer | None = None


@dataclass(frozen=True)
class Case:
    """A request on a day, with what several sources look at read once."""

    request: Request
    on: date

    @cached_property
    def participants(self) -> list[RequestParticipant]:
        return list(self.request.participants.select_related("organisation"))

    @cached_property
    def unscreened(self) -> int:
        return self.count(Screening.NOT_DONE)

    @cached_property
    def answers(self) -> dict[str, FactAnswer]:
        return {answer.fact: answer for answer in self.request.answers.select_related("answered_by")}

    @cached_property
    def standings(self) -> dict[int, str]:
        return standings(self.participants)

    def count(self, screening: str) -> int:
        """How many participants stand so in the screening, against lists and in other sources together."""
        return sum(standing == screening for standing in self.standings.values())


@dataclass(frozen=True)
class FactSource:
    """How one path of the vocabulary is read, and the types that a framework may declare for it."""

    types: tuple[FactType, ...]
    read: Callable[[Case], FactValue]


def gather(framework: Framework, request: Request, on: date) -> dict[str, FactValue]:
    """Every fact that a framework declares, by its id, as it stood for a request on a day.

    What the records tell comes first; an officer's answer counts where they tell nothing.
    """
    case = Case(request, on)
    return {fact.id: _fact(fact, case) for fact in framework.facts}


def fact_values(framework: Framework, request: Request) -> dict[str, Value | None]:
    """The bare values of the facts on which it depends whether a framework is about a request."""
    case = Case(request, request.received_on)
    return {fact_id: _fact(framework.fact(fact_id), case).value for fact_id in framework.applies_to}


def in_both(words: Callable[[], str]) -> Text:
    """What `words` says in each language of the house."""
    said: dict[str, str] = {}
    for language in ("nl", "en"):
        with override(language):
            said[language] = words()
    return Text(said["nl"], said["en"])


def stored(value: Value) -> str | bool:
    """A value as it is kept in an answer."""
    if isinstance(value, bool | str):
        return value
    return number_text(value) if isinstance(value, Decimal) else value.isoformat()


def read_answer(fact: Fact, written: Any) -> Value | None:
    """A kept or typed answer as a value of its fact; None for nothing.

    Raises FactError when it is not of the fact's type or not among its choices.
    """
    if written is None or written == "":
        return None
    if isinstance(written, str) and fact.type in ("number", "date"):
        text = written.strip().replace(",", ".") if fact.type == "number" else written.strip()
        try:
            written = parse_value(text, fact.type)
        except CellError as error:
            raise FactError(fact.id, error.message) from error
    return check_value(fact, written)


def _fact(fact: Fact, case: Case) -> FactValue:
    known = _from_records(fact, case)
    answer = case.answers.get(fact.id)
    if known.value is not None or answer is None or fact.ask is None or not known.answerable:
        return known
    try:
        return FactValue(read_answer(fact, answer.value), in_both(lambda: _answered(answer)), answer=answer)
    except FactError:
        return FactValue(None, in_both(lambda: _("The earlier answer does not fit the question any more")))


def _from_records(fact: Fact, case: Case) -> FactValue:
    if fact.source_path is None:
        return FactValue(None, in_both(lambda: _("Still to be answered")))
    found = FACT_SOURCES[fact.source_path].read(case)
    try:
        return replace(found, value=check_value(fact, found.value))
    except FactError:
        words = {"value": str(found.value)}
        origin = in_both(lambda: _("The case says “%(value)s”, which the framework does not know") % words)
        return FactValue(None, origin, found.record)


def _answered(answer: FactAnswer) -> str:
    who = answer.answered_by.name if answer.answered_by else "Hanze"
    day = day_in_words(timezone.localtime(answer.answered_at).date())
    return _("Answered by %(who)s, %(day)s") % {"who": who, "day": day}


def day_in_words(day: date) -> str:
    """“28 mei 2024” or “28 May 2024”, in the language in force."""
    return date_format(day, "j F Y")


def _of_request(value: Callable[[Request], Value | None]) -> Callable[[Case], FactValue]:
    def read(case: Case) -> FactValue:
        return FactValue(value(case.request), in_both(lambda: _("The request")), case.request)

    return read


def _country_in_eu(case: Case) -> FactValue:
    received = case.request.received_on
    origin = in_both(lambda: _("Membership of the EU on %(day)s") % {"day": day_in_words(received)})
    return FactValue(case.request.country.in_eu(received), origin, case.request)


def _own_region_parties(case: Case) -> FactValue:
    behind = set(case.request.demand_from.filter(own_region=True).values_list("pk", flat=True))
    present = {each.organisation.pk for each in case.participants if each.organisation and each.organisation.own_region}
    origin = in_both(lambda: _("Demand and participants with the request"))
    return FactValue(Decimal(len(behind | present)), origin, case.request)


def _screening_complete(case: Case) -> FactValue:
    if not case.participants:
        return _nobody_known(case)
    return FactValue(case.unscreened == 0, in_both(lambda: _screened(case)), case.request)


def _found(screening: str) -> Callable[[Case], FactValue]:
    """How many were found: what is there counts at once, that there is nothing only when all were screened."""

    def read(case: Case) -> FactValue:
        if not case.participants:
            return _nobody_known(case)
        found = case.count(screening)
        value = None if found == 0 and case.unscreened else Decimal(found)
        return FactValue(value, in_both(lambda: _screened(case)), case.request, answerable=False)

    return read


def _nobody_known(case: Case) -> FactValue:
    return FactValue(None, in_both(lambda: _("No participants are known yet")), case.request)


def _screened(case: Case) -> str:
    if case.unscreened:
        return ngettext(
            "Screening: %(count)s participant was not screened yet",
            "Screening: %(count)s participants were not screened yet",
            case.unscreened,
        ) % {"count": case.unscreened}
    return _("Screening of all participants")


def _national_position(case: Case) -> FactValue:
    """What the national government said last about this request, else about the country in the year before."""
    said = ContactMoment.objects.filter(
        fits_national_policy__isnull=False, counterpart__in=ContactMoment.NATIONAL, held_on__lte=case.on
    ).order_by("-held_on", "-pk")
    own = said.filter(request=case.request).first()
    if own:
        origin = in_both(
            lambda: _("Contact with the State about this request, %(day)s") % {"day": day_in_words(own.held_on)}
        )
        return FactValue(own.fits_national_policy, origin, own)
    general = said.filter(country=case.request.country, held_on__gte=case.on - CONTACT_COUNTS_FOR).first()
    if general:
        origin = in_both(
            lambda: (
                _("Contact with the State about %(country)s, %(day)s")
                % {"country": case.request.country.name, "day": day_in_words(general.held_on)}
            )
        )
        return FactValue(general.fits_national_policy, origin, general)
    return FactValue(None, in_both(lambda: _("No contact with the State about this in the past year")), case.request)


def _risk_themes(case: Case) -> FactValue:
    """The risks that the words and the sector of the request point to; nothing recognised is unknown, never none."""
    found = risks.themes(case.request)
    return FactValue(found, in_both(lambda: _pointed_out(found is not None)), case.request)


def _pointed_out(recognised: bool) -> str:
    if recognised:
        return _("The words and the sector of the request")
    return _("Nothing in the request points to a known risk; that proves nothing")


FACT_SOURCES: Mapping[str, FactSource] = {
    "request.country": FactSource(("text", "choice"), _of_request(lambda request: request.country_id)),
    "request.country_in_eu": FactSource(("boolean",), _country_in_eu),
    "request.kind": FactSource(("text", "choice"), _of_request(lambda request: request.kind)),
    "request.sector": FactSource(("text", "choice"), _of_request(lambda request: request.sector)),
    "request.own_region_parties": FactSource(("number",), _own_region_parties),
    "request.executive_involved": FactSource(("boolean",), _of_request(lambda request: request.executive_involved)),
    "request.supported_investment": FactSource(("boolean",), _of_request(lambda request: request.supported_investment)),
    "screening.complete": FactSource(("boolean",), _screening_complete),
    "screening.open_findings": FactSource(("number",), _found(Screening.OPEN_FINDING)),
    "screening.confirmed": FactSource(("number",), _found(Screening.CONFIRMED)),
    "risks.themes": FactSource(("text", "choice"), _risk_themes),
    "contacts.national_position": FactSource(("boolean",), _national_position),
}
