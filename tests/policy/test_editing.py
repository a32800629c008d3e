"""A framework's text changed in place: what the change is not about stays as it was, to the last comment."""

from __future__ import annotations

import copy
import difflib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.policy.editing import EditError, insert, move, path_at, place_of, plain, remove, set_value, value_at

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "frameworks").glob("*/*.yaml"))
SAMPLE = """# A framework
title: {nl: "Een titel", en: A title}   # both languages
summary:
  nl: >-
    Een samenvatting
    op twee regels.
  en: |
    A summary
    on two lines.

scale: [mild, strict]
empty:
facts:
  # who asks
  party:
    type: text
  # how many
  parties:
    type: number

tables:
  - id: one
    rules:
      # the first rule
      - id: A
        when: {party: "x, y", parties: > 0}
      - id: B   # the second
        when: {}

      # the third rule
      - id: C
        when:
          party: z
# the end
""".replace("parties: > 0", 'parties: "> 0"')


def lines(before: str, after: str) -> list[str]:
    """The lines that a change took out (-) and put in (+)."""
    found = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in found if not line.startswith(("---", "+++", "@@"))]


class TestAValue:
    def test_is_replaced_where_it_stands_in_the_quotes_that_it_had(self) -> None:
        assert lines(SAMPLE, set_value(SAMPLE, ("title", "nl"), "Nieuw")) == [
            '-title: {nl: "Een titel", en: A title}   # both languages',
            '+title: {nl: "Nieuw", en: A title}   # both languages',
        ]

    def test_gets_quotes_when_yaml_would_read_it_otherwise(self) -> None:
        after = set_value(SAMPLE, ("tables", 0, "rules", 2, "when", "party"), "> 5")
        assert lines(SAMPLE, after) == ["-          party: z", '+          party: "> 5"']

    def test_that_is_folded_gives_way_whole(self) -> None:
        after = set_value(SAMPLE, ("summary", "nl"), "Kort")
        assert lines(SAMPLE, after) == ["-  nl: >-", "-    Een samenvatting", "-    op twee regels.", "+  nl: Kort"]

    def test_that_is_long_is_folded(self) -> None:
        after = set_value(SAMPLE, ("summary", "en"), "word " * 60 + "end")
        assert "  en: >-\n    word word" in after
        assert max(len(line) for line in after.splitlines()) <= 120

    def test_fills_a_key_that_was_empty(self) -> None:
        assert lines(SAMPLE, set_value(SAMPLE, ("empty",), "full")) == ["-empty:", "+empty: full"]

    def test_that_is_new_adds_its_key_inside_braces(self) -> None:
        after = set_value(SAMPLE, ("tables", 0, "rules", 1, "when", "parties"), "[1..5]")
        assert lines(SAMPLE, after) == ["-        when: {}", '+        when: {parties: "[1..5]"}']

    def test_that_is_new_adds_its_key_below_the_others(self) -> None:
        after = set_value(SAMPLE, ("facts", "parties", "label", "nl"), "Partijen")
        assert lines(SAMPLE, after) == ["+    label: {nl: Partijen}"]

    def test_that_is_the_same_changes_nothing(self) -> None:
        assert set_value(SAMPLE, ("title", "en"), "A title") == SAMPLE

    def test_cannot_stand_inside_another_value(self) -> None:
        with pytest.raises(EditError):
            set_value(SAMPLE, ("title", "nl", "deeper"), "x")


