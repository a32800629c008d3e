from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.reporting import (
    Chart,
    Column,
    Figure,
    FigureKeyError,
    FigureRef,
    Figures,
    Point,
    Report,
    Row,
    Section,
    Span,
    Table,
    counted,
    recorded,
)


@given(st.lists(st.builds(Row, type=st.just("activity"), id=st.text(), label=st.text())))
def test_a_counted_figure_has_as_value_the_number_of_its_records(rows: list[Row]) -> None:
    figure = counted("activities", "Activities", rows)
    assert figure.value == len(rows)
    assert figure.rows == tuple(rows)


@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), Decimal("NaN"), "", "  "])
def test_what_has_no_value_is_not_recorded(value: float | Decimal | str | None) -> None:
    assert not recorded(value)


@pytest.mark.parametrize("value", [0, 0.0, Decimal(0), "none", -1])
def test_zero_is_a_recorded_value(value: float | Decimal | str) -> None:
    assert recorded(value)


def test_what_is_no_value_is_refused_rather_than_called_not_recorded() -> None:
    with pytest.raises(TypeError, match="is no value of a report"):
        recorded(object())  # type: ignore[arg-type]


@pytest.mark.parametrize("key", ["", "1st", "a b", "a{b}", "é", "a\n"])
def test_a_key_that_cannot_stand_in_a_text_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="figure's key"):
        Figure(key, "Label", 1)


def test_a_band_that_names_an_unknown_figure_is_refused_with_the_nearest_key(dutch: Report) -> None:
    section = Section("Cijfers", (Figures(("distinct_party",)),))
    with pytest.raises(FigureKeyError) as caught:
        replace(dutch, sections=(section,))
    assert caught.value.key == "distinct_party"
    assert caught.value.nearest == "distinct_parties"
    assert "distinct_parties" in str(caught.value)


def test_a_cell_that_names_an_unknown_figure_is_refused(dutch: Report) -> None:
    table = Table("t", "Tabel", (Column("Cijfer"),), ((FigureRef("nothing_like_it_at_all_zzz"),),))
    with pytest.raises(FigureKeyError):
        replace(dutch, sections=(Section("Tabel", (table,)),))


def test_a_figure_stands_under_its_own_key(dutch: Report) -> None:
    with pytest.raises(ValueError, match="under the key"):
        replace(dutch, figures={**dutch.figures, "other": counted("one", "One", [])})


def test_two_tables_cannot_have_one_key(dutch: Report) -> None:
    table = Table("twice", "Tabel", (Column("Kolom"),), ())
    with pytest.raises(ValueError, match="twice"):
        replace(dutch, sections=(Section("Tabel", (table, table)),))


def test_a_row_has_one_cell_for_each_column() -> None:
    with pytest.raises(ValueError, match="row 2: 1 cells where there are 2 columns"):
        Table("t", "Table", (Column("A"), Column("B")), ((1, 2), (3,)))


def test_a_chart_needs_a_text_alternative_and_marks_of_its_kind() -> None:
    table = Table("t", "Table", (Column("A"),), ())
    with pytest.raises(ValueError, match="text alternative"):
        Chart("c", "Chart", "bar", (Point("A", 1),), "  ", table)
    with pytest.raises(ValueError, match="Span"):
        Chart("c", "Chart", "timeline", (Point("A", 1),), "alt", table)
    with pytest.raises(ValueError, match="Point"):
        Chart("c", "Chart", "bar", (Span("A", datetime(2024, 1, 1), datetime(2024, 1, 2)),), "alt", table)


@pytest.mark.parametrize("levels", [(2,), (1, 3), (0,), (1, 2, 3, 4)])
def test_headings_cannot_skip_a_level(dutch: Report, levels: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="level"):
        replace(dutch, sections=tuple(Section("Titel", level=level) for level in levels))


def test_a_report_has_a_title_and_a_moment_with_a_time_zone(dutch: Report) -> None:
    with pytest.raises(ValueError, match="title"):
        replace(dutch, title=" ")
    with pytest.raises(ValueError, match="time zone"):
        replace(dutch, generated_at=datetime(2025, 1, 1))
