"""What a combobox or a form asks while it is being filled in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from hanze.register.choosing import in_language
from hanze.register.forms import PlaceFieldsForm
from hanze.register.models import City, Organisation, Person, Region
from hanze.register.queries import posts_of, search_organisations
from hanze.register.views.shared import allowed

MOST = 20


def organisation_choose(request: HttpRequest) -> JsonResponse:
    """Organisations with every word of `q` in a name, optionally of one `kind`."""
    reader = allowed(request, "register.list_parties")
    visible = Organisation.objects.visible_to(reader).select_related("country", "city")
    if kind := request.GET.get("kind"):
        visible = visible.filter(kind=kind)
    found = search_organisations(visible, request.GET.get("q", ""))[:MOST]
    return _options((organisation.pk, organisation.name, _where(organisation)) for organisation in found)


def person_choose(request: HttpRequest) -> JsonResponse:
    """People with every word of `q` in a name, with a post that they hold."""
    reader = allowed(request, "register.list_parties")
    found = Person.objects.visible_to(reader)
    for word in request.GET.get("q", "").split():
        found = found.filter(name__icontains=word) | found.filter(native_name__icontains=word)
    return _options((person.pk, person.name, _first_post(person, reader)) for person in found[:MOST])


def region_choose(request: HttpRequest) -> JsonResponse:
    """The first-level regions of `country`, filtered by `q`."""
    allowed(request, "register.list_parties")
    found = _named(Region.objects.filter(country=request.GET.get("country", "")), request.GET.get("q", ""))
    return _options((region.pk, region.name, region.code) for region in in_language(found))


def city_choose(request: HttpRequest) -> JsonResponse:
    """The cities of `country`, filtered by `q`."""
    allowed(request, "register.list_parties")
    cities = City.objects.filter(country=request.GET.get("country", "")).select_related("region")
    found = _named(cities, request.GET.get("q", ""))
    return _options((city.pk, city.name, city.region.name if city.region else "") for city in in_language(found))


def place_fields(request: HttpRequest) -> HttpResponse:
    """The region and city fields of a form, for the country just chosen."""
    allowed(request, "register.list_parties")
    form = PlaceFieldsForm({"country": request.GET.get("country", "")})
    return render(request, "register/parts/place_fields.html", {"form": form})


def _options(rows: Iterable[tuple[Any, str, str]]) -> JsonResponse:
    return JsonResponse([{"id": key, "label": label, "detail": detail} for key, label, detail in rows], safe=False)


def _named(places: Any, query: str) -> Any:
    for word in query.split():
        places = places.filter(name_nl__icontains=word) | places.filter(name_en__icontains=word)
    return places


def _where(organisation: Organisation) -> str:
    places = (organisation.native_name, organisation.city, organisation.country)
    return ", ".join(str(place) for place in places if place)


def _first_post(person: Person, reader: Any) -> str:
    post = posts_of(person, reader).first()
    return f"{post.title}, {post.organisation}" if post else ""
