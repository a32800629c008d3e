"""The relations on a map of the world, and the same as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanze.register.models import Country, Relation
from hanze.register.queries import home, places_of, relations_with_status
from hanze.register.views.shared import allowed
from hanze.register.worldmap import WINDOWS, Drawing, drawing, together

VIEWS = {"world": _("World"), "europe": _("Europe"), "east-asia": _("East Asia")}


@dataclass(frozen=True)
class Pin:
    """A place on the map with the relations there."""

    number: int
    x: float
    y: float
    relations: list[Relation]

    @property
    def label(self) -> str:
        """The smallest place that all its relations share."""
        names = {str(relation.city or relation.region or relation.country) for relation in self.relations}
        countries = {str(relation.country) for relation in self.relations}
        return ", ".join(sorted(names if len(names) == 1 else countries))

    @property
    def title(self) -> str:
        return "; ".join(f"{relation} ({relation.get_kind_display()})" for relation in self.relations)


@dataclass(frozen=True)
class Land:
    """A country on the map; `tied` when there is a relation with it, `home` when it is our own."""

    path: str
    kind: str
    title: str


def relation_map(request: HttpRequest) -> HttpResponse:
    reader = allowed(request, "register.list_relations")
    view = request.GET.get("view", "world")
    if view not in VIEWS:
        view = "world"
    relations = list(relations_with_status(Relation.objects.visible_to(reader), reader, timezone.localdate()))
    chart = drawing(WINDOWS[view])
    drawn = _pins(chart, relations)
    shown = {relation.pk for pin in drawn for relation in pin.relations}
    context = {
        "chart": chart,
        "lands": _lands(chart, relations),
        "pins": drawn,
        "elsewhere": [relation for relation in relations if relation.pk not in shown],
        "relations": relations,
        "view": view,
        "views": VIEWS.items(),
        "may_create": reader.has_perm("register.create_relation"),
    }
    return render(request, "register/relation_map.html", context)


def _pins(chart: Drawing, relations: list[Relation]) -> list[Pin]:
    """The relations within the drawing, those close together under one pin, from west to east."""
    places = places_of(relations)
    points = [(chart.place(*places[relation.pk]), relation) for relation in relations if relation.pk in places]
    placed = sorted(((point, relation) for point, relation in points if point), key=lambda pair: pair[0])
    groups = together([point for point, _ in placed])
    pins = []
    for number, members in enumerate(groups, start=1):
        x, y = placed[members[0]][0]
        pins.append(Pin(number, round(x, 1), round(y, 1), [placed[member][1] for member in members]))
    return pins


def _lands(chart: Drawing, relations: list[Relation]) -> list[Land]:
    tied = {relation.country_id for relation in relations}
    own = home()
    own_country = own.country_id if own else None
    names: dict[Any, Country] = Country.objects.in_bulk()
    lands = []
    for outline in chart.outlines:
        kind = "home" if outline.code == own_country else "tied" if outline.code in tied else "land"
        name = names.get(outline.code)
        lands.append(Land(outline.path, kind, str(name) if name else ""))
    return lands
