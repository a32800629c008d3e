"""Dates, numbers and marks as pages show them, in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from hanze.accounts import words

TODAY = date(2024, 3, 6)


def render(source: str, language: str = "nl", **context: object) -> str:
    with translation.override(language):
        return Template("{% load hanze %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("start", "end", "precision", "nl", "en"),
    [
        (date(2024, 5, 23), date(2024, 5, 28), "day", "23 t/m 28 mei 2024", "23–28 May 2024"),
        (date(2024, 5, 28), date(2024, 6, 2), "day", "28 mei t/m 2 juni 2024", "28 May – 2 June 2024"),
        (
            date(2023, 12, 30),
            date(2024, 1, 2),
            "day",
            "30 december 2023 t/m 2 januari 2024",
            "30 December 2023 – 2 January 2024",
        ),
        (date(2024, 11, 6), date(2024, 11, 6), "day", "6 november 2024", "6 November 2024"),
        (date(2024, 5, 1), None, "month", "mei 2024", "May 2024"),
        (date(2024, 5, 1), date(2024, 5, 31), "month", "mei 2024", "May 2024"),
        (date(2024, 5, 1), date(2024, 9, 30), "month", "mei t/m september 2024", "May – September 2024"),
        (date(2024, 1, 1), None, "year", "2024", "2024"),
        (date(2024, 5, 1), None, "day", "vanaf 1 mei 2024", "from 1 May 2024"),
        (None, date(2024, 5, 1), "day", "tot en met 1 mei 2024", "until 1 May 2024"),
        (None, None, "day", "", ""),
    ],
)
def test_a_period_writes_what_both_ends_share_once(start, end, precision, nl, en):
    given = {"start": start, "end": end, "precision": precision}
    assert render("{% period start end precision %}", "nl", **given) == nl
    assert render("{% period start end precision %}", "en", **given) == en


@pytest.mark.parametrize(
    ("day", "nl", "en", "urgency"),
    [
        (date(2024, 3, 4), "2 dagen te laat", "2 days late", "late"),
        (date(2024, 3, 5), "1 dag te laat", "1 day late", "late"),
        (date(2024, 2, 6), "4 weken te laat", "4 weeks late", "late"),
        (date(2023, 3, 6), "12 maanden te laat", "12 months late", "late"),
        (date(2024, 3, 6), "vandaag", "today", "soon"),
        (date(2024, 3, 7), "morgen", "tomorrow", "soon"),
        (date(2024, 3, 9), "nog 3 dagen", "3 days left", "soon"),
        (date(2024, 3, 15), "nog 9 dagen", "9 days left", ""),
        (date(2024, 5, 23), "nog 11 weken", "11 weeks left", ""),
        (date(2025, 3, 6), "nog 12 maanden", "12 months left", ""),
    ],
)
def test_a_term_says_how_far_off_it_is_and_how_pressing(day, nl, en, urgency):
    for language, text in (("nl", nl), ("en", en)):
        with translation.override(language):
            assert words.due(day, TODAY) == (text, urgency)


def test_a_term_carries_its_date_for_who_wants_to_know_it():
    assert render("{% when day today %}", day=date(2024, 3, 4), today=TODAY) == (
        '<time class="when late" datetime="2024-03-04" title="4 maart 2024">2 dagen te laat</time>'
    )
    assert render("{% when day %}", day=None) == '<span class="when">geen datum</span>'


def test_a_day_shows_its_year_only_when_it_is_another_year():
    assert ">do 23 mei<" in render("{% on_day day today %}", day=date(2024, 5, 23), today=TODAY)
    assert ">vr 23 mei 2025<" in render("{% on_day day today %}", day=date(2025, 5, 23), today=TODAY)
    assert ">Thu 23 May<" in render("{% on_day day today %}", "en", day=date(2024, 5, 23), today=TODAY)


def test_a_moment_is_told_on_the_readers_clock():
    moment = datetime(2024, 5, 28, 8, 42, tzinfo=UTC)
    assert render("{{ moment|moment }}", moment=moment) == "28 mei 2024 om 10.42 uur"
    assert render("{{ moment|moment }}", "en", moment=moment) == "28 May 2024 at 10:42"
    assert render("{{ moment|day }}", moment=datetime(2024, 5, 28, 23, 0, tzinfo=UTC)) == "29 mei 2024"


@pytest.mark.parametrize(
    ("amount", "nl", "en"),
    [
        (10000, "€ 10.000", "€10,000"),
        (1234.5, "€ 1.234,50", "€1,234.50"),
        (0, "€ 0", "€0"),
        (-250, "€ -250", "-€250"),
        (None, "–", "–"),
    ],
)
def test_an_amount_has_cents_only_where_there_are_any(amount, nl, en):
    assert render("{{ amount|money }}", "nl", amount=amount).replace("\xa0", " ") == nl
    assert render("{{ amount|money }}", "en", amount=amount) == en


def test_what_was_not_recorded_is_never_shown_as_zero():
    assert render("{{ n|number }}", n=None) == "niet vastgelegd"
    assert render("{{ n|number }}", n=0) == "0"
    assert render("{{ n|number }}", n=1234) == "1.234"
    missing = SimpleNamespace(key="talks", value=None)
    assert render("{% figure f %}", f=missing) == '<span class="small">niet vastgelegd</span>'


def test_a_figure_opens_the_rows_behind_it():
    shown = render("{% figure f %}", f=SimpleNamespace(key="talks", value=0))
    assert 'href="?figure=talks"' in shown
    assert ">0</a>" in shown


def test_a_state_is_a_word_with_the_tone_of_its_code():
    assert render('{% state "refused" "Geweigerd" %}') == '<span class="state stop">Geweigerd</span>'
    assert render('{% state "take_up_with_measures" "x" %}') == '<span class="state care">x</span>'
    assert render('{% state "something-else" "x" %}') == '<span class="state">x</span>'
    assert render('{% state "refused" "x" "go" %}') == '<span class="state go">x</span>'
    running = SimpleNamespace(label="Loopt", tone="unknown")
    assert render("{% state s %}", s=running) == '<span class="state unknown">Loopt</span>'


def test_what_a_record_says_is_escaped():
    assert "<script>" not in render("{% state s %}{% source s s %}{% empty s s %}", s="<script>")


def test_only_invented_and_inferred_are_marked():
    assert render('{% provenance "invented" %}') == '<span class="mark invented">verzonnen</span>'
    rule = SimpleNamespace(status="inferred")
    assert render("{% provenance r %}", "en", r=rule) == '<span class="mark inferred">inferred</span>'
    assert render('{% provenance "recorded" %}{% provenance r %}', r=SimpleNamespace()) == ""


def test_changing_a_parameter_keeps_the_others_and_starts_at_page_one():
    request = RequestFactory().get("/?q=kas&state=open&page=3")
    assert render('{% param_replace state="" %}', request=request) == "?q=kas"
    assert render("{% param_replace page=4 %}", request=request).replace("&amp;", "&") == "?q=kas&state=open&page=4"


def test_a_source_names_document_section_and_date():
    given = SimpleNamespace(document="Evaluatie", section="hoofdstuk 5", date=date(2025, 1, 9))
    assert render("{% source s %}", s=given) == '<span class="source">Evaluatie, hoofdstuk 5, 9 januari 2025</span>'
    assert 'href="https://example.org"' in render('{% source "A" "" "" "https://example.org" %}')
    assert "href" not in render('{% source "A" "" "" "javascript:alert(1)" %}')


def test_an_organisations_own_theme_comes_after_the_tokens(settings):
    assert render("{% theme_link %}") == ""
    settings.HANZE_THEME_CSS = "themes/ours.css"
    assert 'href="/static/themes/ours.css"' in render("{% theme_link %}")
    settings.HANZE_THEME_CSS = "https://example.org/theme.css"
    assert 'href="https://example.org/theme.css"' in render("{% theme_link %}")
