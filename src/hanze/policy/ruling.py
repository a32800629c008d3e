"""The tables of a framework: its rules with their cells, read against what the framework declares."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hanze.policy.cells import Cell, Literal, Membership, simple_tests
from hanze.policy.declarations import SOURCED, STATUSES, Declarations, read_all, read_source
from hanze.policy.documents import Node, Problems, Scalar
from hanze.policy.fields import Fields, check_reference, suggest
from hanze.policy.framework import Fact, Rule, Table
from hanze.policy.parsing import CellError, parse_cell


def read_tables(top: Fields, declared: Declarations) -> tuple[Table, ...]:
    """The tables of a framework with their rules; problems are noted in `top`."""
    taken: set[str] = {"otherwise"}
    return read_all(top, "tables", lambda node: _table(node, top.problems, declared, taken), "table")


def _table(node: Node, problems: Problems, declared: Declarations, taken: set[str]) -> Table:
    fields = Fields(node, problems, "The table", ("id", "kind", "number", "line", "text", "hit", *SOURCED, "rules"), ())
    return Table(
        id=fields.identifier("id"),
        kind=fields.one_of("kind", ("precondition", "economic", "human-rights", "protocol")),
        number=fields.whole_number("number") or 0,
        line=fields.needed_text("line"),
        text=fields.needed_text("text"),
        hit=fields.one_of("hit", ("collect", "first", "unique")),
        source=read_source(fields, declared.source_ids),
        status=fields.one_of("status", STATUSES),
        rules=tuple(_rule(each, problems, declared, taken) for each in fields.items("rules")),
    )


def _rule(node: Node, problems: Problems, declared: Declarations, taken: set[str]) -> Rule:
    fields = Fields(node, problems, "The rule", ("id", "when", "then", "because", *SOURCED))
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
    """The cells of a rule or of applies_to, by fact."""
    problems = fields.problems
    cells: dict[str, Cell] = {}
    for name, node in fields.pairs(key):
        fact = declared.facts_by_id.get(name.text)
        if fact is None:
            check_reference(name, declared.facts_by_id, "fact", problems)
        elif not isinstance(node, Scalar):
            hint = f'Put the cell between quotes: {name.text}: "[1..5]" or "a, b".'
            problems.add(node, f"The cell of {name.text} is read as a list or a mapping.", hint)
        elif cell := _cell(node, fact, problems, declared):
            cells[name.text] = cell
    return MappingProxyType(cells)


def _cell(node: Scalar, fact: Fact, problems: Problems, declared: Declarations) -> Cell | None:
    quote = 0 if node.style == "plain" else 1
    try:
        cell = parse_cell(node.text, fact.type)
    except CellError as error:
        problems.add(node, f"The cell of {fact.id}: {error.message}", error.hint, quote + error.span.start)
        return None
    for test in simple_tests(cell.tree):
        offset = quote + test.span.start
        if isinstance(test, Membership):
            _check_list(test, node, offset, fact, problems, declared)
        elif fact.type == "choice" and isinstance(test, Literal):
            codes = [choice.code for choice in fact.choices]
            if test.value not in codes:
                message = f"{fact.id} has no choice “{test.value}”."
                problems.add(node, message, suggest(str(test.value), codes), offset)
    return cell


def _check_list(
    test: Membership, node: Scalar, offset: int, fact: Fact, problems: Problems, declared: Declarations
) -> None:
    named = declared.lists_by_id.get(test.list_id)
    if named is None:
        problems.add(node, f"There is no list “{test.list_id}”.", suggest(test.list_id, declared.lists_by_id), offset)
        return
    choices = {choice.code for choice in fact.choices}
    strange = [item.code for item in named.items if choices and item.code not in choices]
    if strange:
        message = f"The list {named.id} holds {strange[0]}, which is no choice of {fact.id}."
        problems.add(node, message, suggest(strange[0], sorted(choices)), offset)
