"""Own lists: which column holds what, and in which row the columns are named, as a person says beside the list."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanze.screening.lists import ListError, read_edition

TITLED = "Warned about, autumn;;\nby the desk;;\nFirm;Seat;Why\nMalachite Trading Company;China;Advice\n"
SAID = "kind: organisation\ncolumns:\n  name: Firm\n  country: Seat\n"


def read(tmp_path: Path, said: str, text: str = TITLED) -> list[tuple[str, tuple[str, ...]]]:
    path = tmp_path / "notes.csv"
    path.write_text(text, "utf-8")
    path.with_suffix(".columns.yaml").write_text(said, "utf-8")
    return [(entry.names[0].text, entry.countries) for entry in read_edition(path, "own").entries]


def test_titles_above_the_columns_are_passed_over_when_the_row_of_the_columns_is_said(tmp_path: Path) -> None:
    assert read(tmp_path, SAID + "heading: 3\n") == [("Malachite Trading Company", ("CN",))]


def test_a_title_without_separators_does_not_hide_how_cells_are_divided(tmp_path: Path) -> None:
    text = "Warned about, in autumn\n\nFirm;Seat\nMalachite Trading Company;China\n"
    assert read(tmp_path, SAID + "heading: 3\n", text) == [("Malachite Trading Company", ("CN",))]


@pytest.mark.parametrize("heading", ["first", "-1", "true", "2000000"])
def test_a_row_of_columns_that_is_no_row_is_refused_with_what_to_write(tmp_path: Path, heading: str) -> None:
    with pytest.raises(ListError, match=r"notes\.columns\.yaml: write as heading the number of the row"):
        read(tmp_path, f"{SAID}heading: {heading}\n")


@pytest.mark.parametrize(("heading", "line"), [("1", 1), ("2", 2), ("4", 4)])
def test_another_row_than_that_of_the_columns_is_refused_with_its_line(tmp_path: Path, heading: str, line: int) -> None:
    with pytest.raises(ListError, match=f"line {line}: there is no column 'Firm'"):
        read(tmp_path, f"{SAID}heading: {heading}\n")
