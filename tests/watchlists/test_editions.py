"""An edition is read and looked at before it comes into force; a broken one changes nothing."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from hanze.casework import operations as casework
from hanze.watchlists import operations as ops
from hanze.watchlists.models import Edition, ListedEntry
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
    assert edition.preview["counts"] == {"added": 2, "removed": 0, "changed": 0, "renumbered": 0}
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
    assert [(each["id"], each["fields"]) for each in preview["changed"]] == [("E1", ["countries"])]


def test_a_preview_names_the_known_parties_that_it_touches(example):
    making.in_force(example, making.ORLOVSKY)
    party = factories.organisation(name="Malachite Trading Company")
    casework.add_participant(factories.request(), by=None, organisation=party)

    touched = making.handed_in(example, making.ORLOVSKY, making.MALACHITE).preview["touched"]

    assert [(each["entry"], each["strength"]) for each in touched] == [("E1", "hit")]


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
