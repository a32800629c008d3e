"""The log: rows are added, never changed or removed."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from hanze.audit.log import changes, record
from hanze.audit.models import AppendOnlyError, Event, Shredding
from hanze.audit.registry import UnknownEventError, sentence
from hanze.audit.shredding import shred
from tests import factories

pytestmark = pytest.mark.django_db


def event() -> Event:
    return record("record.read", by=factories.user(name="Ada"), subject=factories.organisation(name="Kas"))


def test_an_event_keeps_who_what_and_when() -> None:
    kept = event()
    assert (kept.actor_name, kept.subject_label, kept.subject_type) == ("Ada", "Kas", "register.organisation")
    assert sentence(kept) == "Ada heeft Kas gelezen"


def test_an_event_keeps_the_name_that_the_actor_had_then() -> None:
    kept = event()
    kept.actor.name = "Somebody Else"
    kept.actor.save()
    assert Event.objects.get(pk=kept.pk).actor_name == "Ada"


def test_an_event_that_no_app_registered_is_refused() -> None:
    with pytest.raises(UnknownEventError):
        record("record.vanished", by=None, subject=factories.organisation())


@pytest.mark.parametrize("attempt", ["save", "delete"])
def test_an_event_cannot_be_changed_or_removed_through_the_model(attempt: str) -> None:
    with pytest.raises(AppendOnlyError):
        getattr(event(), attempt)()


@pytest.mark.parametrize("attempt", [lambda rows: rows.update(reason="x"), lambda rows: rows.delete()])
def test_events_cannot_be_changed_or_removed_in_bulk(attempt) -> None:
    event()
    with pytest.raises(AppendOnlyError):
        attempt(Event.objects.all())


@pytest.mark.parametrize("statement", ["UPDATE audit_event SET reason = 'x'", "DELETE FROM audit_event"])
def test_the_database_itself_refuses_to_change_or_remove_an_event(statement: str) -> None:
    event()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Event.objects.count() == 1


def test_changes_lists_only_fields_that_differ() -> None:
    assert changes({"a": 1, "b": 2}, {"a": 1, "b": 3}) == {"b": [2, 3]}


def test_personal_data_leaves_an_event_only_with_a_row_that_says_so() -> None:
    kept = event()
    shred(kept, cause="erasure 1", subject_label="[erased]", data={})
    again = Event.objects.get(pk=kept.pk)
    assert (again.subject_label, again.name, again.at) == ("[erased]", kept.name, kept.at)
    assert [(each.cause, each.pk) for each in again.shreddings.all()] == [("erasure 1", again.shredded)]


@pytest.mark.parametrize("column", ["name", "subject_id", "case_type"])
def test_shredding_takes_no_more_than_the_words(column: str) -> None:
    kept = event()
    mark = Shredding.objects.create(event=kept, cause="erasure 1")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE audit_event SET shredded = %s, {column} = 'x' WHERE id = %s", [mark.pk, kept.pk])
    with pytest.raises(ValueError, match="stay as they are"):
        shred(kept, cause="erasure 1", name="record.vanished")


def test_one_row_allows_one_change() -> None:
    kept = event()
    shred(kept, cause="erasure 1", reason="")
    mark = Event.objects.get(pk=kept.pk).shredded
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET shredded = %s, reason = 'x' WHERE id = %s", [mark, kept.pk])


def test_the_row_of_another_event_allows_nothing() -> None:
    kept, other = event(), event()
    mark = Shredding.objects.create(event=other, cause="erasure 1")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET shredded = %s, reason = 'x' WHERE id = %s", [mark.pk, kept.pk])


@pytest.mark.parametrize("statement", ["UPDATE audit_shredding SET cause = 'x'", "DELETE FROM audit_shredding"])
def test_that_something_was_shredded_cannot_be_hidden(statement: str) -> None:
    shred(event(), cause="erasure 1", reason="")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
