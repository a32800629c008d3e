from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

from hanze.reporting import Column, Figure, Linked, Report, Row, Section, Table, counted, to_html

VOID = {"br", "hr", "path", "rect", "line", "circle"}


class Page(HTMLParser):
    """Collects what a reader's browser would see; fails on tags that do not close in order."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(source)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_every_figure_on_the_page_opens_the_records_behind_it(report: Report) -> None:
    page = Page(to_html(report))
    places = {attributes.get("id") for _, attributes in page.tags}
    links = [attributes["href"] for attributes in page.all("a") if (attributes["href"] or "").startswith("#rows-")]
    assert len(links) > len(report.figures)
    assert set(links) <= {f"#{place}" for place in places}
    assert {f"rows-{key}" for key in report.figures} <= places


def test_the_records_are_listed_in_their_order(dutch: Report) -> None:
    html = to_html(dutch)
    listed = html[html.index('id="rows-distinct_parties"') :].split("</section>")[0]
    assert re.findall(r'<li><a href="/parties/\d+">([^<]+)</a>', listed) == [
        row.label for row in dutch.figures["distinct_parties"].rows
    ]


def test_with_a_url_builder_figures_lead_there_and_records_are_left_to_that_page(dutch: Report) -> None:
    html = to_html(dutch, lambda key: f"?figure={key}&x=1")
    assert 'href="?figure=distinct_parties&amp;x=1"' in html
    assert "rows-" not in html


def test_nothing_on_the_page_needs_inline_style_or_script(report: Report) -> None:
    for tag, attributes in Page(to_html(report)).tags:
        assert tag not in {"script", "style", "iframe", "object", "img"}
        assert not [name for name in attributes if name == "style" or name.startswith("on")]


def test_headings_begin_below_that_of_the_page_and_skip_no_level(report: Report) -> None:
    levels = [int(tag[1]) for tag, _ in Page(to_html(report)).tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 2
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_chart_is_a_picture_with_words_and_stands_beside_its_table(dutch: Report) -> None:
    page = Page(to_html(dutch))
    pictures = page.all("svg")
    assert [picture["role"] for picture in pictures] == ["img"] * 3
    assert pictures[0]["aria-label"] == "Tijdlijn van zes activiteiten, van mei tot november."
    assert to_html(dutch).count("<caption>Activiteiten in de tijd</caption>") == 1


def test_a_table_has_a_caption_and_headers_and_can_be_scrolled_by_keyboard(report: Report) -> None:
    page = Page(to_html(report))
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(attributes["scope"] == "col" for attributes in page.all("th"))
    assert all(a["tabindex"] == "0" and a["aria-label"] for a in page.all("div") if a.get("class") == "scroll")


def test_a_year_that_was_not_recorded_says_so(dutch: Report) -> None:
    assert "2023: niet vastgelegd" in to_html(dutch)
    assert '<a class="missing" href="#rows-emissions">niet vastgelegd</a>' in to_html(
        replace(dutch, headline=("emissions",))
    )


def test_a_figure_of_nothing_says_that_nothing_was_counted(dutch: Report) -> None:
    html = to_html(dutch)
    assert "Er is niets dat meetelt." in html
    assert "Hierover is niets vastgelegd." in html


def test_data_is_text_and_never_markup(dutch: Report) -> None:
    hostile = '"><img src=x onerror=alert(1)>'
    row = Row(hostile, hostile, hostile, "javascript:alert(1)", hostile)
    table = Table("t", hostile, (Column(hostile),), ((Linked(hostile, 'https://x.example/"onclick="x'),), (hostile,)))
    report = replace(
        dutch,
        title=hostile,
        summary=hostile,
        headline=("h",),
        figures={"h": replace(counted("h", hostile, [row], hostile), value=hostile), "e": Figure("e", hostile, None)},
        sections=(Section(hostile, (table,)),),
        annexes=(),
        colophon=hostile,
        status=hostile,
    )
    page = Page(to_html(report))
    assert page.all("img") == []
    assert not [a for a in page.all("a") if "onclick" in a or (a["href"] or "").startswith("javascript")]
