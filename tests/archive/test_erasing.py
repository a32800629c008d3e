"""After an erasure nothing names her: not a table, not the index, not a file, not the log; only that it was done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from hanze.accounts.models import Role
from hanze.archive import erasures
from hanze.archive.erasing import erase_person
from hanze.archive.exporting import export_person
from hanze.archive.models import Erasure
from hanze.archive.restored import reapply
from hanze.audit.log import record
from hanze.audit.models import Event
from hanze.audit.personal import ERASED, Way, declaration, declared_models
from hanze.casework.models import Receipt, Request, RequestDocument, RequestParticipant
from hanze.evaluation.frozen import is_intact
from hanze.evaluation.models import Snapshot
from hanze.missions.models import Activity, Participation
from hanze.policy.receipts import receipt_hash
from hanze.register.models import Person, Post
from hanze.register.operations import add_post, change_person, change_post, create_person
from hanze.watchlists.models import Subject
from tests import factories
from tests.attack.making import Maker

pytestmark = pytest.mark.django_db

NAME, OWN_SCRIPT, NICK = "Quixanne Vlerkemond", "魁桑娜", "Qx Vlérk"
CANARIES = ("quixanne", "vlerkemond", OWN_SCRIPT, "vlérk")
# How SQLite keeps letters beyond ASCII in JSON.
ESCAPED = re.compile(r"\\u([0-9a-f]{4})")
WHY = "At her own request"


@pytest.fixture(autouse=True)
def list_of_erasures(settings: Any, tmp_path: Path) -> None:
    settings.ERASURES_FILE = tmp_path / "erasures.jsonl"


@pytest.fixture
def coordinator(people: dict[Role, Any]) -> Any:
    return people[Role.COORDINATOR]


def her(**fields: Any) -> Person:
    return factories.person(
        **{
            "name": NAME,
            "native_name": OWN_SCRIPT,
            "email": "quixanne.vlerkemond@there.example",
            "phone": "+99 555 0123",
        }
        | fields
    )


def everywhere(person: Person) -> None:
    """A row of every model with her name in every field that may hold one."""

    def word(field: Any) -> str:
        declared = declaration(field.model)
        way = declared.fields.get(field.name) if declared else None
        if way in (None, Way.KEPT, Way.NOT_PERSONAL, Way.REBUILT):
            return f"x{field.model._meta.model_name}"[: field.max_length or 60]
        return NAME if (field.max_length or 99) < 60 else f"{NAME}, {OWN_SCRIPT} of {NICK}"

    maker = Maker(word, {Person: person})
    for model, _declared in declared_models():
        if model._meta.app_label not in {"contenttypes", "auth"} and model._meta.label != "audit.Shredding":
            maker.one(model)
    record("person.changed", by=maker.one(Event._meta.get_field("actor").related_model), subject=person, was=NAME)
    Subject.objects.create(name_text=NAME)
    session = SessionStore()
    session["waiting"] = f"{NAME} has been added."
    session.save()


def dump() -> Iterator[tuple[str, str]]:
    """Every table as one text, with what JSON and sessions hold readable."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            text = "\n".join(str(value) for row in cursor.fetchall() for value in row)
            yield table, ESCAPED.sub(lambda hit: chr(int(hit[1], 16)), text)


def kept_files(folder: str = "") -> Iterator[tuple[str, str]]:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        path = f"{folder}/{name}".lstrip("/")
        yield path, path + default_storage.open(path).read().decode("utf-8", "replace")
    for below in folders:
        yield from kept_files(f"{folder}/{below}".lstrip("/"))


def traces() -> list[str]:
    found = [(where, text.lower()) for where, text in (*dump(), *kept_files())]
    return sorted({f"{where}: {word}" for where, text in found for word in CANARIES if word in text})


