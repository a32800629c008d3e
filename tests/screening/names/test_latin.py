"""Names in Latin letters: signs, diacritics, abbreviations, roles."""

from __future__ import annotations

import pytest

from hanze.screening.names import analyse
from tests.screening.names.reading import can_be, spelled


def first_forms(text: str) -> list[str]:
    return [forms[0] for forms in spelled(text)]


def role_of(text: str, word: str, kind="unknown") -> str:
    return next(part.role for part in analyse(text, kind).parts if part.written == word)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("O'Brien", "OBrien"),
        ("O’Brien", "O'BRIEN"),
        ("Ba'asyir", "Baasyir"),
        ("Al-Assad", "al assad"),
        ("Ｍüller", "Müller"),
        ("Smith,John", "Smith John"),
        ("Zhou\u200b En-lai", "Zhou En Lai"),
        ("A & B", "A and B"),
    ],
)
def test_signs_and_width_make_no_difference(one, other):
    assert first_forms(one) == first_forms(other)


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("Müller", "mueller"),
        ("Müller", "muller"),
        ("Søren", "soren"),
        ("Søren", "soeren"),
        ("Łukasz", "lukasz"),
        ("Weiß", "weiss"),
        ("Đorđe", "djordje"),
        ("Erdoğan", "erdogan"),
        ("Əliyev", "aliyev"),
        ("Żółć", "zolc"),
    ],
)
def test_a_letter_with_a_sign_is_read_in_each_customary_way(written, latin):
    assert latin in spelled(written)[0]


def test_letters_with_dots_are_one_word_where_they_are_a_legal_form_and_initials_where_not():
    assert first_forms("Foo S.A.") == ["foo", "sa"]
    assert first_forms("J.R. Smith") == ["j", "r", "smith"]
    assert role_of("J.R. Smith", "j") == "initial"


@pytest.mark.parametrize(
    ("short", "word"),
    [
        ("TECH", "technology"), ("SRVCES", "service"), ("INTL", "international"), ("MFG", "manufacturing"),
        ("CORP", "corporation"), ("DEV", "development"), ("IND", "industry"), ("UNIV", "university"),
    ],
)  # fmt: skip
def test_a_business_abbreviation_can_be_the_word_in_full(short, word):
    assert word in spelled(f"Foo {short}")[1]


@pytest.mark.parametrize("word", ["Ministerstvo", "Ministerio", "Ministerie", "Ministère", "Ministerium", "Ministry"])
def test_an_institution_word_is_one_concept_in_european_languages(word):
    assert "ministry" in spelled(word)[0]


@pytest.mark.parametrize("form", ["Ltd", "GmbH", "B.V.", "S.A.", "LLC", "OOO", "PLC", "Co"])
def test_a_legal_form_weighs_next_to_nothing(form):
    part = analyse(f"Foo {form}", "organisation").parts[1]
    assert part.role == "legal-form"
    assert part.weight <= 0.15


def test_particles_and_titles_weigh_less_than_names():
    parts = {part.written: part for part in analyse("Dr. Abu Bakr bin Ali al-Shishani", "person").parts}
    assert parts["dr"].role == "honorific"
    assert parts["bin"].role == "particle"
    assert max(parts[w].weight for w in ("dr", "bin", "al")) < parts["shishani"].weight


def test_a_patronymic_is_told_from_a_surname_only_in_a_name_of_three_words():
    assert role_of("Vladimir Vladimirovich Putin", "vladimirovich", "person") == "patronymic"
    assert role_of("Ivan Abramovich", "abramovich", "person") == "word"


def test_a_word_in_which_letters_of_another_alphabet_are_mixed_is_read_as_it_looks():
    assert spelled("Рetrov") == [["petrov"]]


@pytest.mark.parametrize(
    ("joined", "apart"),
    [
        ("Abdurrahman", ["rahman"]),
        ("Abdelaziz", ["aziz"]),
        ("Noureddine", ["nour", "din"]),
        ("Nasrullah", ["nasr", "allah"]),
        ("Alzawahiri", ["zawahiri"]),
    ],
)
def test_an_arabic_compound_written_as_one_word_has_a_reading_in_pieces(joined, apart):
    readings = [[part.forms[0].text for part in parts] for parts in analyse(joined, "person").readings]
    assert apart in readings


def test_joined_pinyin_after_a_chinese_surname_has_a_reading_by_syllable():
    readings = [[part.forms[0].text for part in parts] for parts in analyse("DENG, Xiaoping", "person").readings]
    assert ["deng", "xiao", "ping"] in readings
    assert analyse("John Changing", "person").readings == ()


@pytest.mark.parametrize(
    ("written", "pinyin"), [("Mao Tse-tung", "mao ze dong"), ("Teng Hsiao-ping", "deng xiao ping")]
)
def test_wade_giles_has_a_reading_in_pinyin(written, pinyin):
    assert can_be(written, pinyin, "person")


def test_a_name_that_is_pinyin_already_or_no_chinese_is_not_read_as_wade_giles():
    assert analyse("Li Peng", "person").readings == ()
    assert analyse("Ann Lee", "person").readings == ()
