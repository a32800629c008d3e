"""One decision table, made with a seed, in the words of each engine; and cases for it.

Six facts; each rule tests three to six of them: a choice, a country, a kind, a yes or no, a number of people, a budget.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from hanze.policy import Framework, read_framework_text

SECTORS = [f"sector-{number}" for number in range(13)]
COUNTRIES = [chr(65 + number // 6) + chr(65 + number % 6) for number in range(30)]
KINDS = ["visit", "mission", "event", "talk", "investment", "other"]
FACTS = ("sector", "country", "kind", "dual_use", "people", "budget")
ADVICE = ("take-up", "with-care", "consult", "refuse")
Case = dict[str, Any]


@dataclass(frozen=True)
class OneOf:
    """The value is one of these."""

    values: tuple[str, ...]


@dataclass(frozen=True)
class Between:
    """At least `low`, less than `high`."""

    low: int
    high: int


@dataclass(frozen=True)
class Above:
    """More than this."""

    bound: int


@dataclass(frozen=True)
class Is:
    """The value is so, or is not."""

    value: bool


Condition = OneOf | Between | Above | Is


@dataclass(frozen=True)
class Rule:
    """A row of the table: its conditions by fact, and what it advises."""

    id: str
    conditions: dict[str, Condition]
    advice: str


def rules(count: int, seed: int = 1) -> list[Rule]:
    """So many rules at random."""
    draw = random.Random(seed)
    return [_rule(f"R{number}", draw) for number in range(count)]


def changed(old: Sequence[Rule], share: float = 0.05, seed: int = 2) -> list[Rule]:
    """The next version of a table: some of its rules are others."""
    draw = random.Random(seed)
    return [_rule(rule.id, draw) if draw.random() < share else rule for rule in old]


def _rule(rule_id: str, draw: random.Random) -> Rule:
    low = draw.randrange(0, 150)
    conditions: dict[str, Condition] = {
        "sector": OneOf(tuple(draw.sample(SECTORS, draw.randint(1, 5)))),
        "country": OneOf(tuple(draw.sample(COUNTRIES, draw.randint(2, 15)))),
        "kind": OneOf(tuple(draw.sample(KINDS, draw.randint(1, 4)))),
        "dual_use": Is(draw.random() < 0.5),
        "people": Between(low, low + draw.randrange(5, 80)),
        "budget": Above(draw.randrange(0, 100_000, 500)),
    }
    chosen = draw.sample(FACTS, draw.randint(3, 6))
    return Rule(rule_id, {fact: conditions[fact] for fact in FACTS if fact in chosen}, draw.choice(ADVICE))


def cases(count: int, seed: int = 3) -> list[Case]:
    """So many cases at random, nothing unknown."""
    draw = random.Random(seed)
    return [
        {
            "sector": draw.choice(SECTORS),
            "country": draw.choice(COUNTRIES),
            "kind": draw.choice(KINDS),
            "dual_use": draw.random() < 0.5,
            "people": draw.randrange(0, 220),
            "budget": draw.randrange(0, 110_000),
        }
        for _ in range(count)
    ]


def holds(rule: Rule, case: Case) -> bool:
    """Whether a rule holds for a case: what every engine has to say."""
    return all(_passes(condition, case[fact]) for fact, condition in rule.conditions.items())


def _passes(condition: Condition, value: Any) -> bool:
    match condition:
        case OneOf(values):
            return value in values
        case Between(low, high):
            return low <= value < high
        case Above(bound):
            return value > bound
        case Is(wanted):
            return value is wanted


def feel(condition: Condition) -> str:
    """A condition as a unary test of FEEL, as the DMN standard has it."""
    match condition:
        case OneOf(values):
            return ", ".join(f'"{value}"' for value in values)
        case Between(low, high):
            return f"[{low}..{high})"
        case Above(bound):
            return f"> {bound}"
        case Is(wanted):
            return "true" if wanted else "false"


def python(condition: Condition) -> str:
    """A condition as an expression of Python with ? for the value, as SpiffWorkflow has it."""
    match condition:
        case OneOf(values):
            return f"? in {list(values)!r}"
        case Between(low, high):
            return f"{low} <= ? < {high}"
        case Above(bound):
            return f"? > {bound}"
        case Is(wanted):
            return f"? == {wanted}"


def framework(table: Sequence[Rule], hit: str = "collect") -> Framework:
    """The table as a framework of Hanze."""
    return read_framework_text(framework_text(table, hit).encode(), Path("benchmark.yaml"))


def framework_text(table: Sequence[Rule], hit: str = "collect") -> str:
    """The table as YAML, ten rules to a line of action."""
    lines = "".join(_line(number, table[number : number + 10], hit) for number in range(0, len(table), 10))
    return f"{_HEAD}tables:\n{lines}"


def _both(text: str) -> str:
    return f"{{nl: {text}, en: {text}}}"


def _choices(codes: Sequence[str]) -> str:
    return "{" + ", ".join(f"{code}: {_both(code)}" for code in codes) + "}"


_SOURCE = 'source: {document: policy, section: "1"}'
_HEAD = f"""framework: benchmark
version: 2024-01-01
title: {_both("benchmark")}
summary: {_both("benchmark")}
adopted_by: {_both("council")}
in_force: {{from: 2024-01-01, status: stated}}
precedence: 1
applies_to: {{}}
sources: {{policy: {{title: {_both("policy")}}}}}
deciders: {{executive: {_both("executive")}}}
scale:
  - {{id: take-up, kind: take-up, label: {_both("do")}, decided_by: executive}}
  - {{id: with-care, kind: take-up-with-measures, label: {_both("care")}, decided_by: executive}}
  - {{id: consult, kind: escalate, label: {_both("ask")}, decided_by: executive}}
  - {{id: refuse, kind: refuse, label: {_both("refuse")}, decided_by: executive}}
