"""An edition is read and looked at before it comes into force; a broken one changes nothing."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from hanze.casework import operations as casework
from hanze.watchlists import operations as ops
from hanze.watchlists.models import Edition, Finding, ListedEntry, Run, Subject
from tests import factories
from tests.watchlists import making

pytestmark = pytest.mark.django_db
State = Edition.State


@pytest.fixture
def example():
    return making.watchlist()


def test_a_handed_in_edition_waits_to_be_looked_at(example):
    edition = making.handed_in(example, making.MALACHITE, making.ORLOVSKY)

    assert edition.state == State.PREVIEW
    assert edition.entries == 2
    assert edition.preview["counts"] == {"added": 2, "removed": 0, "changed": 0, "renumbered": 0, "absorbed": 0}
    assert not ListedEntry.objects.exists()


def test_a_malformed_edition_is_refused_with_its_line_and_the_old_one_stays_in_force(example):
    first = making.in_force(example, making.MALACHITE)

    broken = making.handed_in(example, making.MALACHITE, "E2,,organisation,,,,")

    assert broken.state == State.REFUSED
    assert "list.csv" in broken.problem
    assert "line 3" in broken.problem
    first.refresh_from_db()
    assert first.state == State.IN_FORCE
    assert ListedEntry.objects.in_force().count() == 1


def test_a_new_edition_says_what_is_new_changed_and_gone(example):
    making.in_force(example, making.MALACHITE, making.ORLOVSKY)

    preview = making.handed_in(
        example, making.MALACHITE.replace("CN", "HK"), "E9,Copper Lantern BV,organisation,,,,"
    ).preview

    assert [each["id"] for each in preview["added"]] == ["E9"]
    assert [each["id"] for each in preview["removed"]] == ["P1"]
    assert [(each["id"], each["changes"]) for each in preview["changed"]] == [
        ("E1", [{"field": "countries", "before": ["CN"], "after": ["HK"]}])
    ]


def test_a_preview_names_the_known_parties_that_it_touches(example):
    making.in_force(example, making.ORLOVSKY)
    party = factories.organisation(name="Malachite Trading Company")
    casework.add_participant(factories.request(), by=None, organisation=party)

    touched = making.handed_in(example, making.ORLOVSKY, making.MALACHITE).preview["touched"]

    assert [(each["entry"], each["strength"]) for each in touched] == [("E1", "hit")]


def test_a_preview_names_a_party_once_for_an_entry_and_says_that_it_has_a_finding(example):
    making.in_force(example, making.MALACHITE)
    found_and_decided()

    touched = making.handed_in(example, making.MALACHITE.replace("CN", "HK")).preview["touched"]

    assert [(each["entry"], each["strength"], each["found"]) for each in touched] == [("E1", "hit", True)]


def test_bringing_into_force_replaces_the_old_edition(example, people):
    first = making.in_force(example, making.MALACHITE, making.ORLOVSKY)
    second = making.handed_in(example, making.MALACHITE)

    ops.bring_into_force(second, by=people["coordinator"])

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (State.SUPERSEDED, State.IN_FORCE)
    gone = ListedEntry.objects.get(entry_id="P1")
    assert gone.removed_by == second
    assert [each.entry_id for each in ListedEntry.objects.in_force()] == ["E1"]


def test_an_entry_that_comes_back_is_in_force_again(example):
    making.in_force(example, making.MALACHITE, making.ORLOVSKY)
    making.in_force(example, making.MALACHITE)
    making.in_force(example, making.MALACHITE, making.ORLOVSKY)

    assert ListedEntry.objects.in_force().count() == 2


def test_an_entry_keeps_its_findings_under_another_number(example, people):
    making.in_force(example, making.MALACHITE)
    party = factories.organisation(name="Malachite Trading Company")
    casework.add_participant(factories.request(), by=None, organisation=party)
    row = ListedEntry.objects.get()

    making.in_force(example, making.MALACHITE.replace("E1", "E77"))

    row.refresh_from_db()
    assert (row.entry_id, row.removed_by, row.findings.count()) == ("E77", None, 1)


def found_and_decided(name="Malachite Trading Company", answer="not-the-same"):
    """A finding about a participant, with a verdict."""
    party = factories.organisation(name=name)
    casework.add_participant(factories.request(), by=None, organisation=party)
    finding = Finding.objects.get(subject__organisation=party)
    ops.decide(finding, by=None, answer=answer, reason="Says the register")
    return finding


def screened_again(finding):
    ops.screen([finding.subject], by=None, why=Run.Why.LIST_CHANGED)
    return Finding.objects.exclude(state=Finding.State.CARRIED).get(subject=finding.subject)


LANTERN = "E9,Copper Lantern BV,organisation,,,,"
BOTH = "E9,Copper Lantern BV,organisation,CN,,孔雀石贸易有限公司;Malachite Trading Company,"


def test_an_entry_under_another_number_keeps_its_verdict(example):
    making.in_force(example, making.MALACHITE)
    finding = found_and_decided()

    making.in_force(example, making.MALACHITE.replace("E1", "E77"))

    again = screened_again(finding)
    assert (again, again.state) == (finding, Finding.State.DECIDED)


def test_a_number_that_left_the_list_earlier_is_given_to_an_entry_that_keeps_its_verdict(example):
    making.in_force(example, making.MALACHITE, making.ORLOVSKY)
    finding = found_and_decided()
    making.in_force(example, making.MALACHITE)
    making.in_force(example, making.MALACHITE.replace("E1", "P1"))

    again = screened_again(finding)

    assert (again.entry.entry_id, again.state) == ("P1", Finding.State.DECIDED)
    assert again.verdict.reason == "Says the register"
    finding.refresh_from_db()
    assert (finding.state, finding.entry.absorbed_by) == (Finding.State.CARRIED, again.entry)
    assert [each.name for each in ListedEntry.objects.in_force()] == ["Malachite Trading Company"]


def test_what_was_decided_about_the_earlier_bearer_of_a_number_does_not_hold_for_the_new_one(example):
    making.in_force(example, making.MALACHITE, making.ORLOVSKY)
    person = factories.person(name="Viktor Sergeyevich Orlovsky")
    casework.add_participant(factories.request(), by=None, person=person)
    earlier = Finding.objects.get(subject__person=person)
    ops.decide(earlier, by=None, answer="not-the-same", reason="Another one")
    making.in_force(example, making.MALACHITE)
    making.in_force(example, making.MALACHITE.replace("E1", "P1"))

    ops.screen([earlier.subject], by=None, why=Run.Why.LIST_CHANGED)

    earlier.refresh_from_db()
    assert earlier.state == Finding.State.OPEN
    assert "Malachite Trading Company" in str(earlier.reopened_because)


def test_the_verdict_about_an_entry_that_another_took_up_goes_along_and_is_open_again_with_the_difference(example):
    making.in_force(example, making.MALACHITE, LANTERN)
    finding = found_and_decided()

    making.in_force(example, BOTH)

    onward = Finding.objects.exclude(pk=finding.pk).get()
    assert (onward.entry.entry_id, onward.state) == ("E9", Finding.State.OPEN)
    assert onward.verdict.reason == "Says the register"
    (difference,) = onward.reopened_because
    assert difference["field"] == "names"
    assert "Copper Lantern BV" in difference["after"]
    assert "Copper Lantern BV" not in difference["before"]
    assert screened_again(finding) == onward


def test_an_entry_that_takes_up_one_that_says_the_same_keeps_the_verdict(example):
    twin = making.MALACHITE.replace("E1", "E2")
    making.in_force(example, making.MALACHITE, twin)
    party = factories.organisation(name="Malachite Trading Company")
    casework.add_participant(factories.request(), by=None, organisation=party)
    first = Finding.objects.get(entry__entry_id="E1")
    ops.decide(first, by=None, answer="not-the-same", reason="Says the register")

    making.in_force(example, twin)

    (onward,) = Finding.objects.exclude(state=Finding.State.CARRIED)
    assert (onward.entry.entry_id, onward.state) == ("E2", Finding.State.DECIDED)
    onward.subject.refresh_from_db()
    assert onward.subject.state == Subject.State.RESOLVED


def test_verdicts_about_two_entries_that_prove_to_be_one_and_do_not_agree_are_open_again(example):
    twin = making.MALACHITE.replace("E1", "E2")
    making.in_force(example, making.MALACHITE, twin)
    party = factories.organisation(name="Malachite Trading Company")
    casework.add_participant(factories.request(), by=None, organisation=party)
    for number, answer in (("E1", "same"), ("E2", "not-the-same")):
        ops.decide(Finding.objects.get(entry__entry_id=number), by=None, answer=answer, reason=f"As {number} says")

    making.in_force(example, twin)

    onward = Finding.objects.get(entry__entry_id="E2")
    assert onward.state == Finding.State.OPEN
    assert sorted(each.reason for each in onward.verdicts.all()) == ["As E1 says", "As E2 says"]


def test_an_entry_that_stands_on_its_own_again_has_its_finding_back(example):
    making.in_force(example, making.MALACHITE, LANTERN)
    finding = found_and_decided()
    making.in_force(example, BOTH)
    making.in_force(example, making.MALACHITE, LANTERN)

    ops.screen([finding.subject], by=None, why=Run.Why.LIST_CHANGED)

    finding.refresh_from_db()
    assert finding.state == Finding.State.DECIDED
    assert finding.entry.absorbed_by is None


def test_a_preview_says_which_entry_takes_up_one_that_leaves(example):
    making.in_force(example, making.MALACHITE, LANTERN)

    (absorbed,) = making.handed_in(example, BOTH).preview["absorbed"]

    assert (absorbed["id"], absorbed["into"]["id"]) == ("E1", "E9")


@pytest.mark.parametrize("role", ["policy-officer", "administrator", "executive", "auditor", "council"])
def test_only_a_coordinator_brings_an_edition_into_force(example, people, role):
    edition = making.handed_in(example, making.MALACHITE)
    with pytest.raises(PermissionDenied):
        ops.bring_into_force(edition, by=people[role])


def test_an_edition_comes_into_force_once(example):
    edition = making.in_force(example, making.MALACHITE)
    with pytest.raises(ValidationError):
        ops.bring_into_force(edition, by=None)


def test_the_same_file_is_not_handed_in_twice(example):
    making.handed_in(example, making.MALACHITE)
    with pytest.raises(ValidationError):
        making.handed_in(example, making.MALACHITE)


def test_a_file_that_is_no_list_is_refused(example):
    edition = ops.receive_edition(example, SimpleUploadedFile("list.csv", b"\x00\x01\x02"), by=None)
    assert ops.read_received(edition).state == State.REFUSED
