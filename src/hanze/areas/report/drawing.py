"""The map of a plan on paper: the same layers as on the page, in colours that need no style sheet."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hanze.areas.planning.picture import Picture
from hanze.areas.planning.reading import Reading
from hanze.reporting import Chart, Column, Table

WIDTH = 640
GREY = "#9a958a"
CLUSTERS = (GREY, "#2f6f8f", "#b5651d", "#4d7c3a", "#8e4585", "#a63d40", "#3d5a98", "#7a6a1f", "#2c7a70")
PRODUCTS = ("#7a4a1e", "#b08900", "#2e7d46", "#33658a", "#86336b", "#555b6e", "#b23a48", "#1f7a8c")
INK, SOFT, PAPER, LAND = "#17202b", "#4a5666", "#ffffff", "#ece7d8"


def map_of(read: Reading) -> Chart:
    """The clusters, hubs and flows on the map; beside it which farms are in which cluster, and where the hubs are."""
    title = _("Map of the plan")
    picture = Picture(read.run.drawing)
    columns = (
        Column(_("Cluster"), width=1),
        Column(_("Farms"), "right"),
        Column(_("Hectares"), "right"),
        Column(_("Which farms"), width=5),
    )
    rows = tuple(
        (
            str(each["number"]) if each["number"] else _("in no cluster"),
            len(each["farms"]),
            round(each["hectares"]),
            ", ".join(each["members"]),
        )
        for each in read.clusters
    )
    alt = _("%(clusters)s clusters, %(hubs)s hubs and %(flows)s flows between farms; the tables say the same.") % {
        "clusters": len(picture.clusters),
        "hubs": len(read.hubs),
        "flows": len(picture.flows),
    }
    products = ", ".join(f"{product} ({_colour_name(colour)})" for product, colour in picture.products)
    note = " ".join(
        filter(None, (_("Lines: %(products)s.") % {"products": products} if products else "", *picture.left_out))
    )
    table = Table("clusters", _("Clusters: farms that lie close together"), columns, rows, note)
    return Chart("plan-map", title, "drawing", (), f"{title}. {alt}", table, svg=svg_of(picture))


def svg_of(picture: Picture) -> str:
    """The drawing as SVG with a width and a height."""
    wide, high = picture.drawing["width"], picture.drawing["height"]
    unit = wide / WIDTH
    parts = "".join((*_ground(picture, unit), *_lines(picture, unit), *_points(picture, unit), *_edges(picture, unit)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{round(high / unit)}" '
        f'viewBox="0 0 {wide} {high}">{parts}</svg>'
    )


def _ground(picture: Picture, unit: float) -> Iterator[str]:
    yield f'<rect x="0" y="0" width="{picture.drawing["width"]}" height="{picture.drawing["height"]}" fill="#f6f4ec"/>'
    for each in picture.drawing["areas"]:
        yield _path(each["path"], LAND, 1, SOFT, 1.2 * unit, f"{5 * unit:.0f} {3 * unit:.0f}")
    for each in picture.parcels:
        yield _path(each["path"], _cluster(each["colour"]), 0.45, PAPER, 0.5 * unit)
    for each in picture.clusters:
        yield _path(each["path"], _cluster(each["colour"]), 0.08, _cluster(each["colour"]), 1.6 * unit)


def _lines(picture: Picture, unit: float) -> Iterator[str]:
    for each in picture.drawing["hubs"]:
        yield _path(each["spokes"], "none", 1, SOFT, 0.8 * unit, f"{2 * unit:.0f} {3 * unit:.0f}")
    for flow in picture.flows:
        (x, y), (to_x, to_y) = flow["from"], flow["to"]
        yield (
            f'<line x1="{x}" y1="{y}" x2="{to_x}" y2="{to_y}" stroke="{_product(flow["colour"])}" '
            f'stroke-width="{flow["width"] * unit:.0f}" stroke-opacity="0.75" stroke-linecap="round"/>'
        )


def _points(picture: Picture, unit: float) -> Iterator[str]:
    for x, y, colour, _code in picture.farms:
        yield _circle(x, y, 3.6 * unit, _cluster(colour), unit)
    for each in picture.drawing["hubs"]:
        yield _circle(each["x"], each["y"], 6.5 * unit, INK, 2 * unit)
        yield _text(each["x"], each["y"] - 11 * unit, f"{_('Hub')} {each['farm']}", unit)
    for each in picture.clusters:
        yield _text(each["x"], each["y"] - 5 * unit, f"{_('Cluster')} {each['cluster']}", unit)


def _edges(picture: Picture, unit: float) -> Iterator[str]:
    bar, north = picture.bar, picture.north
    yield _path(f"M{bar['x']} {bar['y']}H{bar['to']}", "none", 1, INK, 2 * unit)
    yield _text(bar["x"], bar["y"] - 6 * unit, bar["label"], unit, "start")
    size = north["size"]
    arrow = f"M{north['x']} {north['low']}V{north['top']}m-{size} {size}l{size} -{size} {size} {size}"
    yield _path(arrow, "none", 1, INK, 2 * unit)
    yield _text(north["x"], north["low"] + 14 * unit, pgettext("north on a map", "N"), unit)


def _path(path: str, fill: str, opacity: float, stroke: str, width: float, dashes: str = "") -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<path d={quoteattr(path)} fill="{fill}" fill-opacity="{opacity}" stroke="{stroke}" '
        f'stroke-width="{width:.1f}"{dashed}/>'
    )


def _circle(x: int, y: int, radius: float, fill: str, edge: float) -> str:
    return f'<circle cx="{x}" cy="{y}" r="{radius:.0f}" fill="{fill}" stroke="{PAPER}" stroke-width="{edge:.0f}"/>'


def _text(x: float, y: float, words: str, unit: float, anchor: str = "middle") -> str:
    """Words with a white edge, so that they are read on any ground."""
    placed = f'x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" font-size="{13 * unit:.0f}" font-weight="600" '
    placed += 'font-family="Source Sans 3"'
    edge = f'<text {placed} fill="{PAPER}" stroke="{PAPER}" stroke-width="{3 * unit:.0f}" stroke-linejoin="round">'
    return f'{edge}{escape(words)}</text><text {placed} fill="{INK}">{escape(words)}</text>'


def _cluster(colour: str) -> str:
    return CLUSTERS[int(colour[1:])]


def _product(colour: str) -> str:
    return PRODUCTS[int(colour[1:]) - 1]


def _colour_name(colour: str) -> str:
    names = (
        *(_("brown"), _("ochre"), _("green"), _("blue")),
        *(_("purple"), _("grey"), _("red"), _("turquoise")),
    )
    return names[int(colour[1:]) - 1]
