"""Land: measured, and swapped so that nobody is worse off and no parcel is split."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.clusters.land import Land, Owners, Terms, fragmentation, propose
from hanze.clusters.land.swapping import swap_pairwise
from hanze.clusters.land.terms import broken, per_owner
from hanze.clusters.problems import InputError


def scattered(seed: int, farms: int, parcels: int, bank: bool = False) -> tuple[Land, Owners]:
    random = np.random.default_rng(seed)
    point = random.uniform(0, 5000, (farms, 2))
    if bank:
        point[-1] = np.nan
    organic = random.random(farms) < 0.5
    owner = np.r_[np.arange(farms), random.integers(0, farms, parcels - farms)]
    area = random.uniform(0.5, 3, parcels).round(2)
    land = Land(
        tuple(f"p{k}" for k in range(parcels)),
        owner,
        random.uniform(0, 5000, (parcels, 2)),
        area,
        (area * random.uniform(0.9, 1.1, parcels) * 80_000).round(),
        organic[owner] & (random.random(parcels) < 0.7),
        np.full(parcels, np.nan),
    )
    return land, Owners(tuple(f"f{k}" for k in range(farms)), point, random.random(farms) < 0.8, organic)


def two_farms() -> tuple[Land, Owners]:
    """Each farms a hectare at home and one beside the other's house, 4 km away."""
    land = Land(
        ("a", "b", "c", "d"),
        np.array([0, 0, 1, 1]),
        np.array([[0.0, 0], [4000, 0], [4000, 0], [0, 0]]),
        np.ones(4),
        np.full(4, 80_000.0),
        np.zeros(4, bool),
        np.full(4, 400.0),
    )
    return land, Owners(("north", "south"), np.array([[0.0, 0], [4000, 0]]), np.ones(2, bool), np.zeros(2, bool))


def test_fragmentation_counts_distances_and_shape() -> None:
    measured = fragmentation(*two_farms())
    assert measured.parcels.tolist() == [2, 2]
    assert measured.distance.tolist() == [2, 2]
    assert measured.travel.tolist() == [4, 4]
    assert measured.januszewski == pytest.approx(np.full(2, np.sqrt(0.5)))
    assert measured.shape == pytest.approx(np.full(2, np.pi / 4))


def test_two_farms_swap_what_lies_at_the_others_door() -> None:
    land, owners = two_farms()
    proposal = propose(land, owners)
    assert (proposal.before, proposal.after, proposal.bound) == (8, 0, 0)
    assert {(move.parcel, move.giver, move.taker) for move in proposal.moves} == {(1, 0, 1), (3, 1, 0)}


@pytest.mark.parametrize("change", ["part", "value", "organic"])
def test_without_leave_tolerance_or_organic_land_for_organic_land_nothing_moves(change: str) -> None:
    land, owners = two_farms()
    if change == "part":
        owners = replace(owners, takes_part=np.array([True, False]))
    if change == "value":
        land = replace(land, value=np.array([80_000.0, 80_000, 80_000, 95_000]))
    if change == "organic":
        land = replace(land, organic=np.array([False, True, False, False]))
        owners = replace(owners, organic=np.array([True, False]))
    assert propose(land, owners).moves == ()


@given(st.integers(0, 100_000), st.integers(2, 8), st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_proposal_keeps_to_every_term(seed: int, farms: int, bank: bool) -> None:
    land, owners = scattered(seed, farms, farms * 6, bank)
    holder = swap_pairwise(land, owners, land.owner, Terms())
    assert broken(land, owners, holder, Terms()) == []
    assert per_owner(land, owners, holder)[2].sum() <= per_owner(land, owners, land.owner)[2].sum()


@given(st.integers(0, 100_000), st.booleans())
@settings(max_examples=8, deadline=None)
def test_a_whole_number_program_brings_at_least_as_much_as_swaps_and_bounds_them(seed: int, bank: bool) -> None:
    land, owners = scattered(seed, 4, 20, bank)
    swaps = propose(land, owners, seconds=0)
    best = propose(land, owners, seconds=2)
    assert broken(land, owners, best.holder, Terms()) == []
    assert best.after <= swaps.after + 1e-9
    assert best.bound <= best.after + 1e-9


def test_what_breaks_a_term_is_named() -> None:
    land, owners = two_farms()
    assert broken(land, owners, np.array([0, 1, 1, 1]), Terms()) == [
        "the value of north's land changes too much",
        "the value of south's land changes too much",
    ]
    assert "north has to travel more" in broken(land, owners, np.array([1, 0, 0, 1]), Terms())


def test_a_land_bank_passes_on_what_lies_near_somebody() -> None:
    land, owners = two_farms()
    owners = replace(owners, point=np.array([[0.0, 0], [np.nan, np.nan]]))
    proposal = propose(land, owners)
    assert proposal.after == 0
    assert proposal.holder.tolist() == [0, 1, 1, 0]


def test_wrong_land_is_refused_with_its_row() -> None:
    land, owners = two_farms()
    bad = replace(land, area=np.array([1.0, -1, 1, 1]), owner=np.array([0, 0, 1, 7]))
    with pytest.raises(InputError) as caught:
        propose(bad, owners)
    assert [(problem.row, problem.message) for problem in caught.value.problems] == [
        (2, "the area of parcel b is missing or not above zero."),
        (4, "parcel d belongs to nobody in the list."),
    ]
    organic = replace(land, organic=np.array([True, False, False, False]))
    with pytest.raises(InputError, match="north has organic land and is not organic"):
        propose(organic, owners)
