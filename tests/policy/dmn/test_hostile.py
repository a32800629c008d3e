"""A hostile or damaged DMN file: the declared error in bounded time, and nothing outside the file is read."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.policy.dmn.problems import DmnError
from hanze.policy.dmn.reading import read_dmn_bytes
from hanze.policy.dmn.xml import DEEPEST, MOST_ELEMENTS
from tests.policy.dmn.models import NAMESPACES, deciding, definitions, literal, rule, table

LONGEST = 10.0  # seconds; an honest file takes milliseconds, an expanded bomb for ever
WHOLE = deciding(table(rule("[1..5]", '"a", "b"', '"x"') + rule("not(&gt; 3)", "-", "Guest count + 1"), "FIRST"))
LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(12))
HOSTILE = {
    "a billion laughs": f'<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}]><definitions>&l12;</definitions>'.encode(),
    "one very long entity": f'<!DOCTYPE d [<!ENTITY a "{"a" * 100_000}">]><d>{"&a;" * 10_000}</d>'.encode(),
    "a parameter entity": b'<!DOCTYPE d [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]><d/>',
    "a document type elsewhere": b'<!DOCTYPE d SYSTEM "http://example.org/d.dtd"><d/>',
    "an entity without a declaration": b"<d>&secret;</d>",
    "deep nesting": b"<d>" * (DEEPEST + 1) + b"</d>" * (DEEPEST + 1),
    "very deep nesting": b"<d>" * 1_000_000,
    "too many elements": b"<d>" + b"<e/>" * (MOST_ELEMENTS + 1) + b"</d>",
    "a hundred megabytes": b"<d>" + b" " * 100_000_000,
    "deep expressions": deciding(literal("(" * 4000 + "1" + ")" * 4000)),
    "deep tests": deciding(literal("Guest count in (" * 500 + "1" + ")" * 500)),
    "many signs": deciding(literal("-" * 9_999 + "1")),
    "a very long expression": deciding(literal("1 + " * 100_000 + "1")),
    "contexts in contexts": deciding("<context><contextEntry>" * 40 + "</contextEntry></context>" * 40),
    "a long chain of decisions": definitions(
        "".join(
            f'<decision id="d{n}" name="d{n}"><informationRequirement><requiredDecision href="#d{n + 1}"/>'
            f"</informationRequirement>{literal('1')}</decision>"
            for n in range(5_000)
        )
    ),
    "an encoding that is none": b'<?xml version="1.0" encoding="rot13"?><d/>',
    "an encoding that lies": b'<?xml version="1.0" encoding="UTF-16"?><d/>',
    "no text": b"",
    "null bytes": b"\x00" * 1000,
    "a prefix that means nothing": b"<x:definitions/>",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_is_refused_in_bounded_time(what: str) -> None:
    began = time.process_time()
    with pytest.raises(DmnError) as caught:
        read_dmn_bytes(HOSTILE[what])
    assert time.process_time() - began < LONGEST
    assert all(each.message and each.hint for each in caught.value.problems)


def test_no_file_is_read_through_an_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the-secret", "utf-8")
    content = f'<!DOCTYPE d [<!ENTITY e SYSTEM "{secret.as_uri()}">]><d xmlns="{NAMESPACES["1.3"]}">&e;</d>'
    with pytest.raises(DmnError) as caught:
        read_dmn_bytes(content.encode())
    assert "DOCTYPE" in str(caught.value)
    assert "the-secret" not in str(caught.value)


def read_or_refuse(content: bytes) -> None:
    began = time.process_time()
    with contextlib.suppress(DmnError):
        read_dmn_bytes(content)
    assert time.process_time() - began < LONGEST


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    read_or_refuse(content)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_damaged_model_is_read_or_refused(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(WHOLE)))
    end = data.draw(st.integers(start, min(len(WHOLE), start + 60)))
    piece = data.draw(st.one_of(st.binary(max_size=6), st.sampled_from([WHOLE[start:end] * 2, b"<", b"&lt;", b'"'])))
    read_or_refuse(WHOLE[:start] + piece + WHOLE[end:])


WORDS = (
    *("Guest count", "Kind", "1", "-", "not(", ")", "(", "[", "]", "..", ",", "in", "and", "or", "null", '"a"', ".x"),
    *("+", "**", "/", "=", "&lt;", "date(", "sum(", "true", "?", "{", "between", "if", "é", "1e5"),
)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_any_cells_and_results_are_read_or_refused(cell: str, other: str, result: str) -> None:
    read_or_refuse(deciding(table(rule(cell, other, result))))


LEAVES = ("literalExpression", "text", "decisionTable", "context", "input", "rule", "variable", "binding")
BRANCHES = (
    *("decision", "context", "contextEntry", "decisionTable", "invocation", "binding", "input", "output", "rule"),
    *("inputEntry", "itemDefinition", "itemComponent", "businessKnowledgeModel", "encapsulatedLogic"),
)
TREES = st.recursive(
    st.sampled_from(LEAVES).map(lambda name: f'<{name} name="n" typeRef="number">1</{name}>'),
    lambda inner: st.tuples(st.sampled_from(BRANCHES), st.lists(inner, max_size=3)).map(
        lambda made: f'<{made[0]} name="n" id="n">{"".join(made[1])}</{made[0]}>'
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(TREES)
def test_elements_in_the_wrong_place_are_read_or_refused(tree: str) -> None:
    read_or_refuse(definitions(tree))
