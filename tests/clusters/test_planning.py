"""A whole plan: groups, regions, hubs, exchanges and swaps, for each area by itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.clusters.national import Country, generate, indicators
from hanze.clusters.land.terms import broken
from hanze.clusters.planning import Settings, Trade, make_plan
from hanze.clusters.problems import Cancelled, InputError
from hanze.clusters.progress import Progress, silent

SETTINGS = Settings(hubs=2, hub_seconds=1, swap_seconds=0, minimum=100)


@pytest.fixture(scope="module")
def country() -> Country:
    return generate(farms=120, parcels=1_000, areas=3)


def plan(country: Country, progress: Progress = silent, **changes: object):
    settings = replace(SETTINGS, **changes)  # type: ignore[arg-type]
    return make_plan(
        country.owners,
        country.land,
        settings,
        area=country.area,
        candidates=country.centres,
        trade=country.trade,
        progress=progress,
    )


def test_land_and_products_stay_in_their_area_and_keep_to_the_terms(country: Country) -> None:
    made = plan(country)
    holder = made.proposal.holder
    assert len(made.proposal.moves) > 50
    assert (country.area[holder] == country.area[country.land.owner]).all()
    assert broken(country.land, country.owners, holder, SETTINGS.terms) == []
    place = {name: at for at, name in enumerate(country.owners.id)}
    for area, result in made.exchanges:
        farms = [farm for match in result.matches for farm in (match.offer.farm, match.need.farm)]
        assert {int(country.area[place[farm]]) for farm in farms} <= {area}
    assert made.after.travel.sum() == pytest.approx(made.proposal.after)
    assert made.after.mean_distance < made.before.mean_distance


def test_the_same_seed_gives_the_same_plan(country: Country) -> None:
    one, other = plan(country), plan(country)
    assert one.proposal.moves == other.proposal.moves
    assert one.siting.hubs == other.siting.hubs
    assert [result for _, result in one.exchanges] == [result for _, result in other.exchanges]


def test_a_land_bank_is_in_no_group_and_no_region(country: Country) -> None:
    points = country.owners.point.copy()
    points[7] = np.nan
    made = plan(replace(country, owners=replace(country.owners, point=points), trade=Trade()))
    assert (made.group[7], made.regions.label[7]) == (-1, -1)


def test_every_step_tells_where_it_is_and_can_be_stopped(country: Country) -> None:
    seen: list[str] = []

    def stop(step: str, share: float) -> None:
        seen.append(step)
        if step == "swaps":
            raise Cancelled

    with pytest.raises(Cancelled):
        plan(country, progress=stop)
    assert {"indicators", "groups", "regions", "exchanges", "swaps"} <= set(seen)


def test_areas_are_described_by_their_farms(country: Country) -> None:
    table = indicators(country, plan(country))
    assert table.mode[:, 0].sum() == 120
    assert np.isfinite(table.mode).all()


def test_who_exchanges_and_is_not_in_the_list_is_named(country: Country) -> None:
    stranger = replace(country.trade.offers[0], farm="nobody")
    with pytest.raises(InputError, match="not in the list: nobody"):
        plan(replace(country, trade=Trade([stranger], country.trade.needs, country.trade.rates)))


def test_too_many_places_for_a_hub_are_refused(country: Country) -> None:
    with pytest.raises(InputError, match="at most 2000"):
        plan(replace(country, centres=np.zeros((2_001, 2))))
