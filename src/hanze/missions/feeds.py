"""Activities as a calendar (RFC 5545): whole days for an activity, hours for what stands in its programme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from hanze.accounts.models import User
from hanze.audit.models import Event as LogEvent
from hanze.connections.calendars import Entry
from hanze.connections.models import CalendarFeed
from hanze.missions.models import Activity, Measure, ProgrammeItem
from hanze.register.models.relations import DatePrecision

PRODUCT = "-//Hanze//Agenda//NL"
PAST = timedelta(days=366)
MOST = 2_000
STATUS = {
    Activity.State.PLANNED: "TENTATIVE",
    Activity.State.CONFIRMED: "CONFIRMED",
    Activity.State.HELD: "CONFIRMED",
    Activity.State.CLOSED: "CONFIRMED",
    Activity.State.CANCELLED: "CANCELLED",
}
CLASSES = {"public": "PUBLIC", "internal": "PRIVATE", "confidential": "CONFIDENTIAL", "restricted": "CONFIDENTIAL"}


@dataclass(frozen=True)
class Site:
    """Where the calendar comes from: `name` makes its numbers the house's own, `address` leads back to its pages."""

    name: str
    address: str


def activities_of(feed: CalendarFeed, reader: User, today: date) -> QuerySet[Activity]:
    """What the feed shows to its reader: from a year back, with a day that is known."""
    seen = Activity.objects.visible_to(reader).filter(ends_on__gte=today - PAST, date_precision=DatePrecision.DAY)
    if feed.content == CalendarFeed.Content.OWN:
        team = Activity.team.through.objects.filter(user=feed.owner_id).values("activity")
        seen = seen.filter(Q(leader=feed.owner_id) | Q(responsible=feed.owner_id) | Q(pk__in=team))
    return seen.prefetch_related("places__city", "places__region", "places__country", "programme").order_by(
        "starts_on", "pk"
    )[:MOST]


def measures_of(feed: CalendarFeed, reader: User, today: date) -> list[Measure]:
    """The open measures of a feed's owner with a day on which they are due, on activities that its reader sees."""
    if feed.content != CalendarFeed.Content.OWN or feed.role:
        return []
    seen = Activity.objects.visible_to(reader).values("pk")
    mine = Measure.objects.filter(owner=feed.owner_id, state=Measure.State.OPEN, activity__in=seen)
    return list(mine.filter(due_on__gte=today - PAST).select_related("activity").order_by("due_on", "pk")[:MOST])


def calendar(
    name: str,
    site: Site,
    activities: Sequence[Activity],
    measures: Iterable[Measure] = (),
    entries: Iterable[Entry] = (),
) -> bytes:
    """The calendar as a file, the same every time as long as nothing changes. Times are in the house's time zone."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("x-wr-timezone", settings.TIME_ZONE)
    made.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", timedelta(hours=1))
    changes = _changes(activities)
    for activity in activities:
        made.add_component(_whole(activity, site, changes))
        for item in activity.programme.all():
            made.add_component(_item(item, activity, site, changes))
    for measure in measures:
        made.add_component(_measure(measure, site))
    for entry in entries:
        made.add_component(_entry(entry, site))
    made.add_missing_timezones()
    return made.to_ical()


Changes = Mapping[tuple[str, str], int]


def _changes(activities: Sequence[Activity]) -> Changes:
    """How often each activity and each item of a programme was changed, by the log: a number that only grows."""
    keys = [str(each.pk) for each in activities]
    items = [str(item.pk) for each in activities for item in each.programme.all()]
    labels = (Activity._meta.label_lower, ProgrammeItem._meta.label_lower)
    about = Q(subject_type=labels[0], subject_id__in=keys) | Q(subject_type=labels[1], subject_id__in=items)
    counted = LogEvent.objects.filter(about).exclude(name="record.read").order_by()
    rows = counted.values_list("subject_type", "subject_id").annotate(Count("pk"))
    return {(label, pk): count for label, pk, count in rows}


def _whole(activity: Activity, site: Site, changes: Changes) -> Event:
    event = _event(activity, site, f"activity-{activity.pk}")
    event.add("summary", str(activity))
    event.add("description", activity.get_kind_display())
    event.add("dtstart", activity.starts_on)
    event.add("dtend", activity.ends_on + timedelta(days=1))
    event.add("sequence", changes.get((Activity._meta.label_lower, str(activity.pk)), 0))
    event.add("transp", "TRANSPARENT")
    if places := "; ".join(str(place) for place in activity.places.all()):
        event.add("location", places)
    return event


def _item(item: ProgrammeItem, activity: Activity, site: Site, changes: Changes) -> Event:
    """An item with hours; without them a whole day. The activity's own changes count: cancelling it cancels all."""
    event = _event(activity, site, f"programme-{item.pk}")
    event.add("summary", item.title)
    event.add("description", str(activity))
    own = changes.get((ProgrammeItem._meta.label_lower, str(item.pk)), 0)
    event.add("sequence", own + changes.get((Activity._meta.label_lower, str(activity.pk)), 0))
    if item.place:
        event.add("location", item.place)
    if item.starts_at is None:
        event.add("dtstart", item.day)
        event.add("dtend", item.day + timedelta(days=1))
        return event
    zone = ZoneInfo(settings.TIME_ZONE)
    starts = datetime.combine(item.day, item.starts_at, zone)
    event.add("dtstart", starts)
    if item.ends_at is not None and item.ends_at > item.starts_at:
        event.add("dtend", datetime.combine(item.day, item.ends_at, zone))
    return event


def _measure(measure: Measure, site: Site) -> Event:
    event = _event(measure.activity, site, f"measure-{measure.pk}")
    event.add("summary", _("To do: %(measure)s") % {"measure": measure.label})
    event.add("description", str(measure.activity))
    event.add("dtstart", measure.due_on)
    event.add("dtend", measure.due_on + timedelta(days=1) if measure.due_on else None)
    event.add("sequence", 0)
    event.add("transp", "TRANSPARENT")
    return event


def _entry(entry: Entry, site: Site) -> Event:
    """What another app hands in."""
    event = Event()
    event.add("uid", f"{entry.name}@{site.name}")
    event.add("dtstamp", entry.changed)
    event.add("created", entry.created)
    event.add("last-modified", entry.changed)
    event.add("sequence", entry.version)
    event.add("status", "CONFIRMED")
    event.add("class", CLASSES[entry.record.classification])
    event.add("url", f"{site.address}{entry.url}")
    event.add("summary", entry.summary)
    event.add("description", entry.description)
    event.add("dtstart", entry.starts)
    if entry.ends is not None:
        event.add("dtend", entry.ends if isinstance(entry.ends, datetime) else entry.ends + timedelta(days=1))
    if not entry.takes_time:
        event.add("transp", "TRANSPARENT")
    if entry.place:
        event.add("location", entry.place)
    return event


def _event(activity: Activity, site: Site, name: str) -> Event:
    event = Event()
    event.add("uid", f"{name}@{site.name}")
    event.add("dtstamp", activity.updated_at)
    event.add("created", activity.created_at)
    event.add("last-modified", activity.updated_at)
    event.add("status", STATUS[Activity.State(activity.state)])
    event.add("class", CLASSES[activity.classification])
    event.add("url", f"{site.address}{activity.get_absolute_url()}")
    return event
