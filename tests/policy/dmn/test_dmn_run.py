"""`hanze policy dmn run`: one case through a model of others, with the rules that gave each result."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanze.cli import main
from tests.policy.dmn.models import deciding, definitions, literal, rule, table

TYPED = definitions(
    f"""<itemDefinition name="tLoan"><itemComponent name="amount"><typeRef>number</typeRef></itemComponent>
    <itemComponent name="start"><typeRef>date</typeRef></itemComponent></itemDefinition>
    <itemDefinition name="tWords" isCollection="true"><typeRef>string</typeRef></itemDefinition>
    <itemDefinition name="tKind"><typeRef>string</typeRef>
    <allowedValues><text>"a","b"</text></allowedValues></itemDefinition>
    <inputData id="i" name="Loan"><variable name="Loan" typeRef="tLoan"/></inputData>
    <inputData id="w" name="Words"><variable name="Words" typeRef="tWords"/></inputData>
    <inputData id="k" name="Kind"><variable name="Kind" typeRef="tKind"/></inputData>
    <decision id="d" name="Half"><informationRequirement><requiredInput href="#i"/></informationRequirement>
    {literal("Loan.amount / 2")}</decision>
    <decision id="c" name="Count"><informationRequirement><requiredInput href="#w"/></informationRequirement>
    {literal("count(Words)")}</decision>"""
)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "model.dmn"
    rules = rule("&gt; 10", "-", '"large"') + rule("-", '"water"', '"known"')
    path.write_bytes(deciding(table(rules.replace("<rule>", '<rule id="R1">', 1), "FIRST")))
    return path


@pytest.fixture
def typed(tmp_path: Path) -> Path:
    path = tmp_path / "typed.dmn"
    path.write_bytes(TYPED)
    return path


def test_each_decision_is_shown_with_the_rule_that_gave_it(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "dmn", "run", str(model), "--input", "Guest count=12", "--input", "Kind=water"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Guest count = 12",
        'Kind = "water"',
        'Answer: "large"    (rule R1)',
    ]


def test_an_input_that_is_left_out_is_null(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "dmn", "run", str(model), "--input", "Kind=water"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Guest count = null",
        'Kind = "water"',
        'Answer: "known"    (rule 2)',
    ]


@pytest.mark.parametrize(
    "inputs",
    [["Loan.amount=5", "Loan.start=2024-09-11"], ['Loan={"amount": 5}', 'Words=["a", "b"]'], ["Loan.amount=5.0"]],
)
def test_fields_and_lists_can_be_given(typed: Path, capsys: pytest.CaptureFixture[str], inputs: list[str]) -> None:
    given = [part for each in inputs for part in ("--input", each)]
    assert main(["policy", "dmn", "run", str(typed), *given]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "Half: 2.5" in lines
    assert f"Count: {'2' if len(inputs) > 1 and inputs[1].startswith('Words') else 'null'}" in lines


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("Guests", "NAME=VALUE"),
        ("Loann=1", "no input “Loann”. Did you mean Loan?"),
        ("Loan.amount=much", "“much” cannot be used. Write a number"),
        ("Loan.amuont=1", "no field “amuont”. Did you mean amount?"),
        ("Loan.start=2024-02-30", "Write a date"),
        ("Kind=c", "It is not one of the values that the model allows"),
        ("Words=5", "Write a list"),
        ('Loan={"amount": [', "Write a context"),
    ],
)
def test_a_wrong_input_is_refused_in_words(
    typed: Path, capsys: pytest.CaptureFixture[str], given: str, said: str
) -> None:
    assert main(["policy", "dmn", "run", str(typed), "--input", given]) == 1
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""


def test_a_model_that_is_refused_is_said_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bad.dmn"
    path.write_bytes(deciding("<relation/>"))
    assert main(["policy", "dmn", "run", str(path)]) == 1
    assert f"{path}:7:1: A boxed relation" in capsys.readouterr().err
