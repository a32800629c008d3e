"""What follows from the facts of many cases, for the mask program: derived facts, and conditions over several facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import polars as pl

from hanze.policy.executing.columns import case_columns
from hanze.policy.executing.frameworks import framework_scope
from hanze.policy.executing.lowering import Lowering
from hanze.policy.executing.polars import run_steps
from hanze.policy.executing.polars_operations import PolarsOperations
from hanze.policy.executing.steps import Steps
from hanze.policy.expressions import Expression
from hanze.policy.framework import Framework

Followed = str | Expression
"""A derived fact by its name, or a condition."""


def following(framework: Framework, cases: pl.DataFrame, wanted: Iterable[Followed]) -> dict[Followed, pl.Series]:
    """A column for each derived fact and each condition that is wanted. Raises FactError for a value of a wrong type,
    and CannotExecute for an expression that polars cannot evaluate exactly."""
    steps = Steps[pl.Expr](fact.id for fact in framework.facts)
    lowering = Lowering(PolarsOperations(steps), framework.codes)
    scope = framework_scope(framework, lowering, pl.col)
    named = dict(enumerate(dict.fromkeys(wanted)))
    codes: dict[str, Any] = {
        str(number): scope[each].code if isinstance(each, str) else lowering.condition(each, scope)
        for number, each in named.items()
    }
    found = run_steps(steps, case_columns(framework, cases), codes)
    return {each: found[str(number)] for number, each in named.items()}
