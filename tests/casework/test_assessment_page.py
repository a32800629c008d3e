"""The page on which a request is weighed: the advice stands beside the facts and moves as they do."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation

from hanze.accounts.models import Role, User
from hanze.audit.models import Event
from hanze.casework.models import Receipt, Request
from tests import factories
from tests.casework.weighing import advised, answer_all, visit

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def in_march() -> Iterator[None]:
    with time_machine.travel("2024-03-06 10:42:00+01:00", tick=False):
        yield


@pytest.fixture
def officer(people: dict[Role, User]) -> User:
    return people[Role.POLICY_OFFICER]


@pytest.fixture
def client(client_for: SignIn) -> Client:
    return client_for(Role.POLICY_OFFICER)


def page(client: Client, request: Request, language: str = "en") -> str:
    response = client.get(reverse("casework:assessment", args=[request.pk]), headers={"accept-language": language})
    assert response.status_code == 200
    return response.content.decode()


def answer(client: Client, request: Request, fact: str, value: str, **more: str) -> str:
    address = reverse("casework:assessment-answer", args=[request.pk, fact])
    response = client.post(address, {"answer": value, **more}, headers={**HTMX, "accept-language": "en"})
    return response.content.decode()


def test_facts_questions_and_advice_stand_together(client: Client) -> None:
    html = page(client, visit())
    assert "Horticulture" in html
    assert "Is this request within the remit of the province?" in html
    assert "Take up with measures" in html
    assert "stated in the source" in html
    assert "Framework for the relation with China" in html


def test_the_framework_speaks_the_language_of_the_reader(client: Client) -> None:
    html = page(client, visit(), "nl")
    assert "Hoort dit verzoek bij de taken van de provincie?" in html
    assert "Oppakken met maatregelen" in html
    assert "Kader voor de relatie met China" in html
    assert "de portefeuillehouder" in html


def test_looking_keeps_nothing(client: Client) -> None:
    request = visit()
    page(client, request)
    assert not Receipt.objects.exists()
    assert not Event.objects.about(request).exists()


def test_the_first_answer_takes_the_request_into_assessment(client: Client) -> None:
    request = visit()
    address = reverse("casework:assessment-answer", args=[request.pk, "within_remit"])
    response = client.post(address, {"answer": "yes"}, headers=HTMX)
    assert response["HX-Refresh"] == "true"
    request.refresh_from_db()
    assert request.state == Request.State.IN_ASSESSMENT


def test_an_answer_renews_facts_and_advice_without_a_page(client: Client, officer: User) -> None:
    request = visit()
    answer_all(request, officer)
    html = answer(client, request, "within_remit", "no")
    assert "<html" not in html
    assert 'id="advice" hx-swap-oob="true"' in html
    assert "The request is not within the remit of the province." in html
    assert "Advice: Refer; 0 questions are open." in html


def test_without_javascript_an_answer_comes_back_to_its_question(client: Client) -> None:
    request = visit()
    address = reverse("casework:assessment-answer", args=[request.pk, "dual_use"])
    response = client.post(address, {"answer": "yes"})
    assert response.status_code == 302
    assert response["Location"] == reverse("casework:assessment", args=[request.pk]) + "#fact-dual_use"
    on_case = client.post(address, {"answer": "no", "from": "case"})
    assert on_case["Location"].startswith(reverse("casework:request-detail", args=[request.pk]))


def test_every_question_says_what_an_answer_would_change(client: Client, officer: User) -> None:
    request = visit()
    answer_all(request, officer, within_remit=None)
    html = page(client, request)
    assert "With “no” the advice becomes: Refer." in html
    assert "One open question can still change this." in html


def test_an_unknown_answer_stays_unknown(client: Client, officer: User) -> None:
    request = visit()
    answer_all(request, officer)
    answer(client, request, "dual_use", "")
    receipt = Receipt.objects.first()
    assert receipt.is_final is False
    assert [fact["value"] for fact in receipt.content["facts"] if fact["id"] == "dual_use"] == [None]


def test_an_advice_with_open_questions_is_provisional_and_never_looks_safe(client: Client, officer: User) -> None:
    request = visit()
    answer_all(request, officer, dual_use=None)
    html = page(client, request)
    assert '<div class="advice unknown" id="advice">' in html
    assert "Provisional advice" in html
    answer(client, request, "dual_use", "no")
    html = page(client, request)
    assert '<div class="advice go" id="advice">' in html
    assert "Provisional advice" not in html


def test_an_explanation_is_kept_with_its_answer(client: Client) -> None:
    request = visit()
    answer(client, request, "dual_use", "no", explanation="Asked the national desk.")
    assert request.answers.get(fact="dual_use").explanation == "Asked the national desk."
    assert "Asked the national desk." in page(client, request)


def test_a_strange_answer_is_refused_at_its_question(client: Client, officer: User) -> None:
    request = visit()
    answer_all(request, officer, dual_use=None)
    address = reverse("casework:assessment-answer", args=[request.pk, "dual_use"])
    for headers in (HTMX, {}):
        response = client.post(address, {"answer": "perhaps"}, headers={**headers, "accept-language": "en"})
        assert response.status_code == 422
        assert "Choose one of the answers." in response.content.decode()
    assert not request.answers.filter(fact="dual_use").exists()


def test_an_answer_to_what_the_case_tells_is_refused_out_loud(client: Client) -> None:
    html = answer(client, visit(), "own_region_parties", "3")
    assert "The case itself tells this. Change it there." in html


def test_an_answer_after_the_decision_leads_back_to_the_page(client: Client) -> None:
    request = visit(state="withdrawn")
    address = reverse("casework:assessment-answer", args=[request.pk, "dual_use"])
    response = client.post(address, {"answer": "yes"}, headers=HTMX)
    assert response["HX-Redirect"] == reverse("casework:assessment", args=[request.pk])
    assert client.post(address, {"answer": "yes"})["Location"] == reverse("casework:assessment", args=[request.pk])
    assert not request.answers.exists()


def test_a_number_that_is_none_is_refused_with_what_was_written(client: Client) -> None:
    request = factories.request()
    address = reverse("casework:assessment-answer", args=[request.pk, "open_findings"])
    response = client.post(address, {"answer": "two"}, headers={"accept-language": "en"})
    assert response.status_code == 422
    html = response.content.decode()
    assert "Write a whole number, such as 12." in html
    assert 'value="two"' in html


def test_readers_who_do_not_weigh_see_the_facts_but_no_questions(client_for: SignIn) -> None:
    html = page(client_for(Role.AUDITOR), visit())
    assert "Horticulture" in html
    assert '<form class="ask' not in html
    assert "Present for decision" not in html


def test_who_may_not_weigh_gets_404(client_for: SignIn) -> None:
    request = visit()
    for name, args in [
        ("assessment-answer", [request.pk, "dual_use"]),
        ("assessment-start", [request.pk]),
        ("assessment-weigh", [request.pk]),
        ("assessment-present", [request.pk]),
    ]:
        for role in (Role.EXECUTIVE, Role.AUDITOR, Role.COUNCIL, Role.REQUESTER):
            assert client_for(role).post(reverse(f"casework:{name}", args=args)).status_code == 404, (name, role)
    assert not Receipt.objects.exists()


def test_a_request_without_a_framework_says_so(client: Client) -> None:
    assert "No framework applies" in page(client, visit(received_on="2020-01-01"))


def test_a_confidential_request_is_nobody_elses(client: Client) -> None:
    request = visit(classification="confidential")
    assert client.get(reverse("casework:assessment", args=[request.pk])).status_code == 404


def test_a_hidden_contact_moment_is_no_link(client: Client) -> None:
    request = visit()
    contact = factories.contact_moment(request=request, fits_national_policy=True, classification="confidential")
    html = page(client, request)
    assert "Contact with the State about this request, 20 February 2024" in html
    assert reverse("casework:contact-detail", args=[contact.pk]) not in html
    contact.classification = "internal"
    contact.save()
    assert reverse("casework:contact-detail", args=[contact.pk]) in page(client, request)


def test_presenting_asks_first_and_warns_while_questions_are_open(client: Client, officer: User) -> None:
    request = visit()
    answer_all(request, officer, within_remit=None)
    address = reverse("casework:assessment-present", args=[request.pk])
    html = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert "One question is still open." in html
    assert "Within the province" in html
    client.post(address)
    request.refresh_from_db()
    assert request.state == Request.State.ADVISED


def test_an_answer_after_presenting_takes_the_request_back(client: Client, officer: User) -> None:
    request = advised(officer)
    address = reverse("casework:assessment-answer", args=[request.pk, "dual_use"])
    response = client.post(address, {"answer": "yes"}, headers={"accept-language": "en"}, follow=True)
    assert "in assessment again" in response.content.decode()
    request.refresh_from_db()
    assert request.state == Request.State.IN_ASSESSMENT


def test_news_from_elsewhere_shows_and_can_be_weighed(client: Client, client_for: SignIn, officer: User) -> None:
    request = advised(officer)
    assert "no longer those of the advice" not in page(client, request)
    factories.contact_moment(country=request.country, fits_national_policy=False)
    assert "no longer those of the advice that was presented" in page(client, request)
    decision = client_for(Role.EXECUTIVE).get(
        reverse("casework:decision", args=[request.pk]), headers={"accept-language": "en"}
    )
    assert "before you can decide" in decision.content.decode()
    client.post(reverse("casework:assessment-weigh", args=[request.pk]))
    request.refresh_from_db()
    assert request.state == Request.State.IN_ASSESSMENT
    assert request.receipts.first().outcome == "refuse"
    assert "no longer those of the advice" not in page(client, request)


class TestReceipts:
    def test_every_kept_advice_can_be_opened_and_holds(self, client: Client, officer: User) -> None:
        request = visit()
        receipt = answer_all(request, officer)
        assert page(client, request).count("/advice/") == request.receipts.count()
        address = reverse("casework:receipt", args=[request.pk, receipt.pk])
        html = client.get(address, headers={"accept-language": "en"}).content.decode()
        assert "gives this same advice" in html
        assert receipt.content_hash in html
        assert "Answered by" in html

    def test_a_tampered_advice_is_found_out(self, client: Client, officer: User) -> None:
        receipt = answer_all(visit(), officer)
        tampered = {**receipt.content, "measures": []}
        with connection.cursor() as cursor:
            cursor.execute("UPDATE casework_receipt SET content = %s WHERE id = %s", [json.dumps(tampered), receipt.pk])
        address = reverse("casework:receipt", args=[receipt.request_id, receipt.pk])
        assert "does not come out the same" in client.get(address, headers={"accept-language": "en"}).content.decode()

    def test_it_can_be_downloaded_as_it_was_kept(self, client: Client, officer: User) -> None:
        receipt = answer_all(visit(), officer)
        response = client.get(reverse("casework:receipt-json", args=[receipt.request_id, receipt.pk]))
        written = json.loads(response.content)
        assert written.pop("hash") == receipt.content_hash
        assert written == receipt.content

    def test_it_belongs_to_its_own_request(self, client: Client, officer: User) -> None:
        receipt = answer_all(visit(), officer)
        for name in ("receipt", "receipt-json"):
            assert client.get(reverse(f"casework:{name}", args=[visit().pk, receipt.pk])).status_code == 404


def test_reading_a_confidential_weighing_is_logged(client_for: SignIn) -> None:
    request = visit(classification="confidential")
    page(client_for(Role.COORDINATOR), request)
    assert Event.objects.filter(name="record.read", subject_id=str(request.pk)).exists()


def test_the_number_of_queries_does_not_grow_with_participants_and_receipts(
    client: Client, officer: User, django_assert_max_num_queries: Callable
) -> None:
    request = visit()
    answer_all(request, officer)
    for number in range(20):
        request.participants.create(name_text=f"Guest {number}", screening="clear")
    with django_assert_max_num_queries(35):
        page(client, request)


def test_the_log_speaks_the_language_of_the_reader(officer: User) -> None:
    from hanze.audit.registry import sentence

    request = advised(officer)
    event = Event.objects.about(request).get(name="request.advised")
    with translation.override("en"):
        assert sentence(event).endswith("presented the advice for decision: Take up with measures")
    with translation.override("nl"):
        assert sentence(event).endswith("Oppakken met maatregelen")
