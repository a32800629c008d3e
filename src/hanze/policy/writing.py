"""From a Framework to the YAML text of one: the way back of `reading`.

The text says what the framework means, in one way; comments and the author's layout are not in it. Reading it gives a
framework with the same content hash.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import yaml

from hanze.policy.cells import (
    Alternatives,
    Anything,
    Cell,
    Literal,
    Negation,
    Test,
    Value,
    duration_text,
    number_text,
    unparse,
    unparse_expression,
    value_text,
)
from hanze.policy.decisions import DecisionTable, TableInput, Type
from hanze.policy.derivations import HITS
from hanze.policy.expression_parsing import RESERVED
from hanze.policy.expressions import Constant, Expression, Name
from hanze.policy.framework import (
    Choice,
    DatedValue,
    Derived,
    DerivedRule,
    Fact,
    Framework,
    Measure,
    NamedList,
    Outcome,
    Parameter,
    Rule,
    Source,
    SourceDocument,
    Status,
    Table,
    Text,
)

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_HIT_WORDS = {hit: word for word, hit in HITS.items()}
_WIDTH = 120

Plain = dict[str, Any]


class _Writer(yaml.SafeDumper):
    """Writes every scalar as the text that it is: a framework's reader resolves nothing but an empty value."""

    yaml_implicit_resolvers = {
        first: [("tag:yaml.org,2002:null", re.compile(r"(?:~|null|)$"))] for first in ("~", "n", "")
    }


def framework_to_yaml(framework: Framework) -> str:
    """The canonical YAML text of a framework; reading it gives the same content hash."""
    return yaml.dump(
        _framework(framework),
        Dumper=_Writer,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=None,
        width=_WIDTH,
    )


def _framework(framework: Framework) -> Plain:
    in_force = {
        "from": framework.in_force_from.isoformat(),
        "until": framework.in_force_until.isoformat() if framework.in_force_until else None,
        "status": framework.in_force_status,
        "note": _both(framework.in_force_note),
    }
    return _filled({
        "framework": framework.id,
        "version": framework.version.isoformat(),
        "title": _both(framework.title),
        "summary": _both(framework.summary),
        "adopted_by": _both(framework.adopted_by),
        "in_force": _filled(in_force),
        "precedence": str(framework.precedence),
        "applies_to": _conditions(framework.applies_to),
        "dated_by": framework.dated_by,
        "sources": {each.id: _document(each) for each in framework.sources},
        "deciders": _texts(framework.deciders),
        "scale": [_outcome(each) for each in framework.scale],
        "grounds": _texts(framework.grounds) or None,
        "facts": {each.id: _fact(each) for each in framework.facts},
        "lists": {each.id: _list(each) for each in framework.lists} or None,
        "parameters": {each.id: _parameter(each) for each in framework.parameters} or None,
        "derived": {each.id: _derived(each) for each in framework.derived} or None,
        "measures": {each.id: _measure(each) for each in framework.measures},
        "otherwise": _otherwise(framework.otherwise) if framework.otherwise else None,
        "tables": [_table(each) for each in framework.tables],
    })  # fmt: skip


def _filled(fields: Mapping[str, Any]) -> Plain:
    """The fields that say something."""
    return {key: value for key, value in fields.items() if value is not None}


def _both(text: Text | None) -> Plain | None:
    return None if text is None else {"nl": text.nl, "en": text.en}


def _texts(texts: Mapping[str, Text]) -> Plain:
    return {key: _both(text) for key, text in texts.items()}


def _sourced(source: Source, status: Status) -> Plain:
    section = source.section.nl if source.section.nl == source.section.en else _both(source.section)
    return {"source": {"document": source.document, "section": section}, "status": status}


def _document(document: SourceDocument) -> Plain:
    day = document.date.isoformat() if document.date else None
    return _filled({"title": _both(document.title), "date": day, "url": document.url})


def _outcome(outcome: Outcome) -> Plain:
    return {"id": outcome.id, "kind": outcome.kind, "label": _both(outcome.label), "decided_by": outcome.decided_by}


def _choices(choices: Iterable[Choice]) -> Plain:
    return {each.code: _both(each.label) for each in choices}


def _fact(fact: Fact) -> Plain:
    return _filled({
        "label": _both(fact.label),
        "type": fact.type,
        "many": "true" if fact.many else None,
        "whole": "true" if fact.whole else None,
        "minimum": None if fact.minimum is None else str(fact.minimum),
        "maximum": None if fact.maximum is None else str(fact.maximum),
        "decimals": None if fact.decimals is None else str(fact.decimals),
        "from": fact.source_path,
        "ask": _both(fact.ask),
        "help": _both(fact.help),
        "choices": _choices(fact.choices) or None,
    })  # fmt: skip


def _list(named: NamedList) -> Plain:
    head = {"title": _both(named.title), "date": named.date.isoformat()}
    return {**head, **_sourced(named.source, named.status), "items": _choices(named.items)}


def _parameter(parameter: Parameter) -> Plain:
    values = [_dated(each) for each in parameter.values]
    return {"label": _both(parameter.label), "type": parameter.type, "values": values}


def _dated(dated: DatedValue) -> Plain:
    head = {"from": dated.start.isoformat(), "value": plain_value(dated.value)}
    return {**head, **_sourced(dated.source, dated.status)}


def plain_value(value: Value) -> str:
    """A value as a scenario, a parameter or a form gives it: without quotes and without a function around it."""
    match value:
        case str():
            return value
        case Decimal():
            return number_text(value)
        case datetime():
            return value.isoformat()
        case timedelta():
            return duration_text(value)
        case _:
            return value_text(value)


