"""Who is screened when, and what is kept of it."""

import pytest

from hanze.audit.models import Event
from hanze.casework import operations as casework
from hanze.watchlists import operations as ops
from hanze.watchlists.models import Finding, Look, Run, Subject
from tests import factories
from tests.watchlists import making

pytestmark = pytest.mark.django_db
State = Subject.State


@pytest.fixture
def example():
    made = making.watchlist()
    making.in_force(made, making.MALACHITE, making.ORLOVSKY)
    return made


def participant(**fields):
    return casework.add_participant(factories.request(), by=None, **fields)


def test_without_a_list_in_force_nobody_is_screened_and_nobody_is_called_clear():
    subject = ops.subject_of(factories.organisation(name="Malachite Trading Company"))

    assert ops.screen([subject], by=None, why=Run.Why.ASKED) is None
    subject.refresh_from_db()
    assert subject.state == State.NOT_SCREENED


def test_a_participant_is_screened_as_soon_as_it_is_added(example):
    added = participant(organisation=factories.organisation(name="Malachite Trading Co.", country=factories.country()))

    subject = Subject.objects.get(organisation=added.organisation)
    assert subject.state == State.OPEN
    assert subject.findings.get().entry.entry_id == "E1"


@pytest.mark.parametrize("name", ["孔雀石贸易有限公司", "孔雀石貿易有限公司", "孔雀石贸易公司"])
def test_a_name_in_another_script_finds_the_same_entry(example, name):
    added = participant(organisation=factories.organisation(name="A buyer", native_name=name))

    assert Finding.objects.get(subject__organisation=added.organisation).entry.entry_id == "E1"


def test_a_name_as_written_is_screened_too(example):
    participant(name_text="Виктор Сергеевич  Орловский")

    subject = Subject.objects.get(name_text="Виктор Сергеевич Орловский")
    assert subject.state == State.OPEN


def test_a_party_that_looks_like_nothing_is_clear_on_the_editions_that_were_in_force(example):
    added = participant(organisation=factories.organisation(name="Westland Tomatoes Cooperative"))

    subject = Subject.objects.get(organisation=added.organisation)
    run = Run.objects.get()
    assert subject.state == State.CLEAR
    assert list(run.editions.all()) == [example.edition]


def test_a_run_keeps_engine_settings_editions_and_every_candidate_that_it_looked_at(example):
    participant(organisation=factories.organisation(name="Malachite Trade"))

    run, look = Run.objects.get(), Look.objects.get()
    assert run.engine_version
    assert run.settings["by_kind"]["organisation"]["hit"] > 0
    assert run.why == Run.Why.PARTICIPANT
    assert run.screened == run.to_screen == 1
    assert run.ended_at
    assert {"list_id": "example", "entry_id": "E1"}.items() <= look.candidates[0].items()
    assert look.party["names"][0]["text"] == "Malachite Trade"


def test_a_list_that_is_not_in_use_finds_nothing(example):
    ops.change_list(example, by=None, active=False)

    added = participant(organisation=factories.organisation(name="Malachite Trading Company"))

    assert not Subject.objects.get(organisation=added.organisation).findings.exists()


def test_a_party_that_gets_another_name_is_screened_anew(example):
    organisation = factories.organisation(name="Quiet Harbour Foundation")
    participant(organisation=organisation)
    assert Subject.objects.get().state == State.CLEAR

    organisation.name = "Malachite Trading Company"
    organisation.save()

    assert Subject.objects.get().state == State.OPEN
    assert Run.objects.first().why == Run.Why.PARTY_CHANGED


def test_a_finding_is_told_in_the_log(example):
    participant(organisation=factories.organisation(name="Malachite Trading Company"))

    assert Event.objects.filter(name="finding.found").count() == 1


def test_a_finding_about_a_restricted_party_is_restricted_too(example):
    hidden = factories.organisation(name="Malachite Trading Company", classification="restricted")
    participant(organisation=hidden)

    assert Finding.objects.get().classification == "restricted"


def test_who_works_on_the_case_sees_the_finding(example, people):
    officer = people["policy-officer"]
    request = factories.request(responsible=officer)

    casework.add_participant(request, by=None, organisation=factories.organisation(name="Malachite Trading Company"))

    assert Finding.objects.visible_to(officer).count() == 1
    assert Finding.objects.visible_to(people["communications"]).count() == 0


def test_who_joins_the_case_later_sees_its_findings_and_no_others(example, people):
    officer = people["policy-officer"]
    request = factories.request()
    for case in (request, factories.request()):
        party = factories.organisation(name=f"Malachite Trading Company {case.pk}")
        casework.add_participant(case, by=None, organisation=party)
    assert not Finding.objects.visible_to(officer).exists()

    request.team.add(officer)

    assert Finding.objects.visible_to(officer).count() == 1


def test_more_parties_ask_no_more_queries(example, django_assert_max_num_queries):
    quiet = [ops.subject_of(factories.organisation(name=f"Quiet Harbour {number}")) for number in range(30)]
    ops.screen(quiet[:1], by=None, why=Run.Why.ASKED)
    with django_assert_max_num_queries(200) as few:
        ops.screen(quiet[:2], by=None, why=Run.Why.ASKED)

    with django_assert_max_num_queries(len(few)):
        ops.screen(quiet, by=None, why=Run.Why.ASKED)


def test_a_party_that_was_erased_or_merged_while_others_were_screened_is_passed_by(example, monkeypatch):
    from hanze.watchlists.operations import screening

    monkeypatch.setattr(screening, "BATCH", 1)
    first, second = (factories.organisation(name=f"Quiet Harbour {number}") for number in (1, 2))
    subjects = [ops.subject_of(first), ops.subject_of(second)]
    Subject.objects.filter(pk=subjects[1].pk).update(merged_into=subjects[0])

    ops.screen(subjects, by=None, why=Run.Why.ASKED)

    assert list(Look.objects.values_list("subject", flat=True)) == [subjects[0].pk]
