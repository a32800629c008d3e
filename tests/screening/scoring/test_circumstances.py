"""What is known beside the name shades the score: names carry it."""

from __future__ import annotations

import pytest

from hanze.screening.entries import Identifier, PartialDate
from hanze.screening.scoring.circumstances import dates_agree, day_written
from hanze.screening.thresholds import BY_KIND
from tests.screening.scoring.comparing import entry, match, party

HIT = BY_KIND["person"].hit
NEAR = BY_KIND["person"].near
BORN = PartialDate(1962, 3, 1)


@pytest.mark.parametrize(
    ("ours", "theirs", "how"),
    [
        (BORN, BORN, "same"),
        (BORN, PartialDate(1962, 1, 3), "swapped"),
        (BORN, PartialDate(1962, 3), "partly"),
        (BORN, PartialDate(1962), "partly"),
        (BORN, PartialDate(1961, circa=True), "about"),
        (BORN, PartialDate(1960, last_year=1965), "about"),
        (BORN, PartialDate(1962, 4), None),
        (BORN, PartialDate(1962, 3, 2), None),
        (BORN, PartialDate(1963), None),
        (BORN, PartialDate(1958, circa=True), None),
        (BORN, PartialDate(1963, last_year=1965), None),
    ],
)
def test_dates_agree_as_far_as_both_sides_know_them(ours: PartialDate, theirs: PartialDate, how: str | None) -> None:
    assert dates_agree(ours, theirs)[0] == how
    assert dates_agree(theirs, ours)[0] == how


def test_a_date_is_written_as_far_as_it_is_known() -> None:
    assert day_written(BORN) == "1962-03-01"
    assert day_written(PartialDate(1962, 3)) == "1962-03"
    assert day_written(PartialDate(1962, circa=True)) == "~1962"
    assert day_written(PartialDate(1962, last_year=1965)) == "1962-1965"


def test_an_equal_birth_date_does_not_make_another_name_a_hit() -> None:
    """Users complain that birth dates weigh too much."""
    found = match(party("Sergey Petrov", birth_dates=(BORN,)), entry("Igor Kuznetsov", birth_dates=(BORN,)))
    assert found.score < NEAR
    found = match(party("Sergey Petrov", birth_dates=(BORN,)), entry("Igor Petrov", birth_dates=(BORN,)))
    assert found.score < HIT


def test_a_birth_date_far_off_makes_an_equal_name_near_and_does_not_hide_it() -> None:
    found = match(
        party("Sergey Petrov", birth_dates=(BORN,)), entry("Sergey Petrov", birth_dates=(PartialDate(1990, 1, 1),))
    )
    assert NEAR <= found.score < 0.8


@pytest.mark.parametrize("day", [PartialDate(1962, 3, 2), PartialDate(1962, 4, 1), PartialDate(1992, 3, 1)])
def test_a_birth_date_that_one_slip_explains_leaves_an_equal_name_a_hit(day: PartialDate) -> None:
    assert match(party("Sergey Petrov", birth_dates=(BORN,)), entry("Sergey Petrov", birth_dates=(day,))).score >= HIT


def test_the_birth_date_that_agrees_best_counts_where_a_list_gives_several() -> None:
    listed = entry("Sergey Petrov", birth_dates=(PartialDate(1990, 1, 1), BORN))
    assert match(party("Sergey Petrov", birth_dates=(BORN,)), listed).score == 1.0


def test_country_and_gender_shade_the_score() -> None:
    listed = entry("Sergey Petrov", countries=("RU",), gender="male")
    plain = match(party("Sergey Petrov"), listed).score
    abroad = match(party("Sergey Petrov", countries=("NL",)), listed).score
    woman = match(party("Sergey Petrov", gender="female"), listed).score
    assert HIT < abroad < plain
    assert HIT < woman < plain


def test_an_exact_number_decides_whatever_the_name() -> None:
    number = Identifier("passport", "AB 123.456", "RU")
    listed = entry("Igor Kuznetsov", identifiers=(Identifier("passport", "ab123456", "RU"),))
    assert match(party("Sergey Petrov", identifiers=(number,)), listed).score >= 0.95


@pytest.mark.parametrize(
    "number",
    [Identifier("passport", "AB123456", "UA"), Identifier("tax", "AB123456", "RU"), Identifier("passport", "12")],
)
def test_a_number_of_another_kind_or_country_decides_nothing(number: Identifier) -> None:
    listed = entry(
        "Igor Kuznetsov", identifiers=(Identifier("passport", "AB123456", "RU"), Identifier("passport", "12"))
    )
    assert match(party("Sergey Petrov", identifiers=(number,)), listed).score < NEAR


def test_another_number_weighs_little() -> None:
    listed = entry("Sergey Petrov", identifiers=(Identifier("passport", "ZZ999999", "RU"),))
    assert match(party("Sergey Petrov", identifiers=(Identifier("passport", "AB123456", "RU"),)), listed).score > 0.95


def test_a_person_and_an_organisation_of_one_name_are_no_hit_of_full_weight() -> None:
    assert match(party("Marina"), entry("Marina", kind="vessel")).score < match(party("Marina"), entry("Marina")).score
