"""Who took part, who withdrew, and what it cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from babel.numbers import format_currency
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hanze.evaluation.figures.registry import Definition, Total, family, figure
from hanze.evaluation.figures.rows import (
    agreement_row,
    cost_row,
    named,
    organisation_row,
    participation_row,
    shown,
)
from hanze.evaluation.records import Records, took_part
from hanze.evaluation.words import in_english
from hanze.missions.models import Activity, Participation
from hanze.register.models import Organisation
from hanze.reporting import Row


@figure(
    "distinct_parties",
    gettext_lazy("Different parties from our region"),
    depends="activity participation organisation",
    note=gettext_lazy("An organisation counts once, also when it took part more often. Organisers are not counted."),
)
def distinct_parties(records: Records) -> Iterable[Row]:
    attended: dict[Organisation, list[Activity]] = {}
    for activity in records.activities:
        for party in records.own_parties(activity):
            attended.setdefault(party, []).append(activity)
    parties = sorted(attended, key=lambda each: each.name.casefold())
    return shown(lambda party: organisation_row(party, named(attended[party])), parties)


@figure(
    "attendances",
    gettext_lazy("Attendances"),
    depends="activity participation organisation",
    note=gettext_lazy("Every time that a party from our region took part in an activity."),
)
def attendances(records: Records) -> Iterable[Row]:
    attended: list[tuple[Participation, Activity]] = []
    for activity in records.activities:
        counted = {party.pk for party in records.own_parties(activity)}
        for each in records.participations[activity.pk]:
            if each.organisation_id in counted and took_part(each):
                counted.remove(each.organisation_id)
                attended.append((each, activity))
    return shown(lambda both: participation_row(*both), attended)


@figure("withdrawals", gettext_lazy("Parties that withdrew"), depends="activity participation organisation")
def withdrawals(records: Records) -> Iterator[Row]:
    for activity in records.activities:
        for each in records.participations[activity.pk]:
            if each.state == Participation.State.WITHDREW:
                yield participation_row(each, activity, each.withdrew_because)


@figure(
    "costs",
    gettext_lazy("Costs in euros"),
    depends="activity cost",
    note=gettext_lazy("Paid by our own organisation, exploratory talks included."),
)
def costs(records: Records) -> Total:
    return _costs(records, by_others=False)


@figure("costs_of_others", gettext_lazy("Costs paid by others, in euros"), depends="activity cost", minor=True)
def costs_of_others(records: Records) -> Total:
    return _costs(records, by_others=True)


@family
def by_activity(records: Records) -> Iterator[Definition]:
    """`activity_<id>_parties` and `activity_<id>_agreements`: what the table of activities shows of each."""
    parties, agreements = _("Parties: %(activity)s"), _("Agreements: %(activity)s")
    for activity in records.activities if records.is_recorded else ():
        title = str(activity)
        yield Definition(
            f"activity_{activity.pk}_parties",
            parties % {"activity": title},
            frozenset({"activity", "participation", "organisation"}),
            lambda found, activity=activity: shown(_party_row, found.own_parties(activity)),
            minor=True,
            comparable=False,
        )
        yield Definition(
            f"activity_{activity.pk}_agreements",
            agreements % {"activity": title},
            frozenset({"activity", "agreement"}),
            lambda found, activity=activity: shown(agreement_row, found.agreements_at[activity.pk]),
            minor=True,
            comparable=False,
        )


def _costs(records: Records, by_others: bool) -> Total:
    """The sum of what was recorded; without any recorded cost the sum is not recorded, rather than 0."""
    found = [
        (cost, activity)
        for activity in records.took_place
        for cost in records.costs[activity.pk]
        if bool(cost.paid_by) == by_others
    ]
    amount = sum((cost.amount for cost, _activity in found), Decimal(0)) if found else None
    return Total(amount, shown(lambda both: cost_row(both[0], both[1], _euros(both[0].amount)), found))


def _party_row(organisation: Organisation) -> Row:
    return organisation_row(organisation, "")


def _euros(amount: Decimal) -> str:
    return format_currency(amount, "EUR", locale="en_GB" if in_english() else "nl_NL")
