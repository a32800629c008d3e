"""What was counted before is not counted again, until anybody writes anything."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from hanze.accounts.asking import AskedOnce
from hanze.accounts.classification import Classification
from hanze.accounts.listing import KeysFirstPaginator, count_up_to_ceiling
from hanze.accounts.models import Role, User
from hanze.accounts.remembering import key_of, remembered
from hanze.goals.models import Theme
from hanze.register.models import Organisation
from hanze.register.narrowing import countries_of
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def elsewhere(write: Callable[[], Any]) -> None:
    """Somebody else's connection."""

    def run() -> None:
        try:
            write()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


def total() -> int:
    return KeysFirstPaginator(Organisation.objects.order_by("name"), 2).count


def test_a_total_is_asked_once_while_nothing_is_written() -> None:
    factories.organisation()
    assert total() == 1
    with CaptureQueriesContext(connection) as seen:
        assert total() == 1
    assert [each["sql"] for each in seen if "COUNT" in each["sql"]] == []


@pytest.mark.parametrize("by", ["this connection", "another"])
def test_a_record_that_anybody_adds_or_removes_is_counted(by: str) -> None:
    there = (lambda write: write()) if by == "this connection" else elsewhere
    assert total() == 0
    there(lambda: Organisation.objects.bulk_create([Organisation(name="One", kind="business")]))  # leaves no event
    assert total() == 1
    there(lambda: Organisation.objects.all().delete())
    assert total() == 0


def test_what_is_taken_back_was_never_counted() -> None:
    assert total() == 0
    with transaction.atomic():
        factories.organisation()
        assert total() == 1
        transaction.set_rollback(True)
    assert total() == 0


def test_a_change_of_class_takes_a_record_out_of_the_total_of_who_may_not_see_it() -> None:
    reader = factories.user(Role.POLICY_OFFICER)
    record = factories.organisation()
    assert count_up_to_ceiling(Organisation.objects.visible_to(reader)) == 1
    Organisation.objects.filter(pk=record.pk).update(classification=Classification.RESTRICTED)
    assert count_up_to_ceiling(Organisation.objects.visible_to(reader)) == 0


def test_readers_with_other_rights_have_other_totals() -> None:
    factories.organisation(classification=Classification.CONFIDENTIAL)
    readers = [factories.user(Role.COORDINATOR), factories.user(Role.POLICY_OFFICER), factories.user(Role.REQUESTER)]
    totals = [count_up_to_ceiling(Organisation.objects.visible_to(each)) for each in readers]
    assert totals == [1, 0, 0]


def test_a_role_that_was_taken_away_no_longer_counts() -> None:
    user = factories.user(Role.COORDINATOR)
    assert User.objects.get(pk=user.pk).roles == {Role.COORDINATOR}
    elsewhere(lambda: user.roles_held.all().delete())
    assert User.objects.get(pk=user.pk).roles == frozenset()


def test_a_key_holds_the_question_and_its_values() -> None:
    one, other = (Theme.objects.filter(code=code) for code in ("water", "energy"))
    assert key_of(one) == key_of(Theme.objects.filter(code="water").order_by("name_nl"))
    assert key_of(one) != key_of(other)


def test_an_answer_is_asked_for_again_after_a_write_of_any_kind() -> None:
    asked: list[int] = []
    for _ in range(3):
        remembered("key", lambda: asked.append(1))
    assert len(asked) == 1
    factories.organisation()
    remembered("key", lambda: asked.append(1))
    assert len(asked) == 2


def test_the_next_page_knows_what_was_written_while_this_one_was_read() -> None:
    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"{total()}")

    def written_meanwhile(request: HttpRequest) -> HttpResponse:
        remembered("key", lambda: 0)  # the database has been asked whether anything was written
        elsewhere(factories.organisation)
        return page(request)

    get = RequestFactory().get("/")
    assert AskedOnce(page)(get).content == b"0"
    assert AskedOnce(written_meanwhile)(get).content in {b"0", b"1"}
    assert AskedOnce(page)(get).content == b"1"


def test_a_page_asks_postgresql_once_whether_anything_was_written() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is asked without a query")

    def page(request: HttpRequest) -> HttpResponse:
        for number in range(5):
            remembered(number, lambda: 0)
        return HttpResponse()

    with CaptureQueriesContext(connection) as seen:
        AskedOnce(page)(RequestFactory().get("/"))
    assert len([each for each in seen if "snapshot" in each["sql"]]) == 1


def test_the_choices_of_a_filter_are_those_of_the_records_of_now_in_the_language_in_use() -> None:
    factories.organisation(country=factories.country("CN"))
    rows = Organisation.objects.all()
    assert countries_of(rows) == (("CN", "China"),)
    factories.organisation(country=factories.country("FR"))
    assert countries_of(rows) == (("CN", "China"), ("FR", "Frankrijk"))
    with translation.override("en"):
        assert countries_of(rows) == (("CN", "China"), ("FR", "France"))
