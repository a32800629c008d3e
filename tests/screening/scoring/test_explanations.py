"""An explanation says what matched by what, what contradicts and what is merely missing, for a policy officer."""

from __future__ import annotations

import string
from typing import get_args

import pytest

from hanze.screening.entries import Gender, Kind, NameKind, PartialDate
from hanze.screening.scoring.findings import Aspect, How
from hanze.screening.scoring.phrases import DUTCH, ENGLISH
from hanze.screening.scoring.similarity import By
from hanze.screening.scoring.wording import explain
from tests.screening.scoring.comparing import entry, match, party


def test_each_part_says_by_what_it_matched() -> None:
    found = match(party("Yusuf M. Whitesmith Voloshyna"), entry("Youssef Marwan White Smith Voloshyna")).explanation
    by = {part.party: part.by for part in found.parts}
    assert by["Yusuf"] == "spelling"
    assert by["M"] == "initial"
    assert by["Whitesmith"] == "joined"
    assert by["Voloshyna"] == "same"


def test_a_name_in_another_script_matches_by_transliteration() -> None:
    found = match(party("Владимир Петров"), entry("Vladimir Petrov")).explanation
    assert {part.by for part in found.parts} == {"transliteration"}


def test_an_abbreviation_is_called_one() -> None:
    found = match(
        party("Harbin Fenghua TECH", kind="organisation"), entry("Harbin Fenghua Technology", kind="organisation")
    ).explanation
    assert {part.party: part.by for part in found.parts}["TECH"] == "abbreviation"


def test_what_both_sides_say_differently_contradicts_and_what_one_side_omits_is_missing() -> None:
    found = match(
        party("Sergey Petrov", countries=("NL",)),
        entry("Igor Petrov Castellane", birth_dates=(PartialDate(1962),), countries=("RU",)),
    ).explanation
    assert [(item.aspect, item.party) for item in found.contradictions] == [("name-part", "Sergey"), ("country", "NL")]
    assert [(item.aspect, item.side) for item in found.missing] == [("name-part", "party"), ("birth-date", "party")]


def test_a_part_that_is_both_transliterated_and_translated_alike_is_called_transliterated() -> None:
    found = match(party("محمود بن ساسي"), entry("Mahmoud Ben Sassi")).explanation
    assert [part.by for part in found.parts] == ["transliteration"] * 3


def test_an_omitted_patronymic_is_missing_and_contradicts_nothing() -> None:
    found = match(party("Rustam Aselderov"), entry("Rustam Magomedovich Aselderov")).explanation
    assert [item.what for item in found.missing] == ["Magomedovich"]
    assert not found.contradictions


@pytest.mark.parametrize(
    ("asked", "chosen"),
    [
        ("Marina Voloshina", "Marina Voloshina"),
        ("Marina Voloshyna", "Marina Voloshyna"),
        ("Voloshina, Marina", "Marina Voloshina"),
        ("The Lioness", "The Lioness"),
    ],
)
def test_the_alias_shown_is_the_one_a_person_would_choose(asked: str, chosen: str) -> None:
    """Users complain about a surprising choice: the literal name, else the main name among equals."""
    listed = entry(
        "Marina Voloshina",
        "Voloshina Marina",
        "Marina Voloshyna",
        ("The Lioness", "weak-alias"),
        "Marina Voloshina Keller",
    )
    assert match(party(asked), listed).explanation.listed_name.text == chosen


def test_the_main_name_is_preferred_to_an_alias_that_is_as_good() -> None:
    found = match(party("Marina Keller"), entry("Marina Voloshina Keller", "Marina Kuznetsova Keller")).explanation
    assert found.listed_name.kind == "primary"


def test_a_weak_alias_counts_for_less_than_a_strong_one() -> None:
    weak = match(party("Marina Voloshina"), entry("Someone Else", ("Marina Voloshina", "weak-alias"))).score
    strong = match(party("Marina Voloshina"), entry("Someone Else", "Marina Voloshina")).score
    assert weak < strong == 1.0


