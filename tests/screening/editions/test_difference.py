"""What differs between two editions, on small lists and on real ones."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.screening.editions import difference
from hanze.screening.entries import Entry, ListedName
from hanze.screening.lists import read_edition

DATA = Path(__file__).parents[4] / "shared" / "data" / "screening"
real = pytest.mark.skipif(not DATA.is_dir(), reason="the real lists of ../shared/data are not here")


def entry(number: str, name: str = "", **fields: object) -> Entry:
    return Entry("example", number, "organisation", (ListedName(name or f"Firm {number}"),), **fields)  # type: ignore[arg-type]


ONE, TWO = entry("1"), entry("2")
LISTS = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("vwxyz")), unique_by=lambda each: each[0])


def entries(drawn: list[tuple[str, str]]) -> list[Entry]:
    return [entry(number, name) for number, name in drawn]


def test_the_same_edition_differs_in_nothing() -> None:
    assert not difference([ONE, TWO], [TWO, ONE])


def test_what_is_new_and_what_is_gone() -> None:
    found = difference([ONE], [TWO])
    assert (found.added, found.removed) == ((TWO,), (ONE,))


def test_a_changed_entry_names_what_changed() -> None:
    (changed,) = difference([ONE], [replace(ONE, countries=("CN",), remarks="New")]).changed
    assert changed.fields == ("countries", "remarks")
    assert (changed.changes[0].before, changed.changes[0].after) == ((), ("CN",))
    assert (changed.texts[0].before, changed.texts[0].after) == ((), ("New",))


def test_of_what_a_list_says_besides_only_the_particulars_that_differ_are_named() -> None:
    before, after = replace(ONE, raw={"seat": "north", "size": "3"}), replace(ONE, raw={"seat": "south", "size": "3"})
    (changed,) = difference([before], [after]).changed
    assert (changed.texts[0].before, changed.texts[0].after) == (("seat: north",), ("seat: south",))


def test_the_order_of_aliases_is_no_change() -> None:
    both = (ListedName("A"), ListedName("B", "alias"))
    assert not difference([replace(ONE, names=both)], [replace(ONE, names=both[::-1])])


def test_an_entry_under_another_number_is_renumbered_not_removed_and_added() -> None:
    moved = replace(ONE, id="900")
    found = difference([ONE, TWO], [moved, TWO])
    assert [(each.before.id, each.after.id) for each in found.renumbered] == [("1", "900")]
    assert not found.added
    assert not found.removed


def test_where_several_are_alike_none_is_taken_for_another() -> None:
    twins = [entry("1", "Firm"), entry("2", "Firm")]
    found = difference(twins, [entry("8", "Firm"), entry("9", "Firm")])
    assert not found.renumbered
    assert len(found.added) == len(found.removed) == 2


def named(number: str, *names: str, **fields: Any) -> Entry:
    return replace(entry(number, **fields), names=tuple(ListedName(name) for name in names))


def absorbed(old: list[Entry], new: list[Entry]) -> list[tuple[str, str]]:
    found = difference(old, new)
    assert all(each.before in found.removed for each in found.absorbed)
    return [(each.before.id, each.into.id) for each in found.absorbed]


@pytest.mark.parametrize(
    "into",
    [
        named("2", "Firm 2", "Firm 1"),
        named("2", "Firm 2", " Firm  1"),
        named("9", "Firm 9", "Firm 1"),
        named("2", "Firm 2", "Firm 1", countries=("CN", "HK")),
    ],
)
def test_an_entry_whose_names_stand_with_another_one_went_up_in_it(into: Entry) -> None:
    assert absorbed([replace(ONE, countries=("CN",)), TWO], [into]) == [("1", into.id)]


@pytest.mark.parametrize(
    "new",
    [
        [named("2", "Firm 2")],
        [named("2", "Firm 1", countries=("HK",))],
        [replace(named("2", "Firm 2", "Firm 1"), kind="person")],
        [named("2", "Firm 2", "Firm 1"), named("3", "Firm 3", "Firm 1")],
    ],
    ids=["another name", "another country", "another kind", "two that it could be"],
)
def test_an_entry_that_may_be_another_one_did_not_take_it_up(new: list[Entry]) -> None:
    assert absorbed([replace(ONE, countries=("CN",)), TWO], new) == []


def test_an_entry_with_a_name_that_the_other_lacks_did_not_go_up_in_it() -> None:
    assert absorbed([named("1", "Firm 1", "Firm One"), TWO], [named("2", "Firm 2", "Firm 1")]) == []


def test_a_list_that_tells_the_old_numbers_of_an_entry_is_believed() -> None:
    told = named("2", "Firm Two", raw={"referents": "0 1"})
    assert absorbed([ONE, TWO], [told, named("3", "Firm 1", "Firm 3")]) == [("1", "2")]


@given(LISTS, LISTS)
def test_applying_the_difference_to_the_old_edition_gives_the_new_one(old, new) -> None:
    before, after = entries(old), entries(new)
    found = difference(before, after)
    made = {each.id: each for each in before}
    for each in (*found.removed, *(moved.before for moved in found.renumbered)):
        del made[each.id]
    for each in (
        *found.added,
        *(moved.after for moved in found.renumbered),
        *(change.after for change in found.changed),
    ):
        made[each.id] = each
    assert made == {each.id: each for each in after}


@real
def test_the_update_of_the_american_list_from_2019_to_2021() -> None:
    old, new = (read_edition(DATA / folder, "ofac").entries for folder in ("ofac-2019", "ofac-2021"))
    found = difference(old, new)
    assert (len(old), len(new)) == (7379, 8976)
    assert len(new) == len(old) + len(found.added) - len(found.removed)
    assert len(found.added) > 1500
    assert len(found.removed) > 100


@real
def test_the_update_of_the_list_of_the_united_nations_from_2025_to_2026() -> None:
    old, new = (
        read_edition(DATA / "un" / f"un_consolidated_{day}.xml", "un").entries for day in ("2025-04", "2026-02")
    )
    found = difference(old, new)
    assert (len(old), len(new)) == (877, 1003)
    assert len(found.added) - len(found.removed) == 126
