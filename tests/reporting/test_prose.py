from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.reporting import Figure, Row, counted, insert_figures, prose_html
from hanze.reporting.prose import Heading, read_prose, safe_url

FIGURES = {
    figure.key: figure
    for figure in (
        counted("talks", "Talks", [Row("activity", "1", "Talk")]),
        Figure("parties", "Parties", 12345),
        Figure("emissions", "Emissions", None),
        Figure("motto", "Motto", "*Feeding* & <b>Greening</b> [x](javascript:alert(1))"),
    )
}


def html(markdown: str) -> str:
    return prose_html(markdown, FIGURES, "en", lambda key: f"#rows-{key}")


def test_a_figure_is_inserted_by_its_key() -> None:
    assert insert_figures("We had {{ talks }} talk, {{parties}} parties.", FIGURES, "en") == (
        "We had 1 talk, 12,345 parties.",
        (),
    )


def test_numbers_are_written_as_readers_of_the_language_write_them() -> None:
    assert insert_figures("{{ parties }}", FIGURES, "nl")[0] == "12.345"


@pytest.mark.parametrize(("language", "words"), [("nl", "niet vastgelegd"), ("en", "not recorded")])
def test_what_was_not_recorded_is_never_a_zero(language: str, words: str) -> None:
    assert insert_figures("{{ emissions }}", FIGURES, "nl" if language == "nl" else "en")[0] == words


def test_an_unknown_key_is_a_problem_with_its_place_and_the_nearest_key() -> None:
    text, (problem,) = insert_figures("First line.\nWe had {{ talk }}.", FIGURES, "en")
    assert (problem.key, problem.nearest, problem.line, problem.column) == ("talk", "talks", 2, 8)
    assert problem.message("en") == "line 2: unknown figure: talk; did you mean talks?"
    assert problem.message("nl") == "regel 2: onbekend cijfer: talk; bedoelt u talks?"
    assert "unknown figure: talk" in text


def test_a_placeholder_can_be_written_about() -> None:
    assert insert_figures(r"Write \{{ talks }}.", FIGURES, "en")[0] == r"Write \{{ talks }}."
    assert html(r"Write \{{ talks }}.") == "<p>Write {{ talks }}.</p>"


def test_markdown_in_a_value_stays_text() -> None:
    assert html("{{ motto }}") == (
        '<p><a href="#rows-motto">*Feeding* &amp; &lt;b&gt;Greening&lt;/b&gt; [x](javascript:alert(1))</a></p>'
    )
    inserted, _ = insert_figures("{{ motto }}", FIGURES, "en")
    assert "<strong>" not in html(inserted)
    assert "href" not in html(inserted)


def test_a_figure_in_a_text_leads_to_its_records() -> None:
    assert html("**{{ talks }}** talk") == '<p><strong><a href="#rows-talks">1</a></strong> talk</p>'


def test_an_unknown_figure_is_marked_in_the_text() -> None:
    assert html("{{ nothing }}") == "<p><mark>[unknown figure: nothing]</mark></p>"


def test_raw_html_is_shown_and_not_obeyed() -> None:
    assert html("<script>alert(1)</script>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"


def test_lists_quotes_and_breaks_are_kept() -> None:
    assert html("- a\n- b") == "<ul><li>a</li><li>b</li></ul>"
    assert html("3. a\n4. b") == '<ol start="3"><li>a</li><li>b</li></ol>'
    assert html("> a") == "<blockquote><p>a</p></blockquote>"
    assert html("a  \nb") == "<p>a<br>b</p>"


def test_headings_in_a_text_stand_under_the_heading_above_it_and_skip_no_level() -> None:
    levels = [part.level for part in read_prose("## A\n#### B\n# C", FIGURES, "en") if isinstance(part, Heading)]
    assert levels == [1, 2, 1]
    assert html("# A") == "<h2>A</h2>"


@pytest.mark.parametrize(
    "url", ["https://a.example/x?y=1", "http://a.example", "mailto:a@b.example", "/missions/1/", "#x"]
)
def test_addresses_that_a_reader_may_follow(url: str) -> None:
    assert safe_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        "data:text/html,x",
        "//evil.example",
        "java\nscript:x",
        "",
        None,
        "vbscript:x",
        "x y",
        "http://[bad",
    ],
)
def test_addresses_that_lose_their_link(url: str | None) -> None:
    assert safe_url(url) is None


@given(st.text())
def test_no_text_makes_a_script_a_style_or_a_handler(text: str) -> None:
    result = html(text)
    for forbidden in ("<script", "<style", "<img", "<iframe", " style=", " onerror=", 'href="javascript'):
        assert forbidden not in result.lower()


@given(st.lists(st.sampled_from(["{{ talks }}", "{{parties}}", "{{ talk }}", "{{ }}", " and ", "\n", "\\{{ talks }}"])))
def test_every_placeholder_is_either_filled_in_or_reported(pieces: list[str]) -> None:
    text, problems = insert_figures(" ".join(pieces), FIGURES, "en")
    assert [problem.key for problem in problems] == [
        {"{{ talk }}": "talk", "{{ }}": ""}[p] for p in pieces if p in ("{{ talk }}", "{{ }}")
    ]
    assert text.count("12,345") == pieces.count("{{parties}}")
    assert text.count("{{") == pieces.count("\\{{ talks }}")
