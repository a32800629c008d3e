"""Scenarios beside the rules: cases with the advice that the policy means to give, run as tests."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from pathlib import Path
from typing import Literal

from hanze.policy.assessing import Advice, applies, assess
from hanze.policy.cells import Value
from hanze.policy.documents import Mapping as YamlMapping
from hanze.policy.documents import Node, Problems, Scalar, Sequence, compose, read_bytes
from hanze.policy.facts import FactError, check_value
from hanze.policy.fields import Fields, check_reference
from hanze.policy.framework import Fact, Framework, FrameworkError
from hanze.policy.logic import Truth
from hanze.policy.parsing import CellError, parse_value

NONE = "none"
UNKNOWN = "unknown"
_APPLIES: dict[str, Truth | Literal["any"]] = {"yes": True, "no": False, "unknown": None, "any": "any"}


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a scenario expects; None is not looked at ("any" for whether the framework applies).

    `because` are the rules that give the outcome. Every list is the whole list, except that of `not_fired`.
    """

    applies: Truth | Literal["any"]
    outcome: str | None
    grounds: tuple[str, ...] | None
    because: tuple[str, ...] | None
    decided_by: str | None
    fired: tuple[str, ...] | None
    not_fired: tuple[str, ...] | None
    undecided: tuple[str, ...] | None
    questions: tuple[str, ...] | None
    possible: tuple[str, ...] | None
    measures: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Scenario:
    """A case, why it is in the collection, and what the framework has to say about it."""

    name: str
    why: str
    facts: Mapping[str, Value | None]
    expect: Expectation
    path: Path
    line: int


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """How a scenario went: each difference is a sentence."""

    scenario: Scenario
    advice: Advice
    differences: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.differences


def run_scenarios(framework: Framework) -> list[ScenarioResult]:
    """Run every scenario that lies beside a framework. Raises FrameworkError for a scenario that cannot be read."""
    return [run_scenario(framework, scenario) for scenario in read_scenarios(framework)]


def run_scenario(framework: Framework, scenario: Scenario) -> ScenarioResult:
    """Compare what a framework says about a scenario with what is expected."""
    advice = assess(framework, scenario.facts)
    return ScenarioResult(scenario, advice, tuple(_differences(advice, scenario.expect)))


def scenario_files(framework: Framework) -> list[Path]:
    """The scenario files beside a framework."""
    return sorted((framework.path.parent / "scenarios").glob("*.yaml"))


def read_scenarios(framework: Framework) -> list[Scenario]:
    """The scenarios for this version of a framework. Raises FrameworkError with the problems of all files."""
    found: list[Scenario] = []
    problems: list[FrameworkError] = []
    for path in scenario_files(framework):
        try:
            found.extend(read_scenarios_text(read_bytes(path), path, framework))
        except FrameworkError as error:
            problems.append(error)
    if problems:
        raise FrameworkError([problem for error in problems for problem in error.problems])
    return found


def read_scenarios_text(content: bytes, path: Path, framework: Framework) -> list[Scenario]:
    """The scenarios in the content of a file; none when they are for other versions. Raises FrameworkError."""
    problems = Problems(str(path))
    top = Fields(compose(content, problems), problems, "The file", ("framework", "scenarios"), ("versions", "facts"))
    top.reference("framework", (framework.id,), "framework beside this folder")
    versions = [node.text for node in top.items("versions") if isinstance(node, Scalar)]
    if versions and framework.version.isoformat() not in versions:
        problems.raise_if_any()
        return []
    shared = _facts(top, framework)
    scenarios = [_scenario(node, problems, framework, shared, path) for node in top.items("scenarios")]
    names: set[str] = set()
    for scenario, node in zip(scenarios, top.items("scenarios"), strict=True):
        if scenario.name in names:
            problems.add(node, f"There are two scenarios “{scenario.name}”.", "Give each a name of its own.")
        names.add(scenario.name)
    problems.raise_if_any()
    return scenarios


def _scenario(
    node: Node, problems: Problems, framework: Framework, shared: Mapping[str, Value | None], path: Path
) -> Scenario:
    fields = Fields(node, problems, "The scenario", ("name", "why", "expect"), ("facts",))
    facts = {**shared, **_facts(fields, framework)}
    return Scenario(fields.text("name"), fields.text("why"), facts, _expectation(fields, framework), path, node.line)


