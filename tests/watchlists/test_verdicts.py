"""A verdict is remembered while both sides stay as they are."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from hanze.casework import operations as casework
from hanze.watchlists import operations as ops
from hanze.watchlists.models import Finding, Run, Subject, Verdict
from tests import factories
from tests.watchlists import making

pytestmark = pytest.mark.django_db
Answer, State = Verdict.Answer, Finding.State


@pytest.fixture
def example():
    made = making.watchlist()
    making.in_force(made, making.MALACHITE, making.ORLOVSKY)
    return made


@pytest.fixture
def finding(example):
    party = factories.organisation(name="Malachite Trading Company", country=factories.country())
    casework.add_participant(factories.request(), by=None, organisation=party)
    return Finding.objects.get()


def screen_again(finding):
    ops.screen([finding.subject], by=None, why=Run.Why.ASKED)
    finding.refresh_from_db()
    return finding


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (Answer.SAME, Subject.State.CONFIRMED),
        (Answer.NOT_THE_SAME, Subject.State.RESOLVED),
        (Answer.CANNOT_TELL, Subject.State.OPEN),
    ],
)
def test_a_verdict_decides_where_the_party_stands(finding, people, answer, state):
    ops.decide(finding, by=people["coordinator"], answer=answer, reason="Compared the registers")

    finding.subject.refresh_from_db()
    assert finding.subject.state == state


def test_a_verdict_needs_a_reason(finding, people):
    with pytest.raises(ValidationError) as error:
        ops.decide(finding, by=people["coordinator"], answer=Answer.NOT_THE_SAME, reason="  ")
    assert "reason" in error.value.message_dict


@pytest.mark.parametrize("role", ["executive", "communications", "council", "auditor", "administrator", "requester"])
def test_only_officers_decide(finding, people, role):
    with pytest.raises(PermissionDenied):
        ops.decide(finding, by=people[role], answer=Answer.SAME, reason="Because")


def test_a_verdict_holds_when_nothing_changed(finding, people):
    ops.decide(finding, by=people["coordinator"], answer=Answer.NOT_THE_SAME, reason="Another firm")

    assert screen_again(finding).state == State.DECIDED


def test_a_change_of_the_party_reopens_it_with_the_difference(finding, people):
    ops.decide(finding, by=people["coordinator"], answer=Answer.NOT_THE_SAME, reason="Another firm")

    party = finding.subject.organisation
    party.native_name = "孔雀石贸易有限公司"
    party.save()

    finding.refresh_from_db()
    assert finding.state == State.OPEN
    assert any("孔雀石贸易有限公司" in str(each) for each in finding.reopened_because)


def test_a_change_of_the_entry_reopens_it(example, finding, people):
    ops.decide(finding, by=people["coordinator"], answer=Answer.NOT_THE_SAME, reason="Another firm")
    making.in_force(example, making.MALACHITE.replace("CN", "HK"), making.ORLOVSKY)

    assert screen_again(finding).state == State.OPEN


def test_a_finding_does_not_disappear_when_its_entry_leaves_the_list(example, finding):
    making.in_force(example, making.ORLOVSKY)

    again = screen_again(finding)
    assert again.state == State.OPEN
    assert again.entry.removed_by is not None
    assert again.subject.state == Subject.State.OPEN


def test_where_the_list_asks_for_it_a_second_person_confirms(example, finding, people):
    ops.change_list(example, by=None, second_person=True)
    first, other = people["coordinator"], people["policy-officer"]
    finding.team.add(other)

    ops.decide(finding, by=first, answer=Answer.NOT_THE_SAME, reason="Another firm")
    finding.refresh_from_db()
    assert finding.state == State.SECOND
    with pytest.raises(ValidationError):
        ops.second(finding, by=first, agrees=True)

    ops.second(finding, by=other, agrees=True)
    finding.subject.refresh_from_db()
    assert finding.subject.state == Subject.State.RESOLVED


def test_who_gave_a_verdict_takes_it_back_while_it_waits_for_a_second_person(example, finding, people):
    ops.change_list(example, by=None, second_person=True)
    first, other = people["coordinator"], people["policy-officer"]
    finding.team.add(other)
    ops.decide(finding, by=first, answer=Answer.SAME, reason="Another firm")
    with pytest.raises(ValidationError):
        ops.reopen(finding, by=other)

    ops.reopen(finding, by=first)

    finding.refresh_from_db()
    assert finding.state == State.OPEN
    assert finding.verdicts.count() == 1


def test_a_second_person_who_disagrees_says_why_and_it_is_open_again(example, finding, people):
    ops.change_list(example, by=None, second_person=True)
    other = people["policy-officer"]
    finding.team.add(other)
    ops.decide(finding, by=people["coordinator"], answer=Answer.NOT_THE_SAME, reason="Another firm")

    with pytest.raises(ValidationError):
        ops.second(finding, by=other, agrees=False)
    ops.second(finding, by=other, agrees=False, reason="The address is the same")

    finding.refresh_from_db()
    assert finding.state == State.OPEN
    assert finding.verdict.second_reason == "The address is the same"


def test_an_advised_request_goes_back_into_assessment_when_a_verdict_changes_where_a_party_stands(finding, people):
    from hanze.casework.models import Request

    request = Request.objects.get()
    Request.objects.update(state=Request.State.ADVISED)

    ops.decide(finding, by=people["coordinator"], answer=Answer.SAME, reason="The same register number")

    request.refresh_from_db()
    assert request.state == Request.State.IN_ASSESSMENT
