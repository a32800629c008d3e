"""Countries as lists spell them."""

from importlib.resources import files

import pytest

from hanze.screening.lists.countries import country_codes
from tools.country_names import spellings, table


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Korea, North", ("KP",)),
        ("Iran (Islamic Republic of)", ("IR",)),
        ("(1) Russia (2) Ukraine", ("RU", "UA")),
        ("Region: Crimea", ("UA",)),
        ("IRQ", ("IQ",)),
        ("NA", ("NA",)),
        ("Duitsland", ("DE",)),
        ("undetermined", ()),
        ("Atlantis", None),
    ],
)
def test_a_spelling_gives_its_codes(text: str, codes: tuple[str, ...] | None) -> None:
    assert country_codes(text) == codes


def test_every_country_of_the_standard_is_known_by_all_its_names() -> None:
    assert all(country_codes(name) == (code,) for name, code in spellings().items())


def test_the_table_is_what_its_sources_say_today() -> None:
    assert files("hanze.screening").joinpath("data", "iso_countries.tsv").read_text("utf-8") == table()
