"""Contradictions: the list, one fact with what every source says, deciding, and a record on a past day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from hanze.accounts.classification import get_visible_or_404
from hanze.accounts.exporting import Column, export, wanted
from hanze.accounts.permissions import require
from hanze.accounts.requests import reader_of
from hanze.audit.reading import read
from hanze.claims.facts import Fact, Sheet, is_nothing, sheet_named
from hanze.claims.forms import ClaimForm, ContradictionFilter, DayForm, DecideForm, WithdrawForm, put_errors
from hanze.claims.models import Claim, Resolution
from hanze.claims.operations import claim as say
from hanze.claims.operations import decide_claim, withdraw_claim
from hanze.claims.queries import Contradiction, as_of, contradictions, open_facts

PER_PAGE = 50
COLUMNS = [
    Column(gettext_lazy("About"), lambda row: row.record),
    Column(gettext_lazy("Fact"), lambda row: row.label),
    Column(gettext_lazy("It says now"), lambda row: row.stands),
    Column(gettext_lazy("Another source says"), lambda row: "; ".join(row.others)),
    Column(gettext_lazy("Since"), lambda row: row.since),
]


@require_safe
def contradiction_list(request: HttpRequest) -> HttpResponse:
    """Every fact on which sources disagree while nobody decided, as far as the reader may see the record."""
    reader = reader_of(request)
    require(reader, "claims.list_claims")
    chosen = ContradictionFilter(request.GET)
    rows = open_facts(reader)
    if chosen.is_valid() and chosen.cleaned_data["kind"]:
        rows = rows.filter(content_type__model=chosen.cleaned_data["kind"])
    if wanted(request):
        return export(request, title=_("Contradictions"), columns=COLUMNS, rows=_in_parts(rows), form=chosen)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": chosen,
        "page_obj": page,
        "page_numbers": page.paginator.get_elided_page_range(page.number),
        "contradictions": [(each, _address("claims:fact", each.record, each.fact)) for each in contradictions(page)],
        "is_filtered": bool(request.GET.get("kind")),
    }
    return render(request, "claims/list.html", context)


def _in_parts(rows: QuerySet[Claim, dict[str, Any]]) -> Iterator[Contradiction]:
    """Every contradiction, read a page at a time."""
    pages = Paginator(rows, PER_PAGE)
    for number in pages.page_range:
        yield from contradictions(pages.page(number))


@require_http_methods(["GET", "HEAD", "POST"])
def fact(request: HttpRequest, kind: str, pk: int, fact: str) -> HttpResponse:
    """What every source says about one fact, side by side; deciding which holds."""
    sheet, record, known = _fact(request, kind, pk, fact)
    reader = reader_of(request)
    may_decide = reader.has_perm(sheet.changing, record)
    claims = Claim.objects.about(record).filter(fact=fact).select_related("recorded_by", "withdrawn_by")
    living = claims.exclude(standing=Claim.Standing.WITHDRAWN)
    form = DecideForm(request.POST or None, claims=living) if may_decide and living else None
    if request.method == "POST":
        require(reader, sheet.changing, record)
        if form is not None and form.is_valid():
            chosen = form.cleaned_data
            if _done(form, lambda: decide_claim(chosen["claim"], by=reader, reason=chosen["reason"])):
                messages.success(request, _("The decision has been recorded."))
                return redirect(_address("claims:fact", record, fact))
    else:
        read(reader, record)
    context = {
        "record": record,
        "sheet": sheet,
        "fact": known,
        "stands": known.words(known.stands(record)),
        "claims": claims,
        "is_open": any(each.standing == Claim.Standing.OPEN for each in claims),
        "decisions": Resolution.objects.about(record).filter(fact=fact).select_related("claim", "by"),
        "form": form,
        "may_decide": may_decide,
    }
    return render(request, "claims/fact.html", context)


@require_safe
def claim_new(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Choose the fact about which another source says something."""
    sheet, record = _record(request, kind, pk)
    require(reader_of(request), sheet.changing, record)
    facts = [(each, _address("claims:claim-add", record, each.name)) for each in sheet.facts.values()]
    return render(request, "claims/new.html", {"record": record, "sheet": sheet, "facts": facts})