def _measure(measure: Measure) -> Plain:
    return {
        "label": _both(measure.label),
        "description": _both(measure.description),
        "moment": measure.moment,
        "per": measure.per,
        "line": measure.line,
        **_sourced(measure.source, measure.status),
    }


def _otherwise(rule: Rule) -> Plain:
    then = _filled({"advice": rule.advice, "ground": rule.ground})
    return {**then, "because": _both(rule.because), **_sourced(rule.source, rule.status)}


def _table(table: Table) -> Plain:
    return {
        "id": table.id,
        "kind": table.kind,
        "number": str(table.number),
        "line": _both(table.line),
        "text": _both(table.text),
        "hit": table.hit,
        **_sourced(table.source, table.status),
        "rules": [_rule(each) for each in table.rules],
    }


def _rule(rule: Rule) -> Plain:
    then = _filled({"advice": rule.advice, "measures": list(rule.measures) or None, "ground": rule.ground})
    return _filled({
        "id": rule.id,
        "when": _conditions(rule.when),
        "where": None if rule.where is None else unparse_expression(rule.where),
        "then": then,
        "because": _both(rule.because),
        **_sourced(rule.source, rule.status),
    })  # fmt: skip


def _conditions(cells: Mapping[str, Cell]) -> Plain:
    return {name: cell_text(cell.tree) for name, cell in cells.items()}


def cell_text(test: Test) -> str:
    """A cell as people write it: words without quotes, yes and no."""
    match test:
        case Literal(value=bool() as value):
            return "yes" if value else "no"
        case Literal(value=str() as value) if _is_word(value):
            return value
        case Alternatives(tests=tests):
            return ", ".join(cell_text(each) for each in tests)
        case Negation(test=inner):
            return f"not({cell_text(inner)})"
        case _:
            return unparse(test)


def _derived(derived: Derived) -> Plain:
    logic = derived.logic
    is_table = isinstance(logic, DecisionTable)
    return _filled({
        "label": _both(derived.label),
        "type": derived.type,
        "many": "true" if derived.many else None,
        "choices": _choices(derived.choices) or None,
        "table": _derived_table(derived, logic) if is_table else None,
        "is": None if is_table else unparse_expression(logic),
        "because": _both(derived.because),
        **_sourced(derived.source, derived.status),
    })  # fmt: skip


def _derived_table(derived: Derived, table: DecisionTable) -> Plain:
    columns = len(table.inputs) - _conditions_at_end(table)
    keys = _column_keys(table.inputs[:columns])
    rows = [_derived_rule(derived, table, row, keys, explained) for row, explained in enumerate(derived.rules)]
    named = list(dict.fromkeys(key for row in rows for key in row["when"]))
    are_facts = all(isinstance(each.expression, Name) for each in table.inputs[:columns])
    output = table.outputs[0]
    return _filled({
        "hit": _HIT_WORDS[table.hit],
        "aggregation": table.aggregation,
        "inputs": None if are_facts and named == keys else keys,
        "order": [_result(each, derived) for each in output.order] or None,
        "default": None if output.default is None else _result(output.default, derived),
        "rules": rows,
    })  # fmt: skip


def _derived_rule(derived: Derived, table: DecisionTable, place: int, keys: list[str], why: DerivedRule) -> Plain:
    row = table.rules[place]
    pairs = zip(keys, row.cells[: len(keys)], strict=True)
    wheres = [
        column.expression
        for column, cell in zip(table.inputs[len(keys) :], row.cells[len(keys) :], strict=True)
        if not isinstance(cell.tree, Anything)
    ]
    return _filled({
        "id": row.id,
        "when": {key: cell_text(cell.tree) for key, cell in pairs if not isinstance(cell.tree, Anything)},
        "where": unparse_expression(wheres[0]) if wheres else None,
        "then": _result(row.results[0], derived),
        "because": _both(why.because),
        **(_sourced(why.source, why.status) if (why.source, why.status) != (derived.source, derived.status) else {}),
    })  # fmt: skip


def _conditions_at_end(table: DecisionTable) -> int:
    """How many of the last inputs can be written as the `where` of one row each, in the order of the rows."""
    count, below = 0, len(table.rules)
    for place in range(len(table.inputs) - 1, -1, -1):
        cells = [row.cells[place].tree for row in table.rules]
        rows = [row for row, cell in enumerate(cells) if not isinstance(cell, Anything)]
        column = table.inputs[place].type
        is_condition = (
            column == Type("boolean") and not isinstance(table.inputs[place].expression, Name) and len(rows) == 1
        )
        if not is_condition or rows[0] >= below or not _is_true(cells[rows[0]]):
            break
        count, below = count + 1, rows[0]
    return count


def _is_true(test: Test) -> bool:
    return isinstance(test, Literal) and test.value is True


def _column_keys(inputs: Iterable[TableInput]) -> list[str]:
    """The inputs as texts that differ, also where two are the same expression."""
    keys: list[str] = []
    for each in inputs:
        text = unparse_expression(each.expression)
        while text in keys:
            text = f"({text})"
        keys.append(text)
    return keys


def _result(expression: Expression, derived: Derived) -> str:
    """What a row of a derived fact gives: the bare id of a choice, else an expression."""
    match expression:
        case Constant(value=str() as value) if derived.type == "choice" and _is_word(value):
            return value
        case _:
            return unparse_expression(expression)


def _is_word(text: str) -> bool:
    return bool(_WORD.fullmatch(text)) and text.lower() not in RESERVED
