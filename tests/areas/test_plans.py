"""A plan is asked with its assumptions, made by the worker, and can be made again, called off and removed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from hanze.accounts.models import Role
from hanze.areas import operations, tasks
from hanze.areas.models import Initiative, PlanRun
from hanze.areas.planning import Assumptions, computing, gathering
from hanze.areas.planning.comparing import listed
from hanze.areas.planning.figures import figures
from hanze.areas.planning.reading import Reading
from hanze.areas.planning.repeating import why_different
from hanze.areas.views import portions
from hanze.areas.words import in_words
from hanze.audit.models import Event
from hanze.clusters.problems import Cancelled
from tests import factories
from tests.areas import making

pytestmark = pytest.mark.django_db

SMALL = Assumptions(products=("mest",), seconds=1, reach=1_500, least=2, minimum=2, joining=100, hubs=1)


@pytest.fixture
def initiative() -> Initiative:
    return making.planned()


def made(initiative: Initiative, **changes: Any) -> PlanRun:
    asked = Assumptions.of(SMALL.as_kept() | changes)
    run = operations.ask_plan(initiative, by=None, title="Plan", assumptions=asked)
    tasks.make_plan.call(run.pk)
    run.refresh_from_db()
    return run


def told(run: PlanRun) -> list[str]:
    return [in_words(each["message"]) for each in run.problems]


def test_a_plan_has_clusters_hubs_exchanges_and_swaps_that_fit_its_assumptions(initiative: Initiative) -> None:
    run = made(initiative)
    assert run.state == "done"
    result = run.result
    assert [cluster["farms"] for cluster in result["clusters"]] == [["a1", "a2", "a3"], ["b1", "b2", "b3"]]
    assert result["hubs"]["proven"]
    [manure] = result["exchanges"]
    assert {(one["from"], one["to"], one["amount"]) for one in manure["matches"]} == {("a1", "a2", 60)}
    assert manure["unmet"] == [{"need": "n2", "farm": "b1", "amount": 40}]
    moved = {(one["parcel"], one["from"], one["to"]) for one in result["land"]["moves"]}
    assert moved == {("pa", "a1", "b1"), ("pb", "b1", "a1")}
    assert all(abs(one["value"][1] / one["value"][0] - 1) <= 0.05 for one in result["land"]["owners"])


def test_only_the_farms_in_the_chosen_areas_are_in_the_plan(initiative: Initiative) -> None:
    run = made(initiative, areas=("a",))
    assert [farm["code"] for farm in run.result["farms"]] == ["a1", "a2", "a3"]
    assert run.result["land"]["moves"] == []


def test_who_does_not_join_in_keeps_everything(initiative: Initiative) -> None:
    initiative.farms.filter(code="a1").update(takes_part=False)
    assert made(initiative).result["land"]["moves"] == []
    assert len(made(initiative, everybody=True).result["land"]["moves"]) == 2


def people(run: PlanRun) -> dict[str, tuple[float, float]]:
    """Without and with the plan, of each line about people by its name."""
    lines = next(lines for theme, lines in Reading(run).balance if theme == "People")
    return {line["called"]: (line["without"][0], line["with"][0]) for line in lines}


def test_parties_count_by_their_answer_and_only_with_the_plan(initiative: Initiative) -> None:
    farms = {farm.code: farm for farm in initiative.farms.all()}
    for name, code, stance in (
        ("De Aap", "a1", "willing"),
        ("De Beer", "a2", "conditional"),
        ("De Das", "a3", "declined"),
        ("De Eend", "b1", "willing"),
    ):
        operations.add_party(initiative, by=None, name=name, farm=farms[code], stance=stance, conditions="Dichtbij")
    operations.add_party(initiative, by=None, name="De Bank", stance="willing")
    run = made(initiative, areas=("a",))
    counted = people(run)
    assert counted["Partijen die bereid zijn"] == (0, 2)
    assert counted["Partijen die bereid zijn onder voorwaarden"] == (0, 1)
    assert "Bedrijven die meedoen aan kavelruil" not in counted
    shown = {figure.key: [row.label for row in figure.rows] for figure in figures(Reading(run))}
    assert shown["line-willing-parties"][:2] == ["De Aap", "De Bank"]
    assert run.inputs["parties"]["rows"] == 4


def test_where_nobody_was_asked_the_farms_that_take_part_are_counted(initiative: Initiative) -> None:
    initiative.farms.filter(code="a1").update(takes_part=False)
    run = made(initiative)
    counted = people(run)
    assert counted["Bedrijven die meedoen aan kavelruil"] == (0, 5)
    assert not any("bereid" in name for name in [*counted, *(name for name, _gone in Reading(run).missing)])


def test_a_party_that_was_taken_away_still_counts_and_is_not_named(initiative: Initiative) -> None:
    party = operations.add_party(initiative, by=None, name="De Bank", stance="willing")
    run = made(initiative)
    operations.remove_party(party, by=None)
    found = next(each for each in figures(Reading(run)) if each.key == "line-willing-parties")
    assert (found.value, found.rows[0].label) == (1, "sindsdien weggehaald")


def test_how_far_farms_and_prices_can_be_off_is_asked_and_decides_what_matters_most(initiative: Initiative) -> None:
    sure = {"staying_low": 100.0, "staying_high": 100.0, "price_low": 100.0, "price_high": 100.0}
    run, other = made(initiative), made(initiative, **sure)
    assert run.result["years"]["assumed"] == {"joining": [0.7, 1, 1], "price_level": [0.8, 1, 1.25]}
    assert {"joining", "price_level"} <= {one["name"] for one in Reading(run).years["effects"]}
    assert not {"joining", "price_level"} & {one["name"] for one in Reading(other).years["effects"]}
    said = {str(label): value for label, value in listed(Reading(run))}
    assert said["Prijzen op hun hoogst, in procenten van nu"] == "125"


def test_a_plan_that_was_made_before_this_was_asked_says_what_it_assumed(initiative: Initiative) -> None:
    run = made(initiative)
    for name in ("staying_low", "staying_high", "price_low", "price_high"):
        del run.assumptions[name]
    said = {str(label): value for label, value in listed(Reading(run))}
    assert said["Van de bedrijven die meedoen blijven er ten minste, in procenten"] == "70"


def test_a_plan_keeps_its_seed_the_versions_and_a_hash_of_each_kind_of_input(initiative: Initiative) -> None:
    run = made(initiative)
    assert {name: one["rows"] for name, one in run.inputs.items()} == {"farms": 6, "parcels": 8, "goods": 3, "areas": 0}
    assert {"hanze", "scipy", "highspy"} <= set(run.software)
    assert len(run.fingerprint) == 64


def test_the_same_again_gives_the_same_and_other_data_give_another(initiative: Initiative) -> None:
    first = made(initiative)
    again = operations.repeat_plan(first, by=None)
    tasks.make_plan.call(again.pk)
    again.refresh_from_db()
    assert (again.repeats, again.fingerprint, again.inputs) == (first, first.fingerprint, first.inputs)
    initiative.goods.filter(code="o1").update(amount=30)
    other = made(initiative)
    assert other.fingerprint != first.fingerprint
    assert [name for name in other.inputs if other.inputs[name] != first.inputs[name]] == ["goods"]


def test_what_is_kept_survives_the_database_to_the_last_digit(initiative: Initiative) -> None:
    run = made(initiative)
    assert computing.fingerprint(json.loads(json.dumps(run.result))) == run.fingerprint


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"hubs": 7}, "hubs", "U vraagt 7 hubs en er zijn 6 plekken: de bedrijven."),
        ({"must": (("a1", "zz"),)}, "must", "Er is geen bedrijf zz."),
        ({"banks": ("zz",)}, "banks", "Er is geen bedrijf zz."),
        (
            {"must": (("a1", "b1"),), "cannot": (("b1", "a1"),)},
            "cannot",
            "Deze bedrijven moeten ook bij elkaar: a1 – b1.",
        ),
        (
            {"areas": ("named",)},
            "areas",
            "het gebied named heeft geen vorm op de kaart: haal het binnen uit een bestand.",
        ),
        ({"areas": ("zz",)}, "areas", "er is geen gebied zz."),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_nothing_is_asked(
    initiative: Initiative, changes: dict[str, Any], field: str, said: str
) -> None:
    initiative.areas.create(code="named", name="Zonder vorm")
    with pytest.raises(ValidationError) as wrong:
        made(initiative, **changes)
    assert wrong.value.message_dict[field] == [said]
    assert not PlanRun.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"capacity": 3.0}, "alle bedrijven samen hebben 8 hectare en 1 hubs bedienen er ten hoogste 3"),
        ({"areas": ("empty",)}, "er zijn geen bedrijven in de gekozen gebieden."),
        ({"areas": ("a",), "hubs": 4}, "er werden 4 hubs gevraagd en er zijn 3 bedrijven: vraag er ten hoogste 3."),
        ({"areas": ("a",), "must": (("a1", "b1"),)}, "er is geen bedrijf b1 in de gekozen gebieden."),
    ],
)
def test_a_plan_that_cannot_be_made_says_why_and_keeps_nothing(
    initiative: Initiative, changes: dict[str, Any], said: str
) -> None:
    run = made(initiative, **changes)
    assert run.state == "refused"
    assert said in told(run)[0]
    assert (run.result, run.drawing) == ({}, {})


def test_a_farm_whose_land_contradicts_it_is_named(initiative: Initiative) -> None:
    initiative.parcels.filter(code="pa").update(organic=True)
    run = made(initiative)
    assert told(run) == ["het bedrijf a1 heeft biologische grond en is niet biologisch: zeg wat klopt."]


def test_a_plan_that_is_called_off_while_it_is_made_leaves_nothing(
    initiative: Initiative, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = operations.ask_plan(initiative, by=None, title="Plan", assumptions=SMALL)
    stopped: list[str] = []

    def called_off(step: str, _share: float) -> None:
        if step == "hubs" and PlanRun.objects.exists():
            operations.remove_plan(PlanRun.objects.get(), by=None)
            stopped.append(step)

    telling = operations.plans._Telling.__call__

    def tell(self: Any, step: str, share: float) -> None:
        called_off(step, share)
        telling(self, step, share)

    monkeypatch.setattr(operations.plans._Telling, "__call__", tell)
    assert operations.make_plan(run) is None
    assert stopped == ["hubs"]
    assert not PlanRun.objects.exists()
    assert "plan.cancelled" in Event.objects.values_list("name", flat=True)


def test_a_plan_that_was_called_off_before_the_worker_came_is_passed_over(initiative: Initiative) -> None:
    run = operations.ask_plan(initiative, by=None, title="Plan", assumptions=SMALL)
    pk = run.pk
    operations.remove_plan(run, by=None)
    tasks.make_plan.call(pk)
    assert not PlanRun.objects.exists()


def test_work_that_breaks_off_says_so(initiative: Initiative, monkeypatch: pytest.MonkeyPatch) -> None:
    run = operations.ask_plan(initiative, by=None, title="Plan", assumptions=SMALL)

    def broken(*_given: Any) -> None:
        raise MemoryError("too much")

    monkeypatch.setattr(gathering, "gather", broken)
    with pytest.raises(MemoryError):
        tasks.make_plan.call(run.pk)
    run.refresh_from_db()
    assert run.state == "refused"
    assert "logboek" in told(run)[0]


def test_progress_stops_when_the_plan_is_gone() -> None:
    run = factories.plan_run(state="running")
    tell = operations.plans._Telling(run.pk)
    tell("hubs", 0.5)
    run.refresh_from_db()
    assert (run.step, run.share) == ("hubs", 0.5)
    PlanRun.objects.all().delete()
    with pytest.raises(Cancelled):
        tell("swaps", 0.1)


def test_only_who_may_change_the_initiative_asks_and_removes() -> None:
    run = factories.plan_run(initiative=factories.initiative(classification="restricted"))
    stranger = factories.user(Role.COORDINATOR)
    for attempt in (
        lambda: operations.ask_plan(run.initiative, by=stranger, title="x", assumptions=SMALL),
        lambda: operations.remove_plan(run, by=stranger),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_best_is_said_only_when_it_was_proven(initiative: Initiative) -> None:
    run = made(initiative)
    assert "bewees" in Reading(run).hubs_in_words
    run.result["hubs"] |= {"proven": False, "gap": 0.034}
    assert Reading(run).hubs_in_words == "Het beste dat is gevonden: ten hoogste 3,4 procent beter zou kunnen bestaan."


def test_an_officer_asks_a_plan_on_one_form_and_reads_what_comes_out(
    initiative: Initiative, client_for: Callable[[Role], Client]
) -> None:
    client, at = client_for(Role.POLICY_OFFICER), [initiative.pk]
    form = client.get(reverse("areas:plan-create", args=at)).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    sent |= {"seconds": 1, "reach": 1500, "least": 2, "must": "a1 - a2\na1;a3", "title": "Mijn plan"}
    answer = client.post(reverse("areas:plan-create", args=at), sent)
    assert answer.status_code == 302, answer.context["form"].errors
    run = PlanRun.objects.get()
    assert run.assumptions["must"] == [["a1", "a2"], ["a1", "a3"]]
    page = client.get(answer["Location"]).content.decode()
    for text in ("Mijn plan", "<svg", "De Aap (a1)", "mest", "moet worden geverifieerd", "Geen plan", "SHA-256"):
        assert text in page
    assert "style=" not in page


def test_a_pair_that_is_no_pair_is_told_with_its_line(
    initiative: Initiative, client_for: Callable[[Role], Client]
) -> None:
    client = client_for(Role.COORDINATOR)
    answer = client.post(reverse("areas:plan-create", args=[initiative.pk]), {"must": "a1 a2\na3"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["must"] == ["Regel 2: schrijf de nummers van twee bedrijven; er staat: a3."]


def test_every_figure_shows_its_rows(initiative: Initiative, client_for: Callable[[Role], Client]) -> None:
    run = made(initiative)
    client = client_for(Role.AUDITOR)
    page = client.get(run.get_absolute_url())
    for figure in page.context["figures"]:
        shown = client.get(run.get_absolute_url(), {"figure": figure.key})
        assert shown.context["opened"].rows
        assert shown.context["opened"].rows[0].label in shown.content.decode()
    line = client.get(run.get_absolute_url(), {"figure": "line-field-costs"}).content.decode()
    assert "LTO Noord" in line
    assert client.get(run.get_absolute_url(), {"figure": "nothing"}).status_code == 404


def test_the_map_shows_the_chosen_layers_and_comes_nearer(
    initiative: Initiative, client_for: Callable[[Role], Client]
) -> None:
    run = made(initiative)
    client = client_for(Role.AUDITOR)
    page = client.get(run.get_absolute_url()).content.decode()
    assert page.count('<g class="parcels">') == 1
    assert '<g class="swaps">' not in page
    page = client.get(
        run.get_absolute_url(), {"map": 1, "layer": ["after"], "zoom": 4, "at": "99999,0"}
    ).content.decode()
    assert '<g class="parcels">' not in page
    assert page.count('<line class="after" x1') == 2 + 1  # two parcels and the legend
    assert f'viewBox="7500 0 2500 {run.drawing["height"] // 4}"' in page


def test_a_busy_plan_says_what_it_does_and_asks_again(client_for: Callable[[Role], Client]) -> None:
    run = factories.plan_run(state="running", step="hubs", share=0.4)
    client = client_for(Role.POLICY_OFFICER)
    page = client.get(run.get_absolute_url()).content.decode()
    assert "Beste plekken voor hubs zoeken" in page
    assert 'value="0.4"' in page
    asked = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TRIGGER": "progress"}
    assert "hx-trigger" in client.get(run.get_absolute_url(), **asked).content.decode()
    PlanRun.objects.update(state="refused")
    assert client.get(run.get_absolute_url(), **asked)["HX-Refresh"] == "true"
    PlanRun.objects.all().delete()
    assert "HX-Redirect" in client.get(run.get_absolute_url(), **asked)


def test_two_plans_stand_side_by_side_with_what_was_assumed_differently(
    initiative: Initiative, client_for: Callable[[Role], Client]
) -> None:
    one, other = made(initiative), made(initiative, products=())
    at = reverse("areas:plan-compare", args=[initiative.pk])
    page = client_for(Role.AUDITOR).get(at, {"a": one.pk, "b": other.pk})
    assert [(row[1], row[2]) for row in page.context["compared"].assumed] == [("mest", "–")]
    rows = {row.label: row for row in page.context["compared"].rows}
    assert rows["uitwisselingen"].difference == -1


def test_a_plan_is_made_again_and_removed_from_its_page(
    initiative: Initiative, client_for: Callable[[Role], Client]
) -> None:
    run, client = made(initiative), client_for(Role.COORDINATOR)
    at = [initiative.pk, run.pk]
    again = client.post(reverse("areas:plan-repeat", args=at))["Location"]
    assert "tot op het laatste cijfer hetzelfde" in client.get(again).content.decode()
    assert "verwijderen" in client.get(reverse("areas:plan-remove", args=at)).content.decode().lower()
    client.post(reverse("areas:plan-remove", args=at))
    assert PlanRun.objects.count() == 1


@pytest.fixture
def again(initiative: Initiative) -> PlanRun:
    """A plan made again that came out otherwise."""
    first = made(initiative)
    run = operations.repeat_plan(first, by=None)
    tasks.make_plan.call(run.pk)
    PlanRun.objects.filter(pk=run.pk).update(fingerprint="0" * 64)
    return PlanRun.objects.select_related("repeats").get(pk=run.pk)


def test_of_a_plan_that_came_out_otherwise_the_clock_is_blamed_only_when_nothing_else_differs(again: PlanRun) -> None:
    assert again.repeats is not None
    assert why_different(again.repeats, again.repeats) == []
    [clock] = why_different(again.repeats, again)
    assert "klok" in clock


def test_other_versions_are_named_first_and_then_the_data(again: PlanRun, client_for: Callable[[Role], Client]) -> None:
    again.repeats.software |= {"hanze": "0.1.0", "gone": "2"}  # type: ignore[union-attr]
    again.repeats.inputs["goods"]["sha256"] = "1"  # type: ignore[union-attr]
    again.repeats.save()  # type: ignore[union-attr]
    page = client_for(Role.COORDINATOR).get(again.get_absolute_url())
    versions, data = page.context["why_different"]
    assert f"hanze 0.1.0 → {again.software['hanze']}" in versions
    assert "gone 2 → –" in versions
    assert "Vraag en aanbod" in data or "Aanbod" in data
    shown = page.content.decode()
    assert shown.index("hanze 0.1.0") < shown.index(data.rpartition(":")[0])
    assert "klok" not in shown


def test_long_tables_come_in_portions_and_their_figures_count_everything(
    initiative: Initiative, client_for: Callable[[Role], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portions, "ROWS", 4)
    run, client = made(initiative), client_for(Role.COORDINATOR)
    shown: list[list[str]] = []
    for number in ("1", "2"):
        page = client.get(run.get_absolute_url(), {"figure": "farms", "rows": number})
        assert page.context["opened"].value == 6
        shown.append([row.id for row in page.context["portions"]["rows"]])
        assert f"figure=farms&amp;rows={3 - int(number)}#rows" in page.content.decode()
    assert shown == [["a1", "a2", "a3", "b1"], ["b2", "b3"]]


def test_a_table_that_is_leafed_through_is_open(
    initiative: Initiative, client_for: Callable[[Role], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portions, "ROWS", 1)
    run, client = made(initiative), client_for(Role.COORDINATOR)
    closed, opened = (client.get(run.get_absolute_url() + query) for query in ("", "?move-page=2"))
    assert 'id="move-page" open' not in closed.content.decode()
    assert 'id="move-page" open' in opened.content.decode()
    first, second = ([one["parcel"] for one in page.context["portions"]["moves"]] for page in (closed, opened))
    assert first + second == [one["parcel"] for one in run.result["land"]["moves"]]
