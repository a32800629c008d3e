"""What a framework declares and never uses: allowed, but often a mistake."""

from __future__ import annotations

from collections.abc import Iterator

from hanze.policy.cells import Membership, simple_tests
from hanze.policy.depending import names_in_rule
from hanze.policy.framework import Framework
from hanze.policy.walking import names_in_test, names_of, tests_in, tests_of


def unused(framework: Framework) -> Iterator[tuple[str, str]]:
    """The kind and the id of each thing that the framework declares and that nothing else refers to."""
    rules = [rule for _, rule in framework.rules()]
    ends = [*rules, *([framework.otherwise] if framework.otherwise else [])]
    dated = [value for parameter in framework.parameters for value in parameter.values]
    derived = [*framework.derived, *(row for each in framework.derived for row in each.rules)]
    sourced = [*ends, *framework.tables, *framework.measures, *framework.lists, *dated, *derived]
    names: set[str | None] = {*_names(framework)}
    declared_and_used: list[tuple[str, list[str], set[str | None]]] = [
        ("fact", [fact.id for fact in framework.facts], names),
        ("list", list(framework.codes), {*_lists(framework)}),
        ("parameter", [each.id for each in framework.parameters], names),
        ("derived", [each.id for each in framework.derived], names),
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


def _names(framework: Framework) -> Iterator[str]:
    """The facts, parameters and derived facts that something looks at."""
    for name, cell in framework.applies_to.items():
        yield name
        yield from names_in_test(cell.tree)
    for _, rule in framework.rules():
        yield from names_in_rule(rule)
    for derived in framework.derived:
        yield from names_of(derived.logic)
    if framework.dated_by is not None:
        yield framework.dated_by


def _lists(framework: Framework) -> Iterator[str]:
    rules = [rule for _, rule in framework.rules()]
    conditions = [framework.applies_to, *(rule.when for rule in rules)]
    tests = [test for cells in conditions for cell in cells.values() for test in simple_tests(cell.tree)]
    tests += [test for rule in rules if rule.where is not None for test in tests_in(rule.where)]
    tests += [test for derived in framework.derived for test in tests_of(derived.logic)]
    return (test.list_id for test in tests if isinstance(test, Membership))
