"""What comboboxes offer: only what the reader may see, in either script."""

from __future__ import annotations

import pytest

from hanze.accounts.models import Role
from hanze.register import choosing
from hanze.register.forms import PostForm
from hanze.register.models import Organisation, Post
from tests import factories

pytestmark = pytest.mark.django_db


def labels(response):
    return [option["label"] for option in response.json()]


def test_organisations_are_offered_with_where_they_are(client_for):
    made = factories.organisation(name="Harbour Works", native_name="海港", country=factories.country("CN"))
    options = client_for(Role.POLICY_OFFICER).get("/parties/choose/", {"q": "海"}).json()
    assert options == [{"id": made.pk, "label": "Harbour Works", "detail": "海港, China"}]


def test_no_hidden_organisation_or_person_is_offered(client_for):
    factories.organisation(name="Quiet", classification="confidential")
    factories.person(name="Quiet", classification="restricted")
    client = client_for(Role.POLICY_OFFICER)
    assert labels(client.get("/parties/choose/", {"q": "quiet"})) == []
    assert labels(client.get("/people/choose/", {"q": "quiet"})) == []
    assert labels(client_for(Role.COORDINATOR).get("/parties/choose/", {"q": "quiet"})) == ["Quiet"]


def test_a_person_is_offered_with_a_post_but_not_with_a_hidden_organisation(client_for):
    quiet = factories.organisation(name="Quiet Office", classification="confidential")
    Post.objects.create(person=factories.person(name="Li Wei"), organisation=quiet, title="Head")
    assert client_for(Role.POLICY_OFFICER).get("/people/choose/", {"q": "li"}).json()[0]["detail"] == ""
    assert client_for(Role.COORDINATOR).get("/people/choose/").json()[0]["detail"] == "Head, Quiet Office"


def test_organisations_can_be_limited_to_one_kind(client_for):
    factories.organisation(name="A", kind="business")
    factories.organisation(name="B", kind="government")
    assert labels(client_for(Role.AUDITOR).get("/parties/choose/", {"kind": "government"})) == ["B"]


def test_regions_and_cities_are_those_of_the_country(client_for):
    china, france = factories.country("CN"), factories.country("FR")
    hebei = china.regions.create(code="CN-HE", name_nl="Hebei", name_en="Hebei")
    france.regions.create(code="FR-BRE", name_nl="Bretagne", name_en="Brittany")
    china.cities.create(geoname=1, name_nl="Stad", name_en="Town", region=hebei, latitude=1, longitude=1)
    client = client_for(Role.POLICY_OFFICER)
    assert labels(client.get("/places/regions/", {"country": "CN"})) == ["Hebei"]
    assert labels(client.get("/places/regions/", {"country": "FR", "q": "brit"})) == ["Bretagne"]
    assert client.get("/places/cities/", {"country": "CN", "q": "tow"}).json()[0]["detail"] == "Hebei"
    part = client.get("/places/fields/", {"country": "CN"}).content.decode()
    assert "Hebei" in part
    assert "Bretagne" not in part


def test_a_strange_country_is_no_error(client_for):
    client = client_for(Role.POLICY_OFFICER)
    assert client.get("/places/regions/", {"country": "'"}).json() == []
    assert client.get("/places/fields/", {"country": "nowhere"}).status_code == 200


def test_few_options_stand_in_the_page_and_many_are_searched(people, monkeypatch):
    Organisation.objects.bulk_create(Organisation(name=f"Party {n}", kind="business") for n in range(3))
    coordinator = people[Role.COORDINATOR]
    few = str(PostForm(reader=coordinator)["organisation"])
    assert "Party 2" in few
    assert "data-url" not in few
    monkeypatch.setattr(choosing, "FEW", 2)
    chosen = Organisation.objects.get(name="Party 1")
    many = str(PostForm(reader=coordinator, initial={"organisation": chosen.pk})["organisation"])
    assert "Party 1" in many
    assert "Party 2" not in many
    assert "data-url" in many