@require_http_methods(["GET", "HEAD", "POST"])
def claim_add(request: HttpRequest, kind: str, pk: int, fact: str) -> HttpResponse:
    """Record what another source says about one fact."""
    sheet, record, known = _fact(request, kind, pk, fact)
    reader = reader_of(request)
    require(reader, sheet.changing, record)
    form = ClaimForm(request.POST or None, fact=known)
    if request.method == "POST" and form.is_valid():
        value, source = form.cleaned_data["value"], form.source
        if _done(form, lambda: say(record, fact, value, source=source, by=reader)):
            messages.success(request, _("It has been recorded."))
            return redirect(_address("claims:fact", record, fact))
    stands = known.stands(record)
    context = {
        "record": record,
        "sheet": sheet,
        "fact": known,
        "form": form,
        "stands": "" if is_nothing(stands) else known.words(stands),
        "cancel_url": _address("claims:fact", record, fact),
    }
    return render(request, "claims/add.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def claim_withdraw(request: HttpRequest, kind: str, pk: int, fact: str, claim: int) -> HttpResponse:
    """Take back what was recorded wrongly."""
    sheet, record, _known = _fact(request, kind, pk, fact)
    reader = reader_of(request)
    require(reader, sheet.changing, record)
    living = Claim.objects.about(record).filter(fact=fact).exclude(standing=Claim.Standing.WITHDRAWN)
    withdrawn = get_object_or_404(living, pk=claim)
    form = WithdrawForm(request.POST or None)
    back = _address("claims:fact", record, fact)
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        if _done(form, lambda: withdraw_claim(withdrawn, by=reader, because=because)):
            messages.success(request, _("It has been withdrawn."))
            return redirect(back)
    context = {
        "question": _("Withdraw “%(value)s” from %(source)s?")
        % {"value": withdrawn.in_words, "source": withdrawn.source or withdrawn.get_source_kind_display().lower()},
        "consequence": _("It stays in the history. %(record)s keeps what it says now.") % {"record": record},
        "form": form,
        "confirm_label": _("Withdraw"),
        "cancel_url": back,
    }
    return render(request, "web/confirm.html", context)


@require_safe
def past(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The record as it was known on a past day."""
    sheet, record = _record(request, kind, pk)
    reader = reader_of(request)
    read(reader, record)
    form = DayForm(request.GET or None)
    day = form.cleaned_data["day"] if form.is_bound and form.is_valid() else None
    context = {
        "record": record,
        "sheet": sheet,
        "form": form,
        "day": day,
        "lines": as_of(record, day, reader) if day else None,
    }
    return render(request, "claims/past.html", context)


def _record(request: HttpRequest, kind: str, pk: int) -> tuple[Sheet, Any]:
    """The record in the address with its facts; 404 when the reader may not see it."""
    sheet = sheet_named(kind)
    if sheet is None:
        raise Http404
    reader = reader_of(request)
    require(reader, sheet.reading)
    return sheet, get_visible_or_404(sheet.model._default_manager.all(), reader, pk=pk)


def _fact(request: HttpRequest, kind: str, pk: int, name: str) -> tuple[Sheet, Any, Fact]:
    sheet, record = _record(request, kind, pk)
    if name not in sheet.facts:
        raise Http404
    return sheet, record, sheet.facts[name]


def _address(name: str, record: Any, fact: str) -> str:
    return reverse(name, args=[record._meta.model_name, record.pk, fact])


def _done(form: Any, operation: Any) -> bool:
    try:
        operation()
    except ValidationError as error:
        put_errors(form, error)
        return False
    return True
