from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.reporting.printable import coverage, printable, storable, transcribes

ANY_CHARACTER = st.characters(exclude_categories=["Cs"])


@given(st.text(ANY_CHARACTER))
def test_the_fonts_have_every_character_of_a_printable_text(text: str) -> None:
    assert set(printable(text)) <= coverage()


@given(st.text(ANY_CHARACTER))
def test_what_was_made_printable_looks_the_same_when_printed_again(text: str) -> None:
    once = printable(text)
    assert normalize("NFC", printable(once)) == normalize("NFC", once)


def test_every_character_of_unicode_becomes_printable() -> None:
    for code in range(0x110000):
        if not 0xD800 <= code <= 0xDFFF:
            assert set(printable(chr(code))) <= coverage(), hex(code)


@given(st.text(st.characters(categories=["L"]), min_size=1))
def test_a_name_is_never_lost(name: str) -> None:
    assert printable(name).strip()


@pytest.mark.parametrize("name", ["’s-Hertogenbosch", "Łódź", "Ñuñoa", "Αθήνα", "Київ", "Đà Nẵng", "€ 5 – 10"])
def test_latin_greek_and_cyrillic_names_keep_their_letters(name: str) -> None:
    assert printable(name) == name
    assert not transcribes(name)


@pytest.mark.parametrize(("name", "latin"), [("深圳", "ShenZhen"), ("दिल्ली", "dilli"), ("東京", "DongJing")])
def test_other_scripts_are_transcribed(name: str, latin: str) -> None:
    assert printable(name).casefold() == latin.casefold()
    assert transcribes(name)


def test_steering_characters_go_and_white_space_becomes_a_space() -> None:
    assert printable("a\x00b\u200fc\u202ed\te\u2028f") == "abcd e f"


@given(st.text())
def test_storable_text_fits_in_xml(text: str) -> None:
    from xml.etree import ElementTree

    element = ElementTree.Element("t")
    element.text = storable(text)
    ElementTree.fromstring(ElementTree.tostring(element))
