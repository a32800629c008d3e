"""When two parties prove to be one, what was found and decided goes along, and comes back on undo."""

import json

import pytest

from hanze.casework import operations as casework
from hanze.watchlists import operations as ops
from hanze.watchlists import queries
from hanze.watchlists.models import Finding, Look, Run, Subject, Verdict
from tests import factories
from tests.watchlists import making

pytestmark = pytest.mark.django_db
Answer, State = Verdict.Answer, Finding.State
NAME = "Malachite Trading Company"


@pytest.fixture
def example():
    made = making.watchlist()
    making.in_force(made, making.MALACHITE, making.ORLOVSKY)
    return made


def party(name=NAME):
    made = factories.organisation(name=name)
    casework.add_participant(factories.request(), by=None, organisation=made)
    return made


def decided(organisation, by, answer=Answer.NOT_THE_SAME):
    finding = Finding.objects.get(subject__organisation=organisation)
    ops.decide(finding, by=by, answer=answer, reason=f"Said of {organisation.pk}")
    return finding


def standing_of(organisation):
    return ops.subject_of(organisation).state


def rows():
    """Everything that a merging touches, as plain values."""
    return {
        "subjects": list(Subject.objects.order_by("pk").values("pk", "state", "merged_into")),
        "findings": list(
            Finding.objects.order_by("pk").values("pk", "subject", "entry", "state", "reopened_because", "carried_from")
        ),
        "verdicts": list(Verdict.objects.order_by("pk").values("pk", "finding", "answer", "reason", "carried_from")),
    }


def test_a_verdict_goes_along_with_the_party_that_is_merged(example, people):
    kept, gone = party("Quiet Harbour Foundation"), party()
    decided(gone, people["coordinator"])
    type(kept).objects.filter(pk=kept.pk).update(name=NAME)

    ops.merge_subjects(kept, gone, by=people["coordinator"])

    onward = Finding.objects.get(subject__organisation=kept)
    assert onward.subject.state == Subject.State.RESOLVED
    assert (onward.state, onward.verdict.reason) == (State.DECIDED, f"Said of {gone.pk}")
    assert onward.verdict.by == people["coordinator"]


def test_a_verdict_about_another_name_is_open_again_with_the_difference(example, people):
    kept, gone = party("Quiet Harbour Foundation"), party()
    decided(gone, people["coordinator"], Answer.SAME)

    ops.merge_subjects(kept, gone, by=None)

    onward = Finding.objects.get(subject__organisation=kept)
    assert onward.state == State.OPEN
    assert onward.reopened_because[0]["before"] == [NAME]
    assert onward.reopened_because[0]["after"] == ["Quiet Harbour Foundation"]
    assert standing_of(kept) == Subject.State.OPEN


def test_the_verdict_on_one_of_two_holds_for_both(example, people):
    kept, gone = party(), party()
    decided(gone, people["coordinator"])

    ops.merge_subjects(kept, gone, by=None)

    assert standing_of(kept) == Subject.State.RESOLVED


def test_verdicts_that_do_not_agree_open_the_question_again(example, people):
    kept, gone = party(), party()
    decided(kept, people["coordinator"], Answer.NOT_THE_SAME)
    decided(gone, people["coordinator"], Answer.SAME)

    ops.merge_subjects(kept, gone, by=None)

    onward = Finding.objects.get(subject__organisation=kept)
    assert onward.state == State.OPEN
    assert onward.reopened_because[0]["field"] == "verdicts"
    assert {each.answer for each in onward.verdicts.all()} == {Answer.SAME, Answer.NOT_THE_SAME}


def test_the_finding_that_went_along_waits_no_longer_and_its_party_is_screened_no_more(example, people):
    kept, gone = party(), party()

    ops.merge_subjects(kept, gone, by=None)

    assert [each.subject.organisation for each in queries.to_decide(people["coordinator"])] == [kept]
    before = Look.objects.filter(subject__organisation=gone).count()
    ops.screen([Subject.objects.get(organisation=gone)], by=None, why=Run.Why.ASKED)
    assert Look.objects.filter(subject__organisation=gone).count() == before
    assert ops.subject_of(gone) == ops.subject_of(kept)


@pytest.mark.parametrize("on_kept", [None, *Answer])
@pytest.mark.parametrize("on_gone", [None, *Answer])
@pytest.mark.parametrize("kept_name", [NAME, "Quiet Harbour Foundation"])
def test_undo_puts_everything_back(example, people, kept_name, on_kept, on_gone):
    kept, gone = party(kept_name), party()
    if on_kept and kept_name == NAME:
        decided(kept, people["coordinator"], on_kept)
    if on_gone:
        decided(gone, people["coordinator"], on_gone)
    before = rows()

    carried = json.loads(json.dumps(ops.merge_subjects(kept, gone, by=None)))
    assert rows() != before
    ops.part_subjects(carried, by=None)

    assert rows() == before


def test_a_verdict_that_was_given_after_the_merging_stays_after_undo(example, people):
    kept, gone = party(), party()
    carried = ops.merge_subjects(kept, gone, by=None)
    ops.decide(Finding.objects.get(subject__organisation=kept), by=None, answer=Answer.SAME, reason="Since then")

    ops.part_subjects(carried, by=None)

    assert standing_of(kept) == Subject.State.CONFIRMED
    assert standing_of(gone) == Subject.State.OPEN


def test_a_merged_party_that_is_merged_again_takes_everything_along(example, people):
    first, second, third = party(), party(), party()
    decided(first, people["coordinator"])

    one = ops.merge_subjects(second, first, by=None)
    two = ops.merge_subjects(third, second, by=None)

    assert standing_of(third) == Subject.State.RESOLVED
    assert ops.subject_of(first) == ops.subject_of(third)
    ops.part_subjects(two, by=None)
    ops.part_subjects(one, by=None)
    assert [standing_of(each) for each in (first, second, third)] == [
        Subject.State.RESOLVED,
        Subject.State.OPEN,
        Subject.State.OPEN,
    ]


def test_a_party_that_was_never_screened_carries_nothing(example):
    assert ops.merge_subjects(party(), factories.organisation(name="New"), by=None) == {}
    ops.part_subjects({}, by=None)


def test_who_takes_in_a_screened_party_is_screened_too(example):
    kept = factories.organisation(name="Malachite Trading Co.")

    ops.merge_subjects(kept, party(), by=None)

    assert standing_of(kept) == Subject.State.OPEN
    assert ops.subject_of(kept).screened_at
