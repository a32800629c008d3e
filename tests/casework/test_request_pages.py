"""The list and the page of a request, through the browser's door."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hanze.accounts.models import Role
from hanze.audit.models import Event
from hanze.casework.models import Request, RequestParticipant
from tests import factories

pytestmark = pytest.mark.django_db
LIST = reverse("casework:request-list")


@pytest.fixture
def english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def coordinator(client_for):
    return client_for(Role.COORDINATOR)


def page(request: Request, name: str = "request-detail", **kwargs: int) -> str:
    return reverse(f"casework:{name}", kwargs={"pk": request.pk, **kwargs})


def form_fields(client, address: str) -> dict:
    """What a browser would send back from the form at `address`, untouched."""
    form = client.get(address).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    started = {form[name].html_initial_name: form[name].value() for name in form.fields if name in form.initial}
    values = {name: _sent(value) for name, value in (sent | started).items()}
    return {name: value for name, value in values.items() if value not in ("", None, False, [])}


def _sent(value):
    if isinstance(value, list | tuple):
        return [getattr(each, "pk", each) for each in value]
    return value.isoformat() if isinstance(value, date) else getattr(value, "pk", value)


def test_the_list_says_in_words_what_is_due(coordinator, english):
    today = timezone.localdate()
    factories.request(title="Soon", due_on=today + timedelta(days=9))
    factories.request(title="Late", received_on=today - timedelta(days=40), due_on=today - timedelta(days=2))
    text = coordinator.get(LIST).content.decode()
    assert "9 days left" in text
    assert "2 days late" in text
    assert text.index("Late") < text.index("Soon")


def test_tabs_part_open_from_decided_requests(coordinator):
    factories.request(title="Still open")
    factories.request(title="Went away", state="withdrawn")
    opened, everything = coordinator.get(LIST), coordinator.get(LIST, {"tab": "all"})
    assert "Still open" in opened.content.decode()
    assert "Went away" not in opened.content.decode()
    assert "Went away" in everything.content.decode()
    assert [(tab.key, tab.count) for tab in opened.context["tabs"]] == [("open", 1), ("decided", 0), ("all", 2)]


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        ({"country": "FR"}, {"French"}),
        ({"kind": "talk"}, {"Talk"}),
        ({"sector": "maritime"}, {"Ships"}),
        ({"state": "advised"}, {"Advised"}),
        ({"year": "2023"}, {"Earlier"}),
        ({"due": "late"}, {"French", "Talk", "Ships", "Advised", "Earlier"}),
        ({"due": "none"}, {"Someday"}),
        ({"q": "hyd council"}, {"Someday"}),
        ({"year": "1066"}, {"French", "Talk", "Ships", "Advised", "Earlier", "Someday"}),
    ],
)
def test_filters_narrow_the_list(coordinator, narrowed, found):
    factories.request(title="French", country=factories.country("FR"))
    factories.request(title="Talk", kind="talk")
    factories.request(title="Ships", sector="maritime")
    factories.request(title="Advised", state="advised")
    factories.request(title="Earlier", received_on=date(2023, 5, 1))
    factories.request(title="Someday", due_on=None, asked_by_text="Hydrogen Council")
    shown = {row.record.title for row in coordinator.get(LIST, narrowed).context["table"].rows}
    if narrowed.get("year") == "1066":  # a year of which there is nothing is no choice: the form says so
        assert coordinator.get(LIST, narrowed).context["filter"].form.errors
    assert shown == found


def test_the_list_asks_as_many_queries_for_fifty_requests_as_for_one(coordinator, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    factories.request(asked_by=factories.organisation())
    coordinator.get(LIST)
    with CaptureQueriesContext(connection) as one:
        coordinator.get(LIST)
    for _ in range(49):
        factories.request(asked_by=factories.organisation(), responsible=factories.user(Role.POLICY_OFFICER))
    with django_assert_num_queries(len(one)):
        coordinator.get(LIST)


def test_fifty_requests_stand_on_a_page(coordinator):
    for _ in range(51):
        factories.request()
    assert len(coordinator.get(LIST).context["table"].paginated_rows) == 50
    assert len(coordinator.get(LIST, {"page": 2}).context["table"].paginated_rows) == 1


def test_an_empty_list_says_what_to_do(coordinator, english):
    assert "No requests yet" in coordinator.get(LIST).content.decode()


def test_council_members_list_and_open_only_what_is_public_or_meant_for_them(client_for):
    hidden = factories.request(title="Internal matter")
    public = factories.request(title="Public matter", classification="public")
    meant = factories.request(title="Council matter", for_council=True)
    council = client_for(Role.COUNCIL)
    shown = {row.record.title for row in council.get(LIST).context["table"].rows}
    assert shown == {"Public matter", "Council matter"}
    assert council.get(page(hidden)).status_code == 404
    assert council.get(page(public)).status_code == council.get(page(meant)).status_code == 200


def test_council_members_see_no_addresses_screening_or_history(client_for):
    request = factories.request(for_council=True, contact_name="J. Sender", contact_email="j@sender.example")
    RequestParticipant.objects.create(
        request=request, name_text="Bureau", screening="open-finding", screening_note="Looks like a listed name"
    )
    text = client_for(Role.COUNCIL).get(page(request)).content.decode()
    for secret in ("J. Sender", "j@sender.example", "Looks like a listed name"):
        assert secret not in text
    assert "Bureau" in text


def test_a_restricted_request_is_nowhere_for_who_is_not_on_the_case(client_for, people):
    request = factories.request(title="Quiet matter", classification="restricted")
    colleague = client_for(Role.POLICY_OFFICER)
    assert colleague.get(page(request)).status_code == 404
    assert "Quiet matter" not in colleague.get(LIST, {"tab": "all"}).content.decode()
    assert colleague.get(reverse("casework:request-options"), {"q": "quiet"}).json() == []
    request.team.add(people[Role.POLICY_OFFICER])
    assert colleague.get(page(request)).status_code == 200
    assert colleague.get(reverse("casework:request-options"), {"q": "quiet"}).json()[0]["id"] == request.pk


def test_opening_a_confidential_request_is_logged(coordinator):
    coordinator.get(page(factories.request(classification="confidential")))
    coordinator.get(page(factories.request()))
    assert Event.objects.filter(name="record.read").count() == 1


def test_the_name_of_a_hidden_organisation_is_nowhere_on_the_page(client_for):
    hidden = factories.organisation(name="Unnamed Works", classification="restricted")
    request = factories.request(asked_by=hidden, asked_by_text="", on_behalf_of=hidden)
    RequestParticipant.objects.create(request=request, organisation=hidden)
    request.demand_from.add(hidden)
    officer = client_for(Role.POLICY_OFFICER)
    for address in (page(request), LIST, page(request, "request-change")):
        assert "Unnamed Works" not in officer.get(address).content.decode()


def test_changing_a_request_leaves_the_parties_that_are_hidden_from_the_user(client_for):
    hidden, seen = factories.organisation(classification="restricted"), factories.organisation()
    request = factories.request(asked_by=hidden, asked_by_text="")
    request.demand_from.set([hidden, seen])
    officer, address = client_for(Role.POLICY_OFFICER), page(request, "request-change")
    answer = officer.post(address, form_fields(officer, address) | {"title": "New title", "demand_from": [seen.pk]})
    assert answer.status_code == 302
    request.refresh_from_db()
    assert (request.title, request.asked_by) == ("New title", hidden)
    assert set(request.demand_from.all()) == {hidden, seen}


def test_registering_a_request_with_a_participant(coordinator):
    address = reverse("casework:request-create")
    sent = form_fields(coordinator, address) | {
        "title": "Ontvangst",
        "kind": "incoming-visit",
        "sector": "water",
        "asked_by_text": "Water Board",
        "country": factories.country().pk,
        "participants-TOTAL_FORMS": 1,
        "participants-INITIAL_FORMS": 0,
        "participants-0-name_text": "Somebody",
        "participants-0-role": "delegate",
    }
    answer = coordinator.post(address, sent)
    made = Request.objects.get()
    assert answer["Location"] == page(made)
    assert made.responsible is not None
    assert made.received_on == timezone.localdate()
    assert [str(each) for each in made.participants.all()] == ["Somebody"]


def test_errors_stand_at_the_field_and_nothing_is_lost(coordinator, english):
    sent = {
        "title": "My typed title",
        "participants-TOTAL_FORMS": 1,
        "participants-INITIAL_FORMS": 0,
        "participants-0-name_text": "Typed name",
        "participants-0-role": "host",
    }
    answer = coordinator.post(reverse("casework:request-create"), sent)
    assert {"kind", "country", "sector", "asked_by_text"} <= answer.context["form"].errors.keys()
    assert "My typed title" in answer.content.decode()
    assert "Typed name" in answer.content.decode()
    assert not Request.objects.exists()


def new_request(**given) -> dict:
    return {
        "title": "Visit",
        "kind": "talk",
        "sector": "water",
        "country": factories.country().pk,
        "language": "en",
        "classification": "internal",
        "received_on": "2024-03-01",
        "participants-TOTAL_FORMS": 0,
        "participants-INITIAL_FORMS": 0,
        **given,
    }


def test_a_new_organisation_is_registered_with_the_request(coordinator):
    sent = new_request(asked_by_text="Harbour Office", register_asker="on", asker_kind="government")
    coordinator.post(reverse("casework:request-create"), sent)
    asker = Request.objects.get().asked_by
    assert (asker.name, asker.kind, asker.country_id) == ("Harbour Office", "government", "CN")


def test_a_likely_duplicate_is_named_before_a_new_organisation_is_made(coordinator):
    factories.organisation(name="Harbour Office", country=factories.country())
    sent = new_request(asked_by_text="Harbour  office", register_asker="on", asker_kind="government")
    answer = coordinator.post(reverse("casework:request-create"), sent)
    assert "Harbour Office" in str(answer.context["form"].errors["asked_by_text"])
    coordinator.post(reverse("casework:request-create"), sent | {"asker_is_new": "on"})
    assert Request.objects.get().asked_by.name.casefold() == "harbour  office"


def test_earlier_requests_of_the_same_asker_are_shown(coordinator):
    asker = factories.organisation()
    earlier = factories.request(title="First visit", asked_by=asker)
    other = factories.request(title="Somebody else's")
    found = coordinator.get(reverse("casework:request-earlier"), {"asked_by": asker.pk}).content.decode()
    assert earlier.title in found
    assert other.title not in found
    second = factories.request(asked_by=asker)
    assert "First visit" in coordinator.get(page(second)).content.decode()


def test_who_saves_second_is_told_what_changed_and_keeps_her_text(coordinator, client_for, english):
    request = factories.request(title="Old title", technology="", sector="water")
    address = page(request, "request-change")
    first, second = client_for(Role.POLICY_OFFICER), coordinator
    hers, his = form_fields(second, address), form_fields(first, address)
    first.post(address, his | {"technology": "Pumps", "title": "His title"})

    answer = second.post(address, hers | {"title": "Her title"})
    assert answer.status_code == 409
    form = answer.context["form"]
    assert {(each.name, each.mine, each.theirs, each.asks) for each in form.differences} == {
        ("technology", "–", "Pumps", False),
        ("title", "Her title", "His title", True),
    }
    assert (form["title"].value(), form["technology"].value()) == ("Her title", "Pumps")
    assert Request.objects.get().title == "His title"

    again = {name: form[name].value() for name in form.fields if form[name].value()}
    assert second.post(address, again | {"keep-title": "mine"}).status_code == 302
    request.refresh_from_db()
    assert (request.title, request.technology) == ("Her title", "Pumps")


def test_screening_is_recorded_on_the_page(coordinator, people):
    request = factories.request()
    participant = RequestParticipant.objects.create(request=request, name_text="Bureau")
    address = page(request, "participant-screen", participant_pk=participant.pk)
    prefix = f"screening-{participant.pk}"
    refused = coordinator.post(address, {f"{prefix}-screening": "open-finding", f"{prefix}-note": ""})
    assert refused.status_code == 422
    coordinator.post(address, {f"{prefix}-screening": "open-finding", f"{prefix}-note": "Listed name"})
    participant.refresh_from_db()
    assert (participant.screening, participant.screening_note) == ("open-finding", "Listed name")
    assert participant.screened_by == people[Role.COORDINATOR]


def test_a_participant_of_another_request_is_not_found(coordinator):
    request, other = factories.request(), factories.request()
    participant = RequestParticipant.objects.create(request=other, name_text="Bureau")
    assert coordinator.post(page(request, "participant-remove", participant_pk=participant.pk)).status_code == 404


def test_a_document_is_added_and_handed_out_to_who_may_read_the_request(coordinator, client_for):
    from django.core.files.uploadedfile import SimpleUploadedFile

    request = factories.request()
    letter = SimpleUploadedFile("letter.txt", b"Dear region", content_type="text/plain")
    coordinator.post(page(request, "document-add"), {"file": letter, "title": "The letter"})
    document = request.documents.get()
    address = page(request, "document-download", document_pk=document.pk)
    assert b"".join(client_for(Role.COMMUNICATIONS).get(address).streaming_content) == b"Dear region"
    assert client_for(Role.COUNCIL).get(address).status_code == 404
    assert client_for(Role.REQUESTER).get(address).status_code == 404


def test_a_file_of_a_dangerous_kind_is_refused_at_the_field(coordinator):
    from django.core.files.uploadedfile import SimpleUploadedFile

    request = factories.request()
    page_file = SimpleUploadedFile("page.html", b"<script>", content_type="text/html")
    answer = coordinator.post(page(request, "document-add"), {"file": page_file})
    assert answer.status_code == 422
    assert "file" in answer.context["document_form"].errors


def test_withdrawing_asks_for_a_reason(coordinator):
    request = factories.request()
    address = page(request, "request-withdraw")
    assert coordinator.post(address, {"because": "", "on": "2024-03-01"}).status_code == 200
    coordinator.post(address, {"because": "They cancelled", "on": "2024-03-01"})
    request.refresh_from_db()
    assert (request.state, request.withdrawn_because) == ("withdrawn", "They cancelled")


@pytest.mark.parametrize("state", ["received", "in-assessment", "advised", "withdrawn"])
def test_the_steps_say_where_the_request_stands(coordinator, state):
    request = factories.request(state=state, withdrawn_on=date(2024, 3, 1) if state == "withdrawn" else None)
    steps = coordinator.get(page(request)).context["steps"]
    assert [step.label for step in steps if step.current] == [request.get_state_display()]


def test_a_withdrawn_and_closed_request_shows_both_days(coordinator):
    request = factories.request(state="closed", withdrawn_on=date(2024, 3, 1), closed_on=date(2024, 3, 5))
    steps = coordinator.get(page(request)).context["steps"]
    assert [step.on for step in steps] == [request.received_on, date(2024, 3, 1), date(2024, 3, 5)]
