"""What a framework declares and never uses: allowed, but often a mistake."""

from __future__ import annotations

from collections.abc import Iterator

from hanze.policy.cells import Membership, simple_tests
from hanze.policy.framework import Framework


def remarks(framework: Framework) -> list[str]:
    """A sentence for each fact, list, measure, ground, outcome, decider and source that nothing else refers to."""
    return [f"The {kind} {name} is never used." for kind, name in _unused(framework)]


def _unused(framework: Framework) -> Iterator[tuple[str, str]]:
    rules = [rule for _, rule in framework.rules()]
    ends = [*rules, *([framework.otherwise] if framework.otherwise else [])]
    conditions = [framework.applies_to, *(rule.when for rule in rules)]
    tests = [test for cells in conditions for cell in cells.values() for test in simple_tests(cell.tree)]
    sourced = [*ends, *framework.tables, *framework.measures, *framework.lists]
    declared_and_used: list[tuple[str, list[str], set[str | None]]] = [
        ("fact", [fact.id for fact in framework.facts], {fact_id for cells in conditions for fact_id in cells}),
        ("list", list(framework.codes), {test.list_id for test in tests if isinstance(test, Membership)}),
        ("measure", [each.id for each in framework.measures], {each for rule in rules for each in rule.measures}),
        ("ground", list(framework.grounds), {rule.ground for rule in ends}),
        ("outcome", [outcome.id for outcome in framework.scale], {rule.advice for rule in ends}),
        ("decider", list(framework.deciders), {outcome.decided_by for outcome in framework.scale}),
        ("source", [source.id for source in framework.sources], {each.source.document for each in sourced}),
    ]
    for kind, declared, used in declared_and_used:
        for name in declared:
            if name not in used:
                yield kind, name
