from __future__ import annotations

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.reporting import Chart, Column, Point, Span, Table
from hanze.reporting.charts import chart_png, chart_svg
from hanze.reporting.printable import printable

TABLE = Table("t", "T", (Column("A"),), ())
BARS = Chart("b", "Bars", "bar", (Point("Incoming", 1234), Point("Outgoing", 1), Point("None", 0)), "alt", TABLE)
STACKED = Chart("s", "Stacked", "stacked", (Point("Before", 2, "done"), Point("Before", 1, "open")), "alt", TABLE)
SPANS = (
    Span("Roadshow", date(2024, 5, 23), date(2024, 5, 28), "out"),
    Span("Talk", date(2024, 11, 6), date(2024, 11, 6), "talk"),
)
TIMELINE = Chart("l", "Line", "timeline", SPANS, "alt", TABLE)
ALL = (BARS, STACKED, TIMELINE)


def words(svg: str) -> list[str]:
    return [
        "".join(element.itertext()) for element in ElementTree.fromstring(svg).iter() if element.tag.endswith("}text")
    ]


def test_bars_carry_their_names_and_their_values_as_readers_write_them() -> None:
    assert words(chart_svg(BARS, "nl")) == ["Incoming", "Outgoing", "None", "1.234", "1", "0"]
    assert "1,234" in words(chart_svg(BARS, "en"))


def test_a_longer_bar_is_a_greater_value() -> None:
    svg = ElementTree.fromstring(chart_svg(replace(BARS, data=(Point("A", 1), Point("B", 2))), "nl"))
    bars = [e.get("d", "") for e in svg.iter() if e.get("fill") == "#0b4a6f"]
    widths = [float(path.split("h")[1].split("v")[0]) for path in bars]
    assert widths[1] == pytest.approx(2 * widths[0])


def test_the_months_of_a_timeline_are_in_the_language_of_the_reader() -> None:
    assert {"mei", "okt"} <= set(words(chart_svg(TIMELINE, "nl")))
    assert {"May", "Oct"} <= set(words(chart_svg(TIMELINE, "en")))


def test_series_are_named_in_words_and_not_only_by_colour() -> None:
    assert {"done", "open"} <= set(words(chart_svg(STACKED, "en")))
    assert {"out", "talk"} <= set(words(chart_svg(TIMELINE, "en")))


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: chart.kind)
def test_a_chart_needs_no_style_script_or_network(chart: Chart) -> None:
    svg = ElementTree.fromstring(chart_svg(chart, "nl"))
    for element in svg.iter():
        assert element.tag.rsplit("}", 1)[1] in {"svg", "g", "path", "rect", "line", "circle", "text", "tspan"}
        assert not {"style", "class", "href", "onload", "onclick"} & set(element.attrib)


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: chart.kind)
def test_the_same_chart_is_drawn_the_same_everywhere(chart: Chart, monkeypatch: pytest.MonkeyPatch) -> None:
    here = chart_svg(chart, "nl")
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    assert chart_svg(chart, "nl") == here
    assert chart_png(chart, "nl") == chart_png(chart, "nl")


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: chart.kind)
def test_a_chart_of_nothing_can_be_drawn(chart: Chart) -> None:
    assert chart_svg(replace(chart, data=()), "nl").startswith("<svg")


@pytest.mark.parametrize("name", ["\x00", "\x01", "\x1f", "\ufffe", "\ud800", "\x85", "\u2028", "😀", "", " "])
def test_no_character_ends_the_process(name: str) -> None:
    assert chart_svg(replace(BARS, data=(Point(name, 1, name),)), "nl").startswith("<svg")


def test_where_whole_things_are_counted_the_axis_has_no_halves() -> None:
    assert [text for text in words(chart_svg(STACKED, "nl")) if text[0].isdigit()] == ["0", "1", "2", "3"]


def test_two_bars_of_one_name_stay_two_bars() -> None:
    assert words(chart_svg(replace(BARS, data=(Point("Visit", 3), Point("Visit", 4))), "nl")) == [
        "Visit",
        "Visit",
        "3",
        "4",
    ]


def test_names_that_begin_alike_are_not_taken_for_one() -> None:
    long = "A name of which only the first part fits on the two lines that there are for it, "
    svg = chart_svg(
        replace(STACKED, data=(Point(long + "one", 1, long + "a"), Point(long + "two", 2, long + "b"))), "en"
    )
    assert sum(text.startswith("A name of which") for text in words(svg)) == 4


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60), st.text(max_size=20))
def test_any_name_is_only_words_in_the_picture(name: str, series: str) -> None:
    for chart in (
        replace(BARS, data=(Point(name, 1),)),
        replace(STACKED, data=(Point(name, 1, series),), value_label=name),
        replace(TIMELINE, data=(Span(name, date(2024, 1, 1), date(2024, 2, 1), series),)),
    ):
        ElementTree.fromstring(chart_svg(chart, "en", printable))
        ElementTree.fromstring(chart_svg(chart, "en"))


@pytest.mark.parametrize("name", ["if", "true", "null", "datum", "toString", "words"])
def test_a_word_of_the_drawing_language_is_a_name_like_any_other(name: str) -> None:
    bars = replace(BARS, data=(Point(name, 1),), value_label=name)
    stacked = replace(STACKED, data=(Point(name, 1, name),), value_label=name)
    spans = replace(TIMELINE, data=(Span(name, date(2024, 1, 1), date(2024, 2, 1), name),))
    assert [words(chart_svg(each, "en")).count(name) for each in (bars, stacked, spans)] == [2, 3, 2]


def test_on_a_telephone_the_letters_are_as_large_and_the_drawing_half_as_wide() -> None:
    wide, narrow = (ElementTree.fromstring(chart_svg(STACKED, "en", narrow=each)) for each in (False, True))
    assert (wide.get("width"), narrow.get("width")) == ("640", "340")
    sizes = [{each.get("font-size") for each in svg.iter() if each.get("font-size")} for svg in (wide, narrow)]
    assert sizes[0] == sizes[1]


def test_a_drawing_of_our_own_keeps_shapes_and_words_and_nothing_that_a_strict_page_refuses() -> None:
    inside = '<script>x</script><text style="a">Hub</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{inside}</svg>'
    drawn = chart_svg(replace(BARS, kind="drawing", data=(), svg=svg), "en")
    assert words(drawn) == ["Hub"]
    assert "script" not in drawn
    assert "style" not in drawn


def test_a_chart_is_the_same_whatever_prefix_others_gave_to_the_process() -> None:
    before = chart_svg(BARS, "en")
    ElementTree.register_namespace("", "urn:of-another-module")
    assert chart_svg(BARS, "en") == before