grounds: {{too-much: {_both("much")}}}
facts:
  sector: {{label: {_both("sector")}, type: choice, from: request.sector, choices: {_choices(SECTORS)}}}
  country: {{label: {_both("country")}, type: text, from: request.country}}
  kind: {{label: {_both("kind")}, type: choice, from: request.kind, choices: {_choices(KINDS)}}}
  dual_use: {{label: {_both("dual")}, type: boolean, from: request.dual_use}}
  people: {{label: {_both("people")}, type: number, whole: true, minimum: 0, from: request.people}}
  budget: {{label: {_both("budget")}, type: number, minimum: 0, decimals: 2, from: request.budget}}
measures:
  briefing:
    label: {_both("brief")}
    description: {_both("brief")}
    moment: before
    line: line-0
    {_SOURCE}
    status: stated
otherwise: {{advice: take-up, because: {_both("rest")}, {_SOURCE}, status: stated}}
"""


def _line(number: int, table: Sequence[Rule], hit: str) -> str:
    head = f"  - id: line-{number}\n    kind: economic\n    number: {number}\n    line: {_both('line')}\n"
    head += f"    text: {_both('text')}\n    hit: {hit}\n    {_SOURCE}\n    status: stated\n    rules:\n"
    return head + "".join(_yaml_rule(rule) for rule in table)


def _yaml_rule(rule: Rule) -> str:
    cells = ", ".join(f"{fact}: '{feel(condition)}'" for fact, condition in rule.conditions.items())
    ground = ", ground: too-much" if rule.advice == "refuse" else ""
    return (
        f"      - id: {rule.id}\n        when: {{{cells}}}\n"
        f"        then: {{advice: {rule.advice}{ground}, measures: [briefing]}}\n"
        f"        because: {_both(rule.id)}\n        {_SOURCE}\n        status: stated\n"
    )


def jdm(table: Sequence[Rule]) -> dict[str, Any]:
    """The table as a decision of zen-engine (JDM), hit policy collect."""
    rows = [
        {
            "_id": rule.id,
            **{fact: feel(rule.conditions[fact]) if fact in rule.conditions else "" for fact in FACTS},
            "rule": json.dumps(rule.id),
        }
        for rule in table
    ]
    content = {
        "hitPolicy": "collect",
        "rules": rows,
        "inputs": [{"id": fact, "name": fact, "field": fact} for fact in FACTS],
        "outputs": [{"id": "rule", "name": "rule", "field": "rule"}],
    }
    place = {"position": {"x": 0, "y": 0}}
    nodes = [("in", "inputNode", {}), ("table", "decisionTableNode", {"content": content}), ("out", "outputNode", {})]
    return {
        "nodes": [{"id": name, "name": name, "type": kind, **more, **place} for name, kind, more in nodes],
        "edges": [
            {"id": "a", "type": "edge", "sourceId": "in", "targetId": "table"},
            {"id": "b", "type": "edge", "sourceId": "table", "targetId": "out"},
        ],
    }


_TYPES = {"dual_use": "boolean", "people": "number", "budget": "number"}


def dmn(table: Sequence[Rule], in_python: bool = False) -> str:
    """The table as DMN XML, hit policy collect, with cells of FEEL or of Python."""
    return "".join(_dmn(table, python if in_python else feel))


def _dmn(table: Sequence[Rule], written: Any) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:d">\n'
    for fact in FACTS:
        kind = _TYPES.get(fact, "string")
        yield f'<inputData id="i-{fact}" name="{fact}"><variable name="{fact}" typeRef="{kind}"/></inputData>\n'
    yield '<decision id="table" name="table"><variable name="rule" typeRef="string"/>'
    for fact in FACTS:
        yield f'<informationRequirement><requiredInput href="#i-{fact}"/></informationRequirement>'
    yield '<decisionTable id="t" hitPolicy="COLLECT" outputLabel="rule">\n'
    for fact in FACTS:
        kind = _TYPES.get(fact, "string")
        yield f'<input id="c-{fact}" label="{fact}"><inputExpression typeRef="{kind}"><text>{fact}</text>'
        yield "</inputExpression></input>\n"
    yield '<output id="o" label="rule" name="rule" typeRef="string"/>\n'
    for rule in table:
        yield f"<rule id={quoteattr(rule.id)}>"
        for fact in FACTS:
            nothing = "" if written is python else "-"
            text = written(rule.conditions[fact]) if fact in rule.conditions else nothing
            yield f'<inputEntry id="{rule.id}-{fact}"><text>{escape(text)}</text></inputEntry>'
        yield f'<outputEntry id="{rule.id}-o"><text>"{rule.id}"</text></outputEntry></rule>\n'
    yield "</decisionTable></decision></definitions>\n"
