from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.reporting import Language, Letter, letter_docx

LETTER = Letter(
    organisation="Provincie Voorbeeld",
    address=("Tuinbouwcluster Voorbeeld B.V.", "Laan 1", "2500 AA Den Haag"),
    date=date(2024, 11, 6),
    reference="2024-0117",
    subject="Uw verzoek om ontvangst van een delegatie",
    salutation="Geachte mevrouw De Vries,",
    paragraphs=("U vroeg ons om een delegatie uit Shenzhen (深圳) te ontvangen.", "Wij doen dat niet.\nDit is waarom."),
    closing="Met vriendelijke groet,",
    signatory="Namens gedeputeerde staten\nA. Voorbeeld",
    language="nl",
)


def lines(letter: Letter) -> list[str]:
    return [p.text for p in docx.Document(io.BytesIO(letter_docx(letter))).paragraphs]


def test_a_letter_says_everything_in_its_order() -> None:
    said = [line for line in lines(LETTER) if line]
    assert said == [
        "Provincie Voorbeeld",
        *LETTER.address,
        "Datum\t6 november 2024",
        "Kenmerk\t2024-0117",
        "Betreft\tUw verzoek om ontvangst van een delegatie",
        "Geachte mevrouw De Vries,",
        *LETTER.paragraphs,
        "Met vriendelijke groet,",
        "Namens gedeputeerde staten\nA. Voorbeeld",
    ]


@pytest.mark.parametrize(
    ("language", "heads"), [("nl", ("Datum", "Kenmerk", "Betreft")), ("en", ("Date", "Reference", "Subject"))]
)
def test_its_fixed_words_are_in_its_language(language: Language, heads: tuple[str, ...]) -> None:
    said = lines(replace(LETTER, language=language))
    assert [line.split("\t")[0] for line in said if "\t" in line] == list(heads)
    properties = docx.Document(io.BytesIO(letter_docx(replace(LETTER, language=language)))).core_properties
    assert properties.language == {"nl": "nl-NL", "en": "en-GB"}[language]


def test_a_letter_without_a_reference_has_no_empty_line_for_it() -> None:
    assert not [line for line in lines(replace(LETTER, reference="")) if line.startswith("Kenmerk")]


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert letter_docx(LETTER) == letter_docx(replace(LETTER))


@settings(max_examples=50, deadline=None)
@given(st.text(), st.lists(st.text(), max_size=3))
def test_any_text_makes_a_letter_that_opens(text: str, paragraphs: list[str]) -> None:
    letter = replace(LETTER, organisation=text, subject=text, address=tuple(paragraphs), paragraphs=tuple(paragraphs))
    assert len(lines(letter)) == 8 + 2 * len(paragraphs) - (not text)
