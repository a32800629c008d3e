"""Relations: the list, one of them with its timeline, making, changing and setting the status."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.accounts.classification import get_visible_or_404
from hanze.accounts.exporting import export_table, wanted
from hanze.accounts.models import User
from hanze.accounts.together import in_turn
from hanze.audit.reading import read
from hanze.claims.forms import saying
from hanze.register.filters import RelationFilter
from hanze.register.forms import FirstStatusForm, RelationForm, StatusForm
from hanze.register.forms.shared import attempt
from hanze.register.models import Agreement, Organisation, Relation
from hanze.register.operations import create_relation, set_relation_status
from hanze.register.panels import panels
from hanze.register.queries import posts_at, relations_with_status
from hanze.register.tables import RelationTable
from hanze.register.views.shared import allowed, carry_out, form_page, paged


def relation_list(request: HttpRequest) -> HttpResponse:
    reader = allowed(request, "register.list_relations")
    visible = relations_with_status(Relation.objects.visible_to(reader), reader, timezone.localdate())
    chosen = RelationFilter(request.GET, queryset=visible)
    if wanted(request):
        return export_table(request, RelationTable(chosen.qs), title=_("Relations"), form=chosen.form)
    table = paged(request, RelationTable(chosen.qs))
    context = {
        "filter": chosen,
        "table": table,
        "is_empty": not (len(table.rows) or visible.exists()),
        "may_create": reader.has_perm("register.create_relation"),
    }
    return render(request, "register/relation_list.html", context)


def relation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    reader = allowed(request, "register.list_relations")
    today = timezone.localdate()
    relation = get_visible_or_404(relations_with_status(Relation.objects.all(), reader, today), reader, pk=pk)
    read(reader, relation)
    agreements = list(Agreement.objects.visible_to(reader).filter(relation=relation).prefetch_related("renewals"))
    context = {
        "relation": relation,
        "status": relation.status_on(today),
        "timeline": timeline(relation, agreements, today),
        "agreements": agreements,
        "contacts": [post for post in posts_at(relation.partner, reader) if post.held_on(today)],
        "panels": panels(request, relation),
        "may_change": reader.has_perm("register.change_relation", relation),
        "may_agree": reader.has_perm("register.create_agreement"),
    }
    return render(request, "register/relation_detail.html", context)


@dataclass(frozen=True)
class Moment:
    """A line of a relation's timeline."""

    day: date
    kind: Literal["start", "status", "signed", "renewed", "ends", "ended"]
    record: Any
    ahead: bool
    precision: str = "day"


def timeline(relation: Relation, agreements: list[Agreement], today: date) -> list[Moment]:
    """What happened to a relation and what is coming, the latest first."""
    moments = [Moment(status.since, "status", status, status.since > today) for status in relation.statuses.all()]
    if relation.since:
        moments.append(Moment(relation.since, "start", relation, False, relation.since_precision))
    for agreement in agreements:
        moments.append(Moment(agreement.signed_on, "signed", agreement, agreement.signed_on > today))
        moments += [Moment(renewal.renewed_on, "renewed", renewal, False) for renewal in agreement.renewals.all()]
        if end := agreement.ends_on():
            kind: Literal["ended", "ends"] = "ended" if agreement.ended_on else "ends"
            moments.append(Moment(end, kind, agreement, end > today))
    return sorted(moments, key=lambda moment: moment.day, reverse=True)


def relation_create(request: HttpRequest) -> HttpResponse:
    reader = allowed(request, "register.create_relation")
    form = RelationForm(request.POST or None, reader=reader, initial=_first_guess(request, reader))
    first = FirstStatusForm(request.POST or None, initial={"since": timezone.localdate()})
    if request.method == "POST" and form.is_valid() and first.is_valid():
        status = first.cleaned_data
        fields = {
            "status": status["status"],
            "status_since": status["since"],
            "decided_by": status["decided_by"],
            "reason": status["reason"],
            **form.cleaned_data,
        }
        made = attempt(form, create_relation, by=reader, **fields)
        if made:
            messages.success(request, _("The relation with %(name)s has been recorded.") % {"name": made})
            return redirect(made)
    return render(request, "register/relation_form.html", {"form": form, "first": first})


def _first_guess(request: HttpRequest, reader: User) -> dict[str, Any]:
    """Opened from an organisation, that is the partner and its place the relation's."""
    chosen = request.GET.get("partner", "")
    partner = Organisation.objects.visible_to(reader).filter(pk=chosen).first() if chosen.isdecimal() else None
    if partner is None:
        return {}
    return {"partner": partner, "country": partner.country_id, "region": partner.region_id, "city": partner.city_id}


@in_turn(Relation)
def relation_change(request: HttpRequest, pk: int) -> HttpResponse:
    reader, relation = _to_change(request, pk)
    form = RelationForm(request.POST or None, instance=relation, reader=reader)
    if carry_out(request, form, saying(form, request), relation, by=reader):
        messages.success(request, _("The changes have been saved."))
        return redirect(relation)
    return render(request, "register/relation_form.html", {"form": form, "relation": Relation.objects.get(pk=pk)})


def relation_status(request: HttpRequest, pk: int) -> HttpResponse:
    reader, relation = _to_change(request, pk)
    form = StatusForm(request.POST or None, initial={"since": timezone.localdate()})
    if carry_out(request, form, set_relation_status, relation, by=reader):
        messages.success(request, _("The new status has been recorded."))
        return redirect(relation)
    title = _("New status of the relation with %(name)s") % {"name": relation}
    return form_page(request, form, title, relation.get_absolute_url(), _("Record the status"))


def _to_change(request: HttpRequest, pk: int) -> tuple[User, Relation]:
    reader = allowed(request, "register.list_relations")
    relation = get_visible_or_404(Relation.objects.all(), reader, pk=pk)
    allowed(request, "register.change_relation", relation)
    return reader, relation
