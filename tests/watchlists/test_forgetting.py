"""What the screening forgets: an erased person's names at once, looks that found nothing after their term."""

from datetime import timedelta

import pytest
from django.core import serializers
from django.utils import timezone

from hanze.audit.models import Event
from hanze.casework import operations as casework
from hanze.watchlists import operations as ops
from hanze.watchlists.models import Finding, Look, Run, Subject, Verdict
from tests import factories
from tests.watchlists import making

pytestmark = pytest.mark.django_db

NAME = "Viktor Sergeyevich Orlovskiy"
NATIVE = "Виктор Сергеевич Орловский"


@pytest.fixture(autouse=True)
def example():
    made = making.watchlist()
    making.in_force(made, making.MALACHITE, making.ORLOVSKY)
    return made


def dump():
    """The rows of the screening as text, without what the publisher lists."""
    kept = [*Subject.objects.all(), *Finding.objects.all(), *Verdict.objects.defer("entry"), *Look.objects.all()]
    for each in kept:
        if isinstance(each, Verdict):
            each.entry = {}
    return serializers.serialize("json", kept, ensure_ascii=False)


@pytest.fixture
def person():
    made = factories.person(name=NAME, native_name=NATIVE)
    casework.add_participant(factories.request(), by=None, person=made)
    casework.add_participant(factories.request(), by=None, name_text=NAME)
    for finding in Finding.objects.all():
        ops.decide(finding, by=None, answer="same", reason=f"{NAME} has the same passport")
    made.name = "Victor Orlovskiy"
    made.save()
    made.name = NAME
    return made


def test_an_erased_person_leaves_no_name(person, client_for):
    assert Finding.objects.filter(subject__person=person).get().reopened_because
    assert "Orlovsk" in dump()

    ops.forget(person, by=None)

    assert not [word for word in ("Orlovsk", "Орловск", "passport") if word in dump()]


def test_that_something_was_found_and_decided_stays(person, people):
    before = [(each.entry_id, each.verdicts.count(), each.state) for each in Finding.objects.order_by("pk")]

    ops.forget(person, by=people["coordinator"])

    assert [(each.entry_id, each.verdicts.count(), each.state) for each in Finding.objects.order_by("pk")] == before


def test_who_was_erased_is_screened_no_more(person):
    ops.forget(person, by=None)
    person.name, person.native_name = "[erased]", ""
    person.save()

    ops.screen(Subject.objects.all(), by=None, why=Run.Why.ASKED)

    assert not Look.objects.exists()


def test_the_page_of_a_finding_about_an_erased_person_still_opens(person, client_for):
    ops.forget(person, by=None)
    client = client_for("coordinator")
    for finding in Finding.objects.all():
        assert client.get(finding.get_absolute_url()).status_code == 200
    assert client.get("/findings/?state=all").status_code == 200


def old_look(party, days):
    """A look at a party so long ago, with a run of its own."""
    run = ops.screen([ops.subject_of(party)], by=None, why=Run.Why.ASKED)
    Run.objects.filter(pk=run.pk).update(started_at=timezone.now() - timedelta(days=days))
    return run


def test_a_look_that_found_nothing_is_removed_after_its_term(settings):
    quiet = factories.organisation(name="Quiet Harbour Foundation")
    past, within, last = old_look(quiet, 366), old_look(quiet, 364), old_look(quiet, 0)

    assert ops.remove_old_looks(by=None) == 1

    assert list(Run.objects.order_by("pk")) == [within, last]
    assert not Look.objects.filter(run=past.pk).exists()
    assert Event.objects.filter(name="screening.removed").count() == 1


def test_the_last_look_of_a_party_stays_however_old():
    run = old_look(factories.organisation(name="Quiet Harbour Foundation"), 5000)
    assert ops.remove_old_looks(by=None) == 0
    assert list(Run.objects.all()) == [run]


def test_what_was_seen_of_a_party_with_a_finding_stays():
    malachite = factories.organisation(name="Malachite Trading Company")
    runs = [old_look(malachite, 5000), old_look(malachite, 4000)]
    assert ops.remove_old_looks(by=None) == 0
    assert Run.objects.count() == len(runs)


def test_the_term_is_a_setting(settings):
    settings.SCREENING_KEEP_DAYS = 10
    quiet = factories.organisation(name="Quiet Harbour Foundation")
    old_look(quiet, 11), old_look(quiet, 0)
    assert ops.remove_old_looks(by=None) == 1
