"""Whether zen-engine, which knows nothing of our code, lets the same rules hold.

    python -m benchmarks.policy.oracle [--cases 5000] [--seed 1]

The tables of the frameworks of the folder `frameworks` and of the sample framework are written as zen-engine's decision
tables, and both engines weigh the same random cases. zen-engine has no unknown, so every fact is known, and its numbers
come from floats, so numbers have at most 15 digits. Prints how many cases differ, which must be 0; leaves with 1 when
there is any. Needs the extra `bench`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from hanze.policy import Framework, Table, read_frameworks
from hanze.policy.bulk import assess_frame
from hanze.policy.cells import (
    Alternatives,
    Anything,
    Comparison,
    Interval,
    Literal,
    Membership,
    Negation,
    Test,
    number_text,
)
from hanze.policy.synthetic import synthesise
from tests.policy import sample

MOST_DIGITS = 15


def condition(fact: str, test: Test, lists: Mapping[str, frozenset[str]]) -> str:
    """The test of a cell in zen-engine's language."""
    match test:
        case Anything():
            return "true"
        case Literal(value=value):
            return f"{_operand(fact, value)} == {_written(value)}"
        case Comparison(operator=operator, value=value):
            return f"{_operand(fact, value)} {operator} {_written(value)}"
        case Interval(low=low, high=high):
            above, below = ">=" if test.low_included else ">", "<=" if test.high_included else "<"
            operand = _operand(fact, low)
            return f"({operand} {above} {_written(low)} and {operand} {below} {_written(high)})"
        case Membership(list_id=list_id):
            return f"{fact} in [{', '.join(_written(code) for code in sorted(lists[list_id]))}]"
        case Alternatives(tests=tests):
            return f"({' or '.join(condition(fact, each, lists) for each in tests)})"
        case Negation(test=inner):
            return f"not({condition(fact, inner, lists)})"
        case _:
            raise ValueError(f"{fact} is compared with something that is not constant")


def _operand(fact: str, value: object) -> str:
    return f"date({fact})" if isinstance(value, date) else fact


def _written(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return number_text(value)
        case date():
            return f'date("{value.isoformat()}")'
        case _:
            assert isinstance(value, str)
            assert '"' not in value  # zen-engine has no way to write it
            return f'"{value}"'


def as_zen_table(table: Table, framework: Framework) -> str:
    """A table as a decision of zen-engine that gives the ids of the rules that hold."""
    rules = [
        {
            "_id": rule.id,
            "when": " and ".join(condition(name, cell.tree, framework.codes) for name, cell in rule.when.items())
            or "true",
            "rule": f'"{rule.id}"',
        }
        for rule in table.rules
    ]
    content = {
        "hitPolicy": "first" if table.hit == "first" else "collect",
        "inputs": [{"id": "when", "name": "when"}],
        "outputs": [{"id": "rule", "name": "rule", "field": "rule"}],
        "rules": rules,
    }
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {"id": "table", "type": "decisionTableNode", "name": "table", "content": content},
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    edges = [
        {"id": "1", "sourceId": "in", "targetId": "table"},
        {"id": "2", "sourceId": "table", "targetId": "out"},
    ]
    return json.dumps({"nodes": nodes, "edges": edges})


def fired_by_zen(framework: Framework, rows: Sequence[Mapping[str, Any]]) -> list[frozenset[str]]:
    """The rules that hold in each case, by zen-engine."""
    import zen

    engine = zen.ZenEngine()
    decisions = [engine.create_decision(as_zen_table(table, framework)) for table in framework.tables]
    found: list[frozenset[str]] = []
    for row in rows:
        results = [decision.evaluate(dict(row))["result"] for decision in decisions]
        lists = [each if isinstance(each, list) else [each] for each in results]
        found.append(frozenset(each["rule"] for hits in lists for each in hits if each))
    return found


def fired_by_us(framework: Framework, cases: pl.DataFrame) -> list[frozenset[str]]:
    """The rules that hold in each case, by the mask program."""
    rules = [rule.id for _, rule in framework.rules()]
    found = assess_frame(framework, cases)
    words = [found[name].to_list() for name in found.columns if name.startswith("fired_")]
    return [
        frozenset(rule for place, rule in enumerate(rules) if row[place // 64] >> (place % 64) & 1)
        for row in zip(*words, strict=True)
    ]


def _for_zen(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


def _is_short(value: Any) -> bool:
    return not isinstance(value, Decimal) or len(value.normalize().as_tuple().digits) <= MOST_DIGITS


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it; see the module."""
    parser = argparse.ArgumentParser(description="Whether zen-engine lets the same rules hold.")
    parser.add_argument("--cases", type=int, default=5_000, help="cases for each framework")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    differences = 0
    for framework in [*read_frameworks(sample.FRAMEWORKS), sample.read()]:
        if framework.derived or framework.parameters or any(rule.where for _, rule in framework.rules()):
            print(f"{framework.id}: more than tables of cells, which zen-engine has not")
            continue
        cases = synthesise(framework, given.cases, seed=given.seed, unknown=0)
        rows = cases.to_dicts()
        kept = [place for place, row in enumerate(rows) if all(map(_is_short, row.values()))]
        cases = cases[kept]
        zen = fired_by_zen(
            framework, [{name: _for_zen(value) for name, value in rows[place].items()} for place in kept]
        )
        ours = fired_by_us(framework, cases)
        different = [(row, one, other) for row, one, other in zip(kept, ours, zen, strict=True) if one != other]
        differences += len(different)
        print(f"{framework.id} {framework.version}: {len(different)} differences in {len(kept):,} cases")
        for row, one, other in different[:1]:
            print(f"    {rows[row]}: ours {sorted(one - other)}, zen-engine's {sorted(other - one)}")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
