"""A verdict holds while both sides stay as they were, and goes along when parties or entries become one."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.screening.entries import Entry, Identifier, ListedName, PartialDate, Party
from hanze.screening.identity import FIELDS, fingerprint
from hanze.screening.verdicts import Verdict, follow, merge, reopening

PARTY = Party("7", (ListedName("Viktor Orlovsky"),), "person", ("RU",), (PartialDate(1961, 4, 2),))
ENTRY = Entry("example", "P1", "person", (ListedName("Orlovski, Viktor"), ListedName("V. Orlovsky", "alias")), ("RU",))
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=8)
NAMES = st.lists(TEXT.map(ListedName), min_size=1, max_size=4).map(tuple)


def verdict(**fields: object) -> Verdict:
    given = {"party": PARTY, "entry": ENTRY, "answer": "not-the-same", "reason": "Another man", "by": "noor"}
    return Verdict(**{**given, "on": date(2024, 5, 1), **fields})  # type: ignore[arg-type]


def test_a_verdict_holds_while_nothing_changes() -> None:
    assert not reopening(PARTY, ENTRY, PARTY, ENTRY)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("names", (ListedName("Viktor Orlov"),)),
        ("kind", "organisation"),
        ("birth_dates", (PartialDate(1961, 4, 3),)),
        ("countries", ("BY",)),
        ("gender", "male"),
        ("identifiers", (Identifier("passport", "X1"),)),
    ],
)
def test_every_fact_of_either_side_reopens_it_and_is_named(field: str, value: object) -> None:
    (ours,) = reopening(PARTY, ENTRY, replace(PARTY, **{field: value}), ENTRY)
    theirs = [
        difference.change.field
        for difference in reopening(PARTY, ENTRY, PARTY, replace(ENTRY, **{field: value}))
        if difference.change
    ]
    assert (ours.side, ours.change and ours.change.field) == ("party", field)
    assert theirs == [field]


@pytest.mark.parametrize(
    "entry",
    [
        replace(ENTRY, names=ENTRY.names[::-1]),
        replace(ENTRY, names=(ListedName("Orlovski,  Viktor"), ENTRY.names[1])),
        replace(ENTRY, remarks="Seen in 2023"),
        replace(ENTRY, programmes=("SDGT",)),
    ],
)
def test_order_layout_and_remarks_reopen_nothing(entry: Entry) -> None:
    assert not reopening(PARTY, ENTRY, PARTY, entry)


def test_an_entry_that_left_the_list_reopens_it() -> None:
    (difference,) = reopening(PARTY, ENTRY, PARTY, None)
    assert difference.removed


def test_a_verdict_has_a_reason_and_two_different_people() -> None:
    with pytest.raises(ValueError, match="reason"):
        verdict(reason=" ")
    with pytest.raises(ValueError, match="somebody else"):
        verdict(second_by="noor")


def test_merged_parties_carry_verdicts_that_agree_the_latest_of_them() -> None:
    early, late = verdict(), verdict(on=date(2025, 1, 1), reason="Again another man")
    carried = merge([late, early])
    assert carried.verdicts == {("example", "P1"): late}
    assert not carried.contradicting


def test_verdicts_that_contradict_open_the_question_again_with_both_beside_it() -> None:
    no, yes = verdict(), verdict(answer="same", on=date(2025, 1, 1))
    carried = merge([yes, no])
    assert not carried.verdicts
    assert carried.contradicting == {("example", "P1"): (no, yes)}


def test_a_verdict_goes_along_when_its_entry_gets_another_number() -> None:
    moved = follow(verdict(), "P900")
    assert moved == verdict(entry=replace(ENTRY, id="P900"))
    assert not reopening(PARTY, moved.entry, PARTY, replace(ENTRY, id="P900"))


def test_a_verdict_at_an_entry_that_says_more_is_open_again_with_what_it_says_besides() -> None:
    moved = follow(verdict(), "P901")
    (difference,) = reopening(PARTY, moved.entry, PARTY, replace(ENTRY, id="P901", countries=("RU", "BY")))
    assert difference.change
    assert (difference.change.before, difference.change.after) == (("RU",), ("BY", "RU"))


def test_verdicts_about_entries_that_become_one_contradict_like_those_of_parties() -> None:
    no, yes = verdict(), verdict(entry=replace(ENTRY, id="P2"), answer="same", on=date(2025, 1, 1))
    carried = merge([no, follow(yes, "P1")])
    assert not carried.verdicts
    assert carried.contradicting.keys() == {("example", "P1")}


@given(NAMES, st.randoms())
def test_the_order_of_names_never_changes_a_fingerprint(names: tuple[ListedName, ...], random) -> None:
    shuffled = list(names)
    random.shuffle(shuffled)
    assert fingerprint(replace(PARTY, names=names)) == fingerprint(replace(PARTY, names=tuple(shuffled)))


@given(NAMES, NAMES)
def test_a_verdict_holds_exactly_when_the_fingerprints_are_equal(before, after) -> None:
    then, now = replace(PARTY, names=before), replace(PARTY, names=after)
    assert (not reopening(then, ENTRY, now, ENTRY)) == (fingerprint(then) == fingerprint(now))


@given(st.lists(st.tuples(st.sampled_from(["P1", "P2"]), st.sampled_from(["same", "not-the-same", "cannot-tell"]))))
def test_merging_loses_no_pair(said) -> None:
    verdicts = [verdict(entry=replace(ENTRY, id=entry), answer=answer) for entry, answer in said]
    carried = merge(verdicts)
    assert carried.verdicts.keys() | carried.contradicting.keys() == {("example", entry) for entry, _ in said}
    assert not carried.verdicts.keys() & carried.contradicting.keys()


def test_the_facts_that_count_are_those_by_which_somebody_is_known() -> None:
    assert FIELDS == ("names", "kind", "birth_dates", "countries", "gender", "identifiers")
