"""Who wants to take part, on what conditions, and who trusts whom: what a plan and a meeting start from."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from hanze.accounts.models import Role, User
from hanze.areas import operations, willing
from hanze.areas.models import Initiative, Stance, WillingParty
from hanze.areas.words import in_words
from tests import factories
from tests.areas import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def initiative() -> Initiative:
    """Two farms, each a party, and a landowner without a farm."""
    made = making.brought_in("farms", making.FARMS, "f.csv").initiative
    for farm in made.farms.all():
        operations.add_party(made, by=None, name=farm.name, farm=farm)
    operations.add_party(made, by=None, name="Landgoed", kind="landowner")
    return made


def party(initiative: Initiative, name: str) -> WillingParty:
    return initiative.parties.get(name=name)


def test_wishes_of_parties_with_a_farm_become_pairs_for_the_plan(initiative: Initiative) -> None:
    one, two, estate = (party(initiative, name) for name in ("Een", "Twee", "Landgoed"))
    operations.add_wish(initiative, by=None, one=two, other=one, kind="apart")
    operations.add_wish(initiative, by=None, one=estate, other=one, kind="together")
    found = willing.wishes(initiative)
    assert (found.must, found.cannot) == ((), (("1", "2"),))
    assert [str(each) for each in found.left_out] == ["Een, Landgoed"]


def test_a_new_plan_begins_with_what_the_parties_want(
    initiative: Initiative, client_for: Callable[[Role], Client]
) -> None:
    one, two = party(initiative, "Een"), party(initiative, "Twee")
    operations.add_wish(initiative, by=None, one=one, other=two, kind="apart")
    form = client_for(Role.POLICY_OFFICER).get(reverse("areas:plan-create", args=[initiative.pk])).context["form"]
    assert (form["must"].value(), form["cannot"].value()) == ("", "1 - 2")


def test_two_parties_have_one_wish_in_whichever_order(initiative: Initiative) -> None:
    one, two = party(initiative, "Een"), party(initiative, "Twee")
    operations.add_wish(initiative, by=None, one=one, other=two, kind="together")
    with pytest.raises(ValidationError):
        operations.add_wish(initiative, by=None, one=two, other=one, kind="apart")
    with pytest.raises(ValidationError):
        operations.add_wish(initiative, by=None, one=one, other=one, kind="apart")


def test_willing_under_conditions_says_which(initiative: Initiative) -> None:
    with pytest.raises(ValidationError) as wrong:
        operations.change_party(party(initiative, "Een"), by=None, stance=Stance.CONDITIONAL, conditions=" ")
    assert set(wrong.value.message_dict) == {"conditions"}


def test_a_farm_is_one_party_and_of_this_initiative(initiative: Initiative) -> None:
    with pytest.raises(ValidationError):
        operations.add_party(initiative, by=None, name="Nog eens", farm=initiative.farms.first())
    other = making.brought_in("farms", making.FARMS, "f.csv").initiative
    with pytest.raises(ValidationError):
        operations.add_party(other, by=None, name="Vreemd", farm=initiative.farms.first())


def test_a_new_list_does_not_lose_the_farm_of_a_party(initiative: Initiative) -> None:
    refused = making.brought_in("farms", "nummer;x;y\n2;113500;520000\n", "nieuw.csv", initiative)
    assert [in_words(each["message"]) for each in refused.problems] == [
        "het bedrijf 1 is een partij van het initiatief en staat niet in deze lijst."
    ]


def test_the_parties_are_counted_by_answer_also_where_nobody_gave_it(initiative: Initiative) -> None:
    operations.change_party(party(initiative, "Een"), by=None, stance=Stance.WILLING)
    counted = {found.stance.value: len(found.parties) for found in willing.standings(initiative)}
    assert counted == {"asked": 2, "willing": 1, "conditional": 0, "declined": 0, "silent": 0}


def test_only_who_may_change_the_initiative_names_parties(initiative: Initiative, people: dict[Role, User]) -> None:
    with pytest.raises(PermissionDenied):
        operations.add_party(initiative, by=people[Role.COMMUNICATIONS], name="Ander")


def test_an_officer_names_a_party_finds_it_back_and_exports_it(
    initiative: Initiative, client_for: Callable[[Role], Client]
) -> None:
    client, at = client_for(Role.POLICY_OFFICER), [initiative.pk]
    sent = {
        "name": "Maatschap Zon",
        "kind": "farmer",
        "contact": "J. Zon",
        "brings": "20 hectare",
        "stance": "conditional",
        "conditions": "als de prijs klopt",
        "since": "2024-05-01",
        "provenance": "invented",
    }
    assert client.post(reverse("areas:party-add", args=at), sent).status_code == 302
    page = client.get(reverse("areas:party-list", args=at)).content.decode()
    assert "als de prijs klopt" in page
    assert "Bereid onder voorwaarden" in page
    answer = client.get(reverse("areas:party-list", args=at), {"export": "csv"})
    assert "J. Zon" in b"".join(answer).decode("utf-8-sig")


def test_a_hidden_organisation_and_person_are_neither_shown_nor_lost(
    initiative: Initiative, client_for: Callable[[Role], Client]
) -> None:
    secret = factories.organisation(name="Geheime BV", classification="confidential")
    person = factories.person(name="Geheime Vrouw", classification="confidential")
    found = party(initiative, "Een")
    operations.change_party(found, by=None, organisation=secret, person=person)
    client = client_for(Role.POLICY_OFFICER)
    address = found.get_absolute_url()
    pages = client.get(reverse("areas:party-list", args=[initiative.pk])).content + client.get(address).content
    assert b"Geheime" not in pages
    sent = {"name": "Een", "kind": "farmer", "farm": found.farm_id, "stance": "asked", "since": "2024-05-01"}
    assert client.post(address, {**sent, "provenance": "recorded"}).status_code == 302
    found.refresh_from_db()
    assert (found.organisation, found.person) == (secret, person)


def test_search_finds_an_initiative_by_its_parties(
    initiative: Initiative, client_for: Callable[[Role], Client]
) -> None:
    page = client_for(Role.POLICY_OFFICER).get(reverse("web:search"), {"q": "Landgoed"}).content.decode()
    assert initiative.get_absolute_url() in page
