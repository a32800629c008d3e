"""What initiatives ask of their people on the Today page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from hanze.accounts.attention import Attention
from hanze.accounts.models import User
from hanze.areas.models import FollowUp, Initiative, Meeting

NEAR, COMING, UNANSWERED = timedelta(days=14), timedelta(days=60), timedelta(days=90)


def attention(reader: User, today: date) -> list[Attention]:
    """What is to be done after a meeting, meetings of which no answer was recorded, and meetings that come."""
    if not reader.has_perm("areas.list_initiatives"):
        return []
    seen = Initiative.objects.visible_to(reader)
    hers = [*_to_do(seen, reader, today), *_coming(seen, today)]
    if reader.has_perm("areas.create_initiative"):
        hers += _without_answers(seen, reader, today)
    return sorted(hers, key=lambda item: (item.day, item.title))


def _to_do(seen: object, reader: User, today: date) -> Iterator[Attention]:
    """Her own follow-ups that are late or near, and those without a colleague of initiatives that are hers."""
    hers = Q(owner=reader) | Q(owner=None, meeting__initiative__responsible=reader)
    rows = FollowUp.objects.filter(hers, meeting__initiative__in=seen, done_on=None, due_on__lte=today + NEAR)
    for row in rows.select_related("meeting__initiative"):
        late = row.due_on is not None and row.due_on < today
        yield Attention(
            day=row.due_on or today,
            title=row.what,
            url=row.meeting.get_absolute_url(),
            detail=f"{row.meeting.initiative}, {row.meeting}",
            state=_("Late") if late else _("Open"),
            tone="stop" if late else "care",
        )


def _without_answers(seen: object, reader: User, today: date) -> Iterator[Attention]:
    over = Meeting.objects.filter(initiative__in=seen, on__lt=today, on__gte=today - UNANSWERED, answers=None)
    for meeting in over.filter(Q(initiative__responsible=reader) | Q(initiative__responsible=None)):
        yield Attention(
            day=meeting.on,
            title=meeting.title,
            url=meeting.get_absolute_url(),
            detail=_("It is over: record what the parties answered"),
            state=_("Open"),
        )


def _coming(seen: object, today: date) -> Iterator[Attention]:
    coming = Meeting.objects.filter(initiative__in=seen, on__gte=today, on__lte=today + COMING)
    for meeting in coming.select_related("initiative"):
        yield Attention(
            day=meeting.on,
            title=meeting.title,
            url=meeting.get_absolute_url(),
            detail=", ".join(part for part in (str(meeting.initiative), meeting.place) if part),
            state=_("Meeting"),
            tone="go",
            needs_action=False,
        )
