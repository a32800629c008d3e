"""A framework in a backend: its parameters, derived facts and rules, and the columns of the bulk result.

The bulk result has words of 64 rules in the order of the document (`fired_0`, …; `open_0`, …), `held` (the outcome that
already holds) and `reach` (a bit for each rank of the scale that holds or could still follow).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from hanze.policy.cells import Value
from hanze.policy.decisions import DecisionTable, Type
from hanze.policy.executing.lowering import Lowering
from hanze.policy.executing.operations import BOOLEAN, TEXT, Lowered, Operations, Size, Term
from hanze.policy.executing.results import chosen, earlier_ones
from hanze.policy.executing.tables import decide
from hanze.policy.expressions import Scalar
from hanze.policy.framework import Derived, Fact, Framework, Parameter, Rule, Table
from hanze.policy.standing import by_priority
from hanze.policy.typechecking import type_of_fact

E = TypeVar("E")
WORD = 64


def fact_type(fact: Fact) -> Type:
    """The type of the values of a fact."""
    return Type(type_of_fact(fact.type).basic, fact.many)


def fact_size(fact: Fact) -> Size:
    """How large the numbers of a fact can be."""
    decimals = 0 if fact.whole else Size().decimals if fact.decimals is None else fact.decimals
    if fact.minimum is None or fact.maximum is None:
        return Size(decimals=decimals)
    return Size(len(str(max(abs(fact.minimum), abs(fact.maximum)))), decimals)


def fact_term(fact: Fact, code: E) -> Term[E]:
    """The value of a fact that stands in the code."""
    type = fact_type(fact)
    return Term(code, type, fact_size(fact) if type.basic == "number" else None)


def framework_scope(framework: Framework, lowering: Lowering[E], column: Callable[[str], E]) -> dict[str, Term[E]]:
    """The value of each fact, parameter and derived fact, where the facts are columns."""
    scope = {fact.id: fact_term(fact, column(fact.id)) for fact in framework.facts}
    for parameter in framework.parameters:
        scope[parameter.id] = _named(_parameter(framework, parameter, lowering, scope), parameter.id, lowering)
    for derived in framework.derived:
        scope[derived.id] = _named(_derived(derived, lowering, scope), derived.id, lowering)
    return scope


def _named(value: Term[E], name: str, lowering: Lowering[E]) -> Term[E]:
    return replace(value, code=lowering.operations.call(value.code, name))


def _parameter(
    framework: Framework, parameter: Parameter, lowering: Lowering[E], scope: Mapping[str, Term[E]]
) -> Term[E]:
    """The value of a parameter on the day of the case; unknown where that day is, and before its first value."""
    values = [(each.start, lowering.constant(_scalar(each.value))) for each in parameter.values]
    if framework.dated_by is None:
        return values[0][1]
    day = scope[framework.dated_by]
    cases = [
        (lowering.known_compared(">=", day, lowering.constant(start)), {"": value}) for start, value in reversed(values)
    ]
    return _as_term(chosen(cases, None, lowering), lowering)


def _scalar(value: Value) -> Scalar:
    assert not isinstance(value, tuple)  # a parameter is one value
    return value


def _derived(derived: Derived, lowering: Lowering[E], scope: Mapping[str, Term[E]]) -> Term[E]:
    if isinstance(derived.logic, DecisionTable):
        return _as_term(decide(derived.logic, lowering, scope), lowering)
    return lowering.term(derived.logic, scope)


def _as_term(value: Lowered[E], lowering: Lowering[E]) -> Term[E]:
    return value if isinstance(value, Term) else lowering.as_structure(value)


def rule_states(framework: Framework, lowering: Lowering[E], scope: Mapping[str, Term[E]]) -> list[E]:
    """Whether each rule holds (null: undecided), in the order of the document, under the ids of the rules."""
    states: list[E] = []
    for table in framework.tables:
        states += _table_states(framework, table, lowering, scope)
    return states


def _table_states(framework: Framework, table: Table, lowering: Lowering[E], scope: Mapping[str, Term[E]]) -> list[E]:
    operations = lowering.operations
    conditions = [operations.share(_condition(rule, lowering, scope), rule.id) for rule in table.rules]
    if table.hit not in ("first", "priority"):
        return conditions
    order = list(range(len(conditions)))
    if table.hit == "priority":
        order = [table.rules.index(rule) for rule in by_priority(table, framework)]
    states = list(conditions)
    before = earlier_ones([conditions[place] for place in order], operations)
    for place, overruled in zip(order, before, strict=True):
        if overruled is not None:
            counts = operations.both([conditions[place], operations.negate(overruled)])
            states[place] = operations.share(counts, f"{table.rules[place].id} counts")
    return states


def _condition(rule: Rule, lowering: Lowering[E], scope: Mapping[str, Term[E]]) -> E:
    cells = [lowering.passes(cell.tree, scope[name], scope) for name, cell in rule.when.items()]
    if rule.where is not None:
        cells.append(lowering.condition(rule.where, scope))
    return lowering.operations.both(cells) if cells else lowering.operations.value(True, BOOLEAN)


def bulk_columns(framework: Framework, states: Sequence[E], operations: Operations[E]) -> dict[str, E]:
    """The columns of the bulk result from the states of the rules."""
    words = [states[start : start + WORD] for start in range(0, len(states), WORD)] or [[]]
    columns = {f"fired_{number}": operations.bits(word) for number, word in enumerate(words)}
    for number, word in enumerate(words):
        columns[f"open_{number}"] = operations.bits([operations.is_null(state) for state in word])
    return columns | _outcome_columns(framework, states, operations)


def _outcome_columns(framework: Framework, states: Sequence[E], operations: Operations[E]) -> dict[str, E]:
    rules = [rule for _, rule in framework.rules()]
    false = operations.value(False, BOOLEAN)

    def some(found: list[E], name: str) -> E:
        return operations.share(operations.either(found), name) if found else false

    fired: list[E] = []
    undecided: list[E] = []
    for outcome in framework.scale:
        of_level = [state for rule, state in zip(rules, states, strict=True) if rule.advice == outcome.id]
        fired.append(some([operations.is_true(state) for state in of_level], f"holds {outcome.id}"))
        undecided.append(some([operations.is_null(state) for state in of_level], f"open {outcome.id}"))
    otherwise = framework.otherwise.advice if framework.otherwise else None
    nothing_fires = operations.negate(some(fired, "some advice holds"))
    held = [
        (condition, operations.value(outcome.id, TEXT))
        for condition, outcome in reversed(list(zip(fired, framework.scale, strict=True)))
        if condition is not false
    ]
    reach: list[E] = []
    for rank, outcome in enumerate(framework.scale):
        stricter = [each for each in fired[rank + 1 :] if each is not false]
        can = operations.either([fired[rank], undecided[rank]])
        if stricter:
            can = operations.both([can, operations.negate(operations.either(stricter))])
        reach.append(operations.either([can, nothing_fires]) if outcome.id == otherwise else can)
    if otherwise is not None:
        nothing_open = operations.negate(some(undecided, "some advice is open"))
        held.append((operations.both([nothing_fires, nothing_open]), operations.value(otherwise, TEXT)))
    nothing = operations.value(None, TEXT)
    return {"held": operations.choose(held, nothing), "reach": operations.bits(reach)}
