"""What came of it: agreements, contact with the national government and others, recommendations."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy

from hanze.casework.models import ContactMoment
from hanze.evaluation.figures.registry import Total, figure
from hanze.evaluation.figures.rows import agreement_row, contact_row, recommendation_row, shown
from hanze.evaluation.models import Recommendation
from hanze.evaluation.records import Records
from hanze.reporting import Row

Counterpart = ContactMoment.Counterpart
FollowUp = Recommendation.FollowUp


@figure(
    "agreements",
    gettext_lazy("Agreements"),
    depends="activity agreement relation organisation",
    note=gettext_lazy("Signed at the activities, or in the period with a partner of this evaluation."),
)
def agreements(records: Records) -> Iterable[Row]:
    return shown(agreement_row, records.agreements)


@figure(
    "national_contacts",
    gettext_lazy("Contact moments with the national government"),
    depends="contact request activity organisation",
)
def national_contacts(records: Records) -> Iterable[Row]:
    return _contacts(records, *ContactMoment.NATIONAL)


@figure(
    "civil_society_contacts",
    gettext_lazy("Contact moments with civil society"),
    depends="contact request activity organisation",
)
def civil_society_contacts(records: Records) -> Iterable[Row]:
    return _contacts(records, Counterpart.CIVIL_SOCIETY)


@figure(
    "partner_contacts",
    gettext_lazy("Contact moments with other authorities and partners"),
    depends="contact request activity organisation",
)
def partner_contacts(records: Records) -> Iterable[Row]:
    return _contacts(records, Counterpart.AUTHORITY, Counterpart.PARTNER)


@figure(
    "recommendations",
    gettext_lazy("Recommendations"),
    depends="recommendation evaluation",
    always=True,
)
def recommendations(records: Records) -> Iterable[Row]:
    return shown(recommendation_row, records.recommendations)


@figure(
    "previous_recommendations",
    gettext_lazy("Recommendations of the year before"),
    depends="recommendation evaluation",
    always=True,
)
def previous_recommendations(records: Records) -> Total:
    return _earlier(records, tuple(FollowUp))


@figure(
    "previous_carried_out",
    gettext_lazy("Recommendations of the year before that were carried out"),
    depends="recommendation evaluation",
    minor=True,
    always=True,
)
def previous_carried_out(records: Records) -> Total:
    return _earlier(records, (FollowUp.DONE,))


@figure(
    "previous_open",
    gettext_lazy("Recommendations of the year before that are still open"),
    depends="recommendation evaluation",
    minor=True,
    always=True,
)
def previous_open(records: Records) -> Total:
    return _earlier(records, (FollowUp.OPEN, FollowUp.IN_PROGRESS))


def _contacts(records: Records, *counterparts: Counterpart) -> Iterable[Row]:
    found = (each for each in records.contacts if each.counterpart in counterparts)
    return shown(lambda each: contact_row(each, records.contact_names.get(each.organisation_id, "")), found)


def _earlier(records: Records, states: tuple[FollowUp, ...]) -> Total:
    """Last year's recommendations in these states; not recorded when that year has none and is not covered."""
    rows = tuple(recommendation_row(each) for each in records.previous_recommendations if each.follow_up in states)
    known = records.previous_recommendations or records.scope.in_year(records.scope.year - 1).is_recorded()
    return Total(len(rows) if known else None, rows)
