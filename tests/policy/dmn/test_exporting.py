"""A framework as DMN: whole, readable for other tools, and with the advice of the framework in every complete case."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hanze.policy import (
    Fact,
    Framework,
    FrameworkError,
    Rule,
    applies,
    assess,
    read_framework,
    read_framework_text,
    read_frameworks,
)
from hanze.policy.dmn import DmnError, read_dmn_bytes
from hanze.policy.dmn.exporting import framework_to_dmn
from hanze.policy.dmn.feel import asked_of_items
from hanze.policy.dmn.importing import framework_from_dmn
from hanze.policy.dmn.xml import Element, parse
from hanze.policy.evaluating import run_model
from hanze.policy.parsing import parse_cell
from tests.policy import random_documents, random_frameworks, random_language, sample

LANGUAGE = read_framework(sample.PATH.with_name("language.yaml"))
LANGUAGE_TEXT = LANGUAGE.path.read_text(encoding="utf-8")
KEPT = [*read_frameworks(sample.FRAMEWORKS), LANGUAGE, sample.read()]
each_kept = pytest.mark.parametrize("framework", KEPT, ids=lambda framework: framework.id)


def everything(element: Element) -> Iterator[Element]:
    yield element
    for child in element.children:
        yield from everything(child)


def refusals(data: bytes) -> list[str]:
    with pytest.raises(DmnError) as refused:
        framework_from_dmn(data, "changed.dmn")
    return [str(problem) for problem in refused.value.problems]


def changed(framework: Framework, table: str, old: bytes, new: bytes) -> bytes:
    """The export with a piece replaced within one decision, and not in the text of the framework."""
    data = framework_to_dmn(framework)
    start = data.index(b'<decision id="decision.' + table.encode() + b'"')
    assert old in data[start:], old
    return data[:start] + data[start:].replace(old, new, 1)


class TestTheFile:
    @each_kept
    def test_an_import_of_an_export_is_the_same_framework(self, framework: Framework) -> None:
        assert framework_from_dmn(framework_to_dmn(framework), "x.dmn").content_hash == framework.content_hash

    @given(random_frameworks.frameworks)
    @settings(max_examples=20, deadline=None)
    def test_so_it_is_for_any_tables(self, framework: Framework) -> None:
        assert framework_from_dmn(framework_to_dmn(framework), "x.dmn").content_hash == framework.content_hash

    @given(st.integers(0, 10**6))
    @settings(max_examples=20, deadline=None)
    def test_so_it_is_for_any_derived_facts_and_conditions(self, seed: int) -> None:
        framework = random_documents.framework(random_language.seeded(seed))
        if framework is not None:
            assert framework_from_dmn(framework_to_dmn(framework), "x.dmn").content_hash == framework.content_hash

    @each_kept
    def test_ids_are_unique_and_every_reference_leads_somewhere(self, framework: Framework) -> None:
        root = parse(framework_to_dmn(framework))
        ids = [each.get("id") for each in everything(root) if each.get("id") and "hanze" not in each.namespace]
        assert len(ids) == len(set(ids))
        assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.-]*", each) for each in ids)
        references = [each.get("href").removeprefix("#") for each in everything(root) if each.get("href")]
        references += [each.get("dmnElementRef") for each in everything(root) if each.get("dmnElementRef")]
        assert references
        assert set(references) <= set(ids)

    @each_kept
    def test_every_part_and_every_arrow_stands_in_the_diagram_on_a_place_of_its_own(self, framework: Framework) -> None:
        root = parse(framework_to_dmn(framework))
        parts = {each.get("id") for each in root.all("inputData", "decision", "knowledgeSource")}
        arrows = {each.get("id") for each in everything(root) if each.name.endswith("Requirement")}
        drawn = {each.get("dmnElementRef") for each in everything(root) if each.name in ("DMNShape", "DMNEdge")}
        assert drawn == parts | arrows
        places = [(each.get("x"), each.get("y")) for each in everything(root) if each.name == "Bounds"]
        assert len(places) == len(set(places)) == len(parts)

    @each_kept
    def test_every_type_that_is_named_is_defined(self, framework: Framework) -> None:
        root = parse(framework_to_dmn(framework))
        defined = {each.get("name") for each in root.all("itemDefinition")}
        basic = {"string", "number", "boolean", "date", "date and time", "days and time duration"}
        named = {each.get("typeRef") for each in everything(root) if each.get("typeRef")}
        named |= {each.text for each in everything(root) if each.name == "typeRef"}
        assert named <= defined | basic
        assert len(defined) == len(list(root.all("itemDefinition")))

    @each_kept
    def test_every_rule_says_why_and_where_that_is_written(self, framework: Framework) -> None:
        root = parse(framework_to_dmn(framework))
        for table, rule in framework.rules():
            found = next(
                each for each in everything(root) if each.get("id").endswith(f".rule.{rule.id.replace('-', '_')}")
            )
            said = {each.name: each for each in found.first("extensionElements").children}  # type: ignore[union-attr]
            assert (said["because"].get("nl"), said["because"].get("en")) == (rule.because.nl, rule.because.en), (
                table.id
            )
            assert said["source"].get("document") == rule.source.document

    def test_a_fact_may_have_the_name_of_a_decision_and_names_may_look_alike(self) -> None:
        text = LANGUAGE_TEXT.replace("économie", "advice").replace("public:", "line_care:")
        text = text.replace("starts_on", "a-b").replace("ends_on", "a_b")
        framework = read_framework_text(text.encode(), sample.PATH)
        data = framework_to_dmn(framework)
        names = [each.name for each in read_dmn_bytes(data).decisions]
        assert {"advice_", "line_care_"} <= set(names)
        assert framework_from_dmn(data, "x.dmn").content_hash == framework.content_hash

    def test_lists_are_written_out_and_days_as_feel_has_them(self) -> None:
        text = framework_to_dmn(sample.read()).decode()
        tables = text[text.index("<decision ") :]
        assert "in_list" not in tables
        watched = ", ".join(f'"{each.code}"' for each in sample.read().named_list("watched").items)
        assert f"<text>{watched}</text>" in tables
        assert not re.search(r'(?<!")\b20\d\d-\d\d-\d\d(?!")', re.sub(r'id="[^"]*"', "", tables))


class TestWhatAnotherToolChanged:
    def test_a_changed_cell_is_refused_with_its_table_and_rule(self) -> None:
        (said,) = refusals(changed(LANGUAGE, "line_care", b"&gt;= 3", b"&gt;= 4"))
        assert "line_care" in said
        assert "C_points" in said
        assert "“>= 4”" in said
        assert "“>= 3”" in said

    def test_so_are_a_result_a_hit_policy_and_a_reason(self) -> None:
        assert refusals(changed(LANGUAGE, "line_care", b'<text>"consult"</text>', b'<text>"refuse"</text>'))
        assert refusals(changed(LANGUAGE, "line_care", b'hitPolicy="OUTPUT ORDER"', b'hitPolicy="FIRST"'))
        assert refusals(changed(LANGUAGE, "line_care", b"Veel punten.", b"Weinig punten."))

    def test_so_is_a_rule_left_out_or_added(self) -> None:
        data = framework_to_dmn(LANGUAGE)
        start = data.rindex(b"<rule ", 0, data.index(b"Veel punten.", data.index(b'id="decision.line_care"')))
        end = data.index(b"</rule>", start) + len(b"</rule>")
        assert "missing" in refusals(data[:start] + data[end:])[0]
        twice = data[start:end].replace(b'id="', b'id="new.')
        assert "not in the framework" in refusals(data[:end] + twice + data[end:])[0]

    def test_so_are_rules_in_another_order(self) -> None:
        data = framework_to_dmn(LANGUAGE)
        start = data.index(b"<rule ", data.index(b'id="decision.line_care"'))
        middle = data.index(b"</rule>", start) + len(b"</rule>")
        end = data.index(b"</rule>", middle) + len(b"</rule>")
        assert "another order" in refusals(data[:start] + data[middle:end] + data[start:middle] + data[end:])[0]

    def test_what_tools_add_of_their_own_and_where_they_draw_it_does_not_matter(self) -> None:
        data = framework_to_dmn(LANGUAGE)
        data = data.replace(b"<definitions ", b'<definitions xmlns:tool="urn:tool" tool:version="9" ', 1)
        data = data.replace(b'<Bounds x="80"', b'<Bounds x="95"').replace(b'exporter="Hanze"', b'exporter="Other"')
        data = data.replace(
            b'<decisionTable id="decision.line_care.table"',
            b'<decisionTable tool:width="3" id="decision.line_care.table"',
        )
        assert framework_from_dmn(data, "x.dmn").content_hash == LANGUAGE.content_hash

    def test_a_model_of_another_is_no_framework(self) -> None:
        other = b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="m" namespace="n"/>'
        assert "not exported from a framework" in refusals(other)[0]

    def test_a_mistake_in_the_text_is_named_at_its_line_in_the_file(self) -> None:
        data = framework_to_dmn(LANGUAGE).replace(b"hit: priority", b"hit: prioriti")
        (said,) = refusals(data)
        line = data[: data.index(b"hit: prioriti")].count(b"\n") + 1
        assert said.startswith(f"changed.dmn:{line}:")

    @given(st.data())
    @settings(max_examples=60, deadline=None)
    def test_whatever_is_changed_is_read_or_refused_in_words(self, data: st.DataObject) -> None:
        export = framework_to_dmn(LANGUAGE)
        start = data.draw(st.integers(0, len(export)))
        length = data.draw(st.integers(0, 40))
        piece = data.draw(
            st.one_of(st.binary(max_size=20), st.sampled_from([b"<rule>", b"</rule>", b'id="x"', b"&lt;"]))
        )
        problems = []
        try:
            framework = framework_from_dmn(export[:start] + piece + export[start + length :], "x.dmn")
        except FrameworkError as error:
            problems = error.problems
        else:
            assert framework.id
        assert all(problem.line > 0 and problem.message for problem in problems)


VALUES: dict[str, list[Any]] = {
    "text": ["AA", "BB", "CC", "x"],
    "number": [Decimal(each) for each in ("0", "1", "2", "3", "5", "11", "100", "260", "1000", "6000")],
    "boolean": [True, False],
    "date": [date(2024, 1, 1), date(2024, 2, 29), date(2024, 6, 1), date(2025, 3, 1)],
    "date-time": [datetime(2024, 5, 1, 10), datetime(2024, 7, 1, 9, 30)],
    "duration": [timedelta(0), timedelta(days=11), timedelta(days=20)],
}


def drawn(fact: Fact, draw: random.Random) -> Any:
    pool = [choice.code for choice in fact.choices] or VALUES[fact.type]
    if fact.type == "number":
        least = Decimal(fact.minimum or 0)
        pool = [each for each in pool if least <= each <= (10**9 if fact.maximum is None else fact.maximum)]
    return tuple(draw.sample(pool, draw.randint(0, len(pool)))) if fact.many else draw.choice(pool)


def complete(framework: Framework, draw: random.Random) -> dict[str, Any]:
    return {fact.id: drawn(fact, draw) for fact in framework.facts}


def line_names(framework: Framework) -> dict[str, str]:
    return {table.id: f"line_{table.id.replace('-', '_')}" for table in framework.tables}


def results_of(rules: Iterable[Rule]) -> list[tuple[str, frozenset[str], str]]:
    return sorted((rule.advice or "", frozenset(rule.measures), rule.ground or "") for rule in rules)


def given_by(result: Any) -> list[tuple[str, frozenset[str], str]]:
    rows = result if isinstance(result, list) else [result] if result else []
    return sorted((row["advice"], frozenset(row["measures"]), row["ground"]) for row in rows)


class TestWhatTheTablesGive:
    @each_kept
    def test_every_line_and_the_whole_give_what_the_framework_gives(self, framework: Framework) -> None:
        model = read_dmn_bytes(framework_to_dmn(framework))
        draw = random.Random(7)
        decided: set[tuple[str, ...]] = set()
        for _ in range(60):
            case = complete(framework, draw)
            advice = assess(framework, case)
            if advice.undecided:
                continue
            listed = {name: list(value) if isinstance(value, tuple) else value for name, value in case.items()}
            given = run_model(model, listed)
            assert given["advice"] == (advice.outcome.id if advice.outcome else None), case
            for table_id, name in line_names(framework).items():
                fired = [each.rule for each in advice.fired if each.table.id == table_id]
                wanted = results_of(fired[:1] if framework.table(table_id).hit == "any" else fired)
                assert given_by(given[name]) == wanted, (name, case)
            if framework.applies_to:
                assert given["applies"] is applies(framework, case)
            decided.add(tuple(each.rule.id for each in advice.fired))
        assert len(decided) > 5

    @given(random_frameworks.frameworks, random_frameworks.cases)
    @settings(max_examples=40, deadline=None)
    def test_so_it_is_for_any_tables_and_cases(self, framework: Framework, case: dict[str, Any]) -> None:
        advice = assess(framework, case)
        assume(not advice.undecided)
        expected = advice.outcome.id if advice.outcome else None
        assert run_model(read_dmn_bytes(framework_to_dmn(framework)), case)["advice"] == expected

    @given(st.integers(0, 10**6), st.integers(0, 10**6))
    @settings(max_examples=40, deadline=None)
    def test_so_it_is_for_any_derived_facts_lists_and_conditions(self, seed: int, other: int) -> None:
        framework = random_documents.framework(random_language.seeded(seed))
        assume(framework is not None)
        assert framework is not None
        data = framework_to_dmn(framework)
        assume(b"(some item in " not in data)
        drawn = random_language.case(random_language.seeded(other))
        case = {name: random_language.POOL[name][0] if value is None else value for name, value in drawn.items()}
        advice = assess(framework, case)
        assume(not advice.undecided)
        listed = {name: list(value) if isinstance(value, tuple) else value for name, value in case.items()}
        assert run_model(read_dmn_bytes(data), listed)["advice"] == (advice.outcome.id if advice.outcome else None)

    def test_an_interval_on_a_list_is_the_one_thing_that_takes_a_quantifier(self) -> None:
        lists = {each.id: each for each in LANGUAGE.lists}
        texts = {
            "water, culture": 'list contains(x, "water") or list contains(x, "culture")',
            "not(in_list(sensitive))": 'not(list contains(x, "high-tech"))',
        }
        for cell, asked in texts.items():
            assert asked_of_items("x", parse_cell(cell, "choice").tree, lists) == asked
        assert asked_of_items("x", parse_cell("> 2", "number").tree, lists) == "count(x) > 0 and max(x) > 2"
        assert asked_of_items("x", parse_cell("[1..2)", "number").tree, lists) == (
            "(some item in x satisfies item in [1..2))"
        )

    def test_a_line_gives_advice_measures_and_ground(self) -> None:
        model = read_dmn_bytes(framework_to_dmn(LANGUAGE))
        case = {"budget": Decimal(9000), "aantal bezoekers": Decimal(3), "starts_on": date(2024, 6, 1)}
        assert run_model(model, case)["line_money"] == {"advice": "refuse", "measures": [], "ground": "too-dear"}
