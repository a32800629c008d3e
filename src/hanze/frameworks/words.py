"""What a framework says, in the language in force, and the tones of its outcomes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from django.utils.translation import get_language, gettext_lazy

from hanze.policy import Cell, Fact, Framework, Outcome, Text, describe
from hanze.policy.cells import Anything, Literal, values_in
from hanze.policy.decisions import DecisionTable, TableRule
from hanze.policy.describing import describe_expression
from hanze.policy.expressions import Constant, Expression, Name
from hanze.policy.framework import Derived
from hanze.register.models import Country

TONES = {
    "take-up": "go",
    "take-up-with-measures": "go",
    "escalate": "care",
    "refer": "care",
    "refuse": "stop",
}
MOMENTS = ("before", "during", "after")
KINDS = {
    "take-up": gettext_lazy("Take up"),
    "take-up-with-measures": gettext_lazy("Take up with measures"),
    "escalate": gettext_lazy("Consult first"),
    "refer": gettext_lazy("Refer"),
    "refuse": gettext_lazy("Refuse"),
}
TABLE_KINDS = {
    "precondition": gettext_lazy("Preconditions"),
    "economic": gettext_lazy("Economic risks"),
    "human-rights": gettext_lazy("Human rights"),
    "protocol": gettext_lazy("Protocol"),
}
ARTICLES = {
    "precondition": gettext_lazy("Precondition"),
    "economic": gettext_lazy("Economic"),
    "human-rights": gettext_lazy("Human rights"),
    "protocol": gettext_lazy("Protocol"),
}


LOGIC: tuple[type, ...] = (*get_args(Expression), DecisionTable)


@dataclass(frozen=True)
class OutcomeShown:
    """A step of the scale as a page shows it."""

    id: str
    kind: str
    label: str

    @property
    def tone(self) -> str:
        return tone_of(self.kind)


def tone_of(kind: str, final: bool = True) -> str:
    """The colour of an advice; what open questions can still change is never shown as safe."""
    tone = TONES.get(kind, "unknown")
    return tone if final or tone != "go" else "unknown"


def kind_in_words(kind: str) -> str:
    """A kind of advice in our own words, for where many frameworks stand together."""
    return str(KINDS.get(kind, ""))


def language() -> str:
    """The language in force."""
    return get_language() or "nl"


def say(text: Text | Mapping[str, str] | None) -> str:
    """A text in the language in force."""
    if text is None:
        return ""
    both = text if isinstance(text, Text) else Text(text["nl"], text["en"])
    return both.in_language(language())


def upper_first(words: str) -> str:
    return words[:1].upper() + words[1:]


def outcome_shown(outcome: Outcome) -> OutcomeShown:
    """A step of the scale in the language in force."""
    return OutcomeShown(outcome.id, outcome.kind, say(outcome.label))


def cell_in_words(cell: Cell, fact: Fact, framework: Framework) -> str:
    """What a cell asks of its fact, with the names of countries for their codes."""
    words = describe(cell, fact, framework, language())
    if fact.source_path == "request.country":
        for country in Country.objects.filter(pk__in=[str(value) for value in values_in(cell.tree)]):
            words = re.sub(rf"\b{country.pk}\b", country.name, words)
    return words


def expression_in_words(expression: Expression, framework: Framework) -> str:
    """What an expression says, its facts and parameters by their labels."""
    return describe_expression(expression, framework, language())


def logic_in_words(logic: Expression | DecisionTable, framework: Framework) -> str:
    """How a derived fact follows, on one line."""
    if not isinstance(logic, DecisionTable):
        return expression_in_words(logic, framework)
    rows = (row_in_words(row, logic, framework) for row in logic.rules)
    return "; ".join(
        f"{', '.join(f'{name}: {words}' if name else words for name, words in when)} → {then}" for when, then in rows
    )


def row_in_words(row: TableRule, table: DecisionTable, framework: Framework) -> tuple[list[tuple[str, str]], str]:
    """The conditions of a row of a derived fact's table, each by what it looks at (nothing when it says so itself),
    and what the row gives."""
    conditions: list[tuple[str, str]] = []
    for column, cell in zip(table.inputs, row.cells, strict=True):
        if isinstance(cell.tree, Anything):
            continue
        name = column.expression.name if isinstance(column.expression, Name) else ""
        try:
            fact = framework.fact(name)
            conditions.append((say(fact.label), cell_in_words(cell, fact, framework)))
        except KeyError:
            if isinstance(cell.tree, Literal) and cell.tree.value is True:  # a condition of its own, that is to hold
                conditions.append(("", expression_in_words(column.expression, framework)))
                continue
            conditions.append((expression_in_words(column.expression, framework), cell.text))
    return conditions, expression_in_words(row.results[0], framework)


def result_in_words(result: Expression, derived: Derived, framework: Framework) -> str:
    """What a row of a derived fact's table gives, a choice by its label."""
    labels = {choice.code: say(choice.label) for choice in derived.choices}
    if isinstance(result, Constant) and str(result.value) in labels:
        return labels[str(result.value)]
    return expression_in_words(result, framework)
