"""Who changes a record says where it comes from; another source does not overwrite unless it replaces with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.forms import Form
from django.test import Client
from django.urls import reverse

from hanze.accounts.models import Role
from hanze.claims.models import Claim, Resolution
from hanze.register.models import Organisation
from tests import factories

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Role], Client]


def sent(form: Form, **changed: Any) -> dict[str, Any]:
    """What the browser sends for a form as it is shown, with some fields changed."""
    values = {name: form[name].value() for name in form.fields} | changed
    return {name: value for name, value in values.items() if value not in (None, False)}


def change(client: Client, party: Organisation, **changed: Any) -> Any:
    address = reverse("register:organisation-change", args=[party.pk])
    form = client.get(address).context["form"]
    numbers = {"numbers-TOTAL_FORMS": 0, "numbers-INITIAL_FORMS": 0}
    answer = client.post(address, sent(form, **changed) | numbers, follow=True)
    party.refresh_from_db()
    return answer


@pytest.fixture
def client(client_for: ClientFor) -> Client:
    return client_for(Role.POLICY_OFFICER)


@pytest.fixture
def stated() -> Organisation:
    """As a document says."""
    return factories.organisation(website="https://one.example", source_document="Evaluation")


def test_what_we_knew_ourselves_is_changed_without_more(client: Client) -> None:
    party = factories.organisation(website="https://one.example")
    change(client, party, website="https://two.example")
    assert party.website == "https://two.example"
    assert not Claim.objects.exists()


def test_what_a_document_says_stays_when_we_know_otherwise(client: Client, stated: Organisation) -> None:
    answer = change(client, stated, website="https://two.example", name="Another name", notes="New")
    assert (stated.website, stated.notes) == ("https://one.example", "New")
    assert Claim.objects.about(stated).filter(standing="open").count() == 2
    assert "2 feiten wijken af" in answer.content.decode()


def test_it_is_replaced_with_a_reason(client: Client, stated: Organisation) -> None:
    changed = {"website": "https://two.example", "said_replaces": "yes"}
    refused = change(client, stated, **changed)
    assert "said_because" in refused.context["form"].errors
    change(client, stated, **changed, said_because="They moved to another address.")
    assert stated.website == "https://two.example"
    assert Resolution.objects.about(stated).get().reason == "They moved to another address."


def test_the_same_document_may_change_what_it_says(client: Client, stated: Organisation) -> None:
    change(client, stated, website="https://two.example", said_kind="document", said_source="Evaluation")
    assert stated.website == "https://two.example"


def test_a_document_without_a_title_is_no_source(client: Client, stated: Organisation) -> None:
    refused = change(client, stated, website="https://two.example", said_kind="document")
    assert "said_source" in refused.context["form"].errors


def test_emptying_what_another_source_says_asks_for_a_reason(client: Client, stated: Organisation) -> None:
    refused = change(client, stated, website="")
    assert "website" in refused.context["form"].errors
    change(client, stated, website="", said_replaces="yes", said_because="It is gone.")
    assert stated.website == ""


def test_who_saves_without_a_change_says_nothing(client: Client, stated: Organisation) -> None:
    change(client, stated, said_kind="document", said_source="Another")
    assert not Claim.objects.exists()


def test_a_new_record_asks_for_no_source(client: Client) -> None:
    form = client.get(reverse("register:organisation-create")).context["form"]
    assert "said_kind" not in form.fields


def test_a_relation_an_agreement_a_person_and_an_activity_ask_for_the_source_too(client_for: ClientFor) -> None:
    coordinator = client_for(Role.COORDINATOR)
    said = {"said_kind": "document", "said_source": "Report"}
    for record, address, fact, value, more in (
        (factories.relation(), "register:relation-change", "since", "2013-01-01", {}),
        (factories.agreement(subject="One"), "register:agreement-change", "subject", "Two", {}),
        (factories.person(phone="1"), "register:person-change", "phone", "2", {}),
        (factories.activity(), "missions:activity-change", "title", "Two", {"section": "basics"}),
    ):
        url = reverse(address, kwargs={"pk": record.pk, **more})
        form = coordinator.get(url).context["form"]
        before = getattr(record, fact)
        answer = coordinator.post(url, sent(form, **{fact: value}, **said))
        assert answer.status_code == 302, answer.context["form"].errors
        record.refresh_from_db()
        assert getattr(record, fact) == before
        assert Claim.objects.about(record).filter(fact=fact, standing="open").exists()


def test_a_date_in_the_form_is_read_with_its_precision(client_for: ClientFor) -> None:
    made = factories.relation(since=date(2015, 1, 1), since_precision="year")
    client = client_for(Role.COORDINATOR)
    url = reverse("register:relation-change", args=[made.pk])
    form = client.get(url).context["form"]
    client.post(url, sent(form, since_precision="month", said_kind="document", said_source="Report"))
    assert Claim.objects.about(made).get(standing="open").value == "2015-01"
