"""Two versions beside each other: what was added, removed, changed and moved, and nothing that means the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hanze.policy import Framework, Text, read_frameworks
from hanze.policy.comparing import Comparison, compare, merged_order, word_pieces
from tests.policy import sample


def against(*replacements: tuple[str, str]) -> Comparison:
    return compare(sample.read(), sample.read(sample.changed(*replacements)))


def rule_ids(framework: Framework) -> list[str]:
    return [rule.id for _table, rule in framework.rules()]


def changed_rules(comparison: Comparison) -> dict[str, str]:
    return {rule.id: rule.change for table in comparison.tables for rule in table.rules if rule.change != "same"}


def test_a_framework_is_the_same_as_itself() -> None:
    for framework in [sample.read(), *read_frameworks(sample.FRAMEWORKS)]:
        comparison = compare(framework, framework)
        assert comparison.is_same
        assert changed_rules(comparison) == {}


def test_another_way_of_writing_a_cell_is_no_change() -> None:
    framework = sample.read()
    table, rule, fact = next((t, r, f) for t, r in framework.rules() for f in r.when if f == "dual_use")
    comparison = against(("dual_use: yes", "dual_use: true"))
    assert comparison.is_same, (table.id, rule.id, fact)


def test_a_changed_cell_says_which_rule_and_which_fact() -> None:
    comparison = against(("dual_use: yes", "dual_use: no"))
    (changed,) = [rule for table in comparison.tables for rule in table.rules if rule.change == "changed"]
    (difference,) = changed.differences
    assert difference.path == ("when", "dual_use")
    assert [difference.before.text, difference.after.text] == ["yes", "no"]  # type: ignore[union-attr]
    assert not comparison.is_same


def test_a_line_with_a_changed_rule_is_changed_though_the_line_itself_is_not() -> None:
    comparison = against(("dual_use: yes", "dual_use: no"))
    (line,) = [table for table in comparison.tables if table.change == "changed"]
    assert line.table.change == "same"


def test_a_renamed_rule_is_one_removed_and_one_added() -> None:
    framework = sample.read()
    first = rule_ids(framework)[0]
    assert changed_rules(against((f"id: {first}", "id: renamed"))) == {first: "removed", "renamed": "added"}


def test_every_part_of_the_document_is_compared() -> None:
    comparison = against(
        ("{nl: Voorbeeld, en: Sample}", "{nl: Voorbeeld, en: Example}"),
        ("{nl: de raad, en: the council}", "{nl: het college, en: the council}"),
        ("until: 2025-12-31", "until: 2026-12-31"),
        ("applies_to: {country: not(HL)}", "applies_to: {country: HL}"),
        ("{nl: Beleid, en: Policy}", "{nl: Nota, en: Policy}"),
        ("executive: {nl: de bestuurder", "executive: {nl: de wethouder"),
        ("{nl: Militair?, en: Military?}", "{nl: Is het militair?, en: Military?}"),
        ("{nl: Niets houdt het tegen., en: Nothing stands against it.}", "{nl: Het mag., en: It may.}"),
    )
    assert {difference.path for difference in comparison.head} == {("title",), ("adopted_by",), ("in_force_until",)}
    assert [difference.path for difference in comparison.applies_to] == [("country",)]
    changed = {
        part: [item.id for item in getattr(comparison, part) if item.change != "same"]
        for part in ("sources", "deciders", "facts", "lists", "measures", "scale", "grounds")
    }
    assert changed == {
        "sources": ["policy"],
        "deciders": ["executive"],
        "facts": ["dual_use"],
        "lists": [],
        "measures": [],
        "scale": [],
        "grounds": [],
    }
    assert comparison.otherwise is not None
    assert comparison.otherwise.differences[0].after == Text("Het mag.", "It may.")


def test_a_list_names_the_items_that_came_and_went() -> None:
    (named,) = [named for named in against(("items: {AA:", "items: {CC:")).lists if named.change == "changed"]
    assert [(each.path, each.before, each.after) for each in named.differences] == [
        (("items", "AA"), Text("Aland", "Aland"), None),
        (("items", "CC"), None, Text("Aland", "Aland")),
    ]


def test_only_what_left_its_place_is_called_moved() -> None:
    assert merged_order(["a", "b", "c"], ["c", "a"]) == ["c", "a", "b"]
    text = sample.TEXT
    start = text.index("scale:")
    first, second, *_rest = text[start:].splitlines()[1:]
    comparison = against((f"{first}\n{second}", f"{second}\n{first}"))
    assert sum(outcome.moved for outcome in comparison.scale) == 1


def test_texts_differ_word_by_word() -> None:
    pieces = word_pieces("Wij overleggen altijd met het Rijk.", "Wij overleggen eerst met het Rijk.")
    assert [(piece.text, piece.kind) for piece in pieces] == [
        ("Wij overleggen ", "same"),
        ("altijd ", "removed"),
        ("eerst ", "added"),
        ("met het Rijk.", "same"),
    ]


def test_texts_with_little_in_common_stand_whole() -> None:
    assert [piece.kind for piece in word_pieces("Een heel ander verhaal", "Now for something new")] == [
        "removed",
        "added",
    ]


@given(st.text(max_size=80), st.text(max_size=80))
def test_the_pieces_of_two_texts_give_both_back(before: str, after: str) -> None:
    pieces = word_pieces(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after


@given(st.lists(st.sampled_from("abcdef"), unique=True), st.lists(st.sampled_from("abcdef"), unique=True))
def test_the_merged_order_holds_each_key_once_and_keeps_the_later_order(before: list[str], after: list[str]) -> None:
    merged = merged_order(before, after)
    assert sorted(merged) == sorted({*before, *after})
    assert [key for key in merged if key in after] == after
