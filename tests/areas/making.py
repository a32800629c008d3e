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


def planned() -> Initiative:
    """Two villages of three farms, in which a1 and b1 each farm a parcel beside the other; manure is offered in one."""
    initiative = factories.initiative()
    names = {"a1": "De Aap", "a2": "De Beer", "a3": "De Das", "b1": "De Eend", "b2": "De Fuut", "b3": "De Gans"}
    head = "nummer;naam;x;y;bio;doet mee;melkkoeien\n"
    places = {code: ((110_000 if code[0] == "a" else 116_000) + 500 * int(code[1]), 520_000) for code in names}
    rows = "".join(f"{code};{name};{places[code][0]};{places[code][1]};nee;ja;10\n" for code, name in names.items())
    brought_in("farms", head + rows, "f.csv", initiative)
    lots = [(f"p{code}", code, *places[code]) for code in names]
    lots += [("pa", "a1", places["b1"][0], 521_000), ("pb", "b1", places["a1"][0], 521_000)]
    parcels = [({"perceel": id, "eigenaar": farm, "waarde": 70_000}, square(x, y)) for id, farm, x, y in lots]
    brought_in("parcels", geojson(*parcels), "p.geojson", initiative)
    areas = [("a", 109_000, 4_000), ("empty", 130_000, 1_000)]
    shapes = [({"nummer": id, "naam": id}, square(x, 518_000, side)) for id, x, side in areas]
    brought_in("areas", geojson(*shapes), "a.geojson", initiative)
    goods = (
        "nr;bedrijf;soort;product;ton;prijs\no1;a1;aanbod;mest;60;1\nn1;a2;vraag;mest;60;15\nn2;b1;vraag;mest;40;15\n"
    )
    brought_in("goods", goods, "g.csv", initiative)
    return initiative
