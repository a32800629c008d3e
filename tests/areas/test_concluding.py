"""A person concludes which area is preferred; the method only advises, and what it said is kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from hanze.accounts.models import Role, User
from hanze.areas import operations
from hanze.areas.models import Area, Conclusion, Initiative
from hanze.areas.words import in_words
from tests import factories
from tests.areas import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def initiative() -> Initiative:
    """North scores best on the only criterion."""
    made = factories.initiative()
    soil = operations.add_criterion(made, by=None, label="Grond")
    for code, name, value in (("n", "Noord", 9), ("z", "Zuid", 4)):
        area = operations.name_area(made, by=None, code=code, name=name)
        operations.record_indicators(area, by=None, values={soil.pk: {"low": value, "mode": value, "high": value}})
    return made


def concluded(
    initiative: Initiative, code: str, by: User | None = None, because: str = "Vanwege de boeren"
) -> Conclusion:
    area = initiative.areas.get(code=code)
    return operations.conclude(initiative, by=by, area=area, because=because, method="topsis")


def test_a_conclusion_keeps_who_why_and_what_the_method_said(initiative: Initiative, people: dict[Role, User]) -> None:
    made = concluded(initiative, "n", people[Role.POLICY_OFFICER])
    assert (made.by, made.because, made.method) == (people[Role.POLICY_OFFICER], "Vanwege de boeren", "topsis")
    assert [(row["code"], row["first"]) for row in made.advised] == [("n", 1.0), ("z", 0.0)]
    assert made.follows_the_method


def test_a_person_may_conclude_otherwise_than_the_method(initiative: Initiative) -> None:
    assert not concluded(initiative, "z").follows_the_method


def test_what_the_method_said_stays_as_it_was_when_values_change(initiative: Initiative) -> None:
    made = concluded(initiative, "n")
    soil = initiative.criteria.get()
    south = initiative.areas.get(code="z")
    operations.record_indicators(south, by=None, values={soil.pk: {"low": 20, "mode": 20, "high": 20}})
    made.refresh_from_db()
    assert made.advised[0]["code"] == "n"


def test_a_later_conclusion_takes_the_place_of_the_first_which_stays_on_record(initiative: Initiative) -> None:
    concluded(initiative, "n")
    concluded(initiative, "z", because="De raad wil het")
    assert [each.area.code for each in initiative.conclusions.all()] == ["z", "n"]


@pytest.mark.parametrize("because", ["", "  "])
def test_a_conclusion_needs_a_reason(initiative: Initiative, because: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        concluded(initiative, "n", because=because)
    assert set(wrong.value.message_dict) == {"because"}


def test_an_area_of_another_initiative_is_refused(initiative: Initiative) -> None:
    other = Area.objects.create(initiative=factories.initiative(), code="x", name="Elders")
    with pytest.raises(ValidationError):
        operations.conclude(initiative, by=None, area=other, because="Zo", method="topsis")


def test_the_preferred_area_is_not_taken_away_nor_lost_in_a_new_list(initiative: Initiative) -> None:
    both = making.geojson(({"code": "x", "naam": "X"}, making.square(113_000)))
    making.brought_in("areas", both, "a.geojson", initiative)
    concluded(initiative, "x")
    with pytest.raises(ValidationError):
        operations.remove_area(initiative.areas.get(code="x"), by=None)
    other = making.geojson(({"code": "y", "naam": "Y"}, making.square(114_000)))
    refused = making.brought_in("areas", other, "b.geojson", initiative)
    assert "gebied x" in in_words(refused.problems[0]["message"])


def test_only_who_may_change_the_initiative_concludes(initiative: Initiative, people: dict[Role, User]) -> None:
    with pytest.raises(PermissionDenied):
        concluded(initiative, "n", people[Role.COMMUNICATIONS])


def test_an_officer_concludes_on_the_page_and_reads_it_back(
    initiative: Initiative, client_for: Callable[[Role], Client]
) -> None:
    client, at = client_for(Role.POLICY_OFFICER), [initiative.pk]
    sent = {"area": initiative.areas.get(code="z").pk, "because": "Daar wil men", "method": "topsis"}
    assert client.post(reverse("areas:conclude", args=at), sent).status_code == 302
    page = client.get(reverse("areas:ranking", args=at)).content.decode()
    assert "Daar wil men" in page
    assert "TOPSIS noemde Noord als eerste" in page


def test_who_saves_second_is_asked_and_loses_nothing(
    initiative: Initiative, client_for: Callable[[Role], Client]
) -> None:
    client, address = client_for(Role.POLICY_OFFICER), reverse("areas:conclude", args=[initiative.pk])
    concluded(initiative, "n", because="Eerst")
    opened = client.get(address).context["form"]["opened"].value()
    concluded(initiative, "z", because="Van een ander")
    sent = {"area": initiative.areas.get(code="n").pk, "because": "Van mij", "method": "topsis", "opened": opened}
    answer = client.post(address, sent)
    assert answer.status_code == 422
    assert {each.name for each in answer.context["form"].differences} == {"area", "because"}
    assert initiative.conclusions.count() == 2


def test_taking_away_is_asked_first(initiative: Initiative, client_for: Callable[[Role], Client]) -> None:
    client = client_for(Role.POLICY_OFFICER)
    address = reverse("areas:criterion-remove", args=[initiative.pk, initiative.criteria.get().pk])
    assert "2 vastgelegde waarden gaan ook weg" in client.get(address).content.decode()
    assert initiative.criteria.count() == 1
    client.post(address)
    assert initiative.criteria.count() == 0


def test_parcels_and_areas_are_listed_and_exported_beside_farms(client_for: Callable[[Role], Client]) -> None:
    initiative = making.brought_in("farms", making.FARMS, "f.csv").initiative
    making.brought_in("parcels", making.PARCELS, "p.geojson", initiative)
    client, address = client_for(Role.POLICY_OFFICER), reverse("areas:place-list", args=[initiative.pk])
    page = client.get(address, {"kind": "parcels"}).content.decode()
    assert "Percelen (2)" in page
    assert "80.000" in page
    answer = client.get(address, {"kind": "parcels", "export": "csv"})
    assert "p2" in b"".join(answer).decode("utf-8-sig")


def test_the_engine_names_columns_in_the_language_of_the_reader() -> None:
    assert in_words("area must be a number, found ver.") == "het aantal hectares moet een getal zijn; er staat: ver."
    assert in_words("say which column holds: id, x.") == "zeg in welke kolom dit staat: het nummer, x."
