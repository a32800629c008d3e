"""`hanze policy tck`: the standard's own kit through each executor, and a kit in which things go wrong."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from hanze.cli import main
from hanze.policy.dmn.tck import BACKENDS, run_kit, same

KIT = Path(__file__).parents[4] / "shared" / "data" / "dmn-tck"
MODEL = """<?xml version="1.0"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m" namespace="m">
  <inputData id="i" name="Age"><variable name="Age" typeRef="number"/></inputData>
  <decision id="d" name="Fee"><variable name="Fee" typeRef="number"/>
    <informationRequirement><requiredInput href="#i"/></informationRequirement>
    <literalExpression><text>{expression}</text></literalExpression></decision>
</definitions>"""
CASES = """<?xml version="1.0"?>
<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <testCase id="001"><inputNode name="Age"><value xsi:type="xsd:decimal">4</value></inputNode>
    <resultNode name="Fee" type="decision">
      <expected><value xsi:type="xsd:decimal">{expected}</value></expected></resultNode>
  </testCase>
</testCases>"""


@pytest.mark.skipif(not KIT.is_dir(), reason="the kit of ../shared/data is not here")
@pytest.mark.parametrize("backend", BACKENDS)
def test_every_case_of_level_2_passes_on_every_executor(backend) -> None:
    results = list(run_kit(KIT / "compliance-level-2", backend))
    assert [each for each in results if not each.passed] == []
    assert len(results) == 116


def write_kit(folder: Path, expression: str = "Age * 2", expected: str = "8") -> Path:
    place = folder / "level" / "0001-fee"
    place.mkdir(parents=True)
    (place / "fee.dmn").write_text(MODEL.format(expression=expression), "utf-8")
    (place / "fee-test-01.xml").write_text(CASES.format(expected=expected), "utf-8")
    return folder


def run(capsys, *arguments: object) -> tuple[int, list[str]]:
    code = main(["policy", "tck", *map(str, arguments)])
    return code, capsys.readouterr().out.splitlines()


def test_the_last_line_says_how_many_passed(tmp_path, capsys) -> None:
    code, lines = run(capsys, write_kit(tmp_path), "-o", tmp_path / "results.csv")
    assert (code, lines) == (0, ["1/1"])


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_wrong_answer_is_an_error_with_what_it_was(tmp_path, capsys, backend) -> None:
    out = tmp_path / "results.csv"
    code, lines = run(capsys, write_kit(tmp_path, expected="9"), "--backend", backend, "-o", out)
    assert code == 1
    assert lines[-1] == "0/1"
    (row,) = csv.reader(out.read_text("utf-8").splitlines())
    assert row[:4] == ["level/0001-fee", "fee-test-01", "001", "ERROR"]
    assert "expected" in row[4]


def test_results_are_written_in_the_form_of_the_kit(tmp_path, capsys) -> None:
    out = tmp_path / "results.csv"
    run(capsys, write_kit(tmp_path), "-o", out)
    assert out.read_text("utf-8") == '"level/0001-fee","fee-test-01","001","SUCCESS",""\n'


def test_a_model_that_cannot_be_read_is_an_error_of_its_cases_and_stops_nothing(tmp_path, capsys) -> None:
    code, lines = run(capsys, write_kit(tmp_path, expression="Age +"), "-o", tmp_path / "results.csv")
    assert code == 1
    assert lines[-1] == "0/1"
    assert "DmnError" in lines[0]


def test_a_folder_without_models_is_said_to_be_one(tmp_path, capsys) -> None:
    code, lines = run(capsys, tmp_path, "-o", tmp_path / "results.csv")
    assert code == 1
    assert "no models" in lines[0]


@pytest.mark.parametrize(
    ("expected", "got", "alike"),
    [
        (Decimal("100"), Decimal("100.0000001"), True),
        (Decimal("100"), Decimal("100.0001"), False),
        ([Decimal(1), "a"], (Decimal(1), "a"), True),
        (["a", "b"], ["b", "a"], False),
        ({"a": None}, {"a": None}, True),
        ({"a": None}, {}, False),
        (None, None, True),
        (True, Decimal(1), False),
        ("1", Decimal(1), False),
    ],
)
def test_values_are_compared_as_the_kit_does(expected, got, alike) -> None:
    assert same(expected, got) is alike
