"""Dutch or English: as the browser asks, as the account says, or as somebody chose."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from hanze.accounts.models import Role, User
from hanze.audit.models import Event

ClientFor = Callable[[Role], Client]


def language_of(client: Client, address: str = "/accessibility/", **headers: str) -> str:
    page = client.get(address, headers=headers, follow=True).content.decode()
    return page.split('<html lang="', 1)[1][:2]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "shown"), [("nl", "nl"), ("en-GB,en;q=0.8", "en"), ("nl-BE", "nl"), ("zh-CN,de;q=0.5", "nl"), ("", "nl")]
)
def test_a_visitor_reads_what_the_browser_asks_for_and_dutch_otherwise(asked: str, shown: str) -> None:
    assert language_of(Client(), accept_language=asked) == shown


@pytest.mark.django_db
def test_the_switch_keeps_for_a_visitor_and_returns_to_the_page() -> None:
    client = Client(headers={"accept-language": "nl"})
    answer = client.post(reverse("web:set-language"), {"language": "en", "next": "/accessibility/"})
    assert answer["Location"] == "/accessibility/"
    assert language_of(client) == "en"


@pytest.mark.django_db
def test_the_switch_leads_nowhere_else() -> None:
    answer = Client().post(reverse("web:set-language"), {"language": "en", "next": "https://elsewhere.example/"})
    assert "elsewhere" not in answer["Location"]


def test_the_choice_of_somebody_with_an_account_is_kept_for_the_next_time(
    client_for: ClientFor, people: dict[Role, User]
) -> None:
    client_for(Role.COORDINATOR).post(reverse("web:set-language"), {"language": "en"})
    assert User.objects.get(pk=people[Role.COORDINATOR].pk).language == "en"
    assert Event.objects.filter(name="account.language-chosen").count() == 1
    elsewhere = client_for(Role.COORDINATOR)
    assert language_of(elsewhere, "/", accept_language="nl") == "en"


def test_choosing_the_same_again_is_no_event(client_for: ClientFor) -> None:
    client = client_for(Role.COORDINATOR)
    for _time in range(2):
        client.post(reverse("web:set-language"), {"language": "en"})
    assert Event.objects.filter(name="account.language-chosen").count() == 1


@pytest.mark.parametrize("language", ["xx", "", "de", "../nl"])
def test_a_language_that_is_not_there_changes_nothing(
    language: str, client_for: ClientFor, people: dict[Role, User]
) -> None:
    client = client_for(Role.COORDINATOR)
    client.post(reverse("web:set-language"), {"language": language})
    assert User.objects.get(pk=people[Role.COORDINATOR].pk).language == ""
    assert language_of(client, reverse("web:today"), accept_language="nl") == "nl"


def test_asking_for_the_address_with_get_is_refused(client_for: ClientFor) -> None:
    assert client_for(Role.COORDINATOR).get(reverse("web:set-language")).status_code == 405
