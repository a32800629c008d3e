"""The derived facts of a framework: read, typed, and put in an order in which each comes after what it looks at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from hanze.policy.cells import Anything, Cell, FactType, Literal, Membership, simple_tests
from hanze.policy.constants import EXAMPLES
from hanze.policy.deciding import LISTED
from hanze.policy.decisions import Aggregation, DecisionTable, HitPolicy, TableInput, TableOutput, TableRule, Type
from hanze.policy.declarations import FACT_TYPES, SOURCED, STATUSES, Declarations, read_choices, read_source
from hanze.policy.documents import Node, Problems, Scalar
from hanze.policy.expressions import Constant, Expression, Items, Name, Span
from hanze.policy.fields import Fields, check_reference
from hanze.policy.framework import Derived, DerivedRule, Source, Status
from hanze.policy.parsing import parse_expression, parse_test
from hanze.policy.suggesting import suggest
from hanze.policy.tokens import CellError
from hanze.policy.typechecking import check_list, codes_of, type_of, words_for
from hanze.policy.walking import names_of

HITS: Mapping[str, HitPolicy] = {
    "first": "first",
    "unique": "unique",
    "any": "any",
    "priority": "priority",
    "collect": "collect",
    "rule-order": "rule order",
    "output-order": "output order",
}
AGGREGATIONS: Mapping[str, Aggregation] = {"sum": "sum", "count": "count", "min": "min", "max": "max"}
_STATUS: Mapping[str, Status] = {each: each for each in STATUSES}
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}
_HERE = Span(0, 0)


@dataclass(frozen=True)
class _Kind:
    """What a derived fact is: its name in messages, its type, and how a single value of it is written."""

    what: str
    fact_type: FactType
    type: Type

    @property
    def one(self) -> Type:
        return Type(self.type.basic, allowed=self.type.allowed)


def quoted_offset(scalar: Scalar) -> int:
    """How far the text of a scalar stands from where the scalar begins: after its quote."""
    return 0 if scalar.style == "plain" else 1


def read_expression(scalar: Scalar, what: str, declared: Declarations, problems: Problems) -> Expression | None:
    """An expression with the names of the framework, its types checked; None when it is refused."""
    try:
        expression = parse_expression(scalar.text, declared.scope)
        type_of(expression, declared.scope)
    except CellError as error:
        problems.add(scalar, f"{what}: {error.message}", error.hint, quoted_offset(scalar) + error.span.start)
        return None
    return expression


def read_cell(scalar: Scalar, what: str, type: Type, declared: Declarations, problems: Problems) -> Cell | None:
    """A cell on something of this type; None when it is refused."""
    offset = quoted_offset(scalar)
    try:
        cell = parse_test(scalar.text, type, declared.scope)
        for test in simple_tests(cell.tree):
            if isinstance(test, Membership):
                check_list(test, type, declared.scope, what)
    except CellError as error:
        problems.add(scalar, f"The cell of {what}: {error.message}", error.hint, offset + error.span.start)
        return None
    return cell


def read_where(fields: Fields, what: str, declared: Declarations) -> Expression | None:
    """The condition that a rule adds to its cells."""
    scalar = fields.scalar("where")
    if scalar is None:
        return None
    expression = read_expression(scalar, what, declared, fields.problems)
    if expression is not None:
        found = type_of(expression, declared.scope)
        if found.basic != "boolean" or found.is_list:
            hint = 'Compare it with something: "budget / visitors > 100".'
            fields.problems.add(scalar, f"{what} is {words_for(found)}, not a yes or a no.", hint)
    return expression


def read_derived(top: Fields, declared: Declarations, taken: set[str]) -> tuple[Derived, ...]:
    """The derived facts in an order in which each comes after those that it looks at; problems are noted in `top`."""
    found = {key.text: _derived(key, node, top.problems, declared, taken) for key, node in top.pairs("derived")}
    places = {key.text: key for key, _ in top.pairs("derived")}
    return tuple(_in_order(found, places, top.problems))


def _in_order(found: Mapping[str, Derived], places: Mapping[str, Scalar], problems: Problems) -> Iterator[Derived]:
    uses = {name: [each for each in found if each in names_of(derived.logic)] for name, derived in found.items()}
    done: set[str] = set()
    waiting = list(found)
    while waiting:
        ready = [name for name in waiting if done.issuperset(uses[name])]
        if not ready:
            cycle = _cycle(waiting, uses)
            message = f"These derived facts rest on one another: {' → '.join([*cycle, cycle[0]])}."
            problems.add(places[cycle[0]], message, "Let one of them look at facts only.")
            return
        yield from (found[name] for name in ready)
        done.update(ready)
        waiting = [name for name in waiting if name not in done]


def _cycle(waiting: list[str], uses: Mapping[str, list[str]]) -> list[str]:
    path = [waiting[0]]
    while True:
        following = next(name for name in uses[path[-1]] if name in waiting)
        if following in path:
            return path[path.index(following) :]
        path.append(following)


def _derived(key: Scalar, node: Node, problems: Problems, declared: Declarations, taken: set[str]) -> Derived:
    what = f"The derived fact {key.text}"
    optional = ("is", "table", "because", "choices", "many")
    fields = Fields(node, problems, what, ("label", "type", *SOURCED), optional)
    fact_type: FactType = fields.one_of("type", FACT_TYPES)
    choices = read_choices(fields, "choices", problems)
    kind = _Kind(what, fact_type, declared.derived_types[key.text])
    source = read_source(fields, declared.source_ids)
    status: Status = fields.one_of("status", STATUSES)
    if (fact_type == "choice") != bool(choices):
        hint = "Give a choice its choices (id: {nl: …, en: …}); other types have none."
        problems.add(fields.place("type"), f"{what}: type and choices do not agree.", hint)
    if (fields.get("is") is None) == (fields.get("table") is None):
        problems.add(node, f"{what} needs either is or table.", 'Write is: "<expression>", or a table of rules.')
    logic: Expression | DecisionTable = Constant(None, _HERE)
    rules: tuple[DerivedRule, ...] = ()
    if fields.get("table") is not None:
        logic, rules = _Table(fields, kind, declared, taken, source, status).read()
    elif scalar := fields.scalar("is"):
        logic = _value(scalar, kind, kind.type, declared, problems) or logic
    many = kind.type.is_list
    because = fields.both_languages("because")
    label = fields.needed_text("label")
    return Derived(key.text, label, fact_type, many, choices, logic, rules, because, source, status)


def _value(scalar: Scalar, kind: _Kind, wanted: Type, declared: Declarations, problems: Problems) -> Expression | None:
    """A value of a derived fact: one of its choices, yes or no, or an expression of its type."""
    text, codes = scalar.text.strip(), codes_of(wanted)
    if not wanted.is_list:
        if codes is not None and text in codes and scalar.style == "plain":
            return Constant(text, Span(0, len(scalar.text)))
        if wanted.basic == "boolean" and text in _YES_NO:
            return Constant(_YES_NO[text], Span(0, len(scalar.text)))
        if codes is not None and text.isidentifier() and text not in declared.scope.names:
            problems.add(scalar, f"{kind.what} has no choice “{text}”.", suggest(text, sorted(codes)))
            return None
    expression = read_expression(scalar, kind.what, declared, problems)
    if expression is None:
        return None
    found = type_of(expression, declared.scope)
    if found.basic != wanted.basic or found.is_list != wanted.is_list:
        hint = f"Write {EXAMPLES[kind.fact_type]}, or an expression that gives one; or change the type."
        problems.add(scalar, f"{kind.what}: this is {words_for(found)}, not {words_for(wanted)}.", hint)
    elif codes is not None:
        _check_codes(scalar, expression, found, codes, kind, problems)
    return expression


def _check_codes(
    scalar: Scalar, expression: Expression, found: Type, codes: frozenset[str], kind: _Kind, problems: Problems
) -> None:
    given = codes_of(found)
    written = expression.items if isinstance(expression, Items) else (expression,)
    if all(isinstance(each, Constant) for each in written):
        given = frozenset(str(each.value) for each in written if isinstance(each, Constant))
    if given is None or not given <= codes:
        strange = sorted(given - codes)[0] if given else scalar.text
        hint = (
            suggest(strange, sorted(codes)) if given else "Write a table, of which each row gives one of the choices."
        )
        problems.add(scalar, f"{kind.what}: “{strange}” may be none of its choices.", hint)


class _Table:
    """The table of a derived fact, while it is being read."""

    def __init__(
        self, derived: Fields, kind: _Kind, declared: Declarations, taken: set[str], source: Source, status: Status
    ) -> None:
        self.kind, self.declared, self.taken, self.source, self.status = kind, declared, taken, source, status
        self.problems = derived.problems
        optional = ("inputs", "order", "default", "aggregation")
        self.fields = derived.fields("table", f"{kind.what}: table", ("hit", "rules"), optional)
        self.rows = [
            Fields(
                node, self.problems, f"{kind.what}: the rule", ("id", "when", "then"), ("where", "because", *SOURCED)
            )
            for node in self.fields.items("rules")
        ]

    def read(self) -> tuple[DecisionTable, tuple[DerivedRule, ...]]:
        hit = HITS[self.fields.one_of("hit", tuple(HITS))]
        written = self.fields.one_of("aggregation", tuple(AGGREGATIONS))
        aggregation = AGGREGATIONS[written] if self.fields.get("aggregation") is not None else None
        self._check_shape(hit, aggregation)
        columns = self._columns()
        read = [self._row(row, columns) for row in self.rows]
        conditions = [where for _, _, where, _ in read if where is not None]
        inputs = (*columns.values(), *(TableInput(each, Type("boolean")) for each in conditions))
        rules = tuple(
            TableRule(row_id, (*cells, *(_only(where, each) for each in conditions)), (result,))
            for row_id, cells, where, result in read
        )
        table = DecisionTable(inputs, (self._output(hit),), rules, hit, aggregation)
        return table, tuple(self._reasons(row) for row in self.rows)

    def _check_shape(self, hit: HitPolicy, aggregation: Aggregation | None) -> None:
        lists = hit in LISTED and aggregation is None
        place = self.fields.place("hit")
        if aggregation is not None and hit != "collect":
            self.problems.add(place, "Only a table with hit: collect has an aggregation.", "Write hit: collect.")
        elif lists != self.kind.type.is_list:
            hint = "Write many: true with hit: collect, rule-order or output-order; not with another hit."
            self.problems.add(place, f"{self.kind.what}: hit and many do not agree.", hint)
        if aggregation is not None and self.kind.type.basic != "number":
            hint = "Write type: number."
            self.problems.add(place, f"{self.kind.what}: an aggregation gives a number.", hint)
        if (hit in ("priority", "output order")) != (self.fields.get("order") is not None):
            hint = "Write order: [highest, …, lowest] with hit: priority or output-order, and only then."
            self.problems.add(place, f"{self.kind.what}: hit and order do not agree.", hint)

    def _columns(self) -> dict[str, TableInput]:
        """The inputs by their text: those that are written, else the facts that the rules name."""
        columns: dict[str, TableInput] = {}
        for node in self.fields.items("inputs"):
            if not isinstance(node, Scalar):
                self.problems.add(node, "An input is a list or a mapping.", "Write a fact or an expression.")
            elif expression := read_expression(node, f"{self.kind.what}: input", self.declared, self.problems):
                columns[" ".join(node.text.split())] = TableInput(expression, type_of(expression, self.declared.scope))
        if self.fields.get("inputs") is not None:
            return columns
        names = self.declared.scope.names
        for row in self.rows:
            for key, _ in row.pairs("when"):
                if key.text in names:
                    columns.setdefault(key.text, TableInput(Name(key.text, _HERE), names[key.text]))
        return columns

    def _row(
        self, row: Fields, columns: Mapping[str, TableInput]
    ) -> tuple[str, tuple[Cell, ...], Expression | None, Expression]:
        row_id = row.identifier("id")
        if row_id in self.taken:
            self.problems.add(row.place("id"), f"The rule id “{row_id}” is taken.", "Give each rule an id of its own.")
        self.taken.add(row_id)
        written = {" ".join(key.text.split()): (key, node) for key, node in row.pairs("when")}
        cells: list[Cell] = []
        for name, column in columns.items():
            _, node = written.pop(name, (None, None))
            cells.append(self._cell(node, name, column))
        for key, _ in written.values():
            check_reference(key, tuple(columns or self.declared.columns), "input", self.problems)
        where = read_where(row, f"{self.kind.what}: where of {row_id}", self.declared)
        result = row.scalar("then")
        one = self.kind.one
        value = _value(result, self.kind, one, self.declared, self.problems) if result is not None else None
        return row_id, tuple(cells), where, value or Constant(None, _HERE)

    def _cell(self, node: Node | None, name: str, column: TableInput) -> Cell:
        if isinstance(node, Scalar):
            cell = read_cell(node, name, column.type, self.declared, self.problems)
            if cell is not None:
                return cell
        elif node is not None:
            hint = f'Put the cell between quotes: {name}: "[1..5]" or "a, b".'
            self.problems.add(node, f"The cell of {name} is read as a list or a mapping.", hint)
        return Cell("-", Anything(_HERE))

    def _output(self, hit: HitPolicy) -> TableOutput:
        order = tuple(each for node in self.fields.items("order") if (each := self._ordered(node)) is not None)
        default = self.fields.scalar("default")
        value = None
        if default is not None:
            value = _value(default, self.kind, self.kind.type, self.declared, self.problems)
        if hit in ("priority", "output order"):
            self._check_order(order)
        return TableOutput("", self.kind.one, order, value)

    def _ordered(self, node: Node) -> Expression | None:
        if isinstance(node, Scalar):
            return _value(node, self.kind, self.kind.one, self.declared, self.problems)
        self.problems.add(node, "A value in order is a list or a mapping.", "Write one value.")
        return None

    def _check_order(self, order: tuple[Expression, ...]) -> None:
        """Every result is written out and has its place in the order, so that it is known which one goes first."""
        values = [each.value for each in order if isinstance(each, Constant)]
        for row in self.rows:
            result = row.scalar("then")
            quiet = Problems("")
            value = _value(result, self.kind, self.kind.one, self.declared, quiet) if result is not None else None
            if value is not None and not (isinstance(value, Constant) and value.value in values):
                hint = "Write one of the values of order, which has each result of the table."
                self.problems.add(cast(Scalar, result), f"{self.kind.what}: this result has no place in order.", hint)

    def _reasons(self, row: Fields) -> DerivedRule:
        source = read_source(row, self.declared.source_ids) if row.get("source") is not None else self.source
        status = _STATUS[row.one_of("status", STATUSES, default=self.status)]
        return DerivedRule(row.text("id"), row.both_languages("because"), source, status)


def _only(where: Expression | None, condition: Expression) -> Cell:
    """The cell of a condition: it has to hold for the row that it belongs to, and matters to no other."""
    if where is condition:
        return Cell("true", Literal(True, _HERE))
    return Cell("-", Anything(_HERE))
