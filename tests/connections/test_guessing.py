"""Wrong tokens and secret addresses: a visitor who guesses is cut off for the rest of the minute, others are not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hanze.accounts.models import Role
from hanze.connections.operations import create_feed
from tests import factories
from tests.connections.making import application, token

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def three_a_minute(settings: Any) -> Iterator[None]:
    settings.WRONG_KEYS_PER_MINUTE = 3
    settings.PROXY_COUNT = 1
    cache.clear()
    with time_machine.travel(timezone.now().replace(second=5)):
        yield


def called(key: str, address: str = "192.0.2.1") -> Any:
    headers = {"authorization": f"Bearer {key}", "x-forwarded-for": address}
    return Client(headers=headers).get("/api/v1/organisations")


def fetched(secret: str, address: str = "192.0.2.1") -> Any:
    return Client(headers={"x-forwarded-for": address}).get(reverse("missions:feed", args=[secret]))


def test_after_three_wrong_tokens_even_the_right_one_waits_for_the_next_minute() -> None:
    _token, right = token(application())
    assert [called(f"hanze_wrong{each}").status_code for each in range(4)] == [401, 401, 401, 429]
    refused = called(right)
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert refused["Content-Type"] == "application/problem+json"
    assert called(right, "192.0.2.2").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        assert called(right).status_code == 200


def test_right_tokens_are_not_counted() -> None:
    _token, right = token(application())
    assert [called(right).status_code for _each in range(5)] == [200] * 5


def test_secret_addresses_of_calendars_are_counted_too_and_together_with_tokens() -> None:
    _feed, secret = create_feed(by=factories.user(Role.COORDINATOR), name="Telephone")
    assert [fetched(f"wrong{each}").status_code for each in range(2)] == [404, 404]
    assert called("hanze_wrong").status_code == 401
    assert fetched(secret).status_code == 429
    assert fetched(secret, "192.0.2.2").status_code == 200


def test_another_forwarded_address_that_the_visitor_makes_up_does_not_help() -> None:
    for each in range(3):
        called("hanze_wrong", f"203.0.113.{each}, 192.0.2.1")
    assert called("hanze_wrong", "203.0.113.9, 192.0.2.1").status_code == 429
