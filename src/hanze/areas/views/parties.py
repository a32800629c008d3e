"""The parties of an initiative: how they stand, what they bring and ask, and what they want of each other."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hanze.accounts.exporting import Column, export, wanted
from hanze.accounts.models import User
from hanze.accounts.together import in_turn
from hanze.areas import operations, willing
from hanze.areas.forms.parties import PartyForm, WishForm
from hanze.areas.models import Initiative, WillingParty
from hanze.areas.views.shared import asked_twice, drawn, frame, initiative_for, part_form
from hanze.register.models import Organisation, Person
from hanze.register.views.shared import carry_out

CHANGE = "areas.change_initiative"


def party_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Every party with its answer, the meetings, and what parties want of each other."""
    reader, initiative = initiative_for(request, pk)
    parties = list(initiative.parties.select_related("farm", "organisation", "person"))
    _hide(parties, reader)
    if wanted(request):
        return export(request, title=_("Parties"), columns=_columns(), rows=parties)
    found = willing.wishes(initiative)
    context = frame(reader, initiative, "parties") | {
        "parties": parties,
        "chart": drawn(willing.chart_of(willing.standings(initiative))) if parties else "",
        "wishes": initiative.wishes.select_related("one", "other"),
        "left_out": found.left_out,
        "meetings": initiative.meetings.all(),
    }
    return render(request, "areas/party_list.html", context)


def _hide(parties: list[WillingParty], reader: User) -> None:
    """Leave out the register's organisations and people that the reader may not see, their names too."""
    for name, model in (("organisation", Organisation), ("person", Person)):
        keys = [getattr(each, f"{name}_id") for each in parties]
        seen = set(model.objects.visible_to(reader).filter(pk__in=keys).values_list("pk", flat=True))
        for each in parties:
            if getattr(each, f"{name}_id") not in seen:
                setattr(each, name, None)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Name"), lambda party: party.name),
        Column(_("What it is"), lambda party: party.get_kind_display()),
        Column(_("Farm"), lambda party: str(party.farm or "")),
        Column(_("Organisation"), lambda party: str(party.organisation or "")),
        Column(_("Contact person"), lambda party: str(party.person or party.contact)),
        Column(_("What it brings"), lambda party: party.brings),
        Column(_("What it asks"), lambda party: party.asks),
        Column(_("Answer"), lambda party: party.get_stance_display()),
        Column(_("Its conditions"), lambda party: party.conditions),
        Column(_("Since"), lambda party: party.since),
    )


def party_add(request: HttpRequest, pk: int) -> HttpResponse:
    reader, initiative = initiative_for(request, pk, CHANGE)
    sent = request.POST if request.method == "POST" else None
    form = PartyForm(sent, initiative=initiative, reader=reader)
    if carry_out(request, form, operations.add_party, initiative, by=reader):
        messages.success(request, _("The party was kept."))
        return redirect("areas:party-list", pk)
    return part_form(request, initiative, form, _("Add a party"), *_back(pk))


@in_turn(Initiative)
def party_edit(request: HttpRequest, pk: int, party: int) -> HttpResponse:
    reader, initiative = initiative_for(request, pk, CHANGE)
    found = get_object_or_404(initiative.parties.select_related("initiative"), pk=party)
    sent = request.POST if request.method == "POST" else None
    form = PartyForm(sent, instance=found, initiative=initiative, reader=reader)
    if carry_out(request, form, operations.change_party, found, by=reader):
        messages.success(request, _("The party was kept."))
        return redirect("areas:party-list", pk)
    return part_form(request, initiative, form, _("Change the party"), *_back(pk))


@in_turn(Initiative)
def party_remove(request: HttpRequest, pk: int, party: int) -> HttpResponse:
    reader, initiative = initiative_for(request, pk, CHANGE)
    found = get_object_or_404(initiative.parties.select_related("initiative"), pk=party)
    return asked_twice(
        request,
        _("Take away the party “%(name)s”?") % {"name": found},
        _("What it wants of other parties goes too; the log keeps that it was there."),
        reverse("areas:party-list", args=[pk]),
        partial(operations.remove_party, found, by=reader),
    )


def wish_add(request: HttpRequest, pk: int) -> HttpResponse:
    reader, initiative = initiative_for(request, pk, CHANGE)
    form = WishForm(request.POST if request.method == "POST" else None, initiative=initiative)
    if carry_out(request, form, operations.add_wish, initiative, by=reader):
        return redirect("areas:party-list", pk)
    return part_form(request, initiative, form, _("What two parties want of each other"), *_back(pk))


@in_turn(Initiative)
def wish_remove(request: HttpRequest, pk: int, wish: int) -> HttpResponse:
    reader, initiative = initiative_for(request, pk, CHANGE)
    found = get_object_or_404(initiative.wishes.select_related("initiative", "one", "other"), pk=wish)
    return asked_twice(
        request,
        _("Take away what %(names)s want of each other?") % {"names": found},
        "",
        reverse("areas:party-list", args=[pk]),
        partial(operations.remove_wish, found, by=reader),
    )


def _back(pk: int) -> tuple[str, str]:
    return reverse("areas:party-list", args=[pk]), _("Parties and meetings")
