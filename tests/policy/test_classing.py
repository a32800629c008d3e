"""Columns of every type are read exactly: a value lands in the class in which its cells say it is."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.policy import FactError
from hanze.policy.bulk import assess_frame
from hanze.policy.classing import classed
from hanze.policy.masks import reference_row
from tests.policy import sample

SAMPLE = sample.read()
BOUNDS = [Decimal("-2.5"), Decimal("0.1"), Decimal("0.3"), Decimal(10), Decimal("99999999999999999.5")]
EXACT = st.decimals(min_value=-(10**6), max_value=10**6, places=3)
AROUND = st.sampled_from([*BOUNDS, *(bound + Decimal("0.0000000001") for bound in BOUNDS), Decimal(0)])


def stands(value: Decimal, bound: Decimal) -> int:
    return (value > bound) - (value < bound)


def check_classes(column: pl.Series, fact_id: str, written: list[Any], exact: list[Any]) -> None:
    """The value that names a case's class stands to every written value as the case's own value does."""
    found = classed(column, SAMPLE.fact(fact_id), written, len(column))
    for code, value in zip(found.codes.tolist(), exact, strict=True):
        sample_value = found.values[code]
        assert (sample_value is None) == (value is None)
        if value is not None:
            assert [stands(sample_value, each) for each in written] == [stands(value, each) for each in written]


@given(st.lists(st.none() | EXACT | AROUND, min_size=1, max_size=30))
@settings(max_examples=60)
def test_decimals_are_classed_exactly(values: list[Decimal | None]) -> None:
    column = pl.Series("budget", values, pl.Decimal(38, 10))
    check_classes(column, "budget", BOUNDS, values)
    check_classes(column.cast(pl.String), "budget", BOUNDS, values)


@given(st.lists(st.none() | st.integers(-(10**17), 10**17), min_size=1, max_size=30), st.integers(1, 40))
@settings(max_examples=60)
def test_whole_numbers_are_classed_exactly_for_few_and_for_many_bounds(values: list[int | None], many: int) -> None:
    bounds = sorted({*BOUNDS, *(Decimal(value or 0) for value in values), *map(Decimal, range(many))})
    exact = [None if value is None else Decimal(value) for value in values]
    check_classes(pl.Series("budget", values, pl.Int64), "budget", bounds, exact)


@given(st.lists(st.none() | st.floats(-1000, 1000) | st.sampled_from([0.1, 0.3, -2.5, 10.0]), min_size=1, max_size=30))
@settings(max_examples=60)
def test_a_float_is_the_decimal_of_its_shortest_text(values: list[float | None]) -> None:
    values = [None if value is None else round(value, 8) for value in values]
    exact = [None if value is None else Decimal(repr(value)) for value in values]
    check_classes(pl.Series("budget", values, pl.Float64), "budget", BOUNDS, exact)


@given(st.lists(st.none() | st.dates(), min_size=1, max_size=30))
@settings(max_examples=40)
def test_days_are_classed_exactly(values: list[date | None]) -> None:
    written = sorted({date(2024, 2, 29), date.min, date.max, *(value for value in values[:3] if value)})
    found = classed(pl.Series("starts_on", values, pl.Date), SAMPLE.fact("starts_on"), written, len(values))
    for code, value in zip(found.codes.tolist(), values, strict=True):
        here = found.values[code]
        assert (here is None) == (value is None)
        if value is not None:
            assert [(here > day, here < day) for day in written] == [(value > day, value < day) for day in written]


@pytest.mark.parametrize("dtype", [pl.String, pl.Categorical, pl.Enum(["AA", "BB", "HL", "zz", "tulips", "cheese"])])
def test_words_are_read_from_any_kind_of_text_column(dtype: Any) -> None:
    cases = pl.DataFrame(
        {
            "country": pl.Series(["AA", "zz", None, "BB"], dtype=pl.String).cast(dtype),
            "sector": pl.Series(["tulips", "cheese", "tulips", None], dtype=pl.String).cast(dtype),
        }
    )
    found = assess_frame(SAMPLE, cases)
    rows = [reference_row(SAMPLE, case) for case in cases.iter_rows(named=True)]
    assert found["fired_0"].to_list() == [row.fired for row in rows]
    assert found["open_0"].to_list() == [row.open for row in rows]


def test_a_column_that_is_not_there_and_a_column_of_nulls_are_unknown() -> None:
    without = assess_frame(SAMPLE, pl.DataFrame({"dual_use": [True, False]}))
    nulls = assess_frame(
        SAMPLE, pl.DataFrame({"dual_use": [True, False], "budget": [None, None], "people": [None, None]})
    )
    typed = assess_frame(
        SAMPLE, pl.DataFrame({"dual_use": [True, False], "budget": pl.Series([None, None], dtype=pl.Decimal(20, 2))})
    )
    assert without.equals(nulls)
    assert without.equals(typed)
    assert without["open_0"].to_list() == [reference_row(SAMPLE, {"dual_use": yes}).open for yes in (True, False)]


def test_no_cases_give_no_rows() -> None:
    found = assess_frame(SAMPLE, pl.DataFrame({"people": pl.Series([], dtype=pl.Int64)}))
    assert (found.height, found.columns) == (0, ["fired_0", "open_0", "held", "reach"])


def test_texts_of_a_csv_file_are_read_as_they_are_written_in_cells() -> None:
    cases = pl.DataFrame(
        {
            "people": ["11", "1"],
            "budget": ["1000.51", "1000.50"],
            "dual_use": ["no", "true"],
            "starts_on": ["2025-01-01", None],
        }
    )
    exact = [
        {"people": 11, "budget": Decimal("1000.51"), "dual_use": False, "starts_on": date(2025, 1, 1)},
        {"people": 1, "budget": Decimal("1000.50"), "dual_use": True, "starts_on": None},
    ]
    found = assess_frame(SAMPLE, cases)
    assert found["fired_0"].to_list() == [reference_row(SAMPLE, case).fired for case in exact]


@pytest.mark.parametrize(
    ("fact_id", "values"),
    [
        ("sector", ["tulips", "tulip"]),
        ("sector", pl.Series(["tulip"], dtype=pl.Categorical)),
        ("dual_use", [1, 0]),
        ("dual_use", ["maybe"]),
        ("people", [-1, 3]),
        ("people", [1.5]),
        ("people", [Decimal("1.5"), Decimal(2)]),
        ("people", ["many"]),
        ("people", [True]),
        ("budget", [float("nan")]),
        ("budget", [float("inf")]),
        ("budget", [10**18]),
        ("budget", [date(2024, 1, 1)]),
        ("starts_on", [datetime(2024, 1, 1, 12)]),
        ("starts_on", ["1 May 2024"]),
        ("starts_on", [20240101]),
        ("country", [31]),
    ],
)
def test_a_column_with_a_value_of_another_type_is_refused(fact_id: str, values: Any) -> None:
    with pytest.raises(FactError, match=fact_id):
        assess_frame(SAMPLE, pl.DataFrame({fact_id: values}))
