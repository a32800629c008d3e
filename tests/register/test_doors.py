"""The doors that other apps use: panels and search."""

from __future__ import annotations

import pytest

from hanze.accounts.models import Role
from hanze.register import panels
from hanze.register.models import Organisation
from hanze.register.operations import create_organisation
from hanze.register.search import SOURCES
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def added(monkeypatch):
    monkeypatch.setattr(panels, "_panels", panels._panels.__class__(list))
    return panels.add_panel


def test_an_app_higher_up_shows_its_panel_to_who_may_see_it(added, client_for):
    added(
        Organisation,
        "register/parts/duplicates.html",
        lambda record, reader: {"duplicates": []},
        "register.create_organisation",
    )
    added(Organisation, "register/parts/duplicates.html", lambda record, reader: None, "register.list_parties")
    address = factories.organisation().get_absolute_url()
    assert len(client_for(Role.POLICY_OFFICER).get(address).context["panels"]) == 1
    assert client_for(Role.AUDITOR).get(address).context["panels"] == []


def test_a_panel_knows_its_record_and_its_reader(added, client_for, people):
    asked = []
    added(Organisation, "register/parts/duplicates.html", lambda *given: asked.append(given), "register.list_parties")
    organisation = factories.organisation()
    client_for(Role.AUDITOR).get(organisation.get_absolute_url())
    assert asked == [(organisation, people[Role.AUDITOR])]


def test_everything_in_the_register_can_be_searched_by_its_words():
    create_organisation(by=None, name="Harbour", native_name="海港", kind="business", identifiers=[("kvk", "12345678")])
    factories.person(native_name="李伟")
    factories.relation(purpose="Greenhouses")
    factories.agreement(subject="Water")
    found = {}
    for source in SOURCES:
        record = source.model.objects.prefetch_related(*source.prefetch).order_by("pk").first()
        found[source.model.__name__] = (source.text(record), source.url(record))
    assert "海港" in found["Organisation"][0]
    assert "12345678" in found["Organisation"][0]
    assert "李伟" in found["Person"][0]
    assert {"Greenhouses", "China"} <= set(found["Relation"][0].split())
    assert found["Agreement"][0] == "Water"
    assert all(url.startswith("/") for _, url in found.values())
