"""Decision tables as DMN elements: a column for each thing that is tested, a row for each rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from hanze.policy.cells import Anything, Cell
from hanze.policy.decisions import DecisionTable, Type
from hanze.policy.dmn.feel import Lists, asked_of_items, feel_cell, feel_expression
from hanze.policy.dmn.marking import Ids, explain
from hanze.policy.framework import Derived, Source, Status, Text

NO_ADVICE = '""'
"""What stands in a column when a rule gives nothing for it; no outcome and no ground has this id."""

Condition = tuple[str, str, str]
"""What is tested (an expression), its type, and the cell."""

_BASIC = {
    "text": "string",
    "date-time": "date and time",
    "days-duration": "days and time duration",
    "months-duration": "years and months duration",
}


@dataclass(frozen=True, slots=True)
class Output:
    """A column of results; `order` are its values, the highest first."""

    name: str
    type: str
    order: Sequence[str] = ()
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """The results of a rule, and why."""

    id: str
    results: Sequence[str]
    because: Text | None = None
    source: Source | None = None
    status: Status | None = None


@dataclass
class Grid:
    """A table while its rows are being added."""

    outputs: Sequence[Output]
    hit: str
    aggregation: str | None = None
    columns: dict[str, str] = field(default_factory=dict[str, str])
    rows: list[tuple[Row, dict[str, str]]] = field(default_factory=list[tuple[Row, dict[str, str]]])

    def add(self, row: Row, conditions: Sequence[Condition]) -> None:
        """Add a row; what it tests becomes a column where there is none yet."""
        for expression, type_name, _ in conditions:
            self.columns.setdefault(expression, type_name)
        self.rows.append((row, {expression: cell for expression, _, cell in conditions}))


def condition(text: str, type_name: str, many: bool, cell: Cell, lists: Lists) -> Condition:
    """What a cell asks of an expression; of a list it asks in the expression itself."""
    if many:
        if isinstance(cell.tree, Anything):
            return text, type_name, "-"
        return asked_of_items(text, cell.tree, lists), "boolean", "true"
    return text, type_name, feel_cell(cell.tree, lists)


def grid_of(derived: Derived, table: DecisionTable, basic: str, lists: Lists) -> Grid:
    """The table of a derived fact."""
    output = table.outputs[0]
    order = [feel_expression(each, lists) for each in output.order]
    default = None if output.default is None else feel_expression(output.default, lists)
    grid = Grid([Output("", basic, order, default)], table.hit.upper(), (table.aggregation or "").upper() or None)
    inputs = [(feel_expression(each.expression, lists), each.type) for each in table.inputs]
    for row, why in zip(table.rules, derived.rules, strict=True):
        results = [feel_expression(each, lists) for each in row.results]
        asked = [
            condition(text, type_ref(type), type.is_list, cell, lists)
            for (text, type), cell in zip(inputs, row.cells, strict=True)
            if not isinstance(cell.tree, Anything)
        ]
        grid.add(Row(row.id, results, why.because, why.source, why.status), asked)
    return grid


def type_ref(type: Type) -> str:
    """The name of a basic type in DMN."""
    return _BASIC.get(type.basic, type.basic)


def add_table(decision: Element, grid: Grid) -> None:
    """Add the decision table to its decision."""
    owner = f"{decision.get('id')}.table"
    ids = Ids()
    table = SubElement(decision, "decisionTable", {"id": owner})
    if grid.hit != "UNIQUE":
        table.set("hitPolicy", grid.hit)
    if grid.aggregation:
        table.set("aggregation", grid.aggregation)
    columns = grid.columns or {"true": "boolean"}
    for number, (expression, type_name) in enumerate(columns.items(), 1):
        column = SubElement(table, "input", {"id": f"{owner}.input.{number}"})
        asked = SubElement(column, "inputExpression", {"id": f"{owner}.asked.{number}", "typeRef": type_name})
        SubElement(asked, "text").text = expression
    for number, output in enumerate(grid.outputs, 1):
        _add_output(table, f"{owner}.output.{number}", output)
    for row, cells in grid.rows:
        rule = SubElement(table, "rule", {"id": f"{owner}.{ids.of('rule', row.id)}"})
        if row.source is not None and row.status is not None:
            explain(rule, row.because, row.source, row.status)
        entries = [cells.get(expression, "-") for expression in columns]
        _add_entries(rule, "inputEntry", entries)
        _add_entries(rule, "outputEntry", row.results)


def _add_output(table: Element, made_id: str, output: Output) -> None:
    made = SubElement(table, "output", {"id": made_id, "typeRef": output.type})
    if output.name:
        made.set("name", output.name)
    if output.order:
        SubElement(SubElement(made, "outputValues"), "text").text = ", ".join(output.order)
    if output.default is not None:
        SubElement(SubElement(made, "defaultOutputEntry"), "text").text = output.default


def _add_entries(rule: Element, tag: str, texts: Sequence[str]) -> None:
    for number, text in enumerate(texts, 1):
        entry = SubElement(rule, tag, {"id": f"{rule.get('id')}.{tag}.{number}"})
        SubElement(entry, "text").text = text
