from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.reporting import Language, Value, written, written_date
from hanze.reporting.words import _WORDS


@pytest.mark.parametrize(
    ("value", "dutch", "english"),
    [
        (1234567, "1.234.567", "1,234,567"),
        (0, "0", "0"),
        (-3, "-3", "-3"),
        (Decimal("28450.50"), "28.450,50", "28,450.50"),
        (0.25, "0,25", "0.25"),
        (3.0, "3", "3"),
        (100.0, "100", "100"),
        (10**30, "1E30", "1E30"),
        (Decimal("1E-40"), "1E-40", "1E-40"),
        (Decimal("12E3"), "12.000", "12,000"),
        ("zes", "zes", "zes"),
        (None, "niet vastgelegd", "not recorded"),
        (float("nan"), "niet vastgelegd", "not recorded"),
    ],
)
def test_values_are_written_as_readers_write_them(value: Value, dutch: str, english: str) -> None:
    assert (written(value, "nl"), written(value, "en")) == (dutch, english)


@pytest.mark.parametrize(("language", "words"), [("nl", "6 november 2024"), ("en", "6 November 2024")])
def test_days_are_written_in_full(language: Language, words: str) -> None:
    assert written_date(date(2024, 11, 6), language) == words
    assert written_date(datetime(2024, 11, 6, 9, 5, tzinfo=UTC), language).startswith(words)
    assert written_date(datetime(2024, 11, 6, 9, 5, tzinfo=UTC), language).endswith("09:05")


@pytest.mark.parametrize("name", sorted(_WORDS))
def test_every_fixed_word_is_there_in_both_languages_with_the_same_parts(name: str) -> None:
    parts = {
        language: {part for _, part, _, _ in Formatter().parse(text) if part} for language, text in _WORDS[name].items()
    }
    assert set(parts) == {"nl", "en"}
    assert parts["nl"] == parts["en"]
    assert all(text.strip() for text in _WORDS[name].values())


@given(st.one_of(st.integers(), st.floats(), st.decimals(), st.text()))
def test_every_value_can_be_written(value: Value) -> None:
    assert isinstance(written(value, "nl"), str)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=2))
def test_what_is_written_is_the_number_itself(number: Decimal) -> None:
    assert Decimal(written(number, "nl").replace(".", "").replace(",", ".")) == number
    assert Decimal(written(number, "en").replace(",", "")) == number
