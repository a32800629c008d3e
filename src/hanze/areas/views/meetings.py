"""A regional meeting: what is on the table, the answers, the conclusions and what follows."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hanze.accounts.exporting import Column, export, wanted
from hanze.accounts.models import User
from hanze.accounts.together import in_turn
from hanze.areas import operations
from hanze.areas.forms.meetings import AnswersForm, FollowUpForm, MeetingForm
from hanze.areas.models import Initiative, Meeting
from hanze.areas.views.shared import asked_twice, frame, initiative_for, part_form
from hanze.register.forms.shared import attempt
from hanze.register.views.shared import carry_out

CHANGE = "areas.change_initiative"


def meeting_add(request: HttpRequest, pk: int) -> HttpResponse:
    reader, initiative = initiative_for(request, pk, CHANGE)
    form = MeetingForm(request.POST if request.method == "POST" else None, initiative=initiative)
    made = carry_out(request, form, operations.plan_meeting, initiative, by=reader)
    if made:
        messages.success(request, _("The meeting was kept."))
        return redirect(made)
    back = reverse("areas:party-list", args=[pk])
    return part_form(request, initiative, form, _("Plan a meeting"), back, _("Parties and meetings"))


def meeting_detail(request: HttpRequest, pk: int, meeting: int) -> HttpResponse:
    reader, initiative, found = _found(request, pk, meeting, "areas.view_initiative")
    answers = list(found.answers.select_related("party"))
    if wanted(request):
        title = _("Answers of %(day)s") % {"day": date_format(found.on)}
        return export(request, title=title, columns=_columns(), rows=answers)
    context = frame(reader, initiative, "parties") | {
        "meeting": found,
        "answers": answers,
        "present": sum(each.present for each in answers),
        "follow_ups": found.follow_ups.select_related("owner"),
        "has_parties": initiative.parties.exists(),
    }
    return render(request, "areas/meeting_detail.html", context)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Party"), lambda each: each.party.name),
        Column(_("What it is"), lambda each: each.party.get_kind_display()),
        Column(_("Was there"), lambda each: each.present),
        Column(_("Answer"), lambda each: each.get_answer_display()),
        Column(_("What was said, or on what conditions"), lambda each: each.said),
    )


@in_turn(Initiative)
def meeting_edit(request: HttpRequest, pk: int, meeting: int) -> HttpResponse:
    reader, initiative, found = _found(request, pk, meeting)
    form = MeetingForm(request.POST if request.method == "POST" else None, instance=found, initiative=initiative)
    if carry_out(request, form, operations.change_meeting, found, by=reader):
        messages.success(request, _("The meeting was kept."))
        return redirect(found)
    return part_form(request, initiative, form, _("Change the meeting"), found.get_absolute_url(), _("Meeting"))


@in_turn(Initiative)
def meeting_remove(request: HttpRequest, pk: int, meeting: int) -> HttpResponse:
    reader, _initiative, found = _found(request, pk, meeting)
    return asked_twice(
        request,
        _("Take away the meeting “%(title)s”?") % {"title": found},
        _("What is still to be done after it goes too."),
        reverse("areas:party-list", args=[pk]),
        partial(operations.cancel_meeting, found, by=reader),
    )


@in_turn(Initiative)
def meeting_answers(request: HttpRequest, pk: int, meeting: int) -> HttpResponse:
    """The answers of every party on one form."""
    reader, initiative, found = _found(request, pk, meeting)
    form = AnswersForm(request.POST if request.method == "POST" else None, meeting=found)
    valid = request.method == "POST" and form.is_valid()
    if valid and attempt(form, operations.record_answers, found, by=reader, given=form.given):
        messages.success(request, _("The answers were kept."))
        return redirect(found)
    context = {"initiative": initiative, "meeting": found, "form": form}
    return render(request, "areas/meeting_answers.html", context, status=422 if form.errors else 200)


def follow_up_add(request: HttpRequest, pk: int, meeting: int) -> HttpResponse:
    reader, initiative, found = _found(request, pk, meeting)
    form = FollowUpForm(request.POST if request.method == "POST" else None)
    if carry_out(request, form, operations.add_follow_up, found, by=reader):
        return redirect(found)
    return part_form(request, initiative, form, _("What is to be done"), found.get_absolute_url(), _("Meeting"))


@in_turn(Initiative)
def follow_up_edit(request: HttpRequest, pk: int, meeting: int, follow_up: int) -> HttpResponse:
    reader, initiative, held = _found(request, pk, meeting)
    found = get_object_or_404(held.follow_ups.select_related("meeting__initiative"), pk=follow_up)
    form = FollowUpForm(request.POST if request.method == "POST" else None, instance=found)
    if carry_out(request, form, operations.change_follow_up, found, by=reader):
        return redirect(held)
    return part_form(request, initiative, form, _("What is to be done"), held.get_absolute_url(), _("Meeting"))


def _found(request: HttpRequest, pk: int, meeting: int, permission: str = CHANGE) -> tuple[User, Initiative, Meeting]:
    reader, initiative = initiative_for(request, pk, permission)
    meetings = initiative.meetings.select_related("initiative", "plan", "conclusion__area")
    return reader, initiative, get_object_or_404(meetings, pk=meeting)
