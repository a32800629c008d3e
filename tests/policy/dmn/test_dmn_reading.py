"""Reading DMN models: every edition, every kind of logic in the grammar, and each refusal by name and place."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from hanze.policy.dmn.problems import DmnError
from hanze.policy.dmn.reading import read_dmn, read_dmn_bytes
from hanze.policy.dmn.xml import LARGEST
from hanze.policy.evaluating import run_model
from hanze.policy.framework import Problem
from tests.policy.dmn.models import INPUTS, NAMESPACES, deciding, definitions, literal, rule, table


def refused(content: bytes) -> list[Problem]:
    with pytest.raises(DmnError) as caught:
        read_dmn_bytes(content, "some.dmn")
    return caught.value.problems


def answer(content: bytes, **inputs: object) -> object:
    return run_model(read_dmn_bytes(content), {name.replace("_", " "): value for name, value in inputs.items()})[
        "Answer"
    ]


class TestWhatIsRead:
    @pytest.mark.parametrize("edition", sorted(NAMESPACES))
    def test_every_edition_from_1_1_to_1_5(self, edition: str) -> None:
        assert answer(deciding(literal("Guest count * 2"), edition=edition), Guest_count=4) == Decimal(8)

    @pytest.mark.parametrize("type", ["number", "feel:number"])
    def test_a_type_with_or_without_a_prefix(self, type: str) -> None:
        assert answer(deciding(literal("Guest count"), f'typeRef="{type}"'), Guest_count=4) == Decimal(4)

    def test_a_table_with_the_first_rule_that_holds(self) -> None:
        rules = rule("&gt; 10", "-", '"large"') + rule("-", '"delegation","mission"', '"known"') + rule("", "", '"any"')
        content = deciding(table(rules, "FIRST"))
        assert answer(content, Guest_count=11, Kind="x") == "large"
        assert answer(content, Guest_count=1, Kind="mission") == "known"
        assert answer(content, Guest_count=1, Kind="x") == "any"

    @pytest.mark.parametrize(
        ("aggregation", "expected"), [("SUM", 60), ("COUNT", 3), ("MIN", 10), ("MAX", 30), ("", [10, 20, 30])]
    )
    def test_what_a_table_collects(self, aggregation: str, expected: object) -> None:
        rules = rule("-", "-", "10") + rule("&gt; 1", "-", "20") + rule("&gt; 2", "-", "30")
        more = f'aggregation="{aggregation}"' if aggregation else ""
        assert answer(deciding(table(rules, "COLLECT", more)), Guest_count=5, Kind="x") == expected

    def test_rules_without_an_id_are_counted(self) -> None:
        logic = read_dmn_bytes(deciding(table(rule("-", "-", "1") + rule("1", "-", "2"), "FIRST"))).decisions[0].logic
        assert [each.id for each in logic.rules] == ["1", "2"]  # type: ignore[union-attr]

    def test_a_context_whose_entries_use_the_earlier_ones(self) -> None:
        entries = (
            f'<contextEntry><variable name="Seats" typeRef="number"/>{literal("Guest count + 2")}</contextEntry>'
            f'<contextEntry><variable name="Cost" typeRef="number"/>{literal("Seats * 10")}</contextEntry>'
        )
        assert answer(deciding(f"<context>{entries}</context>"), Guest_count=4) == {"Seats": 6, "Cost": 60}
        result = f"<contextEntry>{literal('Cost + 1')}</contextEntry>"
        assert answer(deciding(f"<context>{entries}{result}</context>"), Guest_count=4) == 61

    def test_a_function_that_a_boxed_invocation_calls(self) -> None:
        function = f"""<businessKnowledgeModel id="b" name="Twice"><variable name="Twice"/><encapsulatedLogic>
        <formalParameter name="x" typeRef="number"/>{literal("x * 2")}</encapsulatedLogic></businessKnowledgeModel>"""
        binding = f'<binding><parameter name="x"/>{literal("Guest count + 1")}</binding>'
        logic = f"<invocation>{literal('Twice')}{binding}</invocation>"
        content = deciding(logic).replace(b"</definitions>", function.encode() + b"</definitions>")
        assert answer(content, Guest_count=4) == Decimal(10)

    def test_the_allowed_values_of_an_item_definition(self) -> None:
        item = """<itemDefinition name="tKind"><typeRef>string</typeRef>
        <allowedValues><text>"a","b"</text></allowedValues></itemDefinition>"""
        content = definitions(
            f"""{item}<inputData id="i" name="Kind"><variable name="Kind" typeRef="tKind"/></inputData>
            <decision id="d" name="Answer"><informationRequirement><requiredInput href="#i"/></informationRequirement>
            {literal("Kind")}</decision>"""
        )
        assert answer(content, Kind="a") == "a"
        assert answer(content, Kind="c") is None

    def test_decisions_come_after_what_they_require_in_whatever_order_they_stand(self) -> None:
        def decision(name: str, needs: str, text: str) -> str:
            need = (
                f'<informationRequirement><requiredDecision href="#{needs}"/></informationRequirement>' if needs else ""
            )
            return f'<decision id="{name}" name="{name}">{need}{literal(text)}</decision>'

        model = read_dmn_bytes(
            definitions(decision("c", "b", "b + 1") + decision("b", "a", "a + 1") + decision("a", "", "1"))
        )
        assert [each.name for each in model.decisions] == ["a", "b", "c"]
        assert run_model(model, {})["c"] == Decimal(3)


DECISION = '<decision id="d" name="D">{}</decision>'
NEED = '<informationRequirement><required{} href="{}"/></informationRequirement>'
REFUSALS = {
    "another kind of XML": (b"<a/>", "no DMN model", "1.1 to 1.5"),
    "an edition that is not known": (definitions("").replace(b"20191111", b"19991111"), "no DMN model", "1.1 to 1.5"),
    "an import": (definitions('<import name="Other" namespace="n" importType="t"/>'), "imports “Other”", "one file"),
    "another language": (definitions("", attributes='expressionLanguage="urn:groovy"'), "urn:groovy", "FEEL"),
    "another language in an expression": (
        deciding('<literalExpression expressionLanguage="javascript"><text>1</text></literalExpression>'),
        "javascript",
        "FEEL",
    ),
    "values from elsewhere": (
        deciding("<literalExpression><importedValues/></literalExpression>"),
        "importedValues",
        "Write them out",
    ),
    "a boxed relation": (deciding("<relation/>"), "boxed relation", "decision table"),
    "a boxed list": (deciding("<list/>"), "boxed list", "decision table"),
    "a boxed function": (deciding("<functionDefinition/>"), "boxed functionDefinition", "decision table"),
    "a boxed conditional": (deciding("<conditional/>"), "boxed conditional", "decision table"),
    "a boxed filter": (deciding("<filter/>"), "boxed filter", "decision table"),
    "a decision without logic": (deciding(""), "no logic", "decision table"),
    "an expression beyond the grammar": (deciding(literal("if true then 1 else 2")), "if", "table"),
    "a cell beyond the grammar": (deciding(table(rule("&gt; ", "-", "1"))), ">", ""),
    "a type that nothing defines": (deciding(literal("1"), 'typeRef="tNone"'), "tNone", "itemDefinition"),
    "a reference to nothing": (definitions(DECISION.format(NEED.format("Input", "#no") + literal("1"))), "#no", "same"),
    "a reference to another file": (
        definitions(INPUTS + DECISION.format(NEED.format("Input", "other.dmn#i1") + literal("1"))),
        "other.dmn#i1",
        "same file",
    ),
    "a name that is not required": (definitions(INPUTS + DECISION.format(literal("Kind"))), "Kind", ""),
    "two ids alike": (definitions(INPUTS + INPUTS.replace("name=", 'label="" name=')), "id “i1”", "own id"),
    "two names alike": (
        definitions(INPUTS + INPUTS.replace("id=", 'label="" id=').replace('"i', '"j')),
        "twice",
        "own",
    ),
    "an input without a name": (definitions('<inputData id="i"/>'), "no name", "Give it a name"),
    "an unknown hit policy": (deciding(table(rule("-", "-", "1"), "SOME")), "SOME", "UNIQUE, ANY"),
    "an unknown aggregation": (
        deciding(table(rule("-", "-", "1"), "COLLECT", 'aggregation="MEAN"')),
        "MEAN",
        "SUM, COUNT",
    ),
    "an aggregation of one": (deciding(table(rule("-", "-", "1"), "FIRST", 'aggregation="SUM"')), "FIRST", "COLLECT"),
    "a table without an output": (deciding(table("", outputs="")), "no output", "output column"),
    "outputs without a name": (
        deciding(table("", outputs='<output id="a"/><output id="b"/>')),
        "told apart",
        "name of its own",
    ),
    "a rule with too few cells": (deciding(table(rule("-", "1"))), "1 cells", "one for each"),
    "a function in Java": (
        definitions(
            f'<businessKnowledgeModel id="b" name="B"><encapsulatedLogic kind="Java">{literal("1")}'
            "</encapsulatedLogic></businessKnowledgeModel>"
        ),
        "Java",
        "FEEL",
    ),
    "a call of nothing": (deciding(f"<invocation>{literal('Nothing')}</invocation>"), "Nothing", "knowledge model"),
    "decisions in a circle": (
        definitions(
            f'<decision id="a" name="A">{NEED.format("Decision", "#b")}{literal("B")}</decision>'
            f'<decision id="b" name="B">{NEED.format("Decision", "#a")}{literal("A")}</decision>'
        ),
        "A → B → A",
        "Break the circle",
    ),
    "types in a circle": (
        definitions(
            '<itemDefinition name="tA"><itemComponent name="b"><typeRef>tB</typeRef></itemComponent></itemDefinition>'
            '<itemDefinition name="tB"><itemComponent name="a"><typeRef>tA</typeRef></itemComponent></itemDefinition>'
        ),
        "tA → tB → tA",
        "apart",
    ),
}


class TestWhatIsRefused:
    @pytest.mark.parametrize("what", REFUSALS)
    def test_in_words_with_what_to_do_instead(self, what: str) -> None:
        content, message, hint = REFUSALS[what]
        found = refused(content)
        assert any(message in each.message and hint in each.hint for each in found), found
        assert all(each.file == "some.dmn" and each.line >= 1 and each.column >= 1 for each in found)

    def test_at_the_character_where_it_goes_wrong(self) -> None:
        content = deciding(table(rule("-", "-", "1") + "\n" + rule("&lt; 5,\n   &gt; ", "-", "2")))
        (problem,) = refused(content)
        lines = content.decode().replace("&gt;", ">").splitlines()
        assert lines[problem.line - 1].startswith("   > ")

    def test_with_everything_that_is_wrong_in_the_order_of_the_file(self) -> None:
        found = refused(deciding(table(rule("1 +", "-", "1") + "\n" + rule("-", "nothing known", ")"))))
        assert len(found) == 3
        assert [each.line for each in found] == sorted(each.line for each in found)

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(DmnError, match="cannot be read"):
            read_dmn(tmp_path / "none.dmn")

    def test_a_file_that_is_too_large(self, tmp_path: Path) -> None:
        file = tmp_path / "large.dmn"
        with file.open("wb") as stream:
            stream.truncate(100_000_000)
        with pytest.raises(DmnError, match=str(LARGEST)):
            read_dmn(file)
