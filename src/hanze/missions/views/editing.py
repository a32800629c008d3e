"""Planning an activity, changing it section by section, and moving it on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hanze.accounts.classification import get_visible_or_404
from hanze.accounts.requests import reader_of
from hanze.accounts.together import in_turn
from hanze.casework.forms.choosing import show_error
from hanze.casework.models import Request
from hanze.claims.forms import saying
from hanze.missions import operations
from hanze.missions.forms.activities import SECTIONS, ChangeActivityForm, PlanActivityForm, ReasonForm, ReportForm
from hanze.missions.models import Activity
from hanze.missions.steps import move
from hanze.missions.views.helpers import allow, form_page, opened, sent

Publication = Activity.Publication


@require_http_methods(["GET", "HEAD", "POST"])
def activity_new(request: HttpRequest) -> HttpResponse:
    """Plan an activity: on its own, or with `?request=` from a request that was taken up."""
    case = _request_behind(request)
    allow(request, "missions.add_activity", case)
    initial: dict[str, Any] = operations.from_request(case) if case else {"responsible": reader_of(request)}
    if not case and (day := _day(request.GET.get("day", ""))):
        initial |= {"starts_on": day, "ends_on": day}
    form = PlanActivityForm(
        sent(request), reader=reader_of(request), from_request=case is not None, initial=initial, instance=Activity()
    )
    if request.method == "POST" and form.is_valid():
        try:
            activity = operations.plan_activity(by=reader_of(request), request=case, **form.changes())
        except ValidationError as error:
            show_error(form, error)
        else:
            messages.success(request, _("The activity is planned."))
            return redirect(activity)
    context = {"form": form, "case": case}
    return render(request, "missions/activity_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@in_turn(Activity)
def activity_change(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    if section not in SECTIONS:
        raise Http404
    activity = opened(request, pk, "missions.change_activity")
    form = ChangeActivityForm(sent(request), instance=opened(request, pk), section=section, reader=reader_of(request))

    def save() -> None:
        saying(form, request)(activity, by=reader_of(request), **form.changes())

    title = SECTIONS[section][0]
    return form_page(request, activity, form, save, title=title, said=_("Saved."))


@require_http_methods(["GET", "HEAD", "POST"])
def activity_move(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Confirm, hold, close, cancel or reopen, after a question."""
    step = move(key)
    if step is None:
        raise Http404
    activity = opened(request, pk, step.permission)
    form = (ReasonForm if step.needs_reason else forms.Form)(sent(request))

    def save() -> None:
        step.operation(activity, by=reader_of(request), **form.cleaned_data)

    return form_page(
        request,
        activity,
        form,
        save,
        title=step.question,
        said=step.done,
        template="missions/move.html",
        step=step,
        waiting=activity.measures.filter(state="open") if key == "close" else (),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@in_turn(Activity)
def activity_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the public report: keep it as a draft, publish it, or take it back."""
    activity = opened(request, pk, "missions.publish_report")
    initial = {
        "publication": activity.publication,
        "text": activity.public_report,
        "text_en": activity.public_report_en,
    }
    form = ReportForm(sent(request), activity=activity, initial=initial)

    def save() -> None:
        given = form.cleaned_data
        if given["publication"] == Publication.PUBLISHED:
            given.pop("publication")
            operations.publish_report(activity, by=reader_of(request), **given)
        else:
            operations.set_publication(activity, by=reader_of(request), **given)

    return form_page(request, activity, form, save, title=_("Public report"), said=_("Saved."), anchor="#report")


@require_http_methods(["GET", "HEAD", "POST"])
def report_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    activity = opened(request, pk, "missions.publish_report")
    form = ReasonForm(sent(request))

    def save() -> None:
        operations.withdraw_report(activity, by=reader_of(request), **form.cleaned_data)

    title = _("Take the report back from the public pages?")
    return form_page(request, activity, form, save, title=title, said=_("The report is not public any more."))


def _request_behind(request: HttpRequest) -> Request | None:
    key = request.GET.get("request", "")
    if not key:
        return None
    if not key.isdecimal() or len(key) > 18:
        raise Http404
    return get_visible_or_404(Request.objects.all(), reader_of(request), pk=int(key))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
