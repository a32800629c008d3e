"""A finding is put to the national desk or an embassy as a contact moment."""

from __future__ import annotations

import pytest
from django.urls import reverse

from hanze.accounts.models import Role
from hanze.audit.models import Event
from hanze.casework import operations as ops
from hanze.casework.models import ContactMoment, Request
from hanze.watchlists.models import Finding
from tests import factories
from tests.watchlists import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def finding() -> Finding:
    making.in_force(making.watchlist(), making.MALACHITE)
    party = factories.organisation(name="Malachite Trading Company", country=factories.country())
    ops.add_participant(factories.request(), by=None, organisation=party)
    return Finding.objects.get()


def address_of(finding: Finding) -> str:
    case = Request.objects.get()
    return f"{reverse('casework:contact-create')}?request={case.pk}&finding={finding.pk}"


def sent(**given: object) -> dict[str, object]:
    return {
        "held_on": "2024-02-20",
        "counterpart": "embassy",
        "channel": "call",
        "organisation": factories.organisation(name="Embassy", kind="government").pk,
        "subject": "Is this the listed firm?",
        "fits_national_policy": "true",
        "country": "CN",
        "classification": "confidential",
        **given,
    }


def test_the_page_of_a_finding_leads_to_a_contact_moment_about_its_case(client_for, finding):
    coordinator = client_for(Role.COORDINATOR)
    page = coordinator.get(finding.get_absolute_url()).content.decode()
    assert address_of(finding).replace("&", "&amp;") in page
    form = coordinator.get(address_of(finding)).context["form"]
    assert "Malachite" in form["subject"].value()
    assert form["classification"].value() == finding.classification


@pytest.mark.parametrize("counterpart", ["embassy", "ministry"])
def test_it_becomes_a_contact_moment_and_stays_open_until_somebody_decides(client_for, finding, counterpart):
    coordinator = client_for(Role.COORDINATOR)
    case = Request.objects.get()

    answer = coordinator.post(address_of(finding), sent(counterpart=counterpart, request=case.pk))

    assert answer["Location"] == finding.get_absolute_url()
    made = ContactMoment.objects.get()
    assert (made.request, made.counterpart) == (case, counterpart)
    finding.refresh_from_db()
    assert finding.state == Finding.State.OPEN
    event = Event.objects.get(name="finding.escalated")
    assert "Is this the listed firm?" in event.reason
    assert "Is this the listed firm?" in coordinator.get(finding.get_absolute_url()).content.decode()


def test_what_is_wrong_in_the_form_puts_nothing_to_others(client_for, finding):
    answer = client_for(Role.COORDINATOR).post(address_of(finding), sent(subject=""))
    assert answer.status_code == 200
    assert not ContactMoment.objects.exists()
    assert not Event.objects.filter(name="finding.escalated").exists()


def test_who_may_not_see_the_finding_cannot_put_it_to_others(client_for, finding):
    address = address_of(finding)
    assert client_for(Role.POLICY_OFFICER).post(address, sent()).status_code == 404
    assert not ContactMoment.objects.exists()
