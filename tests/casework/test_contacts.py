"""Contact moments with the national government, civil society and other authorities."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hanze.accounts.models import Role
from hanze.audit.models import Event
from hanze.casework import operations as ops
from hanze.casework.models import ContactMoment, Request
from tests import factories

pytestmark = pytest.mark.django_db
LIST = reverse("casework:contact-list")


def fields(**given):
    if "organisation" not in given:
        given["organisation"] = factories.organisation(name="Ministry of Trade", kind="government")
    return {"held_on": date(2024, 2, 20), "counterpart": "ministry", "subject": "The roadshow", **given}


@pytest.fixture
def coordinator(people):
    return people[Role.COORDINATOR]


def test_about_a_request_it_is_as_closed_as_the_request_and_has_its_people(coordinator, people):
    request = factories.request(classification="confidential", country=factories.country("FR"))
    request.team.add(people[Role.POLICY_OFFICER])
    made = ops.record_contact(by=coordinator, **fields(request=request))
    assert (made.classification, made.country_id, made.recorded_by) == ("confidential", "FR", coordinator)
    assert people[Role.POLICY_OFFICER] in made.team.all()


def test_it_cannot_be_more_open_than_the_request_that_it_is_about(coordinator):
    request = factories.request(classification="confidential")
    with pytest.raises(ValidationError) as caught:
        ops.record_contact(by=coordinator, **fields(request=request, classification="internal"))
    assert "classification" in caught.value.message_dict


def test_nobody_records_contact_about_a_request_that_she_does_not_see(people):
    hidden = factories.request(classification="restricted")
    with pytest.raises(PermissionDenied):
        ops.record_contact(by=people[Role.POLICY_OFFICER], **fields(request=hidden))


def test_what_the_state_says_takes_an_advised_request_back_into_assessment(coordinator):
    request = factories.request(state="advised")
    ops.record_contact(by=coordinator, **fields(request=request))
    assert Request.objects.get(pk=request.pk).state == "advised"
    made = ops.record_contact(by=coordinator, **fields(request=request, fits_national_policy=True))
    assert Request.objects.get(pk=request.pk).state == "in-assessment"
    Request.objects.filter(pk=request.pk).update(state="advised")
    ops.change_contact(made, by=coordinator, fits_national_policy=False)
    assert Request.objects.get(pk=request.pk).state == "in-assessment"


def test_it_stands_in_the_history_of_the_request_unless_it_is_more_closed(coordinator):
    request = factories.request()
    ops.record_contact(by=coordinator, **fields(request=request, subject="Open talk"))
    ops.record_contact(by=coordinator, **fields(request=request, subject="Quiet talk", classification="confidential"))
    assert [event.subject_label for event in Event.objects.about(request)] == ["Open talk"]


def test_a_change_is_logged_with_what_changed(coordinator):
    contact = factories.contact_moment(subject="Before")
    ops.change_contact(contact, by=coordinator, subject="After", team=[])
    assert Event.objects.get().data == {"changes": {"subject": ["Before", "After"]}}


def test_who_restricts_it_keeps_seeing_it(people):
    officer = people[Role.POLICY_OFFICER]
    made = ops.record_contact(by=officer, **fields(classification="restricted"))
    assert ContactMoment.objects.visible_to(officer).get() == made


def test_the_list_is_narrowed_by_counterpart_country_year_and_words(client_for):
    factories.contact_moment(subject="Embassy talk", counterpart="embassy", country=factories.country("FR"))
    factories.contact_moment(subject="Old talk", held_on=date(2022, 1, 1))
    client = client_for(Role.COORDINATOR)

    def found(**narrowed: str) -> set[str]:
        return {row.record.subject for row in client.get(LIST, narrowed).context["table"].rows}

    assert found() == {"Embassy talk", "Old talk"}
    assert found(counterpart="embassy") == found(country="FR") == found(q="embassy") == {"Embassy talk"}
    assert found(year="2022") == {"Old talk"}


def test_a_confidential_contact_moment_is_nowhere_for_a_policy_officer(client_for):
    contact = factories.contact_moment(subject="Quiet talk", classification="confidential")
    client = client_for(Role.POLICY_OFFICER)
    assert "Quiet talk" not in client.get(LIST).content.decode()
    assert client.get(reverse("casework:contact-detail", args=[contact.pk])).status_code == 404


def test_the_name_of_a_hidden_organisation_or_request_is_not_shown(client_for):
    hidden = factories.organisation(name="Unnamed Bureau", classification="restricted")
    quiet = factories.request(title="Quiet matter", classification="restricted")
    contact = factories.contact_moment(organisation=hidden, request=quiet)
    client = client_for(Role.POLICY_OFFICER)
    for address in (LIST, reverse("casework:contact-detail", args=[contact.pk])):
        text = client.get(address).content.decode()
        assert "Unnamed Bureau" not in text
        assert "Quiet matter" not in text
        assert quiet.reference not in text


def test_recording_one_from_a_request_leads_back_to_it(client_for):
    request = factories.request(country=factories.country("FR"))
    client = client_for(Role.POLICY_OFFICER)
    address = reverse("casework:contact-create") + f"?request={request.pk}"
    form = client.get(address).context["form"]
    assert (form["request"].value(), form["country"].value()) == (request.pk, "FR")
    sent = {
        "held_on": "2024-02-20",
        "counterpart": "embassy",
        "channel": "call",
        "organisation": factories.organisation().pk,
        "subject": "About the visit",
        "fits_national_policy": "true",
        "request": request.pk,
        "country": "FR",
        "classification": "internal",
    }
    answer = client.post(address, sent)
    assert answer["Location"] == reverse("casework:request-detail", args=[request.pk])
    assert request.contact_moments.get().fits_national_policy is True
    assert "About the visit" in client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("asked", ["abc", "9" * 30, "-1", "404"])
def test_a_request_that_is_not_there_is_not_found(client_for, asked):
    client = client_for(Role.POLICY_OFFICER)
    assert client.get(reverse("casework:contact-create"), {"request": asked}).status_code == 404


def test_changing_one_leaves_the_organisation_that_is_hidden_from_the_user(client_for):
    hidden = factories.organisation(classification="restricted")
    contact = factories.contact_moment(organisation=hidden, subject="Before")
    client = client_for(Role.POLICY_OFFICER)
    address = reverse("casework:contact-change", args=[contact.pk])
    sent = {
        "held_on": "2024-02-20",
        "counterpart": "ministry",
        "channel": "call",
        "subject": "After",
        "classification": "internal",
    }
    assert client.post(address, sent).status_code == 302
    contact.refresh_from_db()
    assert (contact.subject, contact.organisation) == ("After", hidden)


def test_a_longer_list_asks_no_more_of_the_database(coordinator, client_for):
    client = client_for(Role.COORDINATOR)
    counts = []
    for more in (2, 7):
        for _ in range(more):
            about = factories.request(country=factories.country("FR"))
            ops.record_contact(by=coordinator, **fields(request=about))
        client.get(LIST)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(LIST).context["table"].paginator.count == sum((2, 7)[: len(counts) + 1])
        counts.append(len(seen))
    assert counts[0] == counts[1]