def _expectation(scenario: Fields, framework: Framework) -> Expectation:
    expect = scenario.fields("expect", "expect", (), tuple(each.name for each in dataclass_fields(Expectation)))
    if isinstance(expect.node, YamlMapping) and not expect.node.items and scenario.get("expect") is not None:
        scenario.problems.add(expect.node, "The scenario expects nothing.", "Write at least outcome: …")
    outcomes = [outcome.id for outcome in framework.scale]
    rules = [rule.id for _, rule in framework.rules()]
    return Expectation(
        applies=_APPLIES[expect.one_of("applies", tuple(_APPLIES), default="any")],
        outcome=expect.reference("outcome", [*outcomes, NONE], "outcome"),
        grounds=_ids(expect, "grounds", framework.grounds, "ground"),
        because=_ids(expect, "because", rules, "rule"),
        decided_by=expect.reference("decided_by", [*framework.deciders, NONE], "decider"),
        fired=_ids(expect, "fired", rules, "rule"),
        not_fired=_ids(expect, "not_fired", rules, "rule"),
        undecided=_ids(expect, "undecided", rules, "rule"),
        questions=_ids(expect, "questions", [fact.id for fact in framework.facts], "fact"),
        possible=_ids(expect, "possible", outcomes, "outcome"),
        measures=_ids(expect, "measures", [measure.id for measure in framework.measures], "measure"),
    )


def _ids(fields: Fields, key: str, known: Collection[str], kind: str) -> tuple[str, ...] | None:
    if key not in fields.values:
        return None
    found: list[str] = []
    for node in fields.items(key):
        if isinstance(node, Scalar):
            check_reference(node, known, kind, fields.problems)
            found.append(node.text)
        else:
            fields.problems.add(node, f"{key} holds a list or a mapping.", f"Write the id of a {kind}.")
    return tuple(found)


def _facts(fields: Fields, framework: Framework) -> dict[str, Value | None]:
    declared = {fact.id: fact for fact in framework.facts}
    facts: dict[str, Value | None] = {}
    for name, node in fields.pairs("facts"):
        fact = declared.get(name.text)
        if fact is None:
            check_reference(name, declared, "fact", fields.problems)
        elif isinstance(node, Scalar) and node.text == UNKNOWN and node.style == "plain":
            facts[fact.id] = None
        elif written := _written(node, fact, fields):
            _read_value(written, node, fact, facts, fields)
    return facts


def _written(node: Node, fact: Fact, fields: Fields) -> list[Scalar] | None:
    """The values of a fact as they are written: one, or those of a list. A list of nothing has one empty text."""
    nodes = node.items if isinstance(node, Sequence) and fact.many else (node,)
    if all(isinstance(each, Scalar) for each in nodes):
        return [each for each in nodes if isinstance(each, Scalar)] or [Scalar("", "plain", node.line, node.column)]
    fields.problems.add(node, f"{fact.id} is a list or a mapping.", "Write one value.")
    return None


def _read_value(written: list[Scalar], node: Node, fact: Fact, facts: dict[str, Value | None], fields: Fields) -> None:
    is_empty = isinstance(node, Sequence) and not node.items
    try:
        values = [] if is_empty else [parse_value(each.text, fact.type) for each in written]
        facts[fact.id] = check_value(fact, values if fact.many else values[0])
    except CellError as error:
        fields.problems.add(node, f"The value of {fact.id}: {error.message}", f"{error.hint} Or write unknown.")
    except FactError as error:
        fields.problems.add(node, f"The value of a fact cannot be used: {error}.", "Or write unknown.")


def _differences(advice: Advice, expect: Expectation) -> Iterable[str]:
    fired = {each.rule.id for each in advice.fired}
    undecided = {each.rule.id for each in advice.undecided}
    outcome = advice.outcome.id if advice.outcome else NONE
    if expect.applies != "any" and expect.applies is not applies(advice.framework, advice.facts):
        yield f"The framework does not apply as expected ({_shown(expect.applies)})."
    if expect.outcome is not None and expect.outcome != outcome:
        yield f"The outcome is {outcome}, not {expect.outcome}."
    if expect.decided_by is not None and expect.decided_by != (advice.decided_by or NONE):
        yield f"It is decided by {advice.decided_by or NONE}, not by {expect.decided_by}."
    compared = (
        ("grounds", expect.grounds, set(advice.grounds)),
        ("because", expect.because, {each.rule.id for each in advice.decisive}),
        ("fired", expect.fired, fired),
        ("undecided", expect.undecided, undecided),
        ("questions", expect.questions, {fact.id for fact in advice.open_facts}),
        ("possible", expect.possible, {each.id for each in advice.possible}),
        ("measures", expect.measures, {measure.id for measure in advice.measures}),
    )
    for name, wanted, given in compared:
        if wanted is not None:
            yield from _set_differences(name, set(wanted), given)
    for rule_id in expect.not_fired or ():
        if rule_id in fired | undecided:
            yield f"The rule {rule_id} {'fires' if rule_id in fired else 'is undecided'}, and should not."


def _shown(truth: Truth) -> str:
    return next(word for word, each in _APPLIES.items() if each is truth)


def _set_differences(name: str, wanted: set[str], given: set[str]) -> Iterable[str]:
    if missing := sorted(wanted - given):
        yield f"{name}: missing {', '.join(missing)}."
    if extra := sorted(given - wanted):
        yield f"{name}: not expected {', '.join(extra)}."
