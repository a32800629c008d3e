from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from hanze.reporting import Column, Figure, FigureRef, Report, Row, Section, Table, counted, to_xlsx
from hanze.reporting.xlsx import sheet_names
from tests.reporting.example import build


def workbook(report: Report) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(report)))


def bare(**changes: object) -> Report:
    return replace(
        build("nl"), **{"sections": (), "annexes": (), "headline": (), "figures": {}, "summary": "", **changes}
    )


def test_the_overview_has_every_figure_and_leads_to_its_sheet(report: Report) -> None:
    book = workbook(report)
    overview = book.worksheets[0]
    listed = [
        (row[0].value, row[4].value, row[0].hyperlink.location) for row in overview.iter_rows(min_row=5) if row[4].value
    ]
    assert [(label, key) for label, key, _ in listed] == [(f.label, f.key) for f in report.figures.values()]
    for label, _, location in listed:
        sheet = book[location.removesuffix("!A1").strip("'")]
        assert sheet["A1"].value == label


def test_a_sheet_has_one_line_for_each_record_behind_its_figure(dutch: Report) -> None:
    sheet = workbook(dutch)["Verschillende partijen"]
    lines = list(sheet.iter_rows(min_row=5, values_only=True))
    assert [line[:5] for line in lines] == [
        (number, row.label, "Partij", row.detail, row.id)
        for number, row in enumerate(dutch.figures["distinct_parties"].rows, start=1)
    ]


def test_names_keep_their_own_script_in_the_spreadsheet(dutch: Report) -> None:
    assert workbook(dutch)["Afgehaakt"]["B5"].value == "深圳市园艺有限公司 & Zn. #1 $x$ *ster*"


def test_every_table_has_its_sheet_with_real_numbers_and_days(dutch: Report) -> None:
    book = workbook(dutch)
    times = book["Activiteiten in de tijd"]
    assert times["A5"].value == datetime(2024, 5, 8)
    assert book["Maatregelen"]["B5"].value == 22
    lines = book["Actielijnen en wat er is gedaan"]
    assert lines["C7"].value == 28450.5
    assert lines["C7"].number_format == "#,##0.00"
    assert lines["B7"].value is None


def test_the_header_stays_in_view_and_every_column_has_a_width(report: Report) -> None:
    for sheet in workbook(report).worksheets:
        assert sheet.freeze_panes == "A5"
        assert sheet.column_dimensions["A"].width >= 5


def test_the_file_says_what_it_is(dutch: Report) -> None:
    properties = workbook(dutch).properties
    assert properties.title == "Evaluatie van de relatie met China"
    assert properties.creator == "Provincie Voorbeeld"
    assert properties.created == datetime(2025, 3, 4, 14, 5)


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    assert to_xlsx(report) == to_xlsx(build(report.language))


HOSTILE = ("=1+1", "+31 70", "-1+2", "@SUM(A1)", '=HYPERLINK("http://x.example","y")', "{=1}", "\t=1+1", "12")


@pytest.mark.parametrize("text", [*HOSTILE, "http://x.example"])
def test_text_is_always_text_and_never_a_formula_number_or_link(text: str) -> None:
    row = Row("t", text, text, None, text)
    table = Table("t", "Tabel", (Column(text),), ((text,),))
    report = bare(figures={"f": counted("f", "Cijfer", [row], text)}, sections=(Section("S", (table,)),))
    for sheet in workbook(report).worksheets:
        for line in sheet.iter_rows():
            for cell in line:
                assert cell.data_type != "f"
                if cell.value == text:
                    assert cell.data_type == "s"
                    assert cell.hyperlink is None
    assert workbook(report)["Cijfer"]["B5"].value == text


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "niet vastgelegd"),
        (float("nan"), "niet vastgelegd"),
        (Decimal("NaN"), "niet vastgelegd"),
        (0, 0),
        (Decimal("2.5"), 2.5),
        ("zes", "zes"),
        (10**20, "100.000.000.000.000.000.000"),
    ],
)
def test_values_are_numbers_or_say_that_they_were_not_recorded(
    value: Decimal | float | str | None, shown: object
) -> None:
    table = Table("t", "Tabel", (Column("K"),), ((FigureRef("f"),),))
    book = workbook(bare(figures={"f": Figure("f", "Cijfer", value)}, sections=(Section("S", (table,)),)))
    assert book.worksheets[0]["B5"].value == shown
    assert book["Tabel"]["A5"].value == shown


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1899, 12, 31), date(1900, 2, 28)])
def test_days_that_a_spreadsheet_cannot_count_are_text(day: date) -> None:
    table = Table("t", "Tabel", (Column("K"),), ((day,), (datetime(2024, 1, 2, 3, 4, tzinfo=UTC),)))
    sheet = workbook(bare(sections=(Section("S", (table,)),)))["Tabel"]
    assert sheet["A5"].value == day.isoformat()
    assert sheet["A6"].value == datetime(2024, 1, 2, 3, 4)


@given(st.lists(st.text(), max_size=20))
def test_sheet_names_are_valid_and_unique(titles: list[str]) -> None:
    names = sheet_names(titles)
    assert len({name.casefold() for name in names}) == len(titles)
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name.casefold() != "history"
        assert not name.startswith("'")
        assert not name.endswith("'")


@settings(max_examples=40, deadline=None)
@given(st.text(), st.text(), st.one_of(st.none(), st.text(), st.integers(), st.floats(), st.decimals()))
def test_any_data_makes_a_workbook_that_opens(label: str, text: str, value: Decimal | float | str | None) -> None:
    figure = replace(counted("f", label, [Row(text, text, text, text, text)], text), value=value)
    table = Table("t", text, (Column(label),), ((text,), (value,), (FigureRef("f"),)))
    book = workbook(bare(title=label + "T", figures={"f": figure}, sections=(Section(text, (table,)),)))
    assert len(book.worksheets) == 3
    assert not [c for sheet in book.worksheets for line in sheet.iter_rows() for c in line if c.data_type == "f"]
