"""Organisations: the list, one of them, making and changing."""

from __future__ import annotations

from typing import Any

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
from hanze.register.filters import OrganisationFilter
from hanze.register.forms import IdentifierFormSet, OrganisationForm
from hanze.register.forms.shared import attempt
from hanze.register.models import Agreement, Organisation, Relation
from hanze.register.operations import create_organisation
from hanze.register.panels import panels
from hanze.register.queries import Likely, likely_duplicates, possible_partners, posts_at, relations_with_status
from hanze.register.tables import OrganisationTable
from hanze.register.views.merging import merging_of, way_to_the_kept_one
from hanze.register.views.shared import allowed, paged


def organisation_list(request: HttpRequest) -> HttpResponse:
    reader = allowed(request, "register.list_parties")
    visible = Organisation.objects.visible_to(reader).select_related("country", "region", "city")
    chosen = OrganisationFilter(request.GET, queryset=visible)
    if wanted(request):
        return export_table(request, OrganisationTable(chosen.qs), title=_("Organisations"), form=chosen.form)
    table = paged(request, OrganisationTable(chosen.qs))
    context = {
        "filter": chosen,
        "table": table,
        "is_empty": not (len(table.rows) or visible.exists()),
        "may_create": reader.has_perm("register.create_organisation"),
    }
    return render(request, "register/organisation_list.html", context)


def organisation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    reader = allowed(request, "register.list_parties")
    if elsewhere := way_to_the_kept_one(request, Organisation, pk):
        return elsewhere
    visible = Organisation.objects.select_related("country", "region", "city")
    organisation = get_visible_or_404(visible, reader, pk=pk)
    read(reader, organisation)
    today = timezone.localdate()
    posts = list(posts_at(organisation, reader))
    relations = Relation.objects.visible_to(reader).filter(partner=organisation)
    context = {
        "organisation": organisation,
        "identifiers": organisation.identifiers.all(),
        "posts_now": [post for post in posts if post.held_on(today)],
        "posts_before": [post for post in posts if not post.held_on(today)],
        "relations": relations_with_status(relations, reader, today),
        "agreements": Agreement.objects.visible_to(reader).filter(parties=organisation),
        "panels": panels(request, organisation),
        **merging_of(organisation, reader),
        "may_change": reader.has_perm("register.change_organisation", organisation),
        "may_relate": reader.has_perm("register.create_relation")
        and possible_partners(reader).filter(pk=organisation.pk).exists(),
        "may_add_person": reader.has_perm("register.create_person"),
    }
    return render(request, "register/organisation_detail.html", context)


def organisation_create(request: HttpRequest) -> HttpResponse:
    """A new organisation. One that looks like another is only made when the reader says so."""
    reader = allowed(request, "register.create_organisation")
    form = OrganisationForm(request.POST or None, reader=reader)
    numbers = IdentifierFormSet(request.POST or None, prefix="numbers")
    duplicates: list[Likely] = []
    if request.method == "POST" and form.is_valid() and numbers.is_valid():
        if "anyway" not in request.POST:
            duplicates = _duplicates_of(form.cleaned_data, reader)
        if not duplicates:
            made = attempt(form, create_organisation, by=reader, identifiers=_given(numbers), **form.cleaned_data)
            if made:
                messages.success(request, _("%(name)s has been added.") % {"name": made})
                return redirect(made)
    context = {"form": form, "numbers": numbers, "duplicates": duplicates, "asks": bool(duplicates)}
    return render(request, "register/organisation_form.html", context)


@in_turn(Organisation)
def organisation_change(request: HttpRequest, pk: int) -> HttpResponse:
    reader = allowed(request, "register.list_parties")
    organisation = get_visible_or_404(Organisation.objects.all(), reader, pk=pk)
    allowed(request, "register.change_organisation", organisation)
    form = OrganisationForm(request.POST or None, instance=organisation, reader=reader)
    initial = list(organisation.identifiers.values("scheme", "value"))
    numbers = IdentifierFormSet(request.POST or None, prefix="numbers", initial=initial)
    if request.method == "POST" and form.is_valid() and numbers.is_valid():
        fields = form.cleaned_data
        if attempt(form, saying(form, request), organisation, by=reader, identifiers=_given(numbers), **fields):
            messages.success(request, _("The changes have been saved."))
            return redirect(organisation)
    context = {"form": form, "numbers": numbers, "organisation": Organisation.objects.get(pk=pk)}
    return render(request, "register/organisation_form.html", context)


def organisation_duplicates(request: HttpRequest) -> HttpResponse:
    """While a name is being typed: the organisations that it probably stands for."""
    reader = allowed(request, "register.create_organisation")
    exclude = Organisation.objects.filter(pk=_whole(request.GET.get("exclude", ""))).first()
    context = {"duplicates": _duplicates_of(request.GET.dict(), reader, exclude)}
    return render(request, "register/parts/duplicates.html", context)


def _duplicates_of(fields: dict[str, Any], reader: User, exclude: Organisation | None = None) -> list[Likely]:
    """The likely duplicates of either name, each once, the most alike first."""
    found: dict[int, Likely] = {}
    for name in (fields.get("name") or "", fields.get("native_name") or ""):
        for likely in likely_duplicates(name, fields.get("country"), exclude=exclude, reader=reader):
            known = found.get(likely.organisation.pk)
            if known is None or known.likeness < likely.likeness:
                found[likely.organisation.pk] = likely
    return sorted(found.values(), key=lambda likely: -likely.likeness)


def _given(numbers: Any) -> list[tuple[str, str]]:
    rows = (form.cleaned_data for form in numbers.forms)
    return [(row["scheme"], row["value"]) for row in rows if row.get("value") and not row.get("DELETE")]


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
