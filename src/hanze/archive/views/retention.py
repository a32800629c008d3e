"""What is due in the archive, who decides on it, and the files of a closed case."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from hanze.accounts.classification import get_visible_or_404
from hanze.accounts.exporting import Column, export, wanted
from hanze.accounts.permissions import require
from hanze.accounts.requests import reader_of
from hanze.accounts.together import in_turn
from hanze.archive import operations
from hanze.archive.disposals import declaration_of
from hanze.archive.dossiers import reference_of
from hanze.archive.forms import TermForm, WithdrawForm
from hanze.archive.models import Archiving, Disposal
from hanze.archive.tasks import compute_terms
from hanze.archive.terms import terms
from hanze.audit.reading import read

PAGE_SIZE = 50
DUE_COLUMNS = [
    Column(gettext_lazy("Case or activity"), lambda row: row["case"]),
    Column(gettext_lazy("Kind"), lambda row: row["term"].label if row["term"] else ""),
    Column(gettext_lazy("Closed on"), lambda row: row["archiving"].begun_on),
    Column(gettext_lazy("Action date"), lambda row: row["archiving"].action_on),
    Column(
        gettext_lazy("What then"),
        lambda row: _("In a disposal") if row["in_disposal"] else row["archiving"].get_nomination_display(),
    ),
]
DISPOSAL_COLUMNS = [
    Column(gettext_lazy("Proposed"), lambda each: each.proposed_at),
    Column(gettext_lazy("What"), lambda each: each.get_action_display()),
    Column(gettext_lazy("By"), lambda each: each.proposed_by),
    Column(gettext_lazy("State"), lambda each: each.get_state_display()),
]


def due(request: HttpRequest) -> HttpResponse:
    """What may be destroyed or is to be transferred by now, to choose from; and what comes later."""
    reader = reader_of(request)
    require(reader, "archive.view")
    visible = Archiving.objects.visible_to(reader).filter(done_on=None)
    if request.method == "POST":
        return _propose(request, visible)
    later = request.GET.get("when") == "later"
    today = timezone.localdate()
    rows = visible.filter(action_on__gt=today) if later else visible.filter(action_on__lte=today)
    if wanted(request):
        title = _("Records whose term still runs") if later else _("Records whose term has passed")
        return export(request, title=title, columns=DUE_COLUMNS, rows=(_row(each) for each in rows))
    paginator = Paginator(rows, PAGE_SIZE)
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "rows": [_row(each) for each in page.object_list],
        "page_obj": page,
        "page_numbers": paginator.get_elided_page_range(page.number),
        "later": later,
        "may_manage": reader.has_perm("archive.manage"),
    }
    return render(request, "archive/due.html", context)


@require_POST
def compute(request: HttpRequest) -> HttpResponse:
    require(reader_of(request), "archive.manage")
    compute_terms.enqueue()
    messages.success(request, _("The terms are being computed."))
    return redirect("archive:due")


@in_turn(Archiving)
def term(request: HttpRequest, pk: int) -> HttpResponse:
    """One record's term, to change it with a reason."""
    archiving, case = _opened(request, pk)
    form = TermForm(request.POST or None, archiving=archiving, case=case)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_term(archiving, by=reader_of(request), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The changes have been saved."))
            return redirect("archive:term", pk)
    usual = terms().get(archiving.kind)
    context = {"archiving": archiving, "case": case, "reference": reference_of(case), "form": form, "usual": usual}
    return render(request, "archive/term.html", context)


@require_POST
def files(request: HttpRequest, pk: int) -> HttpResponse:
    """The case as one zip, with metadata and checksums."""
    archiving, case = _opened(request, pk)
    packed = operations.pack(archiving, by=reader_of(request))
    headers = {"Content-Disposition": f'attachment; filename="{reference_of(case)}.zip"', "Cache-Control": "no-store"}
    return HttpResponse(packed, content_type="application/zip", headers=headers)


@require_safe
def disposal_list(request: HttpRequest) -> HttpResponse:
    require(reader_of(request), "archive.view")
    disposals = Disposal.objects.select_related("proposed_by", "decided_by")
    if wanted(request):
        return export(request, title=_("Disposals"), columns=DISPOSAL_COLUMNS, rows=disposals)
    paginator = Paginator(disposals, PAGE_SIZE)
    page = paginator.get_page(request.GET.get("page"))
    context = {"page_obj": page, "page_numbers": paginator.get_elided_page_range(page.number)}
    return render(request, "archive/disposal_list.html", context)


@require_safe
def disposal(request: HttpRequest, pk: int) -> HttpResponse:
    require(reader_of(request), "archive.view")
    shown = get_object_or_404(Disposal.objects.select_related("proposed_by", "decided_by"), pk=pk)
    waiting = shown.state == Disposal.State.PROPOSED
    may_manage = waiting and reader_of(request).has_perm("archive.manage")
    context = {
        "disposal": shown,
        "items": declaration_of(shown)["records"],
        "may_approve": may_manage and shown.proposed_by_id != reader_of(request).pk,
        "may_withdraw": may_manage,
    }
    return render(request, "archive/disposal.html", context)


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    require(reader_of(request), "archive.manage")
    return _decided(request, pk, lambda chosen: operations.approve(chosen, by=reader_of(request)), _("Approved."))


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    reader = reader_of(request)
    require(reader, "archive.manage")
    chosen = get_object_or_404(Disposal, pk=pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.withdraw(chosen, by=reader, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Withdrawn."))
            return redirect("archive:disposal", pk)
    context = {"question": _("Withdraw this disposal?"), "form": form, "cancel_url": f"/archive/disposals/{pk}/"}
    return render(request, "web/confirm.html", context)


@require_safe
def declaration(request: HttpRequest, pk: int) -> HttpResponse:
    """The declaration of destruction or transfer, as data to keep."""
    require(reader_of(request), "archive.view")
    shown = get_object_or_404(Disposal, pk=pk, state=Disposal.State.DONE)
    headers = {"Content-Disposition": f'attachment; filename="declaration-{pk}.json"'}
    return JsonResponse(declaration_of(shown), json_dumps_params={"indent": 2, "ensure_ascii": False}, headers=headers)


def _propose(request: HttpRequest, visible: Any) -> HttpResponse:
    require(reader_of(request), "archive.manage")
    chosen = [int(each) for each in request.POST.getlist("chosen") if each.isdecimal() and len(each) < 19]
    action = request.POST.get("action", "")
    if action not in Disposal.Action.values:
        messages.error(request, _("Choose what is to be done."))
        return redirect("archive:due")
    try:
        made = operations.propose(visible.filter(pk__in=chosen), by=reader_of(request), action=action)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("archive:due")
    messages.success(request, _("Proposed. Somebody else decides."))
    return redirect("archive:disposal", made.pk)


def _decided(request: HttpRequest, pk: int, carry_out: Any, said: str) -> HttpResponse:
    chosen = get_object_or_404(Disposal, pk=pk)
    try:
        carry_out(chosen)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said)
    return redirect("archive:disposal", pk)


def _opened(request: HttpRequest, pk: int) -> tuple[Archiving, Any]:
    """A term and its record, for who may handle both; else 404."""
    reader = reader_of(request)
    require(reader, "archive.view")
    archiving = get_visible_or_404(Archiving.objects.all(), reader, pk=pk)
    case = archiving.record
    require(reader, "archive.manage", case)
    read(reader, case)
    return archiving, case


def _row(archiving: Archiving) -> dict[str, Any]:
    found = terms().get(archiving.kind)
    case: Any = archiving.record
    in_disposal = archiving.disposals.filter(disposal__state__in=["proposed", "approved"]).first()
    return {"archiving": archiving, "case": case, "term": found, "in_disposal": in_disposal}
