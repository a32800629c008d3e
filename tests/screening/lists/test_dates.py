"""Birth dates as lists write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.screening.entries import PartialDate
from hanze.screening.lists.dates import parse_birth_date


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("08 Sep 1966", PartialDate(1966, 9, 8)),
        ("Sep 1966", PartialDate(1966, 9)),
        ("1966", PartialDate(1966)),
        ("1966-09-08", PartialDate(1966, 9, 8)),
        ("08/09/1966", PartialDate(1966, 9, 8)),
        ("00/00/1966", PartialDate(1966)),
        ("31/02/1966", PartialDate(1966, 2)),
        ("8 september 1966", PartialDate(1966, 9, 8)),
        ("circa 1951", PartialDate(1951, circa=True)),
        ("circa 1960-1965", PartialDate(1960, circa=True, last_year=1965)),
        ("01 Jan 1962 to 31 Dec 1965", PartialDate(1962, last_year=1965)),
        ("12 Jan 1965 to 30 Jan 1965", PartialDate(1965, 1)),
        ("between 1973 and 1974", PartialDate(1973, last_year=1974)),
        ("N/A", None),
        ("1974 to 1973", None),
    ],
)
def test_a_text_gives_as_much_of_a_date_as_it_knows(text: str, found: PartialDate | None) -> None:
    assert parse_birth_date(text) == found


@given(st.text(max_size=80))
def test_any_text_is_a_date_or_none(text: str) -> None:
    found = parse_birth_date(text)
    assert found is None or (1000 <= found.year <= 2100 and (found.month is None or 1 <= found.month <= 12))
