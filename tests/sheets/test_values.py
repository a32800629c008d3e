"""What people write in cells is read as they mean it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.sheets.values import UnreadableError, day_of, number_of, period_of, several, text_of, with_year, yes_no_of


@pytest.mark.parametrize(
    ("cell", "day", "precision"),
    [
        ("3 mei 2024", date(2024, 5, 3), "day"),
        ("03-05-'24", date(2024, 5, 3), "day"),
        ("03-05-98", date(1998, 5, 3), "day"),
        ("3/5/2024", date(2024, 5, 3), "day"),
        ("3.5.2024", date(2024, 5, 3), "day"),
        ("vrijdag 3 mei 2024", date(2024, 5, 3), "day"),
        ("May 3, 2024", date(2024, 5, 3), "day"),
        ("3rd May 2024", date(2024, 5, 3), "day"),
        ("2024-05-03 00:00:00", date(2024, 5, 3), "day"),
        (45415, date(2024, 5, 3), "day"),
        (45415.75, date(2024, 5, 3), "day"),
        ("45415", date(2024, 5, 3), "day"),
        ("mei 2024", date(2024, 5, 1), "month"),
        ("05-2024", date(2024, 5, 1), "month"),
        ("okt. '19", date(2019, 10, 1), "month"),
        ("najaar 2019", date(2019, 9, 1), "month"),
        ("2008", date(2008, 1, 1), "year"),
        (2008, date(2008, 1, 1), "year"),
        ("sinds ca. 1998", date(1998, 1, 1), "year"),
    ],
)
def test_a_day_is_read_in_every_way_that_people_write_it(cell: str | float, day: date, precision: str) -> None:
    found = day_of(cell)
    assert (found.day, found.precision) == (day, precision)


@pytest.mark.parametrize("cell", ["31-02-2024", "binnenkort", "13-13-2024", True, 7, "5", "2024-99"])
def test_what_is_no_day_is_refused_with_how_to_write_it(cell: object) -> None:
    with pytest.raises(UnreadableError, match="3-5-2024"):
        day_of(cell)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("23 t/m 28 mei 2024", date(2024, 5, 23), date(2024, 5, 28)),
        ("Van 23 tot en met 28 mei 2024", date(2024, 5, 23), date(2024, 5, 28)),
        ("30 mei - 2 juni 2024", date(2024, 5, 30), date(2024, 6, 2)),
        ("3-5-2024 t/m 5-5-2024", date(2024, 5, 3), date(2024, 5, 5)),
        ("23-28 mei 2024", date(2024, 5, 23), date(2024, 5, 28)),
        ("april/mei 2023", date(2023, 4, 1), date(2023, 5, 31)),
        ("mei 2024", date(2024, 5, 1), date(2024, 5, 31)),
        ("2024-05-23", date(2024, 5, 23), date(2024, 5, 23)),
    ],
)
def test_a_period_is_read_in_every_way_that_people_write_it(cell: str, first: date, last: date) -> None:
    start, end = period_of(cell)
    assert (start.day, end.last) == (first, last)


@pytest.mark.parametrize(
    ("cell", "completed"),
    [("Mei", "Mei 2024"), ("23 t/m 28 mei", "23 t/m 28 mei 2024"), ("Sept.", "Sept 2024"), ("mei 2023", "mei 2023")],
)
def test_a_month_without_its_year_gets_the_year_of_the_sheet(cell: str, completed: str) -> None:
    assert with_year(cell, 2024) == completed
    assert with_year(cell, None) == cell


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("€ 10.000,-", "10000"),
        ("1 234", "1234"),
        ("1.234", "1234"),
        ("0,5", "0.5"),
        ("-3", "-3"),
        (12.5, "12.5"),
    ],
)
def test_a_number_is_read_in_dutch_and_in_english(cell: str | float, number: str) -> None:
    assert number_of(cell) == Decimal(number)


@pytest.mark.parametrize(
    ("cell", "answer"),
    [("Ja", True), ("x", True), ("J.", True), (1, True), ("nee", False), ("N", False), (False, False)],
)
def test_yes_and_no_are_read_as_words_crosses_and_numbers(cell: str | bool, answer: bool) -> None:
    assert yes_no_of(cell) is answer


@pytest.mark.parametrize("cell", ["#REF!", "#FORMULA!", '=cmd|"/c calc"!A1()', "=SOM(A1:A3)", "@SUM(A1)"])
def test_an_error_or_formula_is_never_taken_for_a_value(cell: str) -> None:
    with pytest.raises(UnreadableError):
        text_of(cell)


def test_names_in_one_cell_are_taken_apart() -> None:
    assert several("Stad A; Stad B\n- Stad C\n• Stad D;") == ["Stad A", "Stad B", "Stad C", "Stad D"]


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_any_day_comes_back_however_it_was_written(day: date) -> None:
    for written in (f"{day.day}-{day.month}-{day.year}", day.isoformat(), f"{day:%d/%m/%Y}"):
        assert day_of(written).day == day


@given(st.one_of(st.text(max_size=60), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.booleans()))
def test_whatever_stands_in_a_cell_is_read_or_refused_in_words(cell: str | float | bool) -> None:
    for read in (day_of, period_of, number_of, yes_no_of, text_of):
        assert said_or_read(read, cell)


def said_or_read(read: Callable[[Any], Any], cell: Any) -> str:
    """Why a cell was refused, or that it was read; anything else that goes wrong is raised."""
    try:
        read(cell)
    except UnreadableError as error:
        return str(error)
    return "read"
