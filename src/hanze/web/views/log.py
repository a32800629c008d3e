"""The log, readable and searchable."""

from __future__ import annotations

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from hanze.accounts.exporting import Column, export, wanted
from hanze.accounts.models import Role, User
from hanze.accounts.permissions import require
from hanze.accounts.requests import reader_of
from hanze.audit.models import Event
from hanze.audit.registry import sentence

PAGE = 50
COLUMNS = (
    Column(_("Moment"), lambda event: event.at),
    Column(_("Who"), lambda event: event.actor_name),
    Column(_("What happened"), sentence),
    Column(_("About"), lambda event: event.subject_label),
    Column(_("Reason"), lambda event: event.reason),
)
# What an administrator's work leaves behind; what happens in cases is not hers to read.
ADMINISTRATIVE = ("accounts.", "goals.", "evaluation.recordedyear")


class LogFilter(forms.Form):
    q = forms.CharField(label=_("About"), required=False)
    who = forms.ModelChoiceField(
        label=_("Who"), queryset=User.objects.all(), required=False, empty_label=_("Everybody")
    )
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def log(request: HttpRequest) -> HttpResponse:
    """Events, newest first: all of them for an auditor, those of administration for an administrator."""
    require(reader_of(request), "audit.view_log")
    form = LogFilter(request.GET or None)
    events = readable(reader_of(request))
    if form.is_valid():
        events = _narrowed(events, form.cleaned_data)
    if wanted(request):
        return export(request, title=_("Log"), columns=COLUMNS, rows=events.select_related("actor"), form=form)
    paginator = Paginator(events, PAGE)
    page_obj = paginator.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": page_obj,
        "page_numbers": paginator.get_elided_page_range(page_obj.number),
        "complete": reader_of(request).has_role(Role.AUDITOR),
    }
    return render(request, "web/log.html", context)


def readable(reader: User) -> QuerySet[Event]:
    """The events that `reader` may read."""
    if reader.has_role(Role.AUDITOR):
        return Event.objects.all()
    events = Event.objects.none()
    for prefix in ADMINISTRATIVE:
        events = events | Event.objects.filter(subject_type__startswith=prefix)
    return events


def _narrowed(events: QuerySet[Event], asked: dict) -> QuerySet[Event]:
    if asked["q"]:
        events = events.filter(subject_label__icontains=asked["q"])
    if asked["who"]:
        events = events.filter(actor=asked["who"])
    if asked["since"]:
        events = events.filter(at__date__gte=asked["since"])
    if asked["until"]:
        events = events.filter(at__date__lte=asked["until"])
    return events
