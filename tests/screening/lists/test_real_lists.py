"""The real editions of ../shared/data, where they are there."""

from datetime import date
from pathlib import Path

import pytest

from hanze.screening.entries import PartialDate
from hanze.screening.lists import ListError, read_edition

DATA = Path(__file__).parents[4] / "shared" / "data" / "screening"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real lists of ../shared/data are not here")


@pytest.mark.parametrize(
    ("path", "form", "entries"),
    [
        ("ofac-2019", "ofac-csv", 7379),
        ("ofac-2021", "ofac-csv", 8976),
        ("un/un_consolidated_2025-04.xml", "un-xml", 877),
        ("un/un_consolidated_2026-02.xml", "un-xml", 1003),
        ("eu_fsf_2018_first1000.csv", "eu-csv", 93),
    ],
)
def test_a_real_edition_is_read_whole(path: str, form: str, entries: int) -> None:
    edition = read_edition(DATA / path)
    assert (edition.form, len(edition.entries)) == (form, entries)
    assert all(entry.names and entry.id for entry in edition.entries)
    assert len({entry.id for entry in edition.entries}) == entries


def test_the_day_of_the_edition_stands_in_the_united_nations_file() -> None:
    assert read_edition(DATA / "un" / "un_consolidated_2026-02.xml").edition_date == date(2026, 2, 27)


def test_birth_dates_are_read_out_of_the_remarks_of_the_american_list() -> None:
    people = [entry for entry in read_edition(DATA / "ofac-2021").entries if entry.kind == "person"]
    assert sum(bool(entry.birth_dates) for entry in people) > len(people) * 0.8
    assert all(isinstance(day, PartialDate) and 1850 < day.year < 2021 for one in people for day in one.birth_dates)


def test_a_file_whose_last_row_is_cut_off_is_refused_and_without_that_row_it_is_read(tmp_path: Path) -> None:
    whole = (DATA / "us_consolidated_screening_list.csv").read_bytes()
    with pytest.raises(ListError, match="cut off"):
        read_edition(DATA / "us_consolidated_screening_list.csv")

    mended = tmp_path / "list.csv"
    mended.write_bytes(whole[: whole.rindex(b'\n"11476"') + 1])
    edition = read_edition(mended)
    assert edition.form == "us-csl-csv"
    assert len(edition.entries) > 4000
