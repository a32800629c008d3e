"""A decision model in a backend: its inputs as columns, its decisions as code; `evaluating.run_model` says the same for
one case, with 34 digits where this has float64.

Contexts are taken apart: each field is a column of its own. A business knowledge model is written out where it is
called.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any, Generic, TypeVar, cast

from hanze.policy.cells import simple_tests
from hanze.policy.decisions import Context, DecisionTable, Invocation, Knowledge, Logic, Model, Type
from hanze.policy.evaluating import DEEPEST_CALL, conformed, plain
from hanze.policy.executing.lowering import Lowering, type_of
from hanze.policy.executing.operations import (
    ANY,
    DECIMALS,
    DIGITS,
    CannotExecuteError,
    Lowered,
    Record,
    Size,
    Term,
)
from hanze.policy.executing.results import chosen
from hanze.policy.executing.tables import decide
from hanze.policy.expressions import Months, Scalar

E = TypeVar("E")
Scope = Mapping[str, Lowered[E]]


@dataclass(frozen=True)
class ModelLowering(Generic[E]):
    """Says the decisions of a model in one backend."""

    model: Model
    lowering: Lowering[E]

    def decisions(self, inputs: Scope[E]) -> dict[str, Lowered[E]]:
        """The value of each decision from the values of the inputs."""
        scope = dict(inputs)
        decided: dict[str, Lowered[E]] = {}
        for decision in self.model.decisions:
            value = self.conformed(self.logic(decision.logic, scope, 0), decision.type)
            decided[decision.name] = scope[decision.name] = self._shared(value, decision.name)
        return decided

    def _shared(self, value: Lowered[E], name: str) -> Lowered[E]:
        if isinstance(value, Record):
            fields = {key: self._shared(each, f"{name}.{key}") for key, each in value.fields.items()}
            return Record(fields, value.present)
        return replace(value, code=self.lowering.operations.call(value.code, name))

    def logic(self, logic: Logic, scope: Scope[E], depth: int) -> Lowered[E]:
        """What the logic of a decision or of a function gives."""
        within = replace(self.lowering, callees=self._callees(depth))
        match logic:
            case DecisionTable():
                return decide(logic, within, scope)
            case Invocation(function=function, bindings=bindings):
                arguments = [within.expression(each, scope) for each in bindings.values()]
                return within.callees[function](arguments, tuple(bindings))
            case Context(entries=entries, result=result):
                known = dict(scope)
                made: dict[str, Lowered[E]] = {}
                for name, entry in entries.items():
                    made[name] = known[name] = self.logic(entry, known, depth)
                return Record(made) if result is None else self.logic(result, known, depth)
            case _:
                return within.expression(logic, scope)

    def _callees(self, depth: int) -> Mapping[str, Any]:
        return {each.name: _Callee(self, each, depth + 1) for each in self.model.knowledge}

    def call(
        self, knowledge: Knowledge, arguments: Sequence[Lowered[E]], names: Sequence[str], depth: int
    ) -> Lowered[E]:
        """The body of a function for these arguments."""
        if depth > DEEPEST_CALL:
            raise CannotExecuteError(
                self.lowering.operations.name, f"the function {knowledge.name}, which calls itself.", ""
            )
        if len(arguments) > len(knowledge.parameters):
            return self.lowering.constant(None)
        given = dict(zip(names or knowledge.parameters, arguments, strict=False))
        null = self.lowering.constant(None)
        scope = {name: self.conformed(given.get(name, null), type) for name, type in knowledge.parameters.items()}
        return self.logic(knowledge.body, scope, depth)

    def conformed(self, value: Lowered[E], type: Type) -> Lowered[E]:
        """A value as its type: null when it is of another type or not allowed; one value is a list of one."""
        if isinstance(value, Record):
            return self._conformed_record(value, type)
        if value.type == ANY or type.basic == "any":
            return value
        if type.is_list and not value.type.is_list:
            return self._list_of_one(value, type)
        if value.type.is_list:
            return self._conformed_list(value, type)
        if value.type.basic != type.basic:
            return self.lowering.constant(None)
        if type.allowed is None or not simple_tests(type.allowed.tree):
            return value
        allowed = self.lowering.passes(type.allowed.tree, value, {})
        return chosen([(allowed, {"": value})], None, self.lowering)

    def _list_of_one(self, value: Term[E], type: Type) -> Lowered[E]:
        one = self.conformed(value, replace(type, is_list=False))
        assert isinstance(one, Term)  # of what is no context
        operations = self.lowering.operations
        many = replace(one.type, is_list=True)
        known = operations.negate(operations.is_null(one.code))
        listed = Term(operations.items([one.code], many), many, one.size)
        return chosen([(known, {"": listed})], None, self.lowering)

    def _conformed_list(self, value: Term[E], type: Type) -> Lowered[E]:
        if not type.is_list or value.type.basic != type.basic:
            hint = "Give the decision the type of what it gives."
            raise CannotExecuteError(self.lowering.operations.name, "a list as another type.", hint)
        return value

    def _conformed_record(self, value: Record[E], type: Type) -> Lowered[E]:
        if type.basic not in ("any", "context"):
            return self.lowering.constant(None)
        if type.is_list:
            return self._list_of_one(self.lowering.as_structure(value), replace(type, fields=None, allowed=None))
        fields = dict(value.fields)
        for name, field in (type.fields or {}).items():
            fields[name] = self.conformed(fields.get(name, self.lowering.constant(None)), field)
        return Record(fields, value.present)


@dataclass(frozen=True)
class _Callee(Generic[E]):
    model: ModelLowering[E]
    knowledge: Knowledge
    depth: int

    def __call__(self, arguments: Sequence[Lowered[E]], names: Sequence[str]) -> Lowered[E]:
        return self.model.call(self.knowledge, arguments, names, self.depth)


@dataclass(frozen=True)
class Column:
    """A column of inputs: its values, what they are, and how large its numbers are (None: a float, or no number)."""

    values: list[Any]
    type: Type
    size: Size | None


Shape = Mapping[str, "Shape"] | str
"""The columns of an input: one, or one for each field of a context."""


class Inputs:
    """The inputs of a model as columns; a value that is missing or not of its type is null."""

    def __init__(self, model: Model, rows: Sequence[Mapping[str, object]]) -> None:
        self.columns: dict[str, Column] = {}
        self.shapes = {
            each.name: self._take(
                each.name, [conformed(plain(row.get(each.name)), each.type) for row in rows], each.type
            )
            for each in model.inputs
        }

    def _take(self, path: str, values: list[object | None], type: Type) -> Shape:
        found = next((value for value in values if value is not None), None)
        if not type.is_list and (isinstance(found, dict) or type.fields is not None):
            contexts = [cast("dict[str, object]", value) if isinstance(value, dict) else {} for value in values]
            known: Mapping[str, Type] = type.fields or {}
            names: dict[str, None] = dict.fromkeys([*known, *(name for each in contexts for name in each)])
            return {
                name: self._take(f"{path}.{name}", [each.get(name) for each in contexts], known.get(name, ANY))
                for name in names
            }
        self.columns[path] = _column(path, values)
        return path


def _column(path: str, values: list[object | None]) -> Column:
    many = any(isinstance(value, list) for value in values)
    items = [item for value in values for item in _items(value)]
    types = {type_of(cast("Scalar | None", item)) for item in items} - {ANY}
    if len(types) > 1 or any(isinstance(item, dict | list) for item in items):
        raise CannotExecuteError(
            "A table", f"the input {path}, whose values have different types.", "Give it one type."
        )
    if any(isinstance(item, datetime | time) and item.tzinfo is not None for item in items):
        raise CannotExecuteError("A table", f"the input {path}, which has time zones.", "Give times without a zone.")
    type = replace(types.pop() if types else ANY, is_list=many)
    return Column(values, type, _size(items) if type.basic == "number" else None)


def _items(value: object | None) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else [value]


def _size(numbers: Sequence[Any]) -> Size | None:
    size = Size(0, 0)
    for number in numbers:
        if isinstance(number, Decimal):
            size = size.or_other(Size.of(number))
    return size if size.digits <= DIGITS and size.decimals <= DECIMALS else None


@dataclass(frozen=True)
class Outputs(Generic[E]):
    """The decisions of a model as columns: `columns` to work out, and how to read a row of them."""

    decided: Mapping[str, Lowered[E]]

    @property
    def columns(self) -> dict[str, E]:
        """The code of each column."""
        return {path: code for name, value in self.decided.items() for path, code in _flat(name, value)}

    def read(self, row: Mapping[str, Any]) -> dict[str, object | None]:
        """The value of each decision in one row of the columns."""
        return {name: _read(name, value, row) for name, value in self.decided.items()}


def _flat(path: str, value: Lowered[E]) -> Iterator[tuple[str, E]]:
    if isinstance(value, Term):
        yield path, value.code
        return
    if value.present is not None:
        yield f"{path}?", value.present
    for name, each in value.fields.items():
        yield from _flat(f"{path}.{name}", each)


def _read(path: str, value: Lowered[E], row: Mapping[str, Any]) -> object | None:
    if isinstance(value, Term):
        return as_python(row[path], value.type)
    if value.present is not None and not row[f"{path}?"]:
        return None
    return {name: _read(f"{path}.{name}", each, row) for name, each in value.fields.items()}


def as_python(value: Any, type: Type) -> object | None:
    """A value of a table as the engine has it."""
    if value is None:
        return None
    if type.is_list:
        return [as_python(each, replace(type, is_list=False)) for each in value]
    if type.fields is not None:
        return {name: as_python(value[name], each) for name, each in type.fields.items()}
    match type.basic:
        case "number":
            return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        case "months-duration":
            return Months(value)
        case "days-duration" if isinstance(value, int):
            return timedelta(microseconds=value)
        case _:
            return value


def run(model: Model, lowering: Lowering[E], inputs: Inputs, column: Any) -> Outputs[E]:
    """The decisions of a model over the columns of its inputs; `column` is the code of one by its name."""

    def lowered(shape: Shape) -> Lowered[E]:
        if isinstance(shape, str):
            known = inputs.columns[shape]
            return Term(column(shape), known.type, known.size)
        return Record({name: lowered(each) for name, each in shape.items()})

    scope = {name: lowered(shape) for name, shape in inputs.shapes.items()}
    return Outputs(ModelLowering(model, lowering).decisions(scope))
