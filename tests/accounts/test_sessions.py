"""Sessions end by themselves, are seen by their owner only, and can be ended by her and by an administrator."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hanze.accounts.models import Role, User
from hanze.accounts.sessions import end_sessions, sessions_of
from hanze.audit.models import Event
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return factories.user(Role.POLICY_OFFICER)


def signed_in(user: User, agent: str = "Firefox") -> Client:
    client = Client(headers={"user-agent": agent})
    client.post(reverse("account_login"), {"login": user.email, "password": "a-long-password-1"})
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("web:today")).status_code == 200


def test_who_does_nothing_for_two_hours_signs_in_again(officer: User) -> None:
    client, now = signed_in(officer), timezone.now()
    for hours, minutes, stays in [(1, 50, True), (3, 40, True), (5, 50, False)]:
        with time_machine.travel(now + timedelta(hours=hours, minutes=minutes)):
            assert is_in(client) is stays


def test_after_a_working_day_one_signs_in_again_however_busy(officer: User) -> None:
    client, now = signed_in(officer), timezone.now()
    for hour in range(1, 10):
        with time_machine.travel(now + timedelta(hours=hour)):
            assert is_in(client)
    with time_machine.travel(now + timedelta(hours=10, minutes=1)):
        assert not is_in(client)


def test_the_page_lists_ones_own_sessions_and_gives_no_key_away(officer: User) -> None:
    client = signed_in(officer, "Firefox at work")
    other = signed_in(officer, "Phone")
    stranger = signed_in(factories.user(Role.COUNCIL), "Somebody else's")
    page = client.get(reverse("account_sessions")).content.decode()
    assert "Firefox at work" in page
    assert "Phone" in page
    assert "Somebody else" not in page
    assert all(each.session.session_key not in page for each in (client, other, stranger))


def test_one_session_is_ended_and_the_others_stay(officer: User) -> None:
    here, phone, third = (signed_in(officer, name) for name in ("Here", "Phone", "Third"))
    [name] = [each.name for each in sessions_of(officer) if each.agent == "Phone"]
    here.post(reverse("account_session_end", args=[name]))
    assert [is_in(client) for client in (here, phone, third)] == [True, False, True]
    here.post(reverse("account_sessions_end"))
    assert [is_in(client) for client in (here, third)] == [True, False]
    assert Event.objects.filter(name="account.sessions-ended", actor=officer).count() == 2


def test_nobody_ends_the_session_of_another_but_an_administrator(officer: User) -> None:
    client, colleague = signed_in(officer), factories.user(Role.COORDINATOR)
    [name] = [each.name for each in sessions_of(officer)]
    signed_in(colleague).post(reverse("account_session_end", args=[name]))
    with pytest.raises(PermissionDenied):
        end_sessions(officer, by=colleague)
    assert is_in(client)
    administrator = signed_in(factories.user(Role.ADMINISTRATOR))
    administrator.post(reverse("people:account-sessions-end", args=[officer.pk]))
    assert not is_in(client)
