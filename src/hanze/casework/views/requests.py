"""The list of requests, and registering and changing one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig

from hanze.accounts.exporting import export_table, wanted
from hanze.accounts.listing import CEILING, count_up_to_ceiling
from hanze.accounts.permissions import require
from hanze.accounts.together import in_turn
from hanze.casework import operations, queries
from hanze.casework.cells import REQUEST_FIELDS
from hanze.casework.filters import RequestFilter
from hanze.casework.forms.choosing import show_error
from hanze.casework.forms.requests import ParticipantFormSet, RequestForm
from hanze.casework.models import Request
from hanze.casework.tables import RequestTable
from hanze.casework.views.opening import open_request, reader_of
from hanze.register.operations import create_organisation

PAGES: Any = {"per_page": 50}
OPTIONS_SHOWN = 20
MORE_FILTERS = ("kind", "country", "sector", "outcome", "year")
PARTICIPANT_FIELDS = ("organisation", "person", "name_text", "role")


@dataclass(frozen=True)
class Tab:
    key: str
    label: str
    counted: int
    current: bool

    @property
    def count(self) -> int:
        return min(self.counted, CEILING)

    @property
    def more(self) -> bool:
        """Whether there are more than were counted."""
        return self.counted > CEILING


def request_list(request: HttpRequest) -> HttpResponse:
    """Open requests, soonest term first; decided ones and all, newest first."""
    reader = reader_of(request)
    require(reader, "casework.list_requests")
    tab = request.GET.get("tab", "open")
    seen = queries.request_rows(reader)
    found = RequestFilter(request.GET, queryset=seen)
    requests = _of_tab(found.qs, tab)
    table = RequestTable(_in_order(requests, tab).only(*REQUEST_FIELDS))
    if wanted(request):
        return export_table(request, table, title=_("Requests"), form=found.form)
    RequestConfig(request, paginate=PAGES).configure(table)
    context = {
        "filter": found,
        "narrowed": any(request.GET.get(name) for name in found.filters),
        "more_filters": any(request.GET.get(name) for name in MORE_FILTERS),
        "table": table,
        "tabs": _tabs(reader, tab),
        "nothing_yet": not (request.GET or len(table.rows) or Request.objects.visible_to(reader).exists()),
        "may_add": reader.has_perm("casework.add_request"),
    }
    return render(request, "casework/request/list.html", context)


def request_create(request: HttpRequest) -> HttpResponse:
    """Register a request that came in by mail, telephone or talk."""
    reader = reader_of(request)
    require(reader, "casework.add_request")
    data = request.POST or None
    form = RequestForm(data, reader=reader, initial=RequestForm.initial_for(reader))
    participants = ParticipantFormSet(data, prefix="participants", form_kwargs={"reader": reader})
    if request.method == "POST" and form.is_valid() and participants.is_valid():
        made = _receive(form, participants, reader)
        if made is not None:
            messages.success(request, _("Request %(reference)s is registered.") % {"reference": made.reference})
            return redirect("casework:request-detail", made.pk)
    context = {"form": form, "participants": participants, "earlier": _earlier_of_form(request)}
    return render(request, "casework/request/form.html", context)


@in_turn(Request)
def request_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a request."""
    case = open_request(request, pk, "casework.change_request")
    reader = reader_of(request)
    form = RequestForm(request.POST or None, instance=Request.objects.get(pk=pk), reader=reader)
    if request.method == "POST" and form.is_valid():
        try:
            _change(case, form, reader)
            messages.success(request, _("The request is saved."))
            return redirect("casework:request-detail", pk)
        except ValidationError as error:
            show_error(form, error)
    return render(
        request, "casework/request/form.html", {"form": form, "case": case}, status=409 if form.differences else 200
    )


def request_options(request: HttpRequest) -> JsonResponse:
    """Requests to choose from in a form: by words of the reference, title or asker."""
    reader = reader_of(request)
    require(reader, "casework.list_requests")
    words = request.GET.get("q", "")
    found = queries.with_text(queries.request_rows(reader), words)[:OPTIONS_SHOWN] if words.strip() else []
    options = [{"id": each.pk, "label": str(each), "detail": each.asker_name} for each in found]
    return JsonResponse(options, safe=False)


def request_earlier(request: HttpRequest) -> HttpResponse:
    """Earlier requests of the asker that is in the form now."""
    require(reader_of(request), "casework.add_request")
    return render(request, "casework/request/_earlier.html", {"earlier": _earlier_of_form(request)})


def _of_tab(requests: QuerySet[Request], tab: str) -> QuerySet[Request]:
    if tab == "open":
        return requests.filter(state__in=Request.OPEN_STATES)
    if tab == "decided":
        return requests.filter(decision__isnull=False)
    return requests


def _in_order(requests: QuerySet[Request], tab: str) -> QuerySet[Request]:
    if tab == "open":
        return requests.order_by(F("due_on").asc(nulls_last=True), "reference")
    return requests.order_by("-received_on", "-reference")


def _tabs(reader: Any, current: str) -> list[Tab]:
    seen = Request.objects.visible_to(reader)
    rows = {
        "open": (_("Open"), seen.filter(state__in=Request.OPEN_STATES)),
        "decided": (_("Decided"), seen.filter(decision__isnull=False)),
        "all": (_("All"), seen),
    }
    return [Tab(key, label, count_up_to_ceiling(of_tab), key == current) for key, (label, of_tab) in rows.items()]


def _receive(form: RequestForm, participants: Any, reader: Any) -> Request | None:
    """The registered request, or None with its errors shown in the form."""
    rows = [_participant(row) for row in participants.cleaned_data if row and not row.get("DELETE")]
    fields = form.record_fields
    try:
        with transaction.atomic():
            if form.new_asker:
                fields["asked_by"] = create_organisation(by=reader, **form.new_asker)
            return operations.receive_request(by=reader, participants=rows, **fields)
    except ValidationError as error:
        show_error(form, error)
        return None


def _change(case: Request, form: RequestForm, reader: Any) -> None:
    with transaction.atomic():
        fields = form.record_fields
        if form.new_asker:
            fields["asked_by"] = create_organisation(by=reader, **form.new_asker)
        operations.change_request(case, by=reader, **fields)


def _participant(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in PARTICIPANT_FIELDS}


def _earlier_of_form(request: HttpRequest) -> list[Request]:
    """What the asker that stands in the form asked before."""
    sent = request.POST or request.GET
    asker = sent.get("asked_by", "")
    known = int(asker) if asker.isdecimal() and len(asker) < 19 else None
    draft = Request(asked_by_id=known, asked_by_text=sent.get("asked_by_text", ""))
    return queries.earlier_requests(draft, reader_of(request))
