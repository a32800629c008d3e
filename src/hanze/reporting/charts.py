"""Charts drawn on the server: one Vega-Lite drawing per kind, as SVG or PNG, without network."""

from __future__ import annotations

import functools
import math
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal
from unicodedata import east_asian_width
from xml.etree import ElementTree

import vl_convert

from hanze.reporting.figures import Language
from hanze.reporting.markup import without_prefix
from hanze.reporting.printable import FONTS, storable
from hanze.reporting.report import Chart, Point, Span
from hanze.reporting.words import written

Spec = dict[str, Any]

WIDTH, NARROW = 640, 340
_SANS = "Source Sans 3"
_INK, _INK_SOFT, _LINE = "#17202b", "#4a5666", "#dedbd2"
_COLOURS = ("#0b4a6f", "#c98a00", "#5b8c76", "#9a8fc0", "#9b1c1c", "#7d8794", "#6fa3c2", "#5c4a2f")
_LOCALES: dict[Language, Literal["nl-NL", "en-GB"]] = {"nl": "nl-NL", "en": "en-GB"}
_SVG = "{http://www.w3.org/2000/svg}"
_KEPT = frozenset({"g", "path", "rect", "line", "circle", "text", "tspan"})
_KEPT_ATTRIBUTES = frozenset(
    {
        *(
            "x",
            "y",
            "x1",
            "y1",
            "x2",
            "y2",
            "dx",
            "dy",
            "cx",
            "cy",
            "r",
            "d",
            "width",
            "height",
            "viewBox",
            "transform",
        ),
        *("display", "opacity", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity"),
        *(
            "stroke-linecap",
            "stroke-linejoin",
            "stroke-dasharray",
            "stroke-miterlimit",
            "text-anchor",
            "font-family",
            "font-size",
            "font-weight",
        ),
    }
)


def _as_it_is(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class _Paper:
    """What a chart is drawn on: its width, how long a line of a name may be, and how the words are spelled."""

    spell: Callable[[str], str]
    width: int = WIDTH
    letters: int = 32
    lines: int = 2
    legend: int = 0
    """Names beside each other in the legend; 0 is as many as there are."""


def chart_svg(chart: Chart, language: Language, spell: Callable[[str], str] = _as_it_is, narrow: bool = False) -> str:
    """The chart as SVG without style attributes or scripts. `spell` rewrites the words in it (see `printable`).

    `narrow`: for a telephone, half as wide with letters of the same size.
    """
    _register_fonts()
    if chart.kind == "drawing":
        return _plain_svg(chart.svg, lambda text: spell(storable(text)))
    # vl-convert ends the whole process on characters that XML cannot hold (vega/vl-convert issue 220).
    paper = _Paper(lambda text: spell(storable(text)))
    if narrow:
        paper = replace(paper, width=NARROW, letters=18, lines=4, legend=2)
    spec = _SPECS[chart.kind](chart, language, paper)
    locale = _LOCALES[language]
    drawn = vl_convert.vegalite_to_svg(
        spec, config=_CONFIG, allowed_base_urls=[], format_locale=locale, time_format_locale=_time_locale(locale)
    )
    return _plain_svg(drawn)


def chart_png(chart: Chart, language: Language, spell: Callable[[str], str] = _as_it_is) -> bytes:
    """The chart as a PNG, sharp enough for print: some 200 dots per inch over the width of a text."""
    return vl_convert.svg_to_png(chart_svg(chart, language, spell), ppi=144)


def is_tall(svg: str) -> bool:
    """Whether the drawing, as wide as a page, would be higher than it."""
    root = ElementTree.fromstring(svg)
    return float(root.get("height", "0")) > 1.25 * float(root.get("width", "1"))


@functools.cache
def _register_fonts() -> None:
    vl_convert.register_font_directory(str(FONTS))


@functools.cache
def _time_locale(locale: Literal["nl-NL", "en-GB"]) -> Spec:
    return vl_convert.get_time_format_locale(locale)


@dataclass(frozen=True, slots=True)
class _Names:
    """Names as numbers: what a person typed is never looked up or cut by the drawing, only shown by it."""

    shown: tuple[tuple[str, ...], ...]
    place: Mapping[str, int]


def _names(labels: Iterable[str], lines: int, paper: _Paper) -> _Names:
    distinct = list(dict.fromkeys(labels))
    return _Names(
        tuple(_folded(label, lines, paper) for label in distinct), {label: n for n, label in enumerate(distinct)}
    )


def _folded(label: str, lines: int, paper: _Paper) -> tuple[str, ...]:
    label = paper.spell(label)
    wide = any(east_asian_width(char) in "WF" for char in label)
    folded = textwrap.wrap(label, paper.letters // 2 if wide else paper.letters, max_lines=lines, placeholder="…")
    return tuple(folded) or ("",)


def _rows() -> Spec:
    return {"field": "row", "type": "ordinal", "axis": _axis(labelLimit=0, labelExpr="words.rows[datum.value]")}


def _colours(names: _Names, paper: _Paper, **legend: object) -> Spec:
    scale = {
        "domain": list(range(len(names.shown))),
        "range": [_COLOURS[n % len(_COLOURS)] for n in range(len(names.shown))],
    }
    legend = {"labelExpr": "words.series[datum.value]", "labelLimit": 0, **legend}
    if paper.legend:
        legend["columns"] = paper.legend
    return {"field": "series", "type": "nominal", "scale": scale, "legend": legend}


def _axis(**more: object) -> Spec:
    return {"title": None, "domain": False, "ticks": False, "labelPadding": 8, **more}


_CONFIG: Spec = {
    "background": None,
    "font": _SANS,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 13,
        "labelColor": _INK,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "titleColor": _INK_SOFT,
        "gridColor": _LINE,
    },
    "legend": {"labelFontSize": 13, "labelColor": _INK, "orient": "top", "title": None, "symbolType": "square"},
}


def _amount(label: str, **more: object) -> Spec:
    return _axis(title={"expr": "words.amount"} if label else None, **more)


def _words(rows: _Names, series: _Names | None = None, amount: str = "") -> list[Spec]:
    """All that a person typed, as data: in an expression or a title Vega takes the text "if" for its own word."""
    value = {"rows": rows.shown, "series": series.shown if series else (), "amount": amount}
    return [{"name": "words", "value": value}]


def _spec(values: list[Spec], names: _Names, paper: _Paper, room: int = 0, **more: object) -> Spec:
    """A drawing with a line for each name, and `room` for an axis and a legend."""
    line = max(27, 18 * max((len(name) for name in names.shown), default=1))
    return {
        "data": {"values": values},
        "width": paper.width,
        "height": max(len(names.shown), 1) * line + 24 + room,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": {"left": 0, "right": 4, "top": 4, "bottom": 6},
        **more,
    }


def _bar(chart: Chart, language: Language, paper: _Paper) -> Spec:
    points = [point for point in chart.data if isinstance(point, Point)]
    values: list[Spec] = [
        {"row": row, "value": float(point.value), "written": paper.spell(written(point.value, language))}
        for row, point in enumerate(points)
    ]
    names = _Names(tuple(_folded(point.label, paper.lines, paper) for point in points), {})
    label = paper.spell(chart.value_label)
    amount = _amount(label, labels=False, grid=False) if label else None
    place: Spec = {
        "y": _rows(),
        "x": {"field": "value", "type": "quantitative", "axis": amount, "scale": {"zero": True}},
    }
    bar: Spec = {"mark": {"type": "bar", "height": {"band": 0.62}, "color": _COLOURS[0]}}
    number: Spec = {
        "mark": {"type": "text", "align": "left", "dx": 6, "fontSize": 13, "fontWeight": 600, "color": _INK},
        "encoding": {"text": {"field": "written"}},
    }
    words = _words(names, amount=label)
    return _spec(values, names, paper, params=words, encoding=place, layer=[bar, number])


def _stacked(chart: Chart, _: Language, paper: _Paper) -> Spec:
    points = [point for point in chart.data if isinstance(point, Point)]
    rows = _names((point.label for point in points), paper.lines, paper)
    series = _names((point.series for point in points), 1, paper)
    values: list[Spec] = [
        {
            "row": rows.place[point.label],
            "value": float(point.value),
            "series": series.place[point.series],
            "order": order,
        }
        for order, point in enumerate(points)
    ]
    label = paper.spell(chart.value_label)
    amount = _amount(label, **_ticks(points))
    place: Spec = {
        "y": _rows(),
        "x": {"field": "value", "type": "quantitative", "axis": amount},
        "color": _colours(series, paper),
        "order": {"field": "order", "type": "quantitative"},
    }
    mark: Spec = {"type": "bar", "height": {"band": 0.62}, "stroke": "#ffffff", "strokeWidth": 1.5}
    words, room = _words(rows, series, label), _legend_room(series, paper)
    return _spec(values, rows, paper, room=room, params=words, encoding=place, mark=mark)


def _legend_room(series: _Names, paper: _Paper) -> int:
    lines = math.ceil(len(series.shown) / paper.legend) if paper.legend else 1
    return 60 + 20 * max(0, lines - 1)


def _ticks(points: Sequence[Point]) -> Spec:
    """Few and round marks on the axis; whole ones where whole things are counted."""
    totals: dict[str, float] = {}
    for point in points:
        totals[point.label] = totals.get(point.label, 0) + float(point.value)
    longest = max(totals.values(), default=0)
    if longest <= 6 and all(float(point.value).is_integer() for point in points):
        return {"values": list(range(int(longest) + 1)), "format": "d"}
    return {"tickCount": 6}


def _timeline(chart: Chart, _: Language, paper: _Paper) -> Spec:
    spans = sorted((span for span in chart.data if isinstance(span, Span)), key=lambda span: (span.start, span.end))
    rows = _names((span.label for span in spans), paper.lines, paper)
    series = _names((span.series for span in spans), 1, paper)
    values: list[Spec] = [
        {
            "row": rows.place[span.label],
            "start": span.start.isoformat(),
            "end": (span.end + timedelta(days=1)).isoformat(),
            "series": series.place[span.series],
        }
        for span in spans
    ]
    first, last = _whole_months(spans)
    step, form = ("month", "%b") if (last - first).days < 400 else ("year", "%Y")
    axis = _axis(format=form, tickCount=step, grid=True, labelAlign="left", labelPadding=4, labelFlush=False)
    place: Spec = {
        "y": _rows(),
        "x": {
            "field": "start",
            "type": "temporal",
            "scale": {"type": "utc", "domain": [first.isoformat(), last.isoformat()]},
            "axis": axis,
        },
        "x2": {"field": "end"},
        "color": _colours(series, paper, symbolType="stroke", symbolStrokeWidth=10),
    }
    if not any(span.series for span in spans):
        place["color"] = {"value": _COLOURS[0]}
    mark: Spec = {"type": "rule", "strokeWidth": 11, "strokeCap": "round"}
    words, room = _words(rows, series), _legend_room(series, paper)
    return _spec(values, rows, paper, room=room, params=words, encoding=place, mark=mark)


def _whole_months(spans: list[Span]) -> tuple[date, date]:
    first = min((span.start for span in spans), default=date(2000, 1, 1)).replace(day=1)
    last = max((span.end for span in spans), default=date(2000, 12, 31))
    return first, (last.replace(day=1) + timedelta(days=32)).replace(day=1)


_SPECS: dict[str, Callable[[Chart, Language, _Paper], Spec]] = {
    "bar": _bar,
    "stacked": _stacked,
    "timeline": _timeline,
}


def _plain_svg(drawn: str, spell: Callable[[str], str] = _as_it_is) -> str:
    """Only shapes and words are kept: no style, script, link or description that a strict page would refuse."""
    root = ElementTree.fromstring(drawn)
    for element in list(root.iter()):
        for child in list(element):
            if child.tag.removeprefix(_SVG) not in _KEPT:
                element.remove(child)
        element.text = spell(element.text) if element.text else None
        for name in set(element.attrib) - _KEPT_ATTRIBUTES:
            del element.attrib[name]
        if "font-family" in element.attrib:
            element.set("font-family", f"'{_SANS}', sans-serif")  # a family with a digit must be quoted
    return ElementTree.tostring(without_prefix(root, _SVG.strip("{}")), encoding="unicode")