class TestAnItem:
    def test_moves_with_the_comment_above_it(self) -> None:
        after = move(SAMPLE, ("tables", 0, "rules", 2), -1)
        assert [rule["id"] for rule in plain(after)["tables"][0]["rules"]] == ["A", "C", "B"]
        assert "      # the third rule\n      - id: C" in after
        assert "      - id: B   # the second" in after

    def test_at_the_end_stays_there(self) -> None:
        assert move(SAMPLE, ("tables", 0, "rules", 2), 1) == SAMPLE

    def test_of_a_mapping_moves_too(self) -> None:
        after = move(SAMPLE, ("facts", "parties"), -1)
        assert list(plain(after)["facts"]) == ["parties", "party"]
        assert "  # how many\n  parties:" in after

    def test_is_taken_out_with_its_comment(self) -> None:
        after = remove(SAMPLE, ("tables", 0, "rules", 2))
        assert "third" not in after
        assert after.endswith("        when: {}\n\n# the end\n")

    def test_that_was_the_only_one_leaves_an_empty_list(self) -> None:
        assert plain(remove(SAMPLE, ("tables", 0)))["tables"] == []

    def test_inside_brackets_goes_with_its_comma(self) -> None:
        assert "scale: [strict]" in remove(SAMPLE, ("scale", 0))
        assert "scale: [mild]" in remove(SAMPLE, ("scale", 1))

    def test_is_put_in_before_another(self) -> None:
        rule = {"id": "N", "when": {"party": "a, b"}, "because": {"nl": "Daarom", "en": "That is why"}}
        after = insert(SAMPLE, ("tables", 0, "rules"), 1, rule)
        assert lines(SAMPLE, after) == [
            "+      - id: N",
            '+        when: {party: "a, b"}',
            "+        because: {nl: Daarom, en: That is why}",
        ]

    def test_is_put_in_at_the_end(self) -> None:
        after = insert(SAMPLE, ("tables", 0, "rules"), 3, {"id": "N"})
        assert after.endswith("          party: z\n      - {id: N}\n# the end\n")


@pytest.mark.parametrize("line", range(1, SAMPLE.count("\n") + 1))
def test_the_place_of_a_path_leads_back_to_it(line: int) -> None:
    path = path_at(SAMPLE, line, 40)
    if path:
        assert value_at(plain(SAMPLE), path) is not None
        assert path_at(SAMPLE, *place_of(SAMPLE, path))[: len(path)] == path


def test_a_problem_in_a_cell_leads_to_its_cell() -> None:
    line = next(number for number, text in enumerate(SAMPLE.splitlines(), 1) if "x, y" in text)
    column = SAMPLE.splitlines()[line - 1].index("> 0") + 1
    assert path_at(SAMPLE, line, column) == ("tables", 0, "rules", 0, "when", "parties")


def paths(data: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every path in a text's data."""
    children = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [each for key, value in children for each in [(*above, key), *paths(value, (*above, key))]]


words = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=150)


@settings(max_examples=60, deadline=None)
@given(data=st.data(), value=words)
@pytest.mark.parametrize("text", [SAMPLE, *(path.read_text("utf-8") for path in FILES)], ids=lambda text: text[:20])
def test_any_value_anywhere_says_what_was_asked_and_touches_no_other_line(text: str, data: Any, value: str) -> None:
    before = plain(text)
    path = data.draw(st.sampled_from([each for each in paths(before) if isinstance(value_at(before, each), str)]))
    after = set_value(text, path, value)
    expected = copy.deepcopy(before)
    value_at(expected, path[:-1])[path[-1]] = value  # type: ignore[index]
    assert plain(after) == expected
    old = [line for line in lines(text, after) if line.startswith("-")]
    assert len(old) <= 12
    assert [line for line in text.splitlines() if line.lstrip().startswith("#")] == [
        line for line in after.splitlines() if line.lstrip().startswith("#")
    ]


@settings(max_examples=40, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("text", [SAMPLE, *(path.read_text("utf-8") for path in FILES)], ids=lambda text: text[:20])
def test_what_is_taken_out_is_gone_and_nothing_else(text: str, data: Any) -> None:
    before = plain(text)
    path = data.draw(st.sampled_from(paths(before)))
    after = plain(remove(text, path))
    parent = value_at(before, path[:-1]) if path[:-1] else before
    del parent[path[-1]]  # type: ignore[index]
    assert after == before


@settings(max_examples=40, deadline=None)
@given(data=st.data(), by=st.sampled_from([-1, 1]))
def test_moving_there_and_back_gives_the_same_text(data: Any, by: int) -> None:
    text = FILES[0].read_text("utf-8")
    rules = [path for path in paths(plain(text)) if len(path) == 4 and path[0] == "tables" and path[2] == "rules"]
    path = data.draw(st.sampled_from(rules))
    moved = move(text, path, by)
    if moved != text:
        assert move(moved, (*path[:-1], path[-1] + by), -by) == text
