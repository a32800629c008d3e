"""`hanze policy check` and `hanze policy test`: what they print and how they end."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from hanze.policy import commands, read_frameworks
from tests.policy import sample

SCENARIO = """framework: sample
scenarios:
  - name: military
    why: it should be asked first
    facts: {dual_use: yes, budget: 1}
    expect: {outcome: OUTCOME}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sample" / "scenarios").mkdir(parents=True)
    (tmp_path / "sample" / "2024-03-01.yaml").write_text(sample.TEXT, encoding="utf-8")
    return tmp_path


def with_scenario(folder: Path, outcome: str) -> Path:
    text = SCENARIO.replace("OUTCOME", outcome)
    (folder / "sample" / "scenarios" / "one.yaml").write_text(text, encoding="utf-8")
    return folder


def run(command: object, path: Path) -> tuple[int, str]:
    out = io.StringIO()
    assert callable(command)
    return command(path, out), out.getvalue()


def test_check_says_that_a_framework_is_in_order_and_what_is_in_it(folder: Path) -> None:
    code, said = run(commands.check_path, with_scenario(folder, "ask-first"))
    assert code == 0
    assert said == "sample 2024-03-01: in order. 3 lines of action, 6 rules, 2 measures, 1 scenario.\n"


@pytest.mark.parametrize(
    ("old", "new", "unused"),
    [
        ('people: "> 10"', 'budget: "> 10"', None),
        ("dual_use: yes}", "budget: 7}", "fact dual_use"),
        ("country: in_list(watched)", "country: AA", "list watched"),
        ("measures: [briefing]", "measures: [report]", None),
        ("measures: [briefing, report]", "measures: [report]", None),
        ("ground: too-late", "ground: too-many", "ground too-late"),
        ("advice: ask-first", "advice: with-care", "outcome ask-first"),
        ("sources:", "sources:\n  other: {title: {nl: Anders, en: Other}}", "source other"),
        ("deciders:", "deciders:\n  mayor: {nl: de burgemeester, en: the mayor}", "decider mayor"),
    ],
)
def test_check_remarks_on_what_is_declared_and_never_used(folder: Path, old: str, new: str, unused: str | None) -> None:
    (folder / "sample" / "2024-03-01.yaml").write_text(sample.changed((old, new)), encoding="utf-8")
    code, said = run(commands.check_path, folder)
    assert code == 0
    assert said.splitlines()[1:] == ([f"    The {unused} is never used."] if unused else [])


def test_check_remarks_on_a_measure_that_no_rule_gives(folder: Path) -> None:
    text = sample.changed(
        ("measures: [briefing, report]", "measures: [report]"), ("measures: [briefing]", "measures: [report]")
    )
    (folder / "sample" / "2024-03-01.yaml").write_text(text, encoding="utf-8")
    assert "The measure briefing is never used." in run(commands.check_path, folder)[1]


def test_check_takes_a_file_too(folder: Path) -> None:
    assert run(commands.check_path, folder / "sample" / "2024-03-01.yaml")[0] == 0


def test_check_prints_every_problem_with_its_place(folder: Path) -> None:
    path = folder / "sample" / "2024-03-01.yaml"
    path.write_text(sample.changed(("precedence: 20", "precedence: x"), ("hit: first", "hit: last")), encoding="utf-8")
    code, said = run(commands.check_path, folder)
    assert code == 1
    lines = sample.TEXT.splitlines()
    expected = [f"{lines.index('precedence: 20') + 1}:13", f"{lines.index('    hit: first') + 1}:10"]
    assert [line.split(": ")[0].split(".yaml:")[1] for line in said.splitlines()] == expected


def test_check_reports_a_scenario_that_cannot_be_read(folder: Path) -> None:
    code, said = run(commands.check_path, with_scenario(folder, "sometimes"))
    assert (code, "one.yaml:6:23: There is no outcome “sometimes”" in said) == (1, True)


@pytest.mark.parametrize("command", [commands.check_path, commands.test_path])
def test_an_empty_folder_is_no_success(command: object, tmp_path: Path) -> None:
    code, said = run(command, tmp_path)
    assert (code, "no framework here" in said) == (1, True)


def test_test_fails_without_scenarios(folder: Path) -> None:
    code, said = run(commands.test_path, folder)
    assert (code, "there are no scenarios" in said) == (1, True)


def test_test_prints_what_differs_and_where(folder: Path) -> None:
    code, said = run(commands.test_path, with_scenario(folder, "refuse"))
    assert code == 1
    assert "one.yaml:3: military" in said
    assert "The outcome is ask-first, not refuse." in said
    assert "0 of 1 scenarios pass" in said


def test_test_names_the_changes_that_no_scenario_notices(folder: Path) -> None:
    code, said = run(commands.test_path, with_scenario(folder, "ask-first"))
    assert code == 1
    assert "1 of 1 scenarios pass" in said
    assert "No scenario notices it when in rule C-watched the advice becomes refuse." in said
    assert "in rule M-unsafe the advice becomes refuse" not in said


def test_test_refuses_what_check_refuses(folder: Path) -> None:
    (folder / "sample" / "2024-03-01.yaml").write_text("framework: x", encoding="utf-8")
    assert run(commands.test_path, folder)[0] == 1
    assert run(commands.test_path, with_scenario(folder, "sometimes"))[0] == 1


def test_the_frameworks_of_the_demo_are_in_order() -> None:
    code, said = run(commands.test_path, sample.FRAMEWORKS)
    assert code == 0
    assert said.count("scenarios pass") == len(read_frameworks(sample.FRAMEWORKS))
    assert "No scenario notices" not in said