def test_an_explanation_in_words() -> None:
    found = match(
        party("Sergey Petrov", birth_dates=(PartialDate(1962, 3, 1),), countries=("RU",)),
        entry("Sergei Ivanovich Petrov", birth_dates=(PartialDate(1970, 1, 1),), countries=("RU",)),
    )
    assert explain(found, "en") == [
        "The name “Sergey Petrov” was compared with the main name on the list, “Sergei Ivanovich Petrov”.",
        "“Sergey” is another spelling of “Sergei”.",
        "“Petrov” equals “Petrov”.",
        "The country is the same: Russia.",
        "The date of birth differs: 1962-03-01, on the list 1970-01-01.",
        "Only the list also says: Ivanovich.",
    ]
    assert explain(found, "nl")[-2:] == [
        "De geboortedatum verschilt: 1962-03-01, op de lijst 1970-01-01.",
        "Alleen de lijst noemt ook: Ivanovich.",
    ]


def test_a_name_that_is_equal_is_said_in_one_sentence() -> None:
    found = match(party("marina voloshina keller"), entry("Marina Voloshina Keller"))
    assert explain(found, "en") == [
        "The name “marina voloshina keller” equals the main name on the list, “Marina Voloshina Keller”."
    ]


def test_parts_that_are_all_equal_are_said_in_one_sentence() -> None:
    found = match(party("Keller, Marina"), entry("Marina Voloshina Keller"))
    assert explain(found, "nl") == [
        "De naam “Keller, Marina” is vergeleken met de hoofdnaam op de lijst, “Marina Voloshina Keller”.",
        "Deze delen van de naam zijn gelijk: “Keller”, “Marina”.",
        "Alleen de lijst noemt ook: Voloshina.",
    ]


def test_countries_are_called_by_their_names() -> None:
    different = match(party("Marina Keller", countries=("NL", "DE")), entry("Marina Keller", countries=("RU",)))
    assert explain(different, "nl")[-1] == "Het land verschilt: Nederland, Duitsland, op de lijst Rusland."
    unknown = match(party("Marina Keller"), entry("Marina Keller", countries=("KP",)))
    assert explain(unknown, "en")[-1] == "The country of this party is not known; the list says North Korea."


def test_a_code_that_is_no_country_stands_as_it_is() -> None:
    found = match(party("Marina Keller", countries=("NL",)), entry("Marina Keller", countries=("SU",)))
    assert explain(found, "en")[-1] == "The country differs: Netherlands, on the list SU."


def test_the_languages_have_the_same_sentences_with_the_same_gaps() -> None:
    def gaps(phrase: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(phrase)} - {None}

    assert {key: gaps(phrase) for key, phrase in DUTCH.items()} == {
        key: gaps(phrase) for key, phrase in ENGLISH.items()
    }


def test_there_is_a_sentence_for_everything_that_can_be_found() -> None:
    keys = {f"part-{by}" for by in get_args(By)} | {f"name-{kind}" for kind in get_args(NameKind)}
    keys |= {f"differs-{aspect}" for aspect in get_args(Aspect)} | {f"agrees-birth-date-{how}" for how in get_args(How)}
    keys |= {
        f"missing-{aspect}-{side}" for aspect in ("name-part", "birth-date", "country") for side in ("party", "list")
    }
    keys |= {f"kind-{kind}" for kind in get_args(Kind) if kind != "unknown"}
    keys |= {f"gender-{gender}" for gender in get_args(Gender) if gender != "unknown"}
    assert keys <= DUTCH.keys()


def test_initials_are_called_initials() -> None:
    found = match(party("NHOC", kind="organisation"), entry("Northern Harbour Oil Company", kind="organisation"))
    assert [(part.party, part.listed, part.by) for part in found.explanation.parts] == [
        ("NHOC", "Northern Harbour Oil Company", "acronym")
    ]
    assert explain(found, "en")[1] == "“NHOC” and “Northern Harbour Oil Company”: one is the initials of the other."


def test_a_state_in_short_is_shown_as_it_was_written() -> None:
    found = match(
        party("U.S. Office of Records", kind="organisation"),
        entry("United States Office of Records", kind="organisation"),
    )
    first = found.explanation.parts[0]
    assert (first.party, first.listed, first.by) == ("U.S.", "United States", "abbreviation")
