"""A closed record gets its term; what is due one person proposes, another approves, and it leaves a declaration."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from hanze.accounts.models import Role
from hanze.archive import terms
from hanze.archive.disposals import declaration_of
from hanze.archive.models import Archiving, Disposal
from hanze.archive.operations import approve, carry_out, change_term, follow, propose, withdraw
from hanze.archive.retention import follow_everything
from hanze.audit.log import record
from hanze.audit.models import Event
from hanze.casework.models import ContactMoment, Decision, Receipt, Request, RequestDocument, RequestParticipant
from hanze.missions.models import Activity, Measure
from hanze.web.models import SearchEntry
from tests import factories

pytestmark = pytest.mark.django_db
LONG_AGO = date(2001, 3, 1)


@pytest.fixture
def first(people: dict[Role, Any]) -> Any:
    return people[Role.COORDINATOR]


@pytest.fixture
def second(db: None) -> Any:
    return factories.user(Role.COORDINATOR)


def due(**fields: Any) -> Archiving:
    request = factories.request(state=Request.State.CLOSED, closed_on=LONG_AGO, **fields)
    return Archiving.objects.get(record_id=str(request.pk), record_type="casework.request")


def decided(outcome: str) -> Request:
    request = factories.request(state=Request.State.DECIDED)
    receipt = Receipt.objects.create(request=request, framework="x", version=LONG_AGO, content={}, content_hash="")
    by = factories.user(Role.EXECUTIVE)
    Decision.objects.create(request=request, receipt=receipt, outcome=outcome, decided_by=by, decided_on=LONG_AGO)
    return request


def kind_and_day(record: Any) -> tuple[str, date]:
    found = Archiving.objects.get(record_type=record._meta.label_lower, record_id=str(record.pk))
    return found.kind, found.action_on


def test_the_term_follows_from_how_a_record_was_closed() -> None:
    withdrawn = factories.request(state=Request.State.WITHDRAWN, withdrawn_on=LONG_AGO)
    held = factories.activity(state=Activity.State.HELD, starts_on=LONG_AGO, ends_on=LONG_AGO)
    cancelled = factories.activity(state=Activity.State.CANCELLED, starts_on=LONG_AGO, ends_on=LONG_AGO)
    assert kind_and_day(withdrawn) == ("request-withdrawn", date(2002, 3, 1))
    assert kind_and_day(decided("refuse")) == ("request-refused", date(2006, 3, 1))
    assert kind_and_day(decided("take-up")) == ("request-taken-up", date(2011, 3, 1))
    assert kind_and_day(held) == ("activity-held", date(2011, 3, 1))
    assert kind_and_day(cancelled) == ("activity-cancelled", date(2006, 3, 1))


def test_what_is_open_has_no_term_also_when_it_is_opened_again() -> None:
    activity = factories.activity(state=Activity.State.HELD)
    assert Archiving.objects.exists()
    activity.state = Activity.State.PLANNED
    activity.save()
    factories.request()
    assert not Archiving.objects.exists()


def test_records_of_before_there_were_terms_get_theirs() -> None:
    due()
    Archiving.objects.all().delete()
    assert follow_everything() == 1


def test_every_term_is_marked_as_not_yet_verified_and_has_a_source() -> None:
    assert {(term.status, bool(term.source_document)) for term in terms.terms().values()} == {("inferred", True)}


@pytest.mark.parametrize("wrong", ["terms: 3", "terms: [{kind: a}]", "- x", ": ["])
def test_a_file_with_terms_that_cannot_be_read_says_so(wrong: str, settings: Any, tmp_path: Path) -> None:
    settings.TERMS_FILE = tmp_path / "terms.yaml"
    settings.TERMS_FILE.write_text(wrong)
    with pytest.raises(terms.TermsError, match=r"terms\.yaml"):
        terms.terms()


def test_a_person_can_set_another_term_for_a_reason_and_it_stays(first: Any) -> None:
    kept = due()
    with pytest.raises(ValidationError):
        change_term(kept, by=first, nomination="keep", years=20, reason=" ")
    change_term(kept, by=first, nomination="keep", years=20, reason="A first of its kind")
    follow(kept.record)  # type: ignore[arg-type]
    kept.refresh_from_db()
    assert (kept.nomination, kept.years, kept.action_on) == ("keep", 20, date(2021, 3, 1))


def test_only_what_is_due_and_so_nominated_is_proposed(first: Any) -> None:
    later = factories.request(state=Request.State.WITHDRAWN, withdrawn_on=date.today() - timedelta(days=1))
    running = Archiving.objects.get(record_id=str(later.pk))
    for chosen, action in (([], "destroy"), ([running], "destroy"), ([due()], "transfer")):
        with pytest.raises(ValidationError):
            propose(chosen, by=first, action=action)
    kept = due()
    propose([kept], by=first, action="destroy")
    with pytest.raises(ValidationError, match=r"afvoer|disposal"):
        propose([kept], by=first, action="destroy")


def test_another_person_approves_who_sees_every_record(first: Any, second: Any) -> None:
    proposal = propose([due()], by=first, action="destroy")
    with pytest.raises(ValidationError):
        approve(proposal, by=first)
    Request.objects.update(classification="restricted")
    with pytest.raises(PermissionDenied):
        approve(proposal, by=second)
    Request.objects.update(classification="internal")
    approve(proposal, by=second)
    with pytest.raises(ValidationError):
        withdraw(proposal, by=second, reason="Too late")


def test_a_withdrawn_proposal_leaves_the_record_due(first: Any, second: Any) -> None:
    kept = due()
    proposal = propose([kept], by=first, action="destroy")
    withdraw(proposal, by=second, reason="Still in use")
    assert carry_out(proposal).state == Disposal.State.WITHDRAWN
    assert Request.objects.exists()
    propose([kept], by=first, action="destroy")


def test_destroying_leaves_nothing_of_the_case_but_its_number(
    first: Any, second: Any, django_capture_on_commit_callbacks: Any
) -> None:
    request = decided("refuse")
    Request.objects.filter(pk=request.pk).update(title="Canarybird", description="Canarybird")
    request.refresh_from_db()
    request.save()
    request.goals.clear()
    request.team.add(first)
    RequestParticipant.objects.create(request=request, name_text="Canarybird")
    file = ContentFile(b"Canarybird", name="canarybird.txt")
    document = RequestDocument.objects.create(request=request, title="Canarybird", file=file)
    talk = factories.contact_moment(request=request)
    follows = factories.activity(request=request)
    record("request.changed", by=first, subject=request, reason="Canarybird", changes={"title": ["", "Canarybird"]})
    kept = Archiving.objects.get(record_type="casework.request")
    with django_capture_on_commit_callbacks(execute=True):
        approve(propose([kept], by=first, action="destroy"), by=second)
    assert not Request.objects.filter(pk=request.pk).exists()
    assert not default_storage.exists(document.file.name)
    assert not SearchEntry.objects.filter(record_type="casework.request").exists()
    assert ContactMoment.objects.get(pk=talk.pk).request is None
    assert Activity.objects.get(pk=follows.pk).request is None
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert "Canarybird" not in str(cursor.fetchall()), table
    done = Disposal.objects.get()
    said = declaration_of(done)
    assert (done.state, said["approved_by"]) == ("done", str(second))
    assert [(each["number"], each["rows"] > 4) for each in said["records"]] == [(request.reference, True)]


def test_an_activity_goes_with_its_measures_and_their_evidence(
    first: Any, second: Any, django_capture_on_commit_callbacks: Any
) -> None:
    activity = factories.activity(state=Activity.State.CANCELLED, starts_on=LONG_AGO, ends_on=LONG_AGO)
    evidence = activity.documents.create(title="Evidence", file=ContentFile(b"x", name="x.txt"))
    words = {"code": "briefing", "label_nl": "Voorlichting", "label_en": "Briefing", "moment": "before"}
    Measure.objects.create(activity=activity, evidence_document=evidence, **words)
    with django_capture_on_commit_callbacks(execute=True):
        approve(propose(Archiving.objects.all(), by=first, action="destroy"), by=second)
    assert not Activity.objects.exists()
    assert not Measure.objects.exists()


def test_carrying_out_can_be_taken_up_again(first: Any, second: Any) -> None:
    one, other = due(), due()
    proposal = propose([one, other], by=first, action="destroy")
    approve(proposal, by=second)
    Request.objects.filter(pk=one.record_id).exists()
    carry_out(Disposal.objects.get(pk=proposal.pk))
    carry_out(Disposal.objects.get(pk=proposal.pk))
    assert not Request.objects.exists()
    assert Event.objects.filter(name="disposal.done").count() == 1


def test_transferring_keeps_the_record_and_notes_it(
    first: Any, second: Any, django_capture_on_commit_callbacks: Any
) -> None:
    factories.activity(state=Activity.State.HELD, starts_on=LONG_AGO, ends_on=LONG_AGO)
    with django_capture_on_commit_callbacks(execute=True):
        approve(propose(Archiving.objects.all(), by=first, action="transfer"), by=second)
    assert Activity.objects.exists()
    assert Archiving.objects.get().done_on == date.today()


def test_the_page_shows_what_is_due_and_proposes_it(client_for: Any, people: Any) -> None:
    kept, hidden = due(title="Shown here"), due(title="Hidden from her", classification="restricted")
    client = client_for(Role.COORDINATOR)
    page = client.get("/archive/").content.decode()
    assert "Shown here" in page
    assert "Hidden from her" not in page
    client.post("/archive/", {"chosen": [kept.pk, hidden.pk], "action": "destroy"})
    assert [item.archiving for item in Disposal.objects.get().items.all()] == [kept]
