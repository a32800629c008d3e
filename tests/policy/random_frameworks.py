"""Frameworks and cases at random, for what has to hold of every framework."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from hanze.policy import Framework, FrameworkError
from tests.policy import sample

OUTCOMES = ["yes-please", "with-care", "ask-first", "refuse"]
CELLS = {
    "country": ["AA", "in_list(watched)", "not(AA)", "AA, CC", "-"],
    "sector": ["tulips", "cheese", "not(clogs)", "tulips, clogs"],
    "dual_use": ["yes", "no", "-"],
    "people": ["0", "> 2", "> budget", "[1..budget]", "[1..2]", "not(2)", ">= 3, 0"],
    "budget": ["> 0.1", "<= 0.1", "0.1", "(0..2.50]", "not(-1)", "[0.1..0.3], > 99999999999999999.5"],
    "starts_on": ["> 2024-01-31", "2024-02-29", "[2024-01-01..2024-02-29)", "not(< 2024-03-01)"],
}
VALUES: dict[str, list[Any]] = {
    "country": ["AA", "BB", "CC", ""],
    "sector": ["tulips", "cheese", "clogs"],
    "dual_use": [True, False],
    "people": [0, 1, 2, 3, Decimal("4.0"), 10**17],
    "budget": [
        *map(Decimal, ("-1", "0", "0.1", "0.10", "0.1000000001", "0.3", "2.5", "2.51", "1e3")),
        *map(Decimal, ("99999999999999999.5", "99999999999999999.51", "-999999999999999999")),
        7,
    ],
    "starts_on": [date(2024, 1, 1), date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 1), date.min, date.max],
}
HITS = ["collect", "first", "priority", "rule-order", "output-order"]

_HEAD = sample.TEXT[: sample.TEXT.index("otherwise:")]
_OTHERWISE = sample.TEXT[sample.TEXT.index("otherwise:") : sample.TEXT.index("tables:")]

Content = list[tuple[str, list[tuple[dict[str, str], str | None]]]]

conditions = st.fixed_dictionaries({}, optional={fact: st.sampled_from(cells) for fact, cells in CELLS.items()})
rules = st.tuples(conditions, st.sampled_from([*OUTCOMES, None]))
cases = st.fixed_dictionaries({}, optional={fact: st.sampled_from([None, *values]) for fact, values in VALUES.items()})


def contents(most_tables: int = 3, most_rules: int = 6) -> st.SearchStrategy[Content]:
    """What the tables of a framework hold: hit policies, and rules with their cells and advice."""
    table = st.tuples(st.sampled_from(HITS), st.lists(rules, min_size=1, max_size=most_rules))
    return st.lists(table, min_size=1, max_size=most_tables)


def drawn_rule(draw: random.Random) -> tuple[dict[str, str], str | None]:
    """A rule with cells on one to three facts, and an advice or none."""
    facts = draw.sample(sorted(CELLS), draw.randint(1, 3))
    return {fact: draw.choice(CELLS[fact]) for fact in facts}, draw.choice([*OUTCOMES, None])


def drawn_case(draw: random.Random) -> dict[str, Any]:
    """A case of which about a fifth is unknown."""
    return {fact: draw.choice(values) for fact, values in VALUES.items() if draw.random() > 0.2}


def framework_of(content: Content) -> Framework:
    """The sample's framework with other tables; with an advice for the rest where the rules leave cases open."""
    body = "".join(part for number, (hit, table) in enumerate(content, 1) for part in _written(number, hit, table))
    head = _HEAD.replace("line: care", "line: t1")
    try:
        return sample.read(f"{head}{_OTHERWISE}tables:\n{body}")
    except FrameworkError:
        return sample.read(f"{head}tables:\n{body}")


frameworks = contents().map(framework_of)


def _written(number: int, hit: str, content: list[tuple[dict[str, str], str | None]]) -> Iterator[str]:
    yield f"  - id: t{number}\n    kind: protocol\n    number: {number}\n    line: {{nl: a, en: b}}\n"
    yield f"    text: {{nl: a, en: b}}\n    hit: {hit}\n    source: {{document: policy, section: s}}\n"
    yield "    status: stated\n    rules:\n"
    for index, (when, advice) in enumerate(content):
        cells = ", ".join(f'{fact}: "{cell}"' for fact, cell in when.items())
        ground = ", ground: too-many" if advice == "refuse" else ""
        then = f"advice: {advice}{ground}" if advice else "measures: [report]"
        yield f"      - id: R{number}-{index}\n        when: {{{cells}}}\n        then: {{{then}}}\n"
        yield "        because: {nl: a, en: b}\n        source: {document: policy, section: s}\n"
        yield "        status: stated\n"
