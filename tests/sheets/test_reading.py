"""Files as years and strangers make them are read, or refused in plain words."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hanze.sheets import mapping
from hanze.sheets.reading import SheetError, find_table, read_sheets, workbooks
from tests.sheets import making

WORKSHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="%b"/>'
    b"<sheetData>%b</sheetData></worksheet>"
)


def read(tmp_path: Path, content: bytes, name: str = "register.xlsx"):
    path = tmp_path / name
    path.write_bytes(content)
    return read_sheets(path)


def said_or_read(tmp_path: Path, content: bytes, name: str) -> str:
    """Why a file was refused, or that it was read; anything else that goes wrong is raised."""
    try:
        read(tmp_path, content, name)
    except SheetError as error:
        return str(error)
    return "read"


def repacked(content: bytes, **changes: bytes) -> bytes:
    """A workbook with parts replaced or added; `__` in a name is a slash, `_dot_` a point."""
    kept = io.BytesIO()
    parts = {name.replace("__", "/").replace("_dot_", "."): value for name, value in changes.items()}
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, value in parts.items():
            new.writestr(name, value)
    return kept.getvalue()


def test_a_date_a_number_and_a_tick_keep_what_they_are(tmp_path: Path) -> None:
    content = making.workbook(Blad1=[["Naam", "Sinds", "Aantal", "Actief"], ["A", date(2008, 5, 3), 1.5, True]])
    assert read(tmp_path, content)[0].rows[1] == (2, ["A", "2008-05-03", 1.5, True])


def test_of_a_formula_its_outcome_counts_and_one_without_outcome_says_so(tmp_path: Path) -> None:
    rows = b'<row r="1"><c r="A1" t="str"><f>B1</f><v>Stad</v></c><c r="B1"><f>1+1</f></c></row>'
    sheet = WORKSHEET % (b"A1:B1", rows)
    content = repacked(making.workbook(Blad1=[["x"]]), xl__worksheets__sheet1_dot_xml=sheet)
    assert read(tmp_path, content)[0].rows == [(1, ["Stad", "#FORMULA!"])]


def test_a_cell_merged_over_rows_counts_for_each_of_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["Land", "Stad"], ["China", "A"], [None, "B"], ["Frankrijk", "C"]):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    kept = io.BytesIO()
    book.save(kept)
    assert [cells[0] for _row, cells in read(tmp_path, kept.getvalue())[0].rows] == [
        "Land",
        "China",
        "China",
        "Frankrijk",
    ]


def test_headings_are_found_below_titles_and_totals_are_no_rows(tmp_path: Path) -> None:
    rows = [["Register internationale zaken"], ["bijgewerkt 3 mei 2024"], [], ["Naam ", "Land", "Soort"]]
    rows += [["Stad A", "China", "Gemeente"], [None, None, None], ["2023:"], ["Stad B", "Frankrijk", "gemeente"]]
    rows += [["Naam ", "Land", "Soort"], ["Totaal", None, 2]]
    found = find_table(read(tmp_path, making.workbook(Blad1=rows))[0], mapping.is_known)
    assert found is not None
    assert (found.header_row, found.headings) == (4, ["Naam", "Land", "Soort"])
    assert [row for row, _cells in found.rows] == [5, 8]
    assert [(row, why) for row, _cells, why in found.left_out] == [(7, "heading"), (9, "header"), (10, "totals")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp850"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_encoding_and_separator_of_a_text_file_are_found_out(tmp_path: Path, encoding: str, separator: str) -> None:
    text = separator.join(["Naam", "Land", "Reden"]) + "\r\n" + separator.join(["Curaçao", "België", '"één; twee"'])
    rows = read(tmp_path, text.encode(encoding), "register.csv")[0].rows
    assert rows[1][1] == ["Curaçao", "België", "één; twee"]


def test_hard_spaces_and_marks_that_cannot_be_seen_go(tmp_path: Path) -> None:
    content = making.workbook(Blad1=[["Naam\xa0"], ["  Stad\xa0\xa0A \u200b"]])
    assert [cells for _row, cells in read(tmp_path, content)[0].rows] == [["Naam"], ["Stad A"]]


def test_hidden_sheets_stay_out(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Naam"])
    book.create_sheet("geheim").append(["x"])
    book["geheim"].sheet_state = "hidden"
    kept = io.BytesIO()
    book.save(kept)
    assert [sheet.name for sheet in read(tmp_path, kept.getvalue())] == ["Sheet"]


def test_a_workbook_that_unpacks_to_far_more_than_it_is_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "LARGEST_UNPACKED", 1 << 20)
    bomb = repacked(making.workbook(Blad1=[["x"]]), xl__media__a_dot_png=b"\0" * (2 << 20))
    with pytest.raises(SheetError, match="veel groter"):
        read(tmp_path, bomb)


def test_a_cell_far_away_makes_no_wide_or_long_table(tmp_path: Path) -> None:
    rows = b'<row r="1"><c r="A1" t="str"><v>Naam</v></c><c r="XFD1" t="str"><v>ver</v></c></row>'
    rows += b'<row r="1048576"><c r="A1048576" t="str"><v>Stad</v></c></row>'
    sheet = WORKSHEET % (b"A1:XFD1048576", rows)
    content = repacked(making.workbook(Blad1=[["x"]]), xl__worksheets__sheet1_dot_xml=sheet)
    assert read(tmp_path, content)[0].rows == [(1, ["Naam"]), (1048576, ["Stad"])]


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("xl__externalLinks__externalLink1_dot_xml", "andere bestanden"),
        ("xl__vbaProject_dot_bin", "macro"),
        ("xl__macrosheets__sheet1_dot_xml", "macro"),
    ],
)
def test_macros_and_links_to_other_files_are_refused_in_plain_words(tmp_path: Path, part: str, said: str) -> None:
    with pytest.raises(SheetError, match=said):
        read(tmp_path, repacked(making.workbook(Blad1=[["x"]]), **{part: b"<x/>"}))


def test_entities_in_its_xml_are_refused(tmp_path: Path) -> None:
    attack = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    with pytest.raises(SheetError, match="beschadigd"):
        read(tmp_path, repacked(making.workbook(Blad1=[["x"]]), xl__worksheets__sheet1_dot_xml=attack))


@pytest.mark.parametrize(
    "content",
    [b"", b"   \n", b"PK\x03\x04 broken", b"\x89PNG\r\n\x1a\n\0\0", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 99],
)
def test_what_is_no_spreadsheet_is_refused_in_plain_words(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SheetError):
        read(tmp_path, content)


VALID = making.workbook(Blad1=[["Naam", "Sinds"], ["Stad", datetime(2024, 5, 3)], ["Dorp", 5]])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_in_words(tmp_path: Path, content: bytes) -> None:
    assert said_or_read(tmp_path, content, "fuzz.csv")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, len(VALID) - 1), new=st.binary(min_size=1, max_size=20))
def test_a_damaged_workbook_is_read_or_refused_in_words(tmp_path: Path, at: int, new: bytes) -> None:
    assert said_or_read(tmp_path, VALID[:at] + new + VALID[at + len(new) :], "fuzz.xlsx")


TEXT = st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), max_size=30)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.one_of(TEXT, st.none(), st.integers(-1000, 1000), st.booleans()), max_size=6), max_size=12))
def test_any_sheet_of_any_cells_has_a_table_or_none(tmp_path: Path, rows: list) -> None:
    try:
        sheets = read(tmp_path, making.workbook(Blad1=rows))
    except SheetError:
        return
    for sheet in sheets:
        found = find_table(sheet, mapping.is_known)
        if found is not None:
            seen = len(found.rows) + len(found.left_out)
            assert seen == sum(1 for row, _cells in sheet.rows if row > found.header_row)
