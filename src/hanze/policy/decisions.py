"""A decision model: inputs, decisions and functions, as DMN 1.3 has them; its tables feed tables.

A framework uses the same decision tables for its derived facts. `dmn` reads and writes the XML, `evaluating` evaluates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal as OneOf

from hanze.policy.cells import Cell
from hanze.policy.expressions import Expression

HitPolicy = OneOf["unique", "any", "priority", "first", "collect", "rule order", "output order"]
Aggregation = OneOf["sum", "count", "min", "max"]
BasicType = OneOf[
    "text", "number", "boolean", "date", "time", "date-time", "days-duration", "months-duration", "any", "context"
]


@dataclass(frozen=True, slots=True)
class Type:
    """The type of a value. `fields` of a context; `allowed` restricts the values (of the items, for a list)."""

    basic: BasicType
    is_list: bool = False
    fields: Mapping[str, Type] | None = None
    allowed: Cell | None = None


@dataclass(frozen=True, slots=True)
class TableInput:
    """A column of conditions: the expression that its cells test."""

    expression: Expression
    type: Type
    label: str = ""


@dataclass(frozen=True, slots=True)
class TableOutput:
    """A column of results: `order` are its allowed values, highest priority first; `default` when no rule fires."""

    name: str
    type: Type
    order: tuple[Expression, ...] = ()
    default: Expression | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class TableRule:
    """A row: it holds when every cell holds (one a input), and then gives one expression an output."""

    id: str
    cells: tuple[Cell, ...]
    results: tuple[Expression, ...]
    annotations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """Rules under a hit policy; with one output the result is a value, with more a context."""

    inputs: tuple[TableInput, ...]
    outputs: tuple[TableOutput, ...]
    rules: tuple[TableRule, ...]
    hit: HitPolicy
    aggregation: Aggregation | None = None


@dataclass(frozen=True, slots=True)
class Invocation:
    """A call of a business knowledge model with its parameters bound by name."""

    function: str
    bindings: Mapping[str, Expression]


@dataclass(frozen=True, slots=True)
class Context:
    """Named entries, each in the scope of the earlier ones; `result`, where there is one, instead of the whole."""

    entries: Mapping[str, Logic]
    result: Logic | None = None


Logic = Expression | DecisionTable | Invocation | Context


@dataclass(frozen=True, slots=True)
class InputData:
    """Something that the model is told."""

    id: str
    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class Decision:
    """Something that the model works out. `requires` are the names of the inputs and decisions that it may refer to."""

    id: str
    name: str
    type: Type
    logic: Logic
    requires: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A function (business knowledge model): its parameters with their types, and its body."""

    id: str
    name: str
    parameters: Mapping[str, Type]
    body: Logic
    requires: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Model:
    """A whole decision model, its decisions in an order in which each comes after what it requires."""

    id: str
    name: str
    inputs: tuple[InputData, ...]
    decisions: tuple[Decision, ...]
    knowledge: tuple[Knowledge, ...] = ()
    types: Mapping[str, Type] | None = None
