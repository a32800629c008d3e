"""What only names of organisations have: numbers in words, states in short, and the initials they go by."""

from __future__ import annotations

import pytest

from hanze.screening.names import analyse


def _forms(name: str, kind: str = "organisation") -> list[set[str]]:
    return [{form.text for form in part.forms} for part in analyse(name, kind).parts]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "word", ["3", "three", "drie", "trois", "drei", "tres", "три", "III", "3rd", "third", "derde", "третья", "dritte"]
)
def test_a_number_in_words_roman_or_ordinal_reads_as_its_digits(word: str) -> None:
    assert "3" in _forms(f"Brigade {word}")[1]


@pytest.mark.parametrize("name", ["Tri Nguyen", "Vi Tran", "Xi Jinping", "On Kim"])
def test_a_person_is_no_number(name: str) -> None:
    assert not any(form.isdigit() for forms in _forms(name, "person") for form in forms)


@pytest.mark.parametrize(
    ("ways", "short"),
    [
        (("U.S.", "US", "U.S.A.", "United States", "Verenigde Staten", "Estados Unidos"), "usa"),
        (("U.K.", "UK", "United Kingdom", "Verenigd Koninkrijk"), "uk"),
        (("EU", "E.U.", "European Union", "Europese Unie", "Union européenne"), "eu"),
        (("DPRK", "D.P.R.K.", "North Korea", "Democratic People's Republic of Korea"), "dprk"),
    ],
)
def test_a_state_is_read_in_short_however_it_is_written(ways: tuple[str, ...], short: str) -> None:
    for way in ways:
        readings = analyse(f"{way} Office of Records", "organisation").all_readings
        assert any(reading[0].forms[0].text == short for reading in readings), way


def test_a_state_in_short_leaves_the_name_as_it_was_written_too() -> None:
    assert [part.written for part in analyse("United States Office", "organisation").parts] == [
        "united",
        "states",
        "office",
    ]


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("People's Liberation Army", ["pla"]),
        ("Bank of the Northern Harbours", ["bnh"]),
        ("Northern Harbour Oil Company", ["nho", "nhoc"]),
        ("Министерство чрезвычайных ситуаций", ["mchs"]),
    ],
)
def test_the_initials_of_an_organisation_leave_small_words_out_and_may_take_a_legal_form_in(
    name: str, initials: list[str]
) -> None:
    acronym = analyse(name, "organisation").acronym
    assert acronym is not None
    assert set(initials) <= {form.text for form in acronym.forms}


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Harbour Works", "organisation"), ("Ali Ben Hassan Karim", "person"), ("李明公司", "organisation")],
)
def test_a_name_of_two_words_a_person_and_a_name_in_characters_go_by_no_initials(name: str, kind: str) -> None:
    assert analyse(name, kind).acronym is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "read"), [("Pu7in", "putin"), ("I9or", "igor"), ("Sech1n", "sechin"), ("M1crosoft", "microsoft")]
)
def test_digits_that_stand_for_letters_are_read_as_letters(written: str, read: str) -> None:
    assert read in _forms(written, "person")[0]


@pytest.mark.parametrize("written", ["MiG29", "3M", "Studio54", "2004", "A1", "b2b"])
def test_a_digit_that_is_a_number_stays_one(written: str) -> None:
    assert [form for form in _forms(written)[0] if form.isalpha()] == []
