"""What was done: activities by kind, sector and country."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hanze.evaluation.figures.registry import Definition, family, figure
from hanze.evaluation.figures.rows import activity_row, named, shown
from hanze.evaluation.records import Records
from hanze.missions.models import Activity
from hanze.register.sectors import Sector
from hanze.reporting import Row

Kind = Activity.Kind


@figure(
    "activities",
    gettext_lazy("Activities"),
    depends="activity",
    note=gettext_lazy("Held in the period; exploratory talks are counted apart."),
)
def activities(records: Records) -> Iterable[Row]:
    return shown(lambda each: activity_row(each, each.get_kind_display()), records.activities)


@figure("incoming_delegations", gettext_lazy("Incoming delegations"), depends="activity")
def incoming_delegations(records: Records) -> Iterable[Row]:
    return _of_kind(records.activities, Kind.INCOMING_DELEGATION)


@figure("outgoing_missions", gettext_lazy("Outgoing missions"), depends="activity")
def outgoing_missions(records: Records) -> Iterable[Row]:
    return _of_kind(records.activities, Kind.OUTGOING_MISSION)


@figure("events", gettext_lazy("Events"), depends="activity")
def events(records: Records) -> Iterable[Row]:
    return _of_kind(records.activities, Kind.EVENT)


@figure("talks", gettext_lazy("Talks"), depends="activity", note=gettext_lazy("Exploratory talks are counted apart."))
def talks(records: Records) -> Iterable[Row]:
    return _of_kind(records.activities, Kind.TALK)


@figure("working_visits", gettext_lazy("Working visits"), depends="activity")
def working_visits(records: Records) -> Iterable[Row]:
    return _of_kind(records.activities, Kind.WORKING_VISIT)


@figure("exploratory_talks", gettext_lazy("Exploratory talks"), depends="activity")
def exploratory_talks(records: Records) -> Iterable[Row]:
    return shown(activity_row, (each for each in records.took_place if each.is_exploratory))


@figure("planned_activities", gettext_lazy("Planned, not held yet"), depends="activity", minor=True)
def planned_activities(records: Records) -> Iterable[Row]:
    return _in_state(records, Activity.State.PLANNED, Activity.State.CONFIRMED)


@figure("cancelled_activities", gettext_lazy("Cancelled activities"), depends="activity", minor=True)
def cancelled_activities(records: Records) -> Iterable[Row]:
    cancelled = (each for each in records.all_activities if each.state == Activity.State.CANCELLED)
    return shown(lambda each: activity_row(each, each.cancelled_because), cancelled)


@figure(
    "other_country_activities",
    gettext_lazy("Activities with other countries"),
    depends="activity",
    note=gettext_lazy("In the same period, with every country but that of this evaluation."),
)
def other_country_activities(records: Records) -> Iterable[Row]:
    return shown(lambda each: activity_row(each, each.country, each.get_kind_display()), records.other_activities)


@figure("other_country_incoming", gettext_lazy("Incoming delegations from other countries"), depends="activity")
def other_country_incoming(records: Records) -> Iterable[Row]:
    incoming = (each for each in records.other_activities if each.kind == Kind.INCOMING_DELEGATION)
    return shown(lambda each: activity_row(each, each.country), incoming)


@figure(
    "other_countries_outside_eu",
    gettext_lazy("Activities with other countries outside the EU"),
    depends="activity",
    minor=True,
)
def other_countries_outside_eu(records: Records) -> Iterable[Row]:
    outside = (each for each in records.other_activities if not each.country.in_eu(each.starts_on))
    return shown(lambda each: activity_row(each, each.country), outside)


@figure("sectors", gettext_lazy("Sectors"), depends="activity", note=gettext_lazy("Each sector counts once."))
def sectors(records: Records) -> Iterator[Row]:
    """Sectors of the activities; each leads to the list of missions in that sector."""
    for sector in Sector:
        found = [each for each in records.activities if each.sector == sector]
        if found:
            url = f"{reverse('missions:activity-list')}?sector={sector.value}"
            yield Row("sector", sector.value, str(sector.label), url, named(found))


@family
def by_sector(records: Records) -> Iterator[Definition]:
    """`sector_<id>`: the activities in each sector."""
    for sector in Sector:
        yield Definition(
            f"sector_{sector.value}",
            _("Activities: %(sector)s") % {"sector": sector.label},
            frozenset({"activity"}),
            lambda found, sector=sector: shown(
                activity_row, (each for each in found.activities if each.sector == sector)
            ),
            minor=True,
        )


def _of_kind(found: Iterable[Activity], kind: Kind) -> Iterable[Row]:
    return shown(activity_row, (each for each in found if each.kind == kind))


def _in_state(records: Records, *states: Activity.State) -> Iterable[Row]:
    found = (each for each in records.all_activities if each.state in states)
    return shown(lambda each: activity_row(each, each.get_state_display()), found)
