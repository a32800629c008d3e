"""Meetings, and what is to be done after them, in the calendar feeds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.areas.models import FollowUp, Initiative, Meeting
from hanze.audit.models import Event
from hanze.connections.calendars import Entry
from hanze.connections.models import CalendarFeed

PAST, MOST = timedelta(days=366), 500


def entries(feed: CalendarFeed, reader: User, today: date) -> Iterator[Entry]:
    """The meetings of initiatives that the reader may see (in her own calendar: hers), and her follow-ups."""
    seen = Initiative.objects.visible_to(reader)
    own = feed.content == CalendarFeed.Content.OWN
    if own:
        team = Initiative.team.through.objects.filter(user=feed.owner_id).values("initiative")
        seen = seen.filter(Q(responsible=feed.owner_id) | Q(pk__in=team))
    meetings = Meeting.objects.filter(initiative__in=seen, on__gte=today - PAST)
    rows = list(meetings.select_related("initiative").order_by("on", "pk")[:MOST])
    changed = _changes(rows)
    yield from (_meeting(each, changed[str(each.pk)]) for each in rows)
    if own and not feed.role:
        todo = FollowUp.objects.filter(owner=feed.owner_id, done_on=None, due_on__gte=today - PAST)
        todo = todo.filter(meeting__initiative__in=Initiative.objects.visible_to(reader))
        yield from (_follow_up(each) for each in todo.select_related("meeting__initiative")[:MOST])


def _changes(meetings: Iterable[Meeting]) -> Counter[str]:
    """How often each meeting was changed, by the log: a number that only grows."""
    keys = [str(each.pk) for each in meetings]
    found = Event.objects.filter(subject_type=Meeting._meta.label_lower, subject_id__in=keys)
    return Counter(found.order_by().values_list("subject_id", flat=True))


def _meeting(meeting: Meeting, version: int) -> Entry:
    zone = ZoneInfo(settings.TIME_ZONE)
    starts: date | datetime = meeting.on
    ends: date | datetime | None = meeting.on
    if meeting.starts_at:
        starts = datetime.combine(meeting.on, meeting.starts_at, zone)
        ends = datetime.combine(meeting.on, meeting.ends_at, zone) if meeting.ends_at else None
    return Entry(
        name=f"meeting-{meeting.pk}",
        summary=meeting.title,
        url=meeting.get_absolute_url(),
        starts=starts,
        ends=ends,
        record=meeting.initiative,
        created=meeting.created_at,
        changed=meeting.updated_at,
        version=version,
        description=str(meeting.initiative),
        place=meeting.place,
    )


def _follow_up(row: FollowUp) -> Entry:
    assert row.due_on is not None
    return Entry(
        name=f"follow-up-{row.pk}",
        summary=_("To do: %(what)s") % {"what": row.what},
        url=row.meeting.get_absolute_url(),
        starts=row.due_on,
        ends=row.due_on,
        record=row.meeting.initiative,
        created=row.created_at,
        changed=row.updated_at,
        description=f"{row.meeting.initiative}, {row.meeting}",
        takes_time=False,
    )
