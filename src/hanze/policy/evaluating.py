"""Evaluate an expression, or a decision model from DMN: every decision in turn, by the standard's rules for null."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import cast

from hanze.policy.arithmetic import listed
from hanze.policy.cells import simple_tests
from hanze.policy.computing import Callee, Environment, Lists, Values, passes, value_of
from hanze.policy.deciding import decide, decisive_rows
from hanze.policy.decisions import Context, DecisionTable, Invocation, Knowledge, Logic, Model, Type
from hanze.policy.expressions import Expression, Months

DEEPEST_CALL = 40
"""How many business knowledge models may call each other; deeper gives null."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision gave, and the ids of the rows of its table that gave it."""

    name: str
    value: object | None
    rows: tuple[str, ...]


def evaluate(
    expression: Expression,
    values: Values,
    *,
    lists: Lists | None = None,
    dmn: bool = False,
    functions: Mapping[str, Callee] | None = None,
) -> object | None:
    """The value of an expression; None is unknown (null in DMN). A name without a value is None."""
    return value_of(expression, Environment(values, lists or {}, dmn, functions or {}))


def run_model(model: Model, inputs: Mapping[str, object]) -> dict[str, object | None]:
    """The value of every decision by its name; an input that is missing or not of its type is null.

    Numbers may be int, float or Decimal; a context is a dict, a list a list.
    """
    return {decided.name: decided.value for decided in trace_model(model, inputs)}


def trace_model(model: Model, inputs: Mapping[str, object]) -> tuple[Decided, ...]:
    """The value of every decision with the rows that gave it, in the order of the model."""
    values: dict[str, object | None] = {
        each.name: conformed(plain(inputs.get(each.name)), each.type) for each in model.inputs
    }
    within = Environment(values, dmn=True, functions=_functions(model))
    decided: list[Decided] = []
    for decision in model.decisions:
        value = conformed(run_logic(decision.logic, within), decision.type)
        rows = decisive_rows(decision.logic, within) if isinstance(decision.logic, DecisionTable) else ()
        values[decision.name] = value
        decided.append(Decided(decision.name, value, tuple(row.id for row in rows)))
    return tuple(decided)


def run_logic(logic: Logic, within: Environment) -> object | None:
    """What the logic of a decision or of a function gives."""
    match logic:
        case DecisionTable():
            return decide(logic, within)
        case Invocation(function=function, bindings=bindings):
            if function not in within.functions:
                return None
            arguments = [value_of(each, within) for each in bindings.values()]
            return within.functions[function](arguments, tuple(bindings), within.depth + 1)
        case Context(entries=entries, result=result):
            values = dict(within.values)
            made: dict[str, object | None] = {}
            for name, entry in entries.items():
                made[name] = values[name] = run_logic(entry, within.with_values(values))
            return made if result is None else run_logic(result, within.with_values(values))
        case _:
            return value_of(logic, within)


def _functions(model: Model) -> Mapping[str, Callee]:
    functions: dict[str, Callee] = {}
    for each in model.knowledge:
        functions[each.name] = _function(each, functions)
    return functions


def _function(knowledge: Knowledge, functions: Mapping[str, Callee]) -> Callee:
    def call(arguments: Sequence[object | None], names: Sequence[str], depth: int) -> object | None:
        if depth > DEEPEST_CALL or len(arguments) > len(knowledge.parameters):
            return None
        given = dict(zip(names or knowledge.parameters, arguments, strict=False))
        values = {name: conformed(given.get(name), type) for name, type in knowledge.parameters.items()}
        return run_logic(knowledge.body, Environment(values, dmn=True, functions=functions, depth=depth))

    return call


def plain(value: object) -> object | None:
    """A value from outside as the engine has it: numbers as Decimal, lists as list."""
    match value:
        case bool() | None | str():
            return value
        case int() | float():
            try:
                return Decimal(str(value))
            except InvalidOperation:
                return None
        case dict():
            return {name: plain(each) for name, each in cast("dict[str, object]", value).items()}
        case list() | tuple():
            return [plain(each) for each in cast("Sequence[object]", value)]
        case _:
            return value


_KINDS: dict[str, type | tuple[type, ...]] = {
    "text": str,
    "number": Decimal,
    "boolean": bool,
    "date-time": datetime,
    "time": time,
    "days-duration": timedelta,
    "months-duration": Months,
    "context": dict,
}


def conformed(value: object | None, type: Type) -> object | None:
    """A value as its type: null when it is of another type or not allowed; one value is a list of one, and back."""
    if value is None:
        return None
    items = listed(value)
    if type.is_list:
        given: Sequence[object | None] = [value] if items is None else items
        one = Type(type.basic, fields=type.fields, allowed=type.allowed)
        made = [conformed(each, one) for each in given]
        return None if any(new is None and old is not None for new, old in zip(made, given, strict=True)) else made
    if items is not None and type.basic != "any":
        return conformed(items[0], type) if len(items) == 1 else None
    return _conformed_one(value, type)


def _conformed_one(value: object, type: Type) -> object | None:
    if not _is_of(value, type):
        return None
    if type.fields is not None:
        value = _conformed_context(cast("dict[str, object | None]", value), type.fields)
    if type.allowed is not None and simple_tests(type.allowed.tree):
        return value if passes(type.allowed.tree, value, Environment({}, dmn=True)) else None
    return value


def _is_of(value: object, type: Type) -> bool:
    if type.basic == "any":
        return True
    if type.basic == "date":
        return isinstance(value, date) and not isinstance(value, datetime)
    return isinstance(value, _KINDS[type.basic])


def _conformed_context(value: dict[str, object | None], fields: Mapping[str, Type]) -> dict[str, object | None]:
    return {**value, **{name: conformed(value.get(name), type) for name, type in fields.items()}}