def test_after_copy_and_erasure_no_table_and_no_file_holds_her_name(
    coordinator: Any, django_capture_on_commit_callbacks: Any
) -> None:
    person = her()
    everywhere(person)
    tables = {trace.partition(":")[0] for trace in traces()}
    unreached = [
        model._meta.db_table
        for model, declared in declared_models()
        if {Way.SEARCHED, Way.BLANKED, Way.REPLACED} & set(declared.fields.values())
        and model._meta.db_table not in tables
        and model is not Erasure
    ]
    assert unreached == [], "the test put her name in no row of these"
    assert f"audit_event: {OWN_SCRIPT}" in traces(), "letters in JSON are read as letters"
    export_person(person, by=coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(person, by=coordinator, reason=WHY, also=[NICK])
    assert traces() == []
    done = Erasure.objects.get(by=coordinator)
    assert (done.reason, done.left) == (WHY, 0)
    assert done.places > 50
    assert Event.objects.filter(name="person.erased", subject_id=str(person.pk), subject_label=ERASED).exists()


def test_what_she_was_called_and_did_before_goes_with_her(coordinator: Any) -> None:
    person, office = create_person(by=None, name="Anna Ouderwets"), factories.organisation()
    held = add_post(by=None, person=person, organisation=office, title="Havenmeesteres")
    change_person(person, by=None, name=NAME)
    change_post(held, by=None, title="Directrice")
    before = " ".join(text for _table, text in dump())
    assert "Anna Ouderwets" in before
    assert "Havenmeesteres" in before
    erase_person(person, by=coordinator, reason="She asked for it")
    after = " ".join(text for _table, text in dump())
    for word in ("Ouderwets", "Havenmeesteres", "Directrice"):
        assert word not in after, word


def test_who_took_part_stays_as_a_nameless_place(coordinator: Any) -> None:
    person = her()
    Participation.objects.create(activity=factories.activity(), person=person, note="Speaks well")
    Post.objects.create(person=person, organisation=factories.organisation(), title="Mayor")
    erase_person(person, by=coordinator, reason=WHY)
    kept = Participation.objects.get()
    assert (kept.person.name, kept.note) == (ERASED, "")
    assert not Post.objects.exists()


def test_other_peoples_words_stay_as_they_were(coordinator: Any) -> None:
    other = factories.person(name="Quixanne Somebody", notes="A colleague")
    untouched = factories.request(description="Vlerkemonds are birds; quixannevlerkemond is none")
    talked = factories.contact_moment(subject="Talk", agreed=f"Agreed with quixanne  VLERKEMOND: go on. {NAME}'s idea")
    erase_person(her(), by=coordinator, reason=WHY)
    for each in (other, untouched, talked):
        each.refresh_from_db()
    assert (other.name, other.notes) == ("Quixanne Somebody", "A colleague")
    assert untouched.description == "Vlerkemonds are birds; quixannevlerkemond is none"
    assert talked.agreed == f"Agreed with {ERASED}: go on. {ERASED}'s idea"


def test_a_person_can_decide_that_a_text_stays(coordinator: Any) -> None:
    agreement = factories.agreement(subject=f"Signed by {NAME}")
    erase_person(her(), by=coordinator, reason=WHY, leave=[f"register.agreement:{agreement.pk}:subject"])
    agreement.refresh_from_db()
    assert agreement.subject == f"Signed by {NAME}"
    assert Erasure.objects.get().left == 1


def test_a_frozen_evaluation_and_an_advice_keep_a_true_fingerprint(coordinator: Any) -> None:
    person = her()
    everywhere(person)
    erase_person(person, by=coordinator, reason=WHY)
    assert [is_intact(each) for each in Snapshot.objects.all()] == [True]
    assert [each.content_hash for each in Receipt.objects.all()] == [
        receipt_hash(each.content) for each in Receipt.objects.all()
    ]
    assert Receipt.objects.exists()


def test_a_file_with_her_name_in_it_makes_room_for_a_note(
    coordinator: Any, django_capture_on_commit_callbacks: Any
) -> None:
    file = ContentFile(f"Dear {NAME},".encode(), name="letter.txt")
    document = RequestDocument.objects.create(request=factories.request(), title="Letter", file=file)
    old = document.file.name
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(her(), by=coordinator, reason=WHY)
    document.refresh_from_db()
    assert not default_storage.exists(old)
    assert NAME not in document.file.read().decode()
    assert (document.title, document.content_type) == ("Letter", "text/plain")


def test_a_file_named_after_her_gets_another_name(coordinator: Any, django_capture_on_commit_callbacks: Any) -> None:
    file = ContentFile(b"%PDF-1.7", name="cv_quixanne-vlerkemond.pdf")
    document = RequestDocument.objects.create(request=factories.request(), title="CV", file=file)
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(her(), by=coordinator, reason=WHY)
    document.refresh_from_db()
    assert "quixanne" not in document.filename
    assert document.file.read() == b"%PDF-1.7"


def test_a_term_of_the_archive_forbids_it_and_says_until_when(coordinator: Any, settings: Any) -> None:
    person = her()
    request = factories.request(state=Request.State.CLOSED, closed_on=date.today())
    RequestParticipant.objects.create(request=request, person=person)
    with pytest.raises(ValidationError, match=str(date.today().year + 10)) as refused:
        erase_person(person, by=coordinator, reason=WHY)
    assert request.reference not in str(refused.value), "the case may be hidden from the one who erases"
    settings.ERASURE_WITHIN_TERM = True
    erase_person(person, by=coordinator, reason=WHY)
    assert Erasure.objects.exists()


def test_a_term_that_has_passed_binds_nobody(coordinator: Any) -> None:
    person = her()
    past = factories.activity(state=Activity.State.CLOSED, starts_on=date(2001, 1, 1), ends_on=date(2001, 1, 2))
    Participation.objects.create(activity=past, person=person)
    erase_person(person, by=coordinator, reason=WHY)
    person.refresh_from_db()
    assert person.name == ERASED


@pytest.mark.parametrize("reason", ["", "  ", f"Because {NAME} asked"])
def test_the_reason_is_given_and_names_nobody(reason: str, coordinator: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        erase_person(her(), by=coordinator, reason=reason)
    assert "reason" in refused.value.message_dict


def test_nobody_is_erased_twice(coordinator: Any) -> None:
    person = her()
    erase_person(person, by=coordinator, reason=WHY)
    with pytest.raises(ValidationError):
        erase_person(person, by=coordinator, reason=WHY)


def test_only_a_coordinator_erases(people: dict[Role, Any]) -> None:
    for role in set(Role) - {Role.COORDINATOR}:
        with pytest.raises(PermissionDenied):
            erase_person(her(), by=people[role], reason=WHY)


def test_an_older_backup_brings_nobody_back(coordinator: Any, django_capture_on_commit_callbacks: Any) -> None:
    person, other = her(), factories.person(name="Somebody Else")
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(person, by=coordinator, reason=WHY)
    assert NAME.lower() not in erasures.path().read_text().lower()
    Person.objects.filter(pk=person.pk).update(name=NAME, notes="As it was in the backup")
    Erasure.objects.all().delete()
    assert reapply() == 1
    person.refresh_from_db()
    assert (person.name, person.notes, Erasure.objects.get().again) == (ERASED, "", True)
    Person.objects.filter(pk=person.pk).update(name="A new person with the number of another backup")
    assert reapply() == 0
    other.refresh_from_db()
    assert other.name == "Somebody Else"


def test_a_line_of_the_list_that_was_cut_off_does_no_harm(
    coordinator: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(her(), by=coordinator, reason=WHY)
    with erasures.path().open("a") as file:
        file.write('{"person": 1, "sa')
    assert len(list(erasures.kept())) == 1
