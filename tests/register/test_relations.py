"""Relations with governments abroad: status over time, timeline, map."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from hanze.accounts.models import Role
from hanze.audit.models import Event
from hanze.register.models import Relation
from hanze.register.operations import (
    change_relation,
    create_agreement,
    create_relation,
    end_agreement,
    renew_agreement,
    set_relation_status,
)
from hanze.register.queries import places_of
from tests import factories

pytestmark = pytest.mark.django_db


def made(**fields):
    decision = {"status": "active", "status_since": date(2010, 1, 1), "decided_by": "Board", "reason": "Trade"}
    fields.setdefault("partner", factories.organisation(kind="government", country=factories.country("CN")))
    return create_relation(by=None, **{**decision, "kind": "project", "since": date(2010, 1, 1), **fields})


def test_a_relation_starts_with_a_status_that_someone_decided():
    relation = made()
    status = relation.statuses.get()
    assert (status.status, status.decided_by, status.reason) == ("active", "Board", "Trade")
    event = Event.objects.get(name="relation.created")
    assert (event.reason, event.subject_id) == ("Trade", str(relation.pk))


@pytest.mark.parametrize("missing", ["decided_by", "reason"])
def test_no_status_without_who_decided_and_why(missing):
    with pytest.raises(ValidationError) as wrong:
        made(**{missing: ""})
    assert missing in wrong.value.error_dict
    assert not Relation.objects.exists()


def test_the_place_of_the_partner_is_the_relations_unless_it_is_given():
    assert made().country_id == "CN"
    assert made(country=factories.country("FR")).country_id == "FR"


def test_the_status_on_a_day_is_the_latest_decided_before_it():
    relation = made()
    set_relation_status(relation, by=None, status="dormant", since=date(2019, 5, 1), decided_by="Board", reason="Quiet")
    set_relation_status(
        relation, by=None, status="ended", since=date(2015, 1, 1), decided_by="Board", reason="Found later"
    )
    assert relation.status_on(date(2009, 12, 31)) is None
    assert relation.status_on(date(2014, 12, 31)).status == "active"
    assert relation.status_on(date(2019, 4, 30)).status == "ended"
    assert relation.status_on(date(2019, 5, 1)).status == "dormant"


def test_only_a_coordinator_sets_the_status(client_for, people):
    relation = made()
    fields = {"status": "dormant", "since": "2024-01-01", "decided_by": "Council", "reason": "New strategy"}
    assert client_for(Role.POLICY_OFFICER).post(f"/relations/{relation.pk}/status/", fields).status_code == 404
    assert relation.statuses.count() == 1
    assert client_for(Role.COORDINATOR).post(f"/relations/{relation.pk}/status/", fields).status_code == 302
    event = Event.objects.get(name="relation.status-set")
    assert (event.actor, event.reason, event.data["decided_by"]) == (
        people[Role.COORDINATOR],
        "New strategy",
        "Council",
    )


def test_a_coordinator_records_a_relation_on_one_page(client_for):
    partner = factories.organisation(kind="government", country=factories.country("CN"))
    fields = {
        "partner": partner.pk, "kind": "sister", "country": "CN", "since": "1993-01-01", "since_precision": "year",
        "classification": "internal", "status-status": "active", "status-since": "1993-01-01",
        "status-decided_by": "Council", "status-reason": "Friendship",
    }  # fmt: skip
    client = client_for(Role.COORDINATOR)
    wrong = client.post("/relations/new/", {**fields, "status-reason": ""})
    assert wrong.context["first"].errors.keys() == {"reason"}
    assert "1993-01-01" in wrong.content.decode()
    response = client.post("/relations/new/", {**fields, "country": ""})
    relation = Relation.objects.get(partner=partner)
    assert (response.url, relation.country_id) == (relation.get_absolute_url(), "CN")


def test_a_partner_without_a_country_asks_for_the_country_at_its_field(client_for):
    fields = {
        "partner": factories.organisation(kind="government").pk, "kind": "sister", "since_precision": "year",
        "classification": "internal", "status-status": "active", "status-since": "1993-01-01",
        "status-decided_by": "Council", "status-reason": "Friendship",
    }  # fmt: skip
    response = client_for(Role.COORDINATOR).post("/relations/new/", fields)
    assert set(response.context["form"].errors) == {"country"}


def test_partners_are_governments_abroad(client_for):
    factories.home()
    abroad = factories.organisation(kind="government", country=factories.country("CN"))
    unknown = factories.organisation(kind="government")
    factories.organisation(kind="government", country=factories.country("NL"))
    factories.organisation(kind="business", country=factories.country("CN"))
    page = client_for(Role.COORDINATOR).get("/relations/new/", {"partner": abroad.pk})
    assert set(page.context["form"].fields["partner"].queryset) == {abroad, unknown}
    assert page.context["form"]["country"].value() == "CN"


def test_the_list_shows_the_status_of_today_and_filters_by_it(client_for):
    active, dormant = made(), made()
    tomorrow = timezone.localdate() + timedelta(days=1)
    set_relation_status(dormant, by=None, status="dormant", since=date(2020, 1, 1), decided_by="Board", reason="Quiet")
    set_relation_status(active, by=None, status="ended", since=tomorrow, decided_by="Board", reason="Will end")
    client = client_for(Role.COUNCIL)
    assert client.get("/relations/").context["table"].paginator.count == 0
    rows = client_for(Role.AUDITOR).get("/relations/", {"current_status": "active"}).context["table"].rows
    assert [row.record for row in rows] == [active]


def test_the_next_end_counts_only_agreements_that_the_reader_may_see(client_for):
    relation = made()
    today = timezone.localdate()
    for days, classification in ((30, "confidential"), (90, "internal")):
        factories.agreement(relation=relation, valid_until=today + timedelta(days=days), classification=classification)
    ends = {
        role: client_for(role).get("/relations/").context["table"].rows[0].record.next_end
        for role in (Role.COORDINATOR, Role.POLICY_OFFICER)
    }
    assert ends == {Role.COORDINATOR: today + timedelta(days=30), Role.POLICY_OFFICER: today + timedelta(days=90)}


def test_who_may_not_see_the_partner_does_not_see_the_relation(client_for):
    hidden = factories.organisation(
        name="Quiet Region", kind="government", classification="confidential", country=factories.country()
    )
    relation = made(partner=hidden)
    client = client_for(Role.POLICY_OFFICER)
    assert client.get(f"/relations/{relation.pk}/").status_code == 404
    for address in ("/relations/", "/relations/map/"):
        assert "Quiet Region" not in client.get(address).content.decode()
    assert client_for(Role.COORDINATOR).get(f"/relations/{relation.pk}/").status_code == 200


def test_a_relation_is_not_opened_to_the_council_before_its_partner(client_for):
    partner = factories.organisation(kind="government", country=factories.country())
    with pytest.raises(ValidationError) as wrong:
        made(partner=partner, for_council=True)
    assert set(wrong.value.error_dict) == {"for_council"}
    partner.for_council = True
    partner.save()
    relation = made(partner=partner, for_council=True)
    assert client_for(Role.COUNCIL).get(f"/relations/{relation.pk}/").status_code == 200


def test_the_timeline_holds_statuses_agreements_and_renewals_the_latest_first(client_for):
    relation = made()
    parties = [factories.home(), relation.partner]
    agreement = create_agreement(
        by=None,
        title="Pact",
        kind="mou",
        parties=parties,
        relation=relation,
        signed_on=date(2012, 1, 1),
        valid_until=date(2016, 1, 1),
    )
    renew_agreement(agreement, by=None, renewed_on=date(2015, 6, 1), valid_until=date(2020, 1, 1))
    end_agreement(agreement, by=None, on=date(2018, 3, 1), because="Done")
    factories.agreement(relation=relation, title="Secret pact", classification="restricted")
    response = client_for(Role.COORDINATOR).get(f"/relations/{relation.pk}/")
    moments = response.context["timeline"]
    assert [moment.kind for moment in moments] == ["ended", "renewed", "signed", "status", "start"]
    assert "Secret pact" not in response.content.decode()


def test_changing_a_relation_needs_a_coordinator_and_is_logged(people):
    relation = made()
    with pytest.raises(PermissionDenied):
        change_relation(relation, by=people[Role.POLICY_OFFICER], kind="symbolic")
    change_relation(relation, by=people[Role.COORDINATOR], kind="symbolic")
    assert Event.objects.get(name="relation.changed").data["changes"] == {"kind": ["project", "symbolic"]}


def test_the_map_has_a_pin_for_every_place_and_the_same_as_a_table(client_for):
    china = factories.country("CN", latitude=39.9, longitude=116.4)
    france = factories.country("FR", latitude=48.9, longitude=2.35)
    for country in (china, china, france):
        made(partner=factories.organisation(kind="government", country=country))
    response = client_for(Role.AUDITOR).get("/relations/map/")
    assert [len(pin.relations) for pin in response.context["pins"]] == [1, 2]
    assert len(response.context["relations"]) == 3
    page = response.content.decode()
    assert 'class="tied"' in page
    assert " style=" not in page


def test_zooming_in_says_how_many_relations_lie_outside(client_for):
    made(
        partner=factories.organisation(
            kind="government", country=factories.country("CN", latitude=39.9, longitude=116.4)
        )
    )
    client = client_for(Role.AUDITOR)
    assert len(client.get("/relations/map/", {"view": "europe"}).context["elsewhere"]) == 1
    assert len(client.get("/relations/map/", {"view": "east-asia"}).context["pins"]) == 1
    assert client.get("/relations/map/", {"view": "moon"}).context["view"] == "world"


def test_a_relation_is_placed_by_its_city_then_its_region_then_its_country(client_for):
    country = factories.country("CN", latitude=39.9, longitude=116.4)
    region = country.regions.create(code="CN-HE", name_nl="Hebei", name_en="Hebei")
    relation = made(partner=factories.organisation(kind="government", country=country), region=region, country=country)
    assert places_of([relation])[relation.pk] == (39.9, 116.4)
    for number, latitude in ((1, 38.0), (2, 40.0)):
        city = country.cities.create(
            geoname=number, name_nl="C", name_en="C", region=region, latitude=latitude, longitude=115
        )
    assert places_of([relation])[relation.pk] == (39.0, 115.0)
    relation.city = city
    assert places_of([relation])[relation.pk] == (40.0, 115)
