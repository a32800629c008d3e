"""A word in every field of what is hidden comes out of no address, search, export, feed or error page."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import NoReverseMatch, reverse

from hanze.accounts.models import Role
from hanze.web.search.indexing import index, sources
from tests.attack.planting import plant_case, plant_log
from tests.leaks.addresses import addresses, patterns
from tests.leaks.conftest import client_of
from tests.leaks.neighbours import Neighbourhood
from tests.leaks.table import SEEN_BY
from tests.rights import READERS

pytestmark = pytest.mark.django_db

CANARY = "Zycanary"
# For each class the readers who come nearest to it without being its own.
OUTSIDE = [
    ("internal", Role.COUNCIL),
    ("confidential", Role.POLICY_OFFICER),
    ("confidential", Role.ADMINISTRATOR),
    ("restricted", Role.COORDINATOR),
    ("restricted", None),
]


def word(secret: str) -> str:
    return f"{CANARY}{secret}"


@pytest.fixture(scope="module")
def planted(around: dict[str, Neighbourhood]) -> dict[str, int]:
    """How many fields hold the word of each class."""
    count: dict[str, int] = {}
    for secret, near in around.items():
        for record in _records(near):
            count[secret] = count.get(secret, 0) + len(plant_case(record, lambda field, secret=secret: word(secret)))
            plant_log(record, word(secret))
            record.refresh_from_db()
            if record._meta.label_lower in sources():
                index(record)
    return count


def _records(near: Neighbourhood) -> list[Any]:
    return [each for each in near.hidden.values() if isinstance(each, models.Model) and hasattr(each, "classification")]


def test_the_words_are_planted_and_whoever_may_see_them_finds_them(
    planted: dict[str, int], users: dict[Any, Any], around: dict[str, Neighbourhood]
) -> None:
    assert all(count > 60 for count in planted.values()), planted
    page = client_of(users[Role.AUDITOR]).get(reverse("web:search"), {"q": CANARY + "restricted"})
    assert page.context["results"].total > 3


@pytest.mark.parametrize(("secret", "role"), OUTSIDE)
def test_no_address_gives_a_planted_word_to_who_may_not_see_it(
    secret: str, role: Any, planted: dict[str, int], users: dict[Any, Any], around: dict[str, Neighbourhood]
) -> None:
    assert role not in SEEN_BY[secret]
    client = client_of(users.get(role))
    found: list[str] = []
    for address in addresses(around[secret]):
        answer = client.get(address)
        assert answer.status_code < 500, address
        if word(secret) in answer.getvalue().decode(errors="replace"):
            found.append(address)
    assert found == []


@pytest.mark.parametrize(("secret", "role"), [OUTSIDE[1]])
def test_every_address_of_a_hidden_record_is_as_if_it_were_not_there(
    secret: str, role: Any, planted: dict[str, int], users: dict[Any, Any], around: dict[str, Neighbourhood]
) -> None:
    """Each address that takes only a number, with the number of each hidden record: no word of it, and no 500."""
    client = client_of(users.get(role))
    for name, arguments in patterns():
        if set(arguments) != {"pk"} or name.startswith(("account_", "demo:", "people:", "connections:")):
            continue
        for record in _records(around[secret]):
            try:
                address = reverse(name, kwargs={"pk": record.pk})
            except NoReverseMatch:
                continue
            answer = client.get(address)
            assert answer.status_code < 500, address
            assert word(secret) not in answer.getvalue().decode(errors="replace"), address


@pytest.mark.parametrize(("secret", "role"), [each for each in OUTSIDE if each[1] in READERS])
def test_search_finds_nothing_by_a_planted_word(
    secret: str, role: Any, planted: dict[str, int], users: dict[Any, Any]
) -> None:
    results = client_of(users[role]).get(reverse("web:search"), {"q": word(secret)}).context["results"]
    assert (results.total, [count for _label, _words, count in results.kinds if count]) == (0, [])


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_an_error_page_tells_nothing_of_what_went_on(status: int, rf: Any, settings: Any, db: None) -> None:
    settings.DEBUG = False
    settings.ROOT_URLCONF = "tests.attack.failing_urls"
    client = Client(raise_request_exception=False)
    answer = client.get(f"/fail/{status}/")
    text = answer.content.decode()
    assert answer.status_code == (404 if status == 403 else status)
    assert "Zysecretlocal" not in text
    assert "Traceback" not in text
    assert "failing_urls" not in text
