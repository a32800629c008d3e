"""How a record is shown behind a figure: its name, what tells it apart, and where it can be opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, override, pgettext
from django.utils.translation import gettext as _

from hanze.accounts.addresses import address
from hanze.casework.models import ContactMoment, Decision, Request
from hanze.evaluation.models import Recommendation
from hanze.evaluation.words import in_english
from hanze.missions.models import Activity, Cost, Measure, Participation
from hanze.register.models import Agreement, Organisation
from hanze.reporting import Row, Rows

_MOST_NAMED = 20


def row_types() -> dict[str, str]:
    """The kinds of records behind figures, in the language in force."""
    return {
        "activity": _("Activity"),
        "organisation": _("Organisation"),
        "participation": _("Participation"),
        "agreement": _("Agreement"),
        "request": _("Request"),
        "decision": _("Decision"),
        "contact": _("Contact moment"),
        "measure": _("Measure"),
        "cost": _("Cost"),
        "recommendation": _("Recommendation"),
        "sector": pgettext("kind of record", "Sector"),
    }


def long_day(day: date, precision: str = "day") -> str:
    """A day as readers of the language write it, as precisely as it is known."""
    return date_format(day, {"day": "j F Y", "month": "F Y", "year": "Y"}[precision])


def together(parts: Iterable[object]) -> str:
    """The parts that there are, with a dot between them."""
    return " · ".join(str(part) for part in parts if part)


def shown(write: Callable[[Any], Row], records: Iterable[Any]) -> Rows:
    """Each record as a row, made when somebody looks, in the language that is in force now."""
    language = get_language()

    def in_that_language(record: Any) -> Row:
        with override(language):
            return write(record)

    return Rows(in_that_language, records)


def named(activities: Sequence[Activity]) -> str:
    """The names of the activities; of many the first ones, and how many there are more."""
    if len(activities) <= _MOST_NAMED:
        return together(activities)
    more = len(activities) - _MOST_NAMED
    last = ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more}
    return together((*activities[:_MOST_NAMED], last))


def activity_url(activity: Activity) -> str:
    return address("missions:activity-detail", activity.pk)


def request_url(request: Request) -> str:
    return address("casework:request-detail", request.pk)


def activity_row(activity: Activity, *more: object) -> Row:
    day = long_day(activity.starts_on, activity.date_precision)
    return Row("activity", str(activity.pk), str(activity), activity_url(activity), together((day, *more)))


def organisation_row(organisation: Organisation, detail: str) -> Row:
    url = address("register:organisation-detail", organisation.pk)
    return Row("organisation", str(organisation.pk), organisation.name, url, detail)


def participation_row(participation: Participation, activity: Activity, *more: object) -> Row:
    party = participation.organisation or participation.person
    return Row("participation", str(participation.pk), str(party), activity_url(activity), together((activity, *more)))


def agreement_row(agreement: Agreement) -> Row:
    detail = together((agreement.get_kind_display(), long_day(agreement.signed_on)))
    url = address("register:agreement-detail", agreement.pk)
    return Row("agreement", str(agreement.pk), agreement.title, url, detail)


def request_row(request: Request) -> Row:
    detail = together((long_day(request.received_on), request.get_kind_display()))
    return Row("request", str(request.pk), request_label(request), request_url(request), detail)


def decision_row(decision: Decision) -> Row:
    parts = (decision.get_outcome_display(), decision.get_ground_display(), long_day(decision.decided_on))
    url = request_url(decision.request)
    return Row("decision", str(decision.pk), request_label(decision.request), url, together(parts))


def request_label(request: Request) -> str:
    english = request.title_en if in_english() else ""
    return f"{request.reference} {english or request.title}"


def contact_row(contact: ContactMoment, organisation: str) -> Row:
    detail = together((organisation, long_day(contact.held_on)))
    return Row("contact", str(contact.pk), contact.subject, address("casework:contact-detail", contact.pk), detail)


def measure_row(measure: Measure, activity: Activity) -> Row:
    why = measure.waived_because if measure.state == Measure.State.WAIVED else ""
    return Row("measure", str(measure.pk), str(measure), activity_url(activity), together((activity, why)))


def cost_row(cost: Cost, activity: Activity, amount: str) -> Row:
    label = together((cost.get_category_display(), cost.description))
    return Row("cost", str(cost.pk), label, activity_url(activity), together((amount, activity)))


def recommendation_text(recommendation: Recommendation) -> str:
    english = recommendation.text_en if in_english() else ""
    return english or recommendation.text_nl


def recommendation_row(recommendation: Recommendation) -> Row:
    evaluation = recommendation.evaluation_id
    url = reverse("evaluation:recommendations", args=[evaluation]) if evaluation else None
    detail = together((f"{recommendation.year}, {recommendation.number}", recommendation.get_follow_up_display()))
    return Row("recommendation", str(recommendation.pk), recommendation_text(recommendation), url, detail)
