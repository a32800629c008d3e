"""Reading a framework: what comes out, and how everything that is wrong is refused with its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.policy import FrameworkError, read_framework, read_framework_text, read_frameworks
from tests.policy import sample

LINES = sample.TEXT.splitlines()


def test_a_framework_is_read_with_everything_it_declares() -> None:
    framework = sample.read()
    assert (framework.id, framework.version, framework.precedence) == ("sample", date(2024, 3, 1), 20)
    assert (framework.in_force_from, framework.in_force_until) == (date(2024, 3, 1), date(2025, 12, 31))
    assert [outcome.id for outcome in framework.scale] == ["yes-please", "with-care", "ask-first", "refuse"]
    assert framework.outcome("ask-first").decided_by == "executive"
    assert framework.fact("sector").choice_label("cheese").in_language("nl-NL") == "kaas"
    assert framework.fact("people").source_path == "request.people"
    assert framework.fact("dual_use").ask is not None
    assert framework.measure("briefing").per == "company"
    assert framework.named_list("watched").items[1].code == "BB"
    assert framework.source_document("policy").url == "https://example.org/policy"
    assert framework.table("care").columns == ("country", "sector", "people")
    assert [rule.id for _, rule in framework.rules()] == [
        "C-watched",
        "C-many",
        "M-dear",
        "M-unsafe",
        "T-late",
        "T-soon",
    ]
    assert framework.table("money").rules[0].ground == "too-many"
    assert framework.table("money").rules[0].source.section.nl == "3"


@pytest.mark.parametrize("kind", ["outcome", "measure", "table", "named_list", "source_document", "fact"])
def test_asking_a_framework_for_what_it_does_not_have_is_an_error(kind: str) -> None:
    with pytest.raises(KeyError, match="nothing-like-it"):
        getattr(sample.read(), kind)("nothing-like-it")


WRONG = [
    ("framework: sample", "framework: sam ple", "cannot be a name"),
    ("version: 2024-03-01", "version: 1 March", "not a date"),
    ("version: 2024-03-01", "version:", "no version"),
    ("precedence: 20", "precedence: high", "not a whole number"),
    ("precedence: 20\n", "", "no precedence"),
    ("precedence: 20", "precedens: 20", "Did you mean precedence?"),
    ("title: {nl: Voorbeeld, en: Sample}", "title: {nl: Voorbeeld}", "no en"),
    ("title: {nl: Voorbeeld, en: Sample}", "title: Sample", "not a set of keys"),
    ("until: 2025-12-31", "until: 2024-02-29", "ends before it begins"),
    ("applies_to: {country: not(HL)}", "applies_to: {land: not(HL)}", "no fact “land”"),
    ("applies_to: {country: not(HL)}", "applies_to: {country: not(HL}", "parenthesis"),
    ("decided_by: executive}\n  - {id: refuse", "decided_by: boss}\n  - {id: refuse", "no decider “boss”"),
    ("kind: escalate", "kind: escalade", "Did you mean escalate?"),
    ("id: ask-first", "id: with-care", "stands here twice"),
    ("type: text, from", "type: string, from", "cannot be “string”"),
    ("type: date, from: request.starts_on}", "type: date}", "comes from nowhere"),
    ("    choices: {tulips", "    whole: true\n    choices: {tulips", "no number"),
    ("type: choice", "type: text", "do not agree"),
    ("{tulips: {nl: tulpen, en: tulips}, ", "{tulips: {nl: tulpen}, ", "no en"),
    ("    date: 2024-01-15\n", "", "no date"),
    ("items: {AA:", "items: {AA: {nl: a, en: a}, AA:", "stands here twice"),
    ("line: care", "line: cure", "no table “cure”"),
    ("moment: before", "moment: sometime", "cannot be “sometime”"),
    ("per: company", "per: head", "cannot be “head”"),
    ('{document: policy, section: "2"}\n    status: stated\n  report', "2\n    status: stated\n  report", "not a set"),
    ('{document: policy, section: "1"}', '{document: politics, section: "1"}', "no source document “politics”"),
    ('{document: policy, section: "1"}', "{document: policy}", "no section"),
    ("advice: yes-please", "advice: yes", "no outcome “yes”"),
    ("advice: yes-please", "advice: refuse", "advice and ground do not agree"),
    ("hit: first", "hit: all", "cannot be “all”"),
    ("id: C-many", "id: C-watched", "is taken"),
    ("id: C-many", "id: otherwise", "is taken"),
    ("sector: \"tulips, cheese\"", "sector: \"tulips, chees\"", "Did you mean cheese?"),
    ("sector: \"tulips, cheese\"", "sector: tulips, cheese", "no fact “cheese”"),
    ("sector: \"tulips, cheese\"", "sector: [tulips, cheese]", "between quotes"),
    ("sector: \"tulips, cheese\"", "sector: in_list(watched)", "no choice of sector"),
    ("country: in_list(watched)", "country: in_list(wached)", "Did you mean watched?"),
    ("measures: [briefing, report]", "measures: [brief]", "no measure “brief”"),
    ("measures: [briefing, report]", "measures: [report, report]", "stands here twice"),
    ("measures: [briefing, report]", "measures: briefing", "not a list"),
    ("measures: [briefing, report]", "measures: [[briefing]]", "is a list or a mapping"),
    ("then: {measures: [report]}", "then: {}", "gives nothing"),
    ("then: {advice: refuse, ground: too-many}", "then: {advice: refuse}", "ground"),
    ("then: {advice: refuse, ground: too-many}", "then: {advice: refuse, ground: too-big}", "no ground “too-big”"),
    ("then: {advice: ask-first}", "then: {advice: ask-first, ground: too-late}", "do not agree"),
    ("{nl: Te duur., en: Too dear.}", "", "no because"),
    ("status: inferred\n  - id: money", "status: guessed\n  - id: money", "cannot be “guessed”"),
    ("starts_on: \"> 2024-12-31\"", "starts_on: \"> 2024-03-15\"", "can hold at once"),
    ("people: \"> 10\"", "people: \"> null\"", "missing fact can never count as harmless"),
    ("people: \"> 10\"", "people: > 10", "between quotes"),
    ("when: {dual_use: yes}", "when: [dual_use]", "not a set of keys"),
    ("title: {nl: Voorbeeld", "title: &t {nl: Voorbeeld", "Anchors"),
    ("summary: {nl: Een verzonnen kader., en: An invented framework.}", "summary: *t", "Anchors"),
    ("title: {nl: Voorbeeld", "title: !!python/object:os.system {nl: Voorbeeld", "tag"),
    ("precedence: 20", "precedence: 20\nprecedence: 30", "stands here twice"),
    ("precedence: 20", "precedence: 20\n? [a, b]\n: c", "A key is a list"),
    ("precedence: 20", "precedence: 20\n---\nframework: other", "more than one document"),
    ("precedence: 20", "precedence: " + "[" * 40 + "]" * 40, "nested too deep"),
    ("precedence: 20", "precedence: 20\n  bad: indentation", "not YAML"),
    ("otherwise:\n  advice: yes-please", "otherwise:\n  advise: yes-please", "Did you mean advice?"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "says"), WRONG, ids=[f"{index}-{row[2][:30]}" for index, row in enumerate(WRONG)]
)
def test_what_is_wrong_is_refused_with_its_place_and_what_to_write_instead(old: str, new: str, says: str) -> None:
    text = sample.changed((old, new))
    first_line = sample.TEXT[: sample.TEXT.index(old)].count("\n") + 1
    found = sample.problems(text)
    problem = next((each for each in found if says in f"{each.message} {each.hint}"), None)
    assert problem is not None, [str(each) for each in found]
    assert problem.file == str(sample.PATH)
    assert problem.hint
    assert problem.column >= 1
    last_line = first_line + max(old.count("\n"), new.count("\n")) + 1
    whole_block = problem.line <= first_line and "no " in problem.message  # a missing key is shown at its mapping
    assert first_line <= problem.line <= last_line or whole_block or "hold at once" in problem.message


def test_a_mistake_in_a_cell_is_pointed_at_to_the_character() -> None:
    [problem] = sample.problems(sample.changed(('sector: "tulips, cheese"', 'sector: "tulips, chese"')))
    line = next(index for index, each in enumerate(LINES, 1) if "in_list(watched), sector" in each)
    column = LINES[line - 1].index("cheese") + 1
    assert (problem.line, problem.column) == (line, column)
    assert str(problem).startswith(f"{sample.PATH}:{line}:{column}: ")


def test_all_mistakes_in_a_file_are_reported_at_once_in_the_order_of_the_file() -> None:
    text = sample.changed(
        ("precedence: 20", "precedence: x"),
        ("moment: before", "moment: sometime"),
        ('budget: "> 1000.50"', 'budget: "> much"'),
        ("hit: unique", "hit: some"),
    )
    found = sample.problems(text)
    assert len(found) == 4
    assert [problem.line for problem in found] == sorted(problem.line for problem in found)


def test_rules_that_leave_cases_open_need_an_advice_for_the_rest() -> None:
    start, end = sample.TEXT.index("otherwise:"), sample.TEXT.index("tables:")
    [problem] = sample.problems(sample.TEXT[:start] + sample.TEXT[end:])
    assert "no rule gives an advice" in problem.message


def test_an_advice_for_the_rest_that_is_never_reached_is_refused() -> None:
    text = sample.changed(("when: {dual_use: yes}", "when: {}"))
    [problem] = sample.problems(text)
    assert "never reached" in problem.message
    assert sample.TEXT.splitlines()[problem.line - 2].startswith("otherwise")


def test_norway_is_a_country() -> None:
    framework = sample.read(sample.changed(("country: not(HL)", "country: NO")))
    assert framework.applies_to["country"].text == "NO"


@pytest.mark.parametrize(
    "content", [b"", b"# nothing", b"just a word", b"- a\n- b", b"\xff\xfe", b"a: \x00", b"a: \x01"]
)
def test_what_is_no_framework_at_all_is_refused(content: bytes) -> None:
    with pytest.raises(FrameworkError) as refused:
        read_framework_text(content, Path("some.yaml"))
    assert refused.value.problems[0].line == 1


def test_a_file_that_cannot_be_read_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(FrameworkError, match="cannot be read"):
        read_framework(tmp_path / "absent.yaml")


def test_a_file_that_is_far_too_large_is_refused() -> None:
    with pytest.raises(FrameworkError, match="larger than"):
        read_framework_text(b"#" * 4_000_001, Path("some.yaml"))


def test_a_folder_gives_its_frameworks_by_id_and_version(tmp_path: Path) -> None:
    for folder, version, name in [
        ("b", "2024-05-01", "sample"),
        ("b", "2023-05-01", "sample"),
        ("a", "2024-01-01", "else"),
    ]:
        (tmp_path / folder / "scenarios").mkdir(parents=True, exist_ok=True)
        text = sample.changed(
            ("version: 2024-03-01", f"version: {version}"), ("framework: sample", f"framework: {name}")
        )
        (tmp_path / folder / f"{version}.yaml").write_text(text, encoding="utf-8")
        (tmp_path / folder / "scenarios" / "not-a-framework.yaml").write_text("scenarios: []", encoding="utf-8")
    found = read_frameworks(tmp_path)
    assert [(each.id, each.version.isoformat()) for each in found] == [
        ("else", "2024-01-01"),
        ("sample", "2023-05-01"),
        ("sample", "2024-05-01"),
    ]


def test_the_same_version_twice_is_refused(tmp_path: Path) -> None:
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text(sample.TEXT, encoding="utf-8")
    with pytest.raises(FrameworkError, match="is also in"):
        read_frameworks(tmp_path)


def test_a_folder_reports_the_problems_of_all_its_files(tmp_path: Path) -> None:
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text("framework: x", encoding="utf-8")
    with pytest.raises(FrameworkError) as refused:
        read_frameworks(tmp_path)
    assert {Path(problem.file).name for problem in refused.value.problems} == {"one.yaml", "two.yaml"}


@given(st.integers(0, len(LINES) - 1), st.text(max_size=20), st.sampled_from(["replace", "insert", "delete", "append"]))
@settings(max_examples=150)
def test_whatever_happens_to_a_line_only_a_framework_error_comes_out(at: int, text: str, how: str) -> None:
    lines = list(LINES)
    match how:
        case "replace":
            lines[at] = text
        case "insert":
            lines.insert(at, text)
        case "delete":
            del lines[at]
        case _:
            lines[at] += text
    read_or_refuse("\n".join(lines).encode("utf-8", "surrogatepass"))


@given(
    st.integers(0, len(sample.TEXT) - 1), st.sampled_from([*"{}[]:,-\"'#&*!|>%@`?\\\t\n\x00", "null", "- ", "\ud800"])
)
@settings(max_examples=150)
def test_whatever_stands_anywhere_only_a_framework_error_comes_out(at: int, piece: str) -> None:
    text = sample.TEXT[:at] + piece + sample.TEXT[at + 1 :]
    read_or_refuse(text.encode("utf-8", "surrogatepass"))


@given(st.binary(max_size=200))
def test_whatever_the_bytes_only_a_framework_error_comes_out(content: bytes) -> None:
    read_or_refuse(content)


def read_or_refuse(content: bytes) -> None:
    """Read; anything but a FrameworkError with problems that have a place comes out."""
    try:
        found = [read_framework_text(content, Path("some.yaml")).content_hash]
    except FrameworkError as error:
        found = [problem.message for problem in error.problems if problem.line >= 1 and problem.column >= 1]
    assert all(found)
    assert found
