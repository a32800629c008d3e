"""The page of an activity, and its briefing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from hanze.accounts.requests import reader_of
from hanze.audit.reading import read
from hanze.missions.lines import framework_title
from hanze.missions.models import Activity
from hanze.missions.presenting import Shown
from hanze.missions.queries import history_for
from hanze.missions.steps import life, open_moves
from hanze.missions.views.helpers import opened

CLOSED_STATES = (Activity.State.CLOSED, Activity.State.CANCELLED)


def checklist_context(request: HttpRequest, activity: Activity) -> dict[str, Any]:
    """What the checklist of measures shows, on the page and when it is renewed."""
    reader = reader_of(request)
    is_open = activity.state not in CLOSED_STATES
    return {
        "activity": activity,
        "shown": Shown(activity, reader, timezone.localdate()),
        "may_settle": is_open and reader.has_perm("missions.settle_measure", activity),
        "may_waive": is_open and reader.has_perm("missions.waive_measure", activity),
        "may_add": is_open and reader.has_perm("missions.change_activity", activity),
    }


@require_safe
def activity_detail(request: HttpRequest, pk: int) -> HttpResponse:
    activity = opened(request, pk)
    read(reader_of(request), activity)
    reader = reader_of(request)
    context = checklist_context(request, activity)
    shown: Shown = context["shown"]
    officer = reader.has_perm("missions.change_activity", activity)
    context |= {
        "steps": life(activity),
        "moves": open_moves(activity, reader, timezone.localdate()),
        "framework": framework_title(shown.framework) if shown.framework else activity.framework,
        "may_change": officer and activity.state not in CLOSED_STATES,
        "may_attach": officer,
        "may_publish": reader.has_perm("missions.publish_report", activity),
        "history": history_for(activity, reader),
    }
    return render(request, "missions/activity.html", context)


@require_safe
def briefing(request: HttpRequest, pk: int) -> HttpResponse:
    """The activity on paper, for who leads the delegation."""
    activity = opened(request, pk)
    read(reader_of(request), activity)
    return render(request, "missions/briefing.html", checklist_context(request, activity))
