"""Farms, parcels and areas of an initiative: what there is, and the files that bring them in."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from hanze.accounts.exporting import Column, export, wanted
from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.areas import operations, queries, tasks
from hanze.areas.forms.lists import ColumnsForm, ListForm
from hanze.areas.models import Initiative, PlaceList
from hanze.areas.views.shared import frame, initiative_for
from hanze.areas.words import in_words
from hanze.register.documents import handed_out
from hanze.register.forms.shared import attempt

PER_PAGE, PROBLEMS_SHOWN = 50, 100
State = PlaceList.State


def place_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The files, and what they brought in: `?kind=` farms, parcels, areas or goods."""
    reader, initiative = initiative_for(request, pk)
    counts = queries.counts(initiative)
    asked = request.GET.get("kind", "")
    kind = PlaceList.Kind(asked if asked in counts else next((each for each in counts if counts[each]), "farms"))
    rows = {
        PlaceList.Kind.FARMS: initiative.farms.order_by("code"),
        PlaceList.Kind.PARCELS: initiative.parcels.select_related("farm").defer("shape").order_by("code"),
        PlaceList.Kind.AREAS: initiative.areas.defer("shape").order_by("code"),
        PlaceList.Kind.GOODS: initiative.goods.select_related("farm").order_by("code"),
    }[kind]
    if wanted(request):
        return export(request, title=kind.label, columns=COLUMNS[kind](), rows=rows)
    paginator = Paginator(rows, PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    context = frame(reader, initiative, "places") | {
        "kind": kind,
        "kinds": [(each.value, each.label, counts[each.value]) for each in PlaceList.Kind],
        "lists": queries.lists_of(initiative),
        "page_obj": page,
        "page_numbers": paginator.get_elided_page_range(page.number),
    }
    return render(request, "areas/place_list.html", context)


def _farm_columns() -> tuple[Column, ...]:
    return (
        Column(_("Number"), lambda farm: farm.code),
        Column(_("Name"), lambda farm: farm.name),
        Column(_("Sector"), lambda farm: farm.sector),
        Column(_("Organic"), lambda farm: farm.organic),
        Column(_("Takes part in swaps of land"), lambda farm: farm.takes_part),
        Column("X", lambda farm: farm.x),
        Column("Y", lambda farm: farm.y),
    )


def _parcel_columns() -> tuple[Column, ...]:
    return (
        Column(_("Number"), lambda parcel: parcel.code),
        Column(_("Farm"), lambda parcel: str(parcel.farm)),
        Column(_("Hectares"), lambda parcel: parcel.area),
        Column(_("Value in euro"), lambda parcel: parcel.value),
        Column(_("Organic"), lambda parcel: parcel.organic),
    )


def _area_columns() -> tuple[Column, ...]:
    return (
        Column(_("Number"), lambda area: area.code),
        Column(_("Name"), lambda area: area.name),
    )


def _good_columns() -> tuple[Column, ...]:
    return (
        Column(_("Number"), lambda good: good.code),
        Column(_("Farm"), lambda good: str(good.farm)),
        Column(_("Offer or need"), lambda good: good.get_side_display()),
        Column(_("Product"), lambda good: good.product),
        Column(_("How much"), lambda good: good.amount),
        Column(_("Euro a unit"), lambda good: good.price),
    )


COLUMNS = {
    PlaceList.Kind.FARMS: _farm_columns,
    PlaceList.Kind.PARCELS: _parcel_columns,
    PlaceList.Kind.AREAS: _area_columns,
    PlaceList.Kind.GOODS: _good_columns,
}


def list_create(request: HttpRequest, pk: int) -> HttpResponse:
    reader, initiative = initiative_for(request, pk, "areas.change_initiative")
    sent = request.method == "POST"
    form = ListForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        made = attempt(form, operations.receive, initiative, by=reader, **form.cleaned_data)
        if made:
            tasks.look_at_places.enqueue(made.pk)
            return redirect(made)
    context = {"form": form, "initiative": initiative}
    return render(request, "areas/list_form.html", context, status=422 if form.errors else 200)


def list_detail(request: HttpRequest, pk: int, handed: int) -> HttpResponse:
    """A file where it stands: busy, its columns, what is wrong with its rows, or what it brought in."""
    reader, initiative, found = _found(request, pk, handed)
    if request.htmx:  # type: ignore[attr-defined]
        if not found.is_busy:
            return HttpResponseClientRefresh()
        return render(request, "areas/_busy.html", {"handed": found})
    may_change = reader.has_perm("areas.change_initiative", initiative)
    form = None
    if found.is_open and may_change:
        form = ColumnsForm(request.POST if request.method == "POST" else None, handed=found)
    if request.method == "POST":
        require(reader, "areas.change_initiative", initiative)
        if form is None:
            messages.error(request, _("This file is busy, or was brought in before."))
            return redirect(found)
        if form.is_valid() and _go_on(form, found, reader):
            return redirect(found)
        found.refresh_from_db()
    problems = [each | {"message": in_words(each["message"])} for each in found.problems[:PROBLEMS_SHOWN]]
    context = frame(reader, initiative, "places") | {
        "handed": found,
        "form": form,
        "problems": problems,
        "problem_count": len(found.problems),
    }
    return render(request, "areas/list_detail.html", context, status=422 if form is not None and form.errors else 200)


def _go_on(form: ColumnsForm, found: PlaceList, reader: User) -> bool:
    """Look again at another layer, else bring in the rows."""
    chosen = attempt(form, operations.choose_columns, found, by=reader, **form.chosen)
    if chosen is None:
        return False
    if chosen.state == State.LOOKING:
        tasks.look_at_places.enqueue(chosen.pk)
        return True
    if attempt(form, operations.start_bringing_in, chosen, by=reader) is None:
        return False
    tasks.bring_in_places.enqueue(chosen.pk)
    return True


def list_file(request: HttpRequest, pk: int, handed: int) -> FileResponse:
    """The file as it was handed in."""
    _reader, _initiative, found = _found(request, pk, handed)
    return handed_out(found.file.open("rb"), found.file_name, "application/octet-stream")


@require_POST
def list_discard(request: HttpRequest, pk: int, handed: int) -> HttpResponse:
    reader, _initiative, found = _found(request, pk, handed, "areas.change_initiative")
    try:
        operations.discard(found, by=reader)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(found)
    messages.success(request, _("The file was not brought in."))
    return redirect("areas:place-list", pk)


def _found(
    request: HttpRequest, pk: int, handed: int, permission: str = "areas.view_initiative"
) -> tuple[User, Initiative, PlaceList]:
    reader, initiative = initiative_for(request, pk, permission)
    return reader, initiative, get_object_or_404(queries.lists_of(initiative), pk=handed)
