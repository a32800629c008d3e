"""The tables of a framework: its rules with their cells, read against what the framework declares."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hanze.policy.cells import Cell
from hanze.policy.declarations import SOURCED, STATUSES, Declarations, read_all, read_source
from hanze.policy.derivations import read_cell, read_where
from hanze.policy.documents import Node, Problems, Scalar
from hanze.policy.fields import Fields, check_reference
from hanze.policy.framework import HitPolicy, Rule, Table

HITS: tuple[HitPolicy, ...] = ("collect", "first", "unique", "any", "priority", "rule-order", "output-order")


def read_tables(top: Fields, declared: Declarations, taken: set[str]) -> tuple[Table, ...]:
    """The tables of a framework with their rules; problems are noted in `top`. `taken` are the rule ids in use."""
    return read_all(top, "tables", lambda node: _table(node, top.problems, declared, taken), "table")


def _table(node: Node, problems: Problems, declared: Declarations, taken: set[str]) -> Table:
    fields = Fields(node, problems, "The table", ("id", "kind", "number", "line", "text", "hit", *SOURCED, "rules"), ())
    return Table(
        id=fields.identifier("id"),
        kind=fields.one_of("kind", ("precondition", "economic", "human-rights", "protocol")),
        number=fields.whole_number("number") or 0,
        line=fields.needed_text("line"),
        text=fields.needed_text("text"),
        hit=fields.one_of("hit", HITS),
        source=read_source(fields, declared.source_ids),
        status=fields.one_of("status", STATUSES),
        rules=tuple(_rule(each, problems, declared, taken) for each in fields.items("rules")),
    )


def _rule(node: Node, problems: Problems, declared: Declarations, taken: set[str]) -> Rule:
    fields = Fields(node, problems, "The rule", ("id", "when", "then", "because", *SOURCED), ("where",))
    then = fields.fields("then", "then", (), ("advice", "measures", "ground"))
    rule = Rule(
        id=fields.identifier("id"),
        when=read_conditions(fields, "when", declared),
        advice=then.reference("advice", declared.outcomes, "outcome"),
        measures=_measures(then, declared),
        ground=then.reference("ground", declared.grounds, "ground"),
        because=fields.needed_text("because"),
        source=read_source(fields, declared.source_ids),
        status=fields.one_of("status", STATUSES),
        where=read_where(fields, f"where of {fields.text('id')}", declared),
    )
    if rule.id in taken:
        problems.add(fields.place("id"), f"The rule id “{rule.id}” is taken.", "Give each rule an id of its own.")
    taken.add(rule.id)
    if rule.advice is None and not rule.measures:
        problems.add(then.node, f"The rule {rule.id} gives nothing.", "Write advice: …, measures: […], or both.")
    _check_ground(rule, then, declared)
    return rule


def read_otherwise(top: Fields, declared: Declarations) -> Rule | None:
    """The advice for a case in which no rule gives one, or None when it was left out."""
    if top.get("otherwise") is None:
        return None
    fields = top.fields("otherwise", "otherwise", ("advice", "because", *SOURCED), ("ground",))
    rule = Rule(
        id="otherwise",
        when=MappingProxyType({}),
        advice=fields.reference("advice", declared.outcomes, "outcome"),
        measures=(),
        ground=fields.reference("ground", declared.grounds, "ground"),
        because=fields.needed_text("because"),
        source=read_source(fields, declared.source_ids),
        status=fields.one_of("status", STATUSES),
    )
    _check_ground(rule, fields, declared)
    return rule


def _check_ground(rule: Rule, then: Fields, declared: Declarations) -> None:
    outcome = declared.outcomes.get(rule.advice or "")
    needs_ground = outcome is not None and outcome.kind in ("refer", "refuse")
    if needs_ground != (rule.ground is not None):
        hint = "Write ground: … with an advice to refer or refuse, and only then: the letter names it."
        then.problems.add(then.node, f"The rule {rule.id}: advice and ground do not agree.", hint)


def _measures(then: Fields, declared: Declarations) -> tuple[str, ...]:
    found: list[str] = []
    for node in then.items("measures"):
        if not isinstance(node, Scalar):
            then.problems.add(node, "A measure is a list or a mapping.", "Write the id of a measure.")
        elif node.text in found:
            then.problems.add(node, f"The measure “{node.text}” stands here twice.", "Remove one of the two.")
        else:
            check_reference(node, declared.measure_ids, "measure", then.problems)
            found.append(node.text)
    return tuple(found)


def read_conditions(fields: Fields, key: str, declared: Declarations) -> Mapping[str, Cell]:
    """The cells of a rule or of applies_to, by fact or derived fact."""
    problems = fields.problems
    cells: dict[str, Cell] = {}
    for name, node in fields.pairs(key):
        type = declared.columns.get(name.text)
        if type is None:
            check_reference(name, declared.columns, "fact", problems)
        elif not isinstance(node, Scalar):
            hint = f'Put the cell between quotes: {name.text}: "[1..5]" or "a, b".'
            problems.add(node, f"The cell of {name.text} is read as a list or a mapping.", hint)
        elif cell := read_cell(node, name.text, type, declared, problems):
            cells[name.text] = cell
    return MappingProxyType(cells)
