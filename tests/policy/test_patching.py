"""A what-if: what a patch changes, and what it says when it cannot be made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.policy import Framework, FrameworkError, Problem
from hanze.policy.patching import patched, read_patched
from tests.policy import sample

PATCH_PATH = Path("what-if.yaml")
RULE = (
    "{id: C-new, when: {sector: clogs}, then: {advice: ask-first}, because: {nl: Klompen., en: Clogs.},"
    ' source: {document: policy, section: "2"}, status: inferred}'
)


def patch(changes: str, head: str = "patch: sample") -> Framework:
    text = f"{head}\nchanges:\n{changes}"
    return patched(sample.TEXT.encode(), sample.PATH, text.encode(), PATCH_PATH)


def problems(changes: str, head: str = "patch: sample") -> list[Problem]:
    with pytest.raises(FrameworkError) as error:
        patch(changes, head)
    return error.value.problems


@pytest.mark.parametrize(
    ("changes", "replacements"),
    [
        ('  - set: rules/C-many/when/people\n    to: "> 20"\n', [('people: "> 10"', 'people: "> 20"')]),
        (
            '  - set: tables/money/rules/M-dear/when/budget\n    to: "> 2"\n',
            [('budget: "> 1000.50"', 'budget: "> 2"')],
        ),
        (
            "  - set: rules/C-many/when/dual_use\n    to: yes\n",
            [('when: {people: "> 10"}', 'when: {people: "> 10", dual_use: yes}')],
        ),
        ("  - remove: rules/C-watched/when/sector\n", [(', sector: "tulips, cheese"}', "}")]),
        (
            "  - set: lists/watched/items/CC\n    to: {nl: Cland, en: Cland}\n",
            [("BB: {nl: Bland, en: Bland}}", "BB: {nl: Bland, en: Bland}, CC: {nl: Cland, en: Cland}}")],
        ),
        ("  - remove: lists/watched/items/AA\n", [("AA: {nl: Aland, en: Aland}, ", "")]),
        ("  - set: measures/briefing/moment\n    to: during\n", [("moment: before", "moment: during")]),
        ("  - remove: rules/C-watched/then/measures/report\n", [("[briefing, report]", "[briefing]")]),
        ("  - add: rules/T-soon/then/measures\n    item: report\n", [("[briefing]}", "[briefing, report]}")]),
        ("  - set: otherwise/advice\n    to: with-care\n", [("advice: yes-please\n", "advice: with-care\n")]),
        ("  - set: tables/care/hit\n    to: first\n", [("hit: collect", "hit: first")]),
    ],
)
def test_a_change_in_the_patch_is_as_a_change_in_the_file(changes: str, replacements: list[tuple[str, str]]) -> None:
    assert patch(changes).content_hash == sample.read(sample.changed(*replacements)).content_hash


def test_rules_are_added_at_the_end_or_before_another_replaced_and_removed() -> None:
    def rules(framework: Framework) -> list[str]:
        return [rule.id for rule in framework.table("care").rules]

    assert rules(patch(f"  - add: tables/care/rules\n    item: {RULE}\n")) == ["C-watched", "C-many", "C-new"]
    before = f"  - add: tables/care/rules\n    item: {RULE}\n    before: C-many\n"
    assert rules(patch(before)) == ["C-watched", "C-new", "C-many"]
    assert rules(patch(f"  - set: rules/C-many\n    to: {RULE}\n")) == ["C-watched", "C-new"]
    assert rules(patch("  - remove: rules/C-many\n")) == ["C-watched"]


def test_changes_are_made_one_after_the_other_and_the_file_itself_stays_as_it_is(tmp_path: Path) -> None:
    file, what_if = tmp_path / "2024-03-01.yaml", tmp_path / "what-if.yaml"
    file.write_text(sample.TEXT, "utf-8")
    what_if.write_text(
        f"patch: sample\nversion: 2024-03-01\nbecause: Try it.\nchanges:\n"
        f"  - add: tables/care/rules\n    item: {RULE}\n  - set: rules/C-new/when/sector\n    to: tulips\n",
        "utf-8",
    )
    found = read_patched(file, what_if)
    assert found.table("care").rules[-1].when["sector"].text == "tulips"
    assert found.content_hash != sample.read().content_hash
    assert file.read_text("utf-8") == sample.TEXT


@pytest.mark.parametrize(
    ("changes", "line", "words"),
    [
        ("  - set: rules/C-mny/when/people\n    to: 1\n", 3, ["there is no “C-mny” here", "Did you mean C-many?"]),
        ("  - remove: rules/C-many/when/peple\n", 3, ["there is no “peple” here", "Did you mean people?"]),
        ("  - remove: nowhere/at/all\n", 3, ["there is no “nowhere” here"]),
        ("  - add: rules/C-many/when\n    item: 1\n", 3, ["this is not a list of items", "set:"]),
        (f"  - add: tables/care/rules\n    item: {RULE}\n    before: Z\n", 3, ["there is no “Z” here"]),
        ("  - set: rules/C-many/when/people\n", 3, ["The change has no to"]),
        ("  - change: rules/C-many\n", 3, ["neither set, add nor remove"]),
        ("  - nothing\n", 3, ["neither set, add nor remove"]),
        ('  - set: rules/C-many/when/people\n    to: ">> 5"\n', 4, ["The cell of people"]),
        ("  - set: rules/C-many/when/colour\n    to: red\n", 3, ["There is no fact “colour”"]),
        (
            f"  - add: tables/money/rules\n    item: {RULE}\n  - add: tables/care/rules\n    item: {RULE}\n",
            4,
            ["taken"],
        ),
        (
            "  - set: rules/M-dear/then/advice\n    to: refuze\n",
            4,
            ["There is no outcome “refuze”", "Did you mean refuse?"],
        ),
    ],
)
def test_a_mistake_in_the_patch_is_named_with_its_line_in_the_patch(changes: str, line: int, words: list[str]) -> None:
    first = problems(changes)[0]
    assert (first.file, first.line) == (str(PATCH_PATH), line)
    for word in words:
        assert word in str(first)


def test_what_the_patch_breaks_elsewhere_is_named_in_the_framework() -> None:
    first = problems("  - remove: measures/report\n")[0]
    assert (first.file, first.message) == (str(sample.PATH), "There is no measure “report”.")
    assert "otherwise is never reached" in str(
        problems(f"  - add: tables/care/rules\n    item: {RULE.replace('{sector: clogs}', '{}')}\n")[0]
    )


def test_a_patch_for_another_framework_or_version_is_refused() -> None:
    assert "The patch is for other" in str(problems("  - remove: rules/C-many\n", "patch: other")[0])
    head = "patch: sample\nversion: 2023-01-01"
    assert "The patch is for 2023-01-01" in str(problems("  - remove: rules/C-many\n", head)[0])


@given(st.text(max_size=60), st.text(max_size=20))
def test_whatever_is_written_in_a_patch_it_is_read_or_refused_with_its_place(path: str, value: str) -> None:
    written = f"  - set: {json.dumps(path)}\n    to: {json.dumps(value)}\n"
    found: list[Problem] = []
    try:
        patch(written)
    except FrameworkError as error:
        found = error.problems
    assert all(problem.line >= 1 and problem.message for problem in found)
