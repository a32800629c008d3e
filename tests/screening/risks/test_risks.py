"""What a text or a code points to, and what a risk list must say."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.screening.risks import RiskListError, first_list, match_risks, read_risks


def pointed_to(text: str, *codes: str) -> set[str]:
    return {match.item.id for match in match_risks(text, codes, first_list())}


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("De delegatie wil drones zien vliegen", "drones"),
        ("An unmanned aerial vehicle for spraying", "drones"),
        ("Verkoop van satellieten", "space"),
        ("Kritieke grondstoffen voor batterijen", "raw-materials"),
        ("Oogstrobots in de kas", "robotics"),
        ("Harvesting robots", "robotics"),
        ("Zonnepanelen op het dak", "energy-equipment"),
        ("Joint research on soil", "joint-research"),
        ("Quantumcomputers", "quantum"),
    ],
)
def test_a_word_points_to_its_item_in_dutch_and_english_singular_and_plural(text: str, item: str) -> None:
    assert item in pointed_to(text)


@pytest.mark.parametrize(
    "text", ["", "Tomaten en paprika's", "A visit about cheese", "Harderwijk", "laserprinterpapier"]
)
def test_other_words_point_to_nothing(text: str) -> None:
    assert pointed_to(text) == set()


def test_the_words_of_a_phrase_stand_next_to_each_other() -> None:
    assert "drones" in pointed_to("een onbemand vliegtuig")
    assert "drones" not in pointed_to("een onbemand station, en een vliegtuig")


def test_a_code_points_to_its_item() -> None:
    assert pointed_to("", "energy") == {"critical-infrastructure"}


def test_a_match_says_which_words_told_it_and_where_the_theme_comes_from() -> None:
    (match,) = match_risks("Drones en nog een drone", [], first_list())
    assert match.words == ("Drones", "drone")
    assert match.theme.id == "dual-use"
    assert (match.theme.status, match.item.status) == ("stated", "inferred")
    assert "economisch 1" in match.risks.section


def test_the_list_that_comes_along_has_the_four_themes_of_its_source() -> None:
    assert [theme.id for theme in first_list().themes] == [
        "dual-use", "knowledge-transfer", "strategic-dependency", "high-grade-technology",
    ]  # fmt: skip


@given(st.text(), st.lists(st.text(max_size=5), max_size=3))
def test_any_text_can_be_looked_at(text: str, codes: list[str]) -> None:
    match_risks(text, codes, first_list())


LIST = """list: own
version: 2026-01-01
title: {nl: Eigen, en: Own}
source: {document: policy, section: "1"}
themes:
  smell:
    title: {nl: Geur, en: Smell}
    help: {nl: Geur., en: Smell.}
    status: stated
    items:
      cheese: {status: stated, words: {nl: [kaas], en: [cheese]}, codes: []}
"""


def test_an_organisation_can_have_its_own_list(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(LIST, "utf-8")
    (match,) = match_risks("Two cheeses", [], read_risks(file))
    assert match.item.id == "cheese"


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("2026-01-01", "soon", "version"),
        ("{nl: Eigen, en: Own}", "{nl: Eigen}", "title"),
        ("status: stated\n    items", "status: sure\n    items", "themes: smell"),
        ("nl: [kaas]", "nl: kaas", "cheese"),
        ("{nl: [kaas]", "{fr: [kaas]", "words"),
        ("themes:\n", "themes: [\n", "no YAML"),
    ],
)
def test_a_list_that_cannot_be_used_says_where(tmp_path: Path, before: str, after: str, place: str) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(LIST.replace(before, after, 1), "utf-8")
    with pytest.raises(RiskListError) as error:
        read_risks(file)
    assert "own.yaml" in str(error.value)
    assert place in str(error.value)
