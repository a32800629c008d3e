"""The pages of applications, tokens and webhooks: a secret is shown once, what is wrong stands at its field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hanze.accounts.models import Role
from hanze.connections.models import Application, Subscription, Token
from tests.connections.making import ApiClient, application

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Role], Client]
NEW = {
    "name": "Dashboard",
    "purpose": "Figures",
    "contact": "it@region.example",
    "role": "council",
    "ceiling": "public",
}


def test_an_administrator_lets_a_program_in_and_gives_it_a_token_that_is_shown_once(client_for: ClientFor) -> None:
    client = client_for(Role.ADMINISTRATOR)
    assert client.post(reverse("connections:application-add"), NEW).status_code == 302
    made = Application.objects.get(name="Dashboard")
    until = timezone.localdate() + timedelta(days=30)
    fields = {"label": "Server", "scopes": ["read:activities"], "expires_on": until.isoformat()}
    page = client.post(reverse("connections:token-add", args=[made.pk]), fields)
    assert page["Cache-Control"] == "no-store"
    key = page.context["secret"]
    assert ApiClient(key).get("activities").status_code == 200
    detail = client.get(reverse("connections:application-detail", args=[made.pk])).content.decode()
    assert key not in detail
    assert "Server" in detail
    assert "/api/v1/activities" in detail


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"ceiling": "restricted", "role": "auditor"}, "ceiling"),
        ({"role": "administrator"}, "role"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(
    wrong: dict[str, str], field: str, client_for: ClientFor
) -> None:
    answer = client_for(Role.ADMINISTRATOR).post(reverse("connections:application-add"), NEW | wrong)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert "Figures" in answer.content.decode()
    assert not Application.objects.exists()


def test_only_scopes_that_the_role_can_use_are_offered(client_for: ClientFor) -> None:
    made = application("council", "public")
    page = client_for(Role.ADMINISTRATOR).get(reverse("connections:token-add", args=[made.pk]))
    offered = [name for name, _label in page.context["form"].fields["scopes"].choices]
    assert "read:requests" in offered
    assert not [
        name for name in offered if name.startswith("write:") or name in ("read:log-events", "read:advice-receipts")
    ]


def test_writing_is_offered_only_to_who_may_write_herself(client_for: ClientFor) -> None:
    made = application("policy-officer", "internal")
    page = client_for(Role.ADMINISTRATOR).get(reverse("connections:token-add", args=[made.pk]))
    offered = [name for name, _label in page.context["form"].fields["scopes"].choices]
    assert "read:requests" in offered
    assert not [name for name in offered if name.startswith("write:")]


def test_revoking_asks_first_and_then_holds_at_once(client_for: ClientFor) -> None:
    client, made = client_for(Role.ADMINISTRATOR), application("council", "public")
    until = (timezone.localdate() + timedelta(days=3)).isoformat()
    fields = {"label": "Server", "scopes": ["read:people"], "expires_on": until}
    key = client.post(reverse("connections:token-add", args=[made.pk]), fields).context["secret"]
    address = reverse("connections:token-revoke", args=[Token.objects.get().pk])
    assert client.get(address).status_code == 200
    assert ApiClient(key).get("people").status_code == 200
    client.post(address)
    assert ApiClient(key).get("people").status_code == 401


def test_a_webhook_is_made_off_switched_on_and_gets_another_secret(client_for: ClientFor) -> None:
    client, made = client_for(Role.ADMINISTRATOR), application("council", "public")
    fields = {"address": "https://region.example/hooks", "events": ["activity.confirmed"]}
    page = client.post(reverse("connections:webhook-add", args=[made.pk]), fields)
    first = page.context["secret"]
    kept = Subscription.objects.get()
    assert (first[:6], kept.state) == ("whsec_", "off")
    client.post(reverse("connections:webhook-switch", args=[kept.pk]))
    kept.refresh_from_db()
    assert kept.state == "on"
    second = client.post(reverse("connections:webhook-secret", args=[kept.pk])).context["secret"]
    assert first != second
    assert second not in client.get(reverse("connections:webhook-detail", args=[kept.pk])).content.decode()


def test_an_address_in_plain_http_is_refused_at_the_field(client_for: ClientFor) -> None:
    made = application("council", "public")
    fields = {"address": "http://region.example/hooks", "events": ["activity.confirmed"]}
    answer = client_for(Role.ADMINISTRATOR).post(reverse("connections:webhook-add", args=[made.pk]), fields)
    assert set(answer.context["form"].errors) == {"address"}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_reference_tells_every_operation_in_both_languages(language: str) -> None:
    page = Client(headers={"accept-language": language}).get(reverse("connections:reference"))
    text = page.content.decode()
    assert {"nl": "Naslag van de API", "en": "Reference of the API"}[language] in text
    assert {"nl": "Een verzoek vastleggen", "en": "Register a request"}[language] in text
    for path in ("/requests/{id}/participants", "/evaluations/{id}/figures/{key}", "/log-events"):
        assert path in text
    for elsewhere in ('<script src="http', "cdn", "unpkg"):
        assert elsewhere not in text


def test_an_auditor_reads_along_and_changes_nothing(client_for: ClientFor) -> None:
    made = application()
    page: Any = client_for(Role.AUDITOR).get(reverse("connections:application-detail", args=[made.pk]))
    assert reverse("connections:token-add", args=[made.pk]) not in page.content.decode()
