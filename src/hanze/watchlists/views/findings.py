"""The findings desk: what waits, one finding with both sides next to each other, and the verdict."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hanze.accounts.classification import get_visible_or_404
from hanze.accounts.exporting import Column, export, wanted
from hanze.accounts.models import User
from hanze.audit.reading import read
from hanze.register.forms.shared import attempt
from hanze.watchlists import operations, presenting, queries
from hanze.watchlists.engine import editions_in_force
from hanze.watchlists.filters import FindingFilter
from hanze.watchlists.forms import SecondForm, VerdictForm
from hanze.watchlists.models import Finding
from hanze.watchlists.operations.verdicts import can_be_taken_back
from hanze.watchlists.panels import finding_panels
from hanze.watchlists.parties import party_of
from hanze.watchlists.reading import seen
from hanze.watchlists.views.shared import allowed, page_of


def finding_list(request: HttpRequest) -> HttpResponse:
    """The findings that the reader sees; without a filter those that wait."""
    reader = allowed(request, "watchlists.list_findings")
    rows = queries.finding_rows(reader)
    chosen = FindingFilter(request.GET, queryset=rows)
    if wanted(request):
        seen(reader, chosen.qs)
        return export(request, title=_("Findings"), columns=_columns(), rows=chosen.qs, form=chosen.form)
    page = page_of(request, chosen.qs)
    context = {
        "filter": chosen,
        "is_empty": not page["page_obj"].paginator.count and not rows.exists(),
        "first": queries.to_decide(reader).first() if reader.has_perm("watchlists.screen_party") else None,
        "nothing_in_force": not editions_in_force(),
        **page,
    }
    seen(reader, context["page_obj"])
    return render(request, "watchlists/finding_list.html", context)


def _columns() -> tuple[Column, ...]:
    """What an export of the list holds."""
    return (
        Column(_("Party"), lambda finding: finding.subject),
        Column(_("Looks like"), lambda finding: finding.entry.name),
        Column(_("Number on the list"), lambda finding: finding.entry.entry_id),
        Column(_("List"), lambda finding: finding.entry.watchlist),
        Column(_("Score"), lambda finding: round(finding.score, 3)),
        Column(_("State"), lambda finding: finding.get_state_display()),
        Column(_("Found"), lambda finding: finding.found_at),
    )


def finding_detail(request: HttpRequest, pk: int) -> HttpResponse:
    reader = allowed(request, "watchlists.list_findings")
    finding = get_visible_or_404(queries.finding_rows(reader), reader, pk=pk)
    read(reader, finding)
    return render(request, "watchlists/finding_detail.html", _context(request, reader, finding))


@require_POST
def finding_decide(request: HttpRequest, pk: int) -> HttpResponse:
    reader = allowed(request, "watchlists.list_findings")
    finding = get_visible_or_404(queries.finding_rows(reader), reader, pk=pk)
    allowed(request, "watchlists.decide_finding", finding)
    form = VerdictForm(request.POST)
    if form.is_valid() and attempt(form, operations.decide, finding, by=reader, **form.cleaned_data):
        messages.success(request, _("The verdict about %(party)s is recorded.") % {"party": finding.subject})
        return _onward(request, reader, finding)
    return _again(request, reader, finding, form)


@require_POST
def finding_second(request: HttpRequest, pk: int) -> HttpResponse:
    reader = allowed(request, "watchlists.list_findings")
    finding = get_visible_or_404(queries.finding_rows(reader), reader, pk=pk)
    allowed(request, "watchlists.decide_finding", finding)
    form = SecondForm(request.POST)
    if form.is_valid() and attempt(form, operations.second, finding, by=reader, **form.cleaned_data):
        messages.success(request, _("Your look at %(party)s is recorded.") % {"party": finding.subject})
        return _onward(request, reader, finding)
    return _again(request, reader, finding, form)


@require_POST
def finding_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    reader = allowed(request, "watchlists.list_findings")
    finding = get_visible_or_404(queries.finding_rows(reader), reader, pk=pk)
    allowed(request, "watchlists.decide_finding", finding)
    try:
        operations.reopen(finding, by=reader)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(finding)


def _again(request: HttpRequest, reader: User, finding: Finding, form: VerdictForm | SecondForm) -> HttpResponse:
    """The form with what is wrong with it; when somebody else was first, the finding as it is now."""
    before = finding.state
    finding.refresh_from_db(fields=["state"])
    waits_for = Finding.State.OPEN if isinstance(form, VerdictForm) else Finding.State.SECOND
    if finding.state == before == waits_for:
        return render(request, "watchlists/finding_detail.html", _context(request, reader, finding, form), status=422)
    said = " ".join(str(each) for each in form.non_field_errors()) or _(
        "Somebody decided about this finding before you."
    )
    written = form.cleaned_data.get("reason", "")
    messages.error(request, said + (" " + _("What you wrote: %(reason)s") % {"reason": written} if written else ""))
    return redirect(finding)


def _onward(request: HttpRequest, reader: User, finding: Finding) -> HttpResponse:
    """To the next finding when the button says so, else back to this one."""
    following = queries.next_to_decide(reader, finding) if "next" in request.POST else None
    if following is not None:
        return redirect(following)
    return redirect("watchlists:finding-list") if "next" in request.POST else redirect(finding)


def _context(
    request: HttpRequest, reader: User, finding: Finding, form: VerdictForm | SecondForm | None = None
) -> dict[str, Any]:
    verdict = finding.verdict
    may_decide = reader.has_perm("watchlists.decide_finding", finding) and not finding.subject.forgotten_at
    waits_for_me = finding.state == Finding.State.SECOND and verdict is not None and verdict.by_id != reader.pk
    return {
        "finding": finding,
        "record": queries.record_if_visible(finding.subject, reader),
        "rows": presenting.comparison(finding, party_of(finding.subject), finding.entry.entry),
        "sentences": presenting.sentences(finding),
        "changes": presenting.changes_in_words(finding),
        "verdicts": finding.verdicts.select_related("by", "second_by"),
        "verdict": verdict,
        "verdict_form": _shown(form, VerdictForm) if may_decide and finding.state == Finding.State.OPEN else None,
        "second_form": _shown(form, SecondForm) if may_decide and waits_for_me else None,
        "may_reopen": may_decide and (finding.state == Finding.State.DECIDED or can_be_taken_back(finding, reader)),
        "next": queries.next_to_decide(reader, finding) if may_decide else None,
        "onward": queries.goes_on_at(finding, reader),
        "panels": finding_panels(request, finding),
    }


def _shown(form: Any, kind: type[Any]) -> Any:
    return form if isinstance(form, kind) else kind()
