"""Agreements: signed, warned about, renewed, ended."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from hanze.accounts.models import Role
from hanze.audit.models import Event
from hanze.register.attention import attention
from hanze.register.models import Agreement
from hanze.register.operations import change_agreement, create_agreement, end_agreement, renew_agreement
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 1)


def made(**fields):
    parties = fields.pop("parties", None) or [factories.home(), factories.organisation()]
    return create_agreement(
        by=None, **{"title": "Pact", "kind": "mou", "parties": parties, "signed_on": date(2020, 1, 1), **fields}
    )


@pytest.mark.parametrize("parties", [[], ["one"], ["one", "one"]])
def test_an_agreement_has_at_least_two_parties(parties):
    known = {"one": factories.organisation()}
    with pytest.raises(ValidationError) as wrong:
        create_agreement(
            by=None, title="Pact", kind="mou", signed_on=TODAY, parties=[known[party] for party in parties]
        )
    assert set(wrong.value.error_dict) == {"parties"}
    assert not Agreement.objects.exists()


def test_an_agreement_cannot_end_before_it_was_signed():
    with pytest.raises(ValidationError):
        made(valid_until=date(2019, 12, 31))


@pytest.mark.parametrize(
    ("until", "state"),
    [
        (None, "in-force"),
        (date(2024, 12, 1), "in-force"),
        (date(2024, 11, 28), "ending"),
        (date(2024, 6, 1), "ending"),
        (date(2024, 5, 31), "ended"),
    ],
)
def test_the_state_follows_from_the_end_and_the_warning_term(until, state):
    assert made(valid_until=until).state(TODAY, warning_days=180) == state


def test_the_warning_comes_for_those_who_may_decide(people):
    soon = made(title="Ends soon", valid_until=TODAY + timedelta(days=100))
    passed = made(title="Has passed", valid_until=TODAY - timedelta(days=3))
    made(title="Long", valid_until=TODAY + timedelta(days=400))
    made(title="No end")
    made(title="Secret", valid_until=TODAY, classification="restricted")
    end_agreement(made(title="Decided", valid_until=TODAY), by=None, on=TODAY, because="Done")
    lines = attention(people[Role.COORDINATOR], TODAY)
    assert [(line.title, line.tone, line.day) for line in lines] == [
        ("Has passed", "stop", passed.valid_until),
        ("Ends soon", "care", soon.valid_until),
    ]
    assert attention(people[Role.COUNCIL], TODAY) == []


def test_renewing_moves_the_end_and_keeps_what_it_was(client_for, people):
    agreement = made(valid_until=date(2024, 1, 1))
    fields = {"renewed_on": "2023-11-01", "valid_until": "2027-01-01", "note": "Three more years"}
    assert client_for(Role.COORDINATOR).post(f"/agreements/{agreement.pk}/renew/", fields).status_code == 302
    agreement.refresh_from_db()
    renewal = agreement.renewals.get()
    assert (renewal.previous_until, renewal.valid_until) == (date(2024, 1, 1), date(2027, 1, 1))
    assert agreement.valid_until == date(2027, 1, 1)
    event = Event.objects.get(name="agreement.renewed")
    assert (event.actor, event.reason) == (people[Role.COORDINATOR], "Three more years")


@pytest.mark.parametrize(
    ("renewed_on", "until", "field"),
    [("2023-01-01", "2024-01-01", "valid_until"), ("2019-01-01", "2027-01-01", "renewed_on")],
)
def test_a_renewal_ends_later_and_is_not_older_than_the_agreement(client_for, renewed_on, until, field):
    agreement = made(valid_until=date(2024, 1, 1))
    fields = {"renewed_on": renewed_on, "valid_until": until}
    response = client_for(Role.COORDINATOR).post(f"/agreements/{agreement.pk}/renew/", fields)
    assert set(response.context["form"].errors) == {field}
    assert not agreement.renewals.exists()


def test_an_agreement_without_end_cannot_be_renewed():
    with pytest.raises(ValidationError):
        renew_agreement(made(), by=None, renewed_on=TODAY, valid_until=date(2030, 1, 1))


def test_ending_keeps_the_day_and_the_reason_and_stops_the_warning(client_for, people):
    agreement = made(valid_until=timezone.localdate() + timedelta(days=10))
    today = timezone.localdate().isoformat()
    address = f"/agreements/{agreement.pk}/end/"
    assert client_for(Role.COORDINATOR).post(address, {"on": today, "because": "Project done"}).status_code == 302
    agreement.refresh_from_db()
    assert agreement.ended_because == "Project done"
    assert not agreement.asks_decision
    assert attention(people[Role.COORDINATOR], timezone.localdate()) == []
    assert Event.objects.get(name="agreement.ended").reason == "Project done"


def test_what_has_ended_cannot_end_or_be_renewed_again():
    agreement = end_agreement(made(valid_until=TODAY), by=None, on=TODAY, because="Done")
    with pytest.raises(ValidationError):
        end_agreement(agreement, by=None, on=TODAY, because="Again")
    with pytest.raises(ValidationError):
        renew_agreement(agreement, by=None, renewed_on=TODAY, valid_until=date(2030, 1, 1))
    assert Event.objects.filter(name="agreement.ended").count() == 1


def test_an_end_without_a_reason_is_refused():
    agreement = made()
    with pytest.raises(ValidationError) as wrong:
        end_agreement(agreement, by=None, on=TODAY, because="  ")
    assert set(wrong.value.error_dict) == {"because"}


def test_a_colleague_records_an_agreement_from_a_relation(client_for):
    home, relation = factories.home(), factories.relation()
    client = client_for(Role.POLICY_OFFICER)
    page = client.get("/agreements/new/", {"relation": relation.pk})
    assert page.context["form"].initial["parties"] == [home, relation.partner]
    fields = {
        "title": "Pact", "kind": "mou", "parties": [home.pk, relation.partner_id], "relation": relation.pk,
        "signed_on": "2024-10-16", "classification": "internal",
    }  # fmt: skip
    response = client.post("/agreements/new/", fields)
    agreement = Agreement.objects.get()
    assert response.url == agreement.get_absolute_url()
    assert set(agreement.parties.all()) == {home, relation.partner}


def test_a_party_that_the_reader_may_not_see_is_counted_but_not_named_and_survives_a_change(client_for):
    hidden = factories.organisation(name="Quiet Partner", classification="confidential")
    shown = factories.organisation()
    agreement = made(parties=[factories.home(), shown, hidden])
    client = client_for(Role.POLICY_OFFICER)
    page = client.get(agreement.get_absolute_url())
    assert page.context["others"] == 1
    assert "Quiet Partner" not in page.content.decode()
    assert "Quiet Partner" not in client.get(f"/agreements/{agreement.pk}/edit/").content.decode()
    fields = {
        "title": "New title", "kind": "mou", "parties": [factories.home().pk, shown.pk],
        "signed_on": "2020-01-01", "classification": "internal",
    }  # fmt: skip
    assert client.post(f"/agreements/{agreement.pk}/edit/", fields).status_code == 302
    agreement.refresh_from_db()
    assert agreement.title == "New title"
    assert hidden in agreement.parties.all()


def test_a_hidden_relation_of_an_agreement_survives_a_change(client_for):
    relation = factories.relation(classification="confidential")
    agreement = made(relation=relation)
    fields = {
        "title": "New title", "kind": "mou", "parties": [party.pk for party in agreement.parties.all()],
        "signed_on": "2020-01-01", "classification": "internal",
    }  # fmt: skip
    assert client_for(Role.POLICY_OFFICER).post(f"/agreements/{agreement.pk}/edit/", fields).status_code == 302
    agreement.refresh_from_db()
    assert (agreement.title, agreement.relation) == ("New title", relation)


def test_the_list_filters_by_state_and_shows_only_what_the_reader_may_see(client_for):
    today = timezone.localdate()
    made(title="Running")
    made(title="Ending", valid_until=today + timedelta(days=10))
    made(title="Past", valid_until=today - timedelta(days=10))
    made(title="Secret", valid_until=today + timedelta(days=10), classification="confidential")
    client = client_for(Role.POLICY_OFFICER)

    def titles(**chosen):
        return {row.record.title for row in client.get("/agreements/", chosen).context["table"].rows}

    assert titles() == {"Running", "Ending", "Past"}
    assert titles(state="ending") == {"Ending"}
    assert titles(state="ended") == {"Past"}
    assert titles(state="in-force") == {"Running"}
    assert client_for(Role.COUNCIL).get("/agreements/").context["is_empty"]


def test_a_stranger_changes_nothing(people):
    agreement = made()
    with pytest.raises(PermissionDenied):
        change_agreement(agreement, by=people[Role.REQUESTER], title="Mine")
    with pytest.raises(PermissionDenied):
        create_agreement(by=people[Role.AUDITOR], title="X", kind="mou", signed_on=TODAY, parties=[])
