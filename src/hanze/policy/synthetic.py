"""Cases made up, so that a framework can be tried before there is a history.

A value is drawn for each fact apart: from what the framework tells apart (every choice; the bounds that its cells name
and the values right beside them), or from the values of that fact in cases there are (their marginals). The same seed
gives the same cases, on any machine and whatever the number: the first thousand of a million are the thousand.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import numpy as np
import polars as pl

from hanze.policy.cells import Membership, simple_tests, values_in
from hanze.policy.classing import checked
from hanze.policy.expressions import Constant
from hanze.policy.facts import FactError, check_value
from hanze.policy.framework import Fact, Framework
from hanze.policy.noise import Numbers, noise
from hanze.policy.replaying.cases import open_cases
from hanze.policy.replaying.writing import working_folder

BATCH = 500_000
LONGEST_LIST = 3
UNKNOWN = 0.1
"""The share of unknown values, unless something else is asked."""

_PLAIN: dict[str, tuple[Any, ...]] = {
    "number": tuple(map(Decimal, (0, 1, 2, 5, 10, 100, 1000, 10_000, 100_000))),
    "date": (date(2020, 1, 1), date(2024, 2, 29), date(2024, 12, 31), date(2025, 1, 1)),
    "date-time": (datetime(2024, 1, 1), datetime(2024, 12, 31, 23, 59, 59)),
    "duration": (timedelta(0), timedelta(hours=1), timedelta(days=1), timedelta(days=30)),
}
_STEPS: dict[str, Any] = {"date": timedelta(days=1), "date-time": timedelta(seconds=1), "duration": timedelta(hours=1)}
_TYPES: dict[str, Any] = {
    "boolean": pl.Boolean(),
    "text": pl.String(),
    "date": pl.Date(),
    "date-time": pl.Datetime("us"),
    "duration": pl.Duration("us"),
}


def synthesise(
    framework: Framework,
    number: int,
    *,
    seed: int = 0,
    unknown: float = UNKNOWN,
    like: pl.DataFrame | None = None,
    start: int = 0,
) -> pl.DataFrame:
    """Made-up cases: a column a fact, in the order of the framework; null is unknown.

    `unknown` is the share of nulls. With `like` the values (nulls too, and then `unknown` does not count) are drawn
    from the columns of that frame, for the facts that it has. `start` is the number of the first case. Raises
    ValueError for a share that is none, and FactError for a value of `like` that is not of its fact's type.
    """
    if not 0 <= unknown <= 1:
        raise ValueError(f"A share of unknown values lies between 0 and 1; this is {unknown}.")
    places = np.arange(start, start + number, dtype=np.uint64)
    columns = [
        _observed(fact, like[fact.id], places, seed)
        if like is not None and fact.id in like.columns and like.height
        else _drawn(fact, framework, places, seed, unknown)
        for fact in framework.facts
    ]
    return pl.DataFrame(columns) if columns else pl.DataFrame()


def synthesise_to_file(
    framework: Framework,
    number: int,
    out: Path,
    *,
    seed: int = 0,
    unknown: float = UNKNOWN,
    like: Path | None = None,
) -> None:
    """Made-up cases as a parquet file, however many. Raises what `synthesise` raises, CasesError for a file `like` that
    cannot be read, and FileExistsError when `out` is there already."""
    if out.exists():
        raise FileExistsError(f"{out} is there already. Give another place, or remove it first.")
    if out.suffix != ".parquet":
        raise ValueError(f"{out.name} is no .parquet file. Give a name that ends in .parquet.")
    observed = open_cases(like, (framework,)).frame.collect() if like else None
    with working_folder(out) as folder:
        for place, begin in enumerate(range(0, max(number, 1), BATCH)):
            size = min(BATCH, number - begin)
            part = synthesise(framework, size, seed=seed, unknown=unknown, like=observed, start=begin)
            part.write_parquet(folder / f"{place:06}.parquet")
        pl.scan_parquet(folder / "*.parquet").sink_parquet(folder / "whole")
        out.parent.mkdir(parents=True, exist_ok=True)
        os.replace(folder / "whole", out)


def _observed(fact: Fact, column: pl.Series, places: Numbers, seed: int) -> pl.Series:
    for value in column.unique().drop_nulls().to_list():
        checked(value, fact)
    picked = noise(seed, f"like {fact.id}", places) % np.uint64(len(column))
    return column.gather(picked).alias(fact.id)


def _drawn(fact: Fact, framework: Framework, places: Numbers, seed: int, unknown: float) -> pl.Series:
    values = [int(value) if fact.type == "number" and fact.whole else value for value in pool(fact, framework)]
    if fact.many:
        lengths = noise(seed, f"length {fact.id}", places) % np.uint64(LONGEST_LIST + 1)
        drawn = [noise(seed, f"item {item} {fact.id}", places) % np.uint64(len(values)) for item in range(LONGEST_LIST)]
        lists = [
            [values[int(item[row])] for item in drawn[: int(length)]] for row, length in enumerate(lengths.tolist())
        ]
        column = pl.Series(fact.id, lists, pl.List(_type(fact)))
    else:
        picked = noise(seed, f"value {fact.id}", places) % np.uint64(len(values))
        column = pl.Series(fact.id, values, _type(fact)).gather(picked)
    missing = noise(seed, f"unknown {fact.id}", places) < np.uint64(min(int(unknown * 2**64), 2**64 - 1))
    return column.to_frame().select(pl.when(~pl.Series(missing)).then(pl.col(fact.id)).alias(fact.id)).to_series()


def _type(fact: Fact) -> Any:
    if fact.type == "choice":
        return pl.Enum([choice.code for choice in fact.choices])
    if fact.type == "number":
        return pl.Int64() if fact.whole else pl.Decimal(38, 10)
    return _TYPES[fact.type]


def pool(fact: Fact, framework: Framework) -> tuple[Any, ...]:
    """The values from which a fact is drawn: all that the framework tells apart, each at least once."""
    if fact.type == "boolean":
        return (True, False)
    if fact.type == "choice":
        return tuple(choice.code for choice in fact.choices)
    written = _written(fact, framework)
    if fact.type == "text":
        return (*written, "other") if "other" not in written else written
    near = dict.fromkeys(value for bound in written or _PLAIN[fact.type] for value in _around(bound, fact))
    return tuple(value for value in near if _may_be(value, fact)) or (_least(fact),)


def _written(fact: Fact, framework: Framework) -> tuple[Any, ...]:
    """The values that cells on the fact name, and those of its type in expressions and parameters."""
    cells = [value for cell in framework.cells_on(fact.id) for value in values_in(cell.tree)]
    tests = [test for cell in framework.cells_on(fact.id) for test in simple_tests(cell.tree)]
    cells += [
        item.code for test in tests if isinstance(test, Membership) for item in framework.named_list(test.list_id).items
    ]
    wheres = [rule.where for _, rule in framework.rules() if rule.where is not None]
    loose = list(_constants((framework.derived, framework.parameters, wheres)))
    fitting = [value for value in loose if type(value) is type(_PLAIN[fact.type][0])] if fact.type in _PLAIN else []
    return tuple(dict.fromkeys((*cells, *fitting)))


def _constants(value: Any) -> Iterator[Any]:
    """Every constant in the expressions and parameters of a tree of dataclasses."""
    if isinstance(value, Constant):
        yield value.value
    elif isinstance(value, list | tuple):
        for each in cast(Iterable[Any], value):
            yield from _constants(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            inner = getattr(value, each.name)
            yield from [inner] if each.name == "value" and isinstance(inner, Decimal) else _constants(inner)


def _around(bound: Any, fact: Fact) -> Iterator[Any]:
    yield bound
    steps = [_STEPS[fact.type]] if fact.type in _STEPS else [Decimal(1)] if fact.whole else [Decimal(1), _unit(fact)]
    for step in steps:
        for sign in (-1, 1):
            try:
                yield bound + sign * step
            except OverflowError:
                continue


def _unit(fact: Fact) -> Decimal:
    return Decimal(1).scaleb(-(2 if fact.decimals is None else fact.decimals))


def _may_be(value: Any, fact: Fact) -> bool:
    try:
        check_value(fact, (value,) if fact.many else value)
    except FactError:
        return False
    return True


def _least(fact: Fact) -> Any:
    return Decimal(fact.minimum or 0)
