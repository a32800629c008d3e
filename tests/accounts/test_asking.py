"""Whether a reader sees a record: asked once while a page is read, and anew whenever something may have changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from hanze.accounts.asking import AskedOnce, sees_record
from hanze.accounts.models import Role, User
from tests import factories

pytestmark = pytest.mark.django_db


def during(method: str, page: Callable[[], Any]) -> Any:
    """What `page` gives while a request with this method is answered."""
    given: list[Any] = []

    def answer(request: HttpRequest) -> HttpResponse:
        given.append(page())
        return HttpResponse()

    AskedOnce(answer)(RequestFactory().generic(method, "/"))
    return given[0]


def asked(page: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as queries:
        page()
    return len(queries)


@pytest.fixture
def coordinator(people: dict[Role, User]) -> User:
    found = User.objects.get(pk=people[Role.COORDINATOR].pk)
    assert found.roles
    return found


@pytest.mark.parametrize(("method", "times"), [("GET", 1), ("HEAD", 1), ("POST", 3), ("PATCH", 3)])
def test_a_page_that_is_read_asks_once_what_a_change_asks_each_time(coordinator: User, method: str, times: int) -> None:
    case = factories.request()
    assert during(method, lambda: asked(lambda: [sees_record(coordinator, case) for _ in range(3)])) == times


def test_outside_a_request_nothing_is_remembered(coordinator: User) -> None:
    case = factories.request()
    during("GET", lambda: sees_record(coordinator, case))
    assert asked(lambda: [sees_record(coordinator, case) for _ in range(2)]) == 2


def test_the_next_page_knows_that_a_record_was_hidden_since(coordinator: User) -> None:
    case = factories.request()
    assert during("GET", lambda: sees_record(coordinator, case))
    type(case).objects.filter(pk=case.pk).update(classification="restricted")
    assert not during("GET", lambda: sees_record(coordinator, case))


def test_what_one_reader_sees_is_not_remembered_of_another_nor_under_a_lower_ceiling(
    coordinator: User, people: dict[Role, User]
) -> None:
    case = factories.request(classification="confidential")
    officer = people[Role.POLICY_OFFICER]

    def page() -> tuple[bool, ...]:
        own = sees_record(coordinator, case)
        coordinator.ceiling = "internal"
        return own, sees_record(coordinator, case), sees_record(officer, case)

    assert during("GET", page) == (True, False, False)


def test_an_answer_about_one_record_says_nothing_of_another(coordinator: User) -> None:
    seen, hidden = factories.request(), factories.request(classification="restricted")
    assert during("GET", lambda: [sees_record(coordinator, each) for each in (seen, hidden, seen)]) == [
        True,
        False,
        True,
    ]


def test_who_is_on_the_case_sees_what_is_restricted_to_it(people: dict[Role, User]) -> None:
    officer, other = people[Role.POLICY_OFFICER], people[Role.COMMUNICATIONS]
    case = factories.request(classification="restricted")
    case.team.add(officer)
    mine = type(case).objects.visible_to(officer)
    assert list(mine) == [case]
    assert not type(case).objects.visible_to(other).exists()
    assert not type(case).objects.exclude(pk__in=mine.values("pk")).exists()
    assert list(type(case).objects.filter(pk__in=mine.filter(pk=case.pk).values("pk"))) == [case]
