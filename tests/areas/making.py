"""Files with places for tests, as people make them."""

from __future__ import annotations

import json
from typing import Any

from django.core.files.base import ContentFile

from hanze.areas import operations
from hanze.areas.models import Initiative, PlaceList
from tests import factories

FARMS = "nummer;naam;x;y;bio;doet mee\n1;Een;113000;520000;ja;ja\n2;Twee;113100;520100;nee;ja\n"


def square(x: float, y: float = 520_000, side: float = 100) -> dict[str, Any]:
    ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    return {"type": "Polygon", "coordinates": [ring]}


def geojson(*features: tuple[dict[str, Any], dict[str, Any] | None], crs: str = "EPSG:28992") -> str:
    found = [{"type": "Feature", "properties": fields, "geometry": shape} for fields, shape in features]
    system = {"type": "name", "properties": {"name": crs}}
    return json.dumps({"type": "FeatureCollection", "crs": system, "features": found})


PARCELS = geojson(
    ({"perceel": "p1", "eigenaar": "1", "waarde": 60_000}, square(113_000)),
    ({"perceel": "p2", "eigenaar": "2", "waarde": 80_000}, square(114_000)),
)


def handed_in(
    kind: str, content: str | bytes, name: str, initiative: Initiative | None = None, by: Any = None
) -> PlaceList:
    """A file that was handed in and looked at."""
    data = content.encode() if isinstance(content, str) else content
    file = ContentFile(data, name=name)
    return operations.look(
        operations.receive(initiative or factories.initiative(), by=by, kind=kind, file=file, provenance="invented")
    )


def brought_in(kind: str, content: str | bytes, name: str, initiative: Initiative | None = None) -> PlaceList:
    """A file that was brought in with the columns that Hanze guessed, or was refused."""
    handed = handed_in(kind, content, name, initiative)
    if not handed.is_open:
        return handed
    return operations.bring_in(operations.start_bringing_in(handed, by=None))
