"""What holds for every call: the token, scopes, pages, problems, headers and the record of the call."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from hanze.accounts.models import Role
from hanze.audit.models import Event
from hanze.connections import operations
from hanze.connections.models import Call, Token
from tests import factories
from tests.connections.making import ApiClient, application, client, token

pytestmark = pytest.mark.django_db


def problem_of(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["API-Version"] == "1.0.0"
    told = answer.json()
    assert {"type", "title", "status", "detail", "instance"} <= set(told)
    assert told["status"] == status
    return told


def test_without_a_token_there_is_nothing() -> None:
    answer = ApiClient(None).get("organisations")
    assert problem_of(answer, 401)["title"] == "Unauthorized"
    assert answer["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("key", ["hanze_wrong", "", "x" * 5000])
def test_a_token_that_nobody_made_does_not_hold(key: str) -> None:
    problem_of(ApiClient(key).get("organisations"), 401)


def test_a_session_is_no_token(client_for: Any) -> None:
    problem_of(client_for(Role.COORDINATOR).get("/api/v1/organisations"), 401)


def test_a_token_ends_on_its_day_and_when_it_is_revoked() -> None:
    kept, key = token(application())
    assert ApiClient(key).get("organisations").status_code == 200
    operations.revoke_token(kept, by=None)
    problem_of(ApiClient(key).get("organisations"), 401)
    other, second = token(application())
    Token.objects.filter(pk=other.pk).update(expires_on=timezone.localdate() - timedelta(days=1))
    problem_of(ApiClient(second).get("organisations"), 401)


def test_closing_an_application_ends_all_its_tokens() -> None:
    made = application()
    keys = [token(made)[1] for _ in range(2)]
    operations.close_application(made, by=None, because="No longer used")
    for key in keys:
        problem_of(ApiClient(key).get("organisations"), 401)


def test_only_a_fingerprint_of_a_token_is_kept() -> None:
    kept, key = token(application())
    stored = Token.objects.filter(pk=kept.pk).values().get()
    assert key not in str(stored)
    assert key not in str(list(Event.objects.values()))


def test_a_token_does_what_its_scopes_say_and_no_more() -> None:
    calls = client(wanted=["read:organisations"])
    assert calls.get("organisations").status_code == 200
    assert "read:people" in problem_of(calls.get("people"), 403)["detail"]
    problem_of(calls.post("organisations", {"name": "New", "kind": "business"}), 403)


def test_a_list_comes_in_pages_with_links_and_counts_what_is_visible() -> None:
    for number in range(5):
        factories.organisation(name=f"Party {number}")
    factories.organisation(name="Party hidden", classification="restricted")
    calls = client()
    first = calls.get("organisations", pageSize=2, text="Party").json()
    assert (first["count"], len(first["results"]), first["links"]["prev"]) == (5, 2, None)
    second = calls._client.get(first["links"]["next"]).json()
    assert [each["name"] for each in second["results"]] == ["Party 2", "Party 3"]
    last = calls._client.get(second["links"]["next"]).json()
    assert (len(last["results"]), last["links"]["next"]) == (1, None)


def test_a_page_after_the_last_is_empty() -> None:
    assert client().get("organisations", page=999_999, pageSize=100).json()["results"] == []


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({"pageSize": 1000}, "pageSize"),
        ({"page": 0}, "page"),
        ({"kind": "king"}, "kind"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_is_asked_wrongly_is_said_at_the_parameter(asked: dict[str, Any], name: str) -> None:
    told = problem_of(client().get("organisations", **asked), 400)
    assert told["errors"][0]["in"] == "query"
    assert told["errors"][0]["location"]["name"] == name


def test_a_parameter_stands_once() -> None:
    answer = client()._client.get("/api/v1/organisations?page=1&page=2")
    assert problem_of(answer, 400)["errors"][0]["location"]["name"] == "page"


def test_what_is_sent_wrongly_is_said_at_the_field() -> None:
    told = problem_of(client().post("organisations", {"kind": "king", "colour": "red"}), 400)
    assert {error["location"]["pointer"] for error in told["errors"]} == {"/name", "/kind", "/colour"}


def test_what_an_operation_refuses_is_said_at_the_field() -> None:
    body = {"name": "New", "kind": "business", "website": "no address", "countryCode": "QQ"}
    told = problem_of(client().post("organisations", body), 400)
    assert told["errors"][0]["location"]["pointer"] == "/countryCode"
    factories.country("CN")
    told = problem_of(client().post("organisations", body | {"countryCode": "CN"}), 400)
    assert told["errors"][0]["location"]["pointer"] == "/website"


def test_text_that_is_no_json_is_refused() -> None:
    assert problem_of(client().post("organisations", "{nonsense"), 400)["errors"][0]["code"] == "unreadable"


@pytest.mark.parametrize("path", ["nothing", "organisations/", "organisations/1/2/3", "", "organisations/0"])
def test_an_address_with_nothing_at_it_is_a_problem_too(path: str) -> None:
    problem_of(client().get(path), 404)


def test_a_method_that_is_not_there_is_a_problem_too() -> None:
    answer = client()._client.delete("/api/v1/organisations")
    problem_of(answer, 405)
    assert "GET" in answer["Allow"]


def test_problems_are_told_in_the_language_that_is_asked_for() -> None:
    made = application()
    told = ApiClient(token(made)[1], "nl").get("organisations/1").json()["detail"]
    assert told == "Dit record bestaat niet, of deze toepassing mag het niet zien."


def test_too_many_calls_are_told_to_wait(settings: Any) -> None:
    settings.API_CALLS_PER_MINUTE = 3
    calls = client()
    assert [calls.get("organisations").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert problem_of(calls.get("people"), 429)
    assert calls.get("people")["Retry-After"] == "60"


def test_every_call_is_on_record_with_the_confidential_records_it_gave_out() -> None:
    secret = factories.organisation(name="Secret", classification="confidential")
    factories.organisation(name="Open")
    made = application()
    calls = ApiClient(token(made)[1])
    calls.get("organisations")
    calls.get(f"organisations/{secret.pk}")
    calls.get("organisations/999999")
    kept = list(Call.objects.filter(token__application=made).order_by("pk").values_list("status", "confidential"))
    given = [f"register.organisation:{secret.pk}"]
    assert kept == [(200, given), (200, given), (404, [])]
    read = Event.objects.get(name="record.read")
    assert (read.actor_name, read.subject_id) == (made.name, str(secret.pk))
    assert Token.objects.get(application=made).last_used_at is not None


def test_calls_are_forgotten_after_their_term_and_what_was_read_is_not() -> None:
    secret = factories.organisation(classification="confidential")
    client().get(f"organisations/{secret.pk}")
    assert operations.forget_calls(date(2000, 1, 1)) == 0
    assert operations.forget_calls(timezone.localdate() + timedelta(days=2)) == 1
    assert Event.objects.filter(name="record.read").count() == 1


def test_the_first_call_of_a_day_lets_old_ones_be_forgotten(settings: Any) -> None:
    calls = client()
    calls.get("organisations")
    Call.objects.update(at=timezone.now() - timedelta(days=settings.API_CALLS_KEEP_DAYS + 1))
    Token.objects.update(last_used_at=timezone.now() - timedelta(days=1))
    calls.get("people")
    assert list(Call.objects.values_list("path", flat=True)) == ["/api/v1/people"]


def test_an_application_cannot_sign_in_and_is_no_colleague(client_for: Any) -> None:
    from hanze.casework.queries import colleagues, officers

    made = application(Role.POLICY_OFFICER)
    assert not made.account.is_active
    assert not made.account.has_usable_password()
    assert made.account.roles == frozenset()
    assert not officers().filter(pk=made.account_id).exists()
    assert not colleagues().filter(pk=made.account_id).exists()
    page = client_for(Role.ADMINISTRATOR).get("/administration/accounts/")
    assert made.name not in page.content.decode()


def test_the_models_have_their_migrations() -> None:
    call_command("makemigrations", "connections", check=True, dry_run=True, verbosity=0)
