"""What is kept about a person, a copy of it for her, and its erasure."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from hanze.accounts.classification import get_visible_or_404
from hanze.accounts.permissions import require
from hanze.accounts.requests import reader_of
from hanze.archive import exporting, operations, places
from hanze.archive.forms import EraseForm
from hanze.archive.mentions import mentions
from hanze.archive.models import Erasure
from hanze.archive.names import names_of
from hanze.archive.terms import binding
from hanze.archive.views.shared import erase_as_asked
from hanze.audit.personal import ERASED
from hanze.audit.reading import read
from hanze.register.models import Person

PAGE_SIZE = 50


def _person(request: HttpRequest, pk: int, permission: str) -> Person:
    reader = reader_of(request)
    require(reader, "archive.view_erasures")
    person = get_visible_or_404(Person.objects.all(), reader, pk=pk)
    require(reader, permission, person)
    return person


@require_safe
def personal_data(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about a person that the reader may read, with what can be done."""
    person = _person(request, pk, "archive.export_person")
    read(reader_of(request), person)
    named, unread = mentions(names_of(person), reader_of(request), but=person)
    context = {
        "person": person,
        "parts": exporting.about_her(person, reader_of(request)),
        "named_in": named,
        "unread": places.described(unread),
        "erased": person.name == ERASED,
    }
    return render(request, "archive/personal_data.html", context)


@require_POST
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The zip with everything, as a download."""
    person = _person(request, pk, "archive.export_person")
    packed = operations.export_person(person, by=reader_of(request))
    headers = {"Content-Disposition": f'attachment; filename="person-{person.pk}.zip"', "Cache-Control": "no-store"}
    return HttpResponse(packed, content_type="application/zip", headers=headers)


def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows every place that will lose the name, asks which must keep it, and why she is erased."""
    person = _person(request, pk, "archive.erase_person")
    named, unread = mentions(names_of(person), reader_of(request), but=person)
    form = EraseForm(request.POST or None, places=[(each.key, str(each)) for each in named])
    if done := erase_as_asked(request, form, partial(operations.erase_person, person, by=reader_of(request))):
        return done
    context = {"person": person, "form": form, "bound": binding(person), "unread": places.described(unread)}
    return render(request, "archive/erase.html", context)


@require_safe
def erasures(request: HttpRequest) -> HttpResponse:
    """That people were erased: when, by whom and why."""
    reader = reader_of(request)
    require(reader, "archive.list_erasures")
    paginator = Paginator(Erasure.objects.select_related("by"), PAGE_SIZE)
    page = paginator.get_page(request.GET.get("page"))
    context: dict[str, Any] = {"page_obj": page, "page_numbers": paginator.get_elided_page_range(page.number)}
    context["rows"] = [(each, places.described(places.unread_of(each.unread, reader))) for each in page]
    context["may_view"] = reader.has_perm("archive.view")
    return render(request, "archive/erasure_list.html", context)
