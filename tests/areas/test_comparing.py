"""Candidate areas are compared by what is known of them; how sure that is stands beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from hanze.accounts.models import Role
from hanze.areas import comparing, operations
from hanze.areas.models import Area, Criterion, Indicator, Initiative
from hanze.areas.words import in_words
from hanze.audit.models import Event
from tests import factories
from tests.areas import making

pytestmark = pytest.mark.django_db


def criterion(initiative: Initiative, label: str, weight: float = 1, **fields: Any) -> Criterion:
    weights = {"weight_low": weight, "weight_mode": weight, "weight_high": weight}
    return operations.add_criterion(initiative, by=None, label=label, **{**weights, **fields})


def known(area: Area, **numbers: float | tuple[float, float, float]) -> None:
    """Record what is known of an area, by the labels of the criteria."""
    keys = dict(area.initiative.criteria.values_list("label", "pk"))
    values: dict[int, dict[str, Any]] = {}
    for label, value in numbers.items():
        low, mode, high = value if isinstance(value, tuple) else (value, value, value)
        values[keys[label]] = {"low": low, "mode": mode, "high": high}
    operations.record_indicators(area, by=None, values=values)


@pytest.fixture
def initiative() -> Initiative:
    """North has the better soil, South is nearer to a town; soil weighs twice as much."""
    made = factories.initiative()
    criterion(made, "soil", 2)
    criterion(made, "town", 1, better="less")
    north = operations.name_area(made, by=None, code="n", name="Noord")
    south = operations.name_area(made, by=None, code="s", name="Zuid")
    known(north, soil=10, town=30)
    known(south, soil=5, town=10)
    return made


def test_the_area_that_scores_best_by_the_weights_comes_first(initiative: Initiative) -> None:
    result = comparing.compare(initiative, "weighted-sum")
    assert result is not None
    assert [(row.area.name, row.place) for row in result.rows] == [("Noord", 1), ("Zuid", 2)]
    assert result.rows[0].score == pytest.approx(2 / 3)


def test_without_ranges_the_first_is_always_first_and_with_ranges_less_often(initiative: Initiative) -> None:
    sure = comparing.compare(initiative, "weighted-sum")
    known(initiative.areas.get(code="s"), soil=(5, 5, 12))
    unsure = comparing.compare(initiative, "weighted-sum")
    assert sure is not None
    assert unsure is not None
    assert sure.rows[0].first == 1
    shares = {row.area.name: row.first for row in unsure.rows}
    assert 0 < shares["Noord"] < 1
    assert sum(shares.values()) == pytest.approx(1)


def test_the_same_input_gives_the_same_shares(initiative: Initiative) -> None:
    known(initiative.areas.get(code="s"), soil=(5, 5, 12))
    first = comparing.compare(initiative, "topsis")
    assert first is not None
    assert first == comparing.compare(initiative, "topsis")


def test_the_weight_that_would_change_the_first_place_is_told(initiative: Initiative) -> None:
    result = comparing.compare(initiative, "weighted-sum")
    assert result is not None
    told = {each.criterion.label: (round(each.at, 3), each.area.name) for each in result.overturns}
    assert told == {"soil": (0.5, "Zuid"), "town": (0.5, "Zuid")}


def test_an_area_of_which_something_is_unknown_is_not_compared_but_named(initiative: Initiative) -> None:
    operations.name_area(initiative, by=None, code="w", name="West")
    assert comparing.compare(initiative, "topsis") is None
    assert [(area.name, each.label) for area, each in comparing.missing(initiative)] == [
        ("West", "soil"),
        ("West", "town"),
    ]


def test_one_area_or_no_weight_at_all_is_not_compared(initiative: Initiative) -> None:
    for each in initiative.criteria.all():
        operations.change_criterion(each, by=None, weight_low=0, weight_mode=0, weight_high=0)
    assert comparing.compare(initiative, "topsis") is None
    initiative.areas.get(code="s").delete()
    assert comparing.compare(initiative, "topsis") is None


def test_a_difference_below_the_threshold_counts_for_nothing_with_promethee(initiative: Initiative) -> None:
    soil = initiative.criteria.get(label="soil")
    first = comparing.compare(initiative, "promethee")
    operations.change_criterion(soil, by=None, indifferent=6, prefers=8)
    then = comparing.compare(initiative, "promethee")
    assert first is not None
    assert then is not None
    assert [first.rows[0].area.name, then.rows[0].area.name] == ["Noord", "Zuid"]


@pytest.mark.parametrize("thresholds", [(2, 1), (-1, 0), (0, float("nan"))])
def test_thresholds_go_from_low_to_high(initiative: Initiative, thresholds: tuple[float, float]) -> None:
    low, high = thresholds
    with pytest.raises(ValidationError):
        criterion(initiative, "smoel", indifferent=low, prefers=high)


def test_every_share_of_every_place_stands_in_the_table_and_the_chart(initiative: Initiative) -> None:
    known(initiative.areas.get(code="s"), soil=(5, 5, 12))
    result = comparing.compare(initiative, "weighted-sum")
    assert result is not None
    table = comparing.shares_table(result)
    assert [len(row) for row in table.rows] == [3, 3]
    assert [sum(row[1:]) for row in table.rows] == pytest.approx([100, 100], abs=1)  # type: ignore[arg-type]
    assert {point.series for point in comparing.chart_of(result).data} == {"Plaats 1", "Plaats 2"}  # type: ignore[union-attr]


def test_a_rare_place_does_not_read_as_never(initiative: Initiative) -> None:
    assert [comparing.percent(share) for share in (0, 0.001, 0.4, 0.999, 1)] == [0, 0.1, 40, 99.9, 100]


def test_a_criterion_and_an_area_go_with_what_was_recorded_and_the_log_keeps_it(initiative: Initiative) -> None:
    operations.remove_criterion(initiative.criteria.get(label="town"), by=None)
    assert list(Indicator.objects.values_list("criterion__label", flat=True)) == ["soil", "soil"]
    assert Event.objects.get(name="criterion.removed").data["values"] == {"Noord": [30, 30, 30], "Zuid": [10, 10, 10]}
    operations.remove_area(initiative.areas.get(code="s"), by=None)
    assert Event.objects.get(name="area.removed").data["values"] == {"soil": [5, 5, 5]}
    assert list(initiative.areas.values_list("code", flat=True)) == ["n"]


@pytest.mark.parametrize("wrong", [(3, 2, 1), (1, float("nan"), 3), (1, None, 3)])
def test_a_range_that_is_no_range_is_told_at_its_field_and_nothing_is_lost(
    initiative: Initiative, wrong: tuple[Any, Any, Any]
) -> None:
    area, soil = initiative.areas.get(code="n"), initiative.criteria.get(label="soil")
    given = dict(zip(("low", "mode", "high"), wrong, strict=True))
    with pytest.raises(ValidationError) as error:
        operations.record_indicators(area, by=None, values={soil.pk: given})
    assert set(error.value.message_dict) == {f"mode-{soil.pk}"}
    assert area.indicators.get(criterion=soil).mode == 10


@pytest.mark.parametrize("weights", [(2, 1, 3), (-1, 1, 1), (1, 1, float("inf"))])
def test_weights_go_from_low_to_high_and_are_not_below_zero(
    initiative: Initiative, weights: tuple[float, float, float]
) -> None:
    low, mode, high = weights
    with pytest.raises(ValidationError):
        criterion(initiative, "smoel", weight_low=low, weight_mode=mode, weight_high=high)


def test_a_new_list_of_areas_keeps_what_was_named_by_hand_and_refuses_to_lose_what_is_known(
    initiative: Initiative,
) -> None:
    both = making.geojson(
        ({"code": "x", "naam": "X"}, making.square(113_000)), ({"code": "y", "naam": "Y"}, making.square(114_000))
    )
    making.brought_in("areas", both, "a.geojson", initiative)
    known(initiative.areas.get(code="x"), soil=1)
    one = making.geojson(({"code": "y", "naam": "Y"}, making.square(114_000)))
    refused = making.brought_in("areas", one, "b.geojson", initiative)
    assert [in_words(each["message"]) for each in refused.problems] == [
        "van het gebied x zijn gegevens vastgelegd en het staat niet in deze lijst."
    ]
    operations.record_indicators(
        initiative.areas.get(code="x"), by=None, values={initiative.criteria.get(label="soil").pk: {}}
    )
    making.brought_in("areas", one, "c.geojson", initiative)
    assert list(initiative.areas.values_list("code", flat=True)) == ["n", "s", "y"]


def test_an_officer_names_areas_records_what_is_known_and_sees_which_suits(
    client_for: Callable[[Role], Client],
) -> None:
    client, initiative = client_for(Role.POLICY_OFFICER), factories.initiative()
    at = [initiative.pk]
    fields = {"label": "Grond", "better": "more", "provenance": "recorded"}
    client.post(
        reverse("areas:criterion-add", args=at), {**fields, "weight_low": 1, "weight_mode": 2, "weight_high": 3}
    )
    [soil] = initiative.criteria.all()
    for code, value in (("a", 8), ("b", 3)):
        client.post(reverse("areas:area-add", args=at), {"code": code, "name": f"Gebied {code}"})
        area = initiative.areas.get(code=code)
        assert "Nog niet bekend" in client.get(reverse("areas:ranking", args=at)).content.decode()
        sent = {f"{name}-{soil.pk}": value for name in ("low", "mode", "high")}
        assert client.post(reverse("areas:area-values", args=[*at, area.pk]), sent).status_code == 302
    answer = client.get(reverse("areas:ranking", args=at), {"method": "promethee"})
    assert [row.area.code for row in answer.context["compared"].rows] == ["a", "b"]
    assert "<svg" in answer.content.decode()


def test_a_wrong_range_stands_at_its_field_in_the_form(
    initiative: Initiative, client_for: Callable[[Role], Client]
) -> None:
    area, soil = initiative.areas.get(code="n"), initiative.criteria.get(label="soil")
    sent = {f"low-{soil.pk}": 3, f"mode-{soil.pk}": 2, f"high-{soil.pk}": 1}
    answer = client_for(Role.COORDINATOR).post(reverse("areas:area-values", args=[initiative.pk, area.pk]), sent)
    assert answer.status_code == 422
    assert f"mode-{soil.pk}" in answer.context["form"].errors
