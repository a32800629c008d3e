"""Where sources disagree, both stand side by side until somebody decides with a reason."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from hanze.accounts.models import Role, User
from hanze.audit.models import Event
from hanze.claims.models import Claim, Resolution
from hanze.claims.operations import Source, claim, decide_claim, propose, withdraw_claim
from hanze.claims.queries import contradictions, marks, open_facts
from hanze.register.models import Organisation, Relation
from tests import factories

pytestmark = pytest.mark.django_db

AGENDA = Source("document", "International agenda", "p. 12", date(2020, 3, 1))
SHEET = Source("sheet", "relations.xlsx", "row 4")
OURS = Source()


@pytest.fixture
def coordinator(people: dict[Role, User]) -> User:
    return people[Role.COORDINATOR]


@pytest.fixture
def relation() -> Relation:
    """Since 2015, as the evaluation says."""
    return factories.relation(
        since=date(2015, 1, 1), since_precision="year", provenance="stated", source_document="Evaluation"
    )


def since(relation: Relation) -> tuple[date | None, str]:
    relation.refresh_from_db()
    return relation.since, relation.since_precision


def standings(record: Any) -> dict[Any, str]:
    return {each.value: each.standing for each in Claim.objects.about(record)}


def test_a_value_from_another_source_stands_beside_what_stood(relation: Relation, coordinator: User) -> None:
    result = propose(relation, {"since": date(2013, 1, 1), "since_precision": "year"}, AGENDA, coordinator)
    assert result.contradicting == ["since"]
    assert since(relation) == (date(2015, 1, 1), "year")
    assert standings(relation) == {"2015": "stands", "2013": "open"}


def test_what_stood_keeps_its_own_source_when_another_speaks_against_it(relation: Relation, coordinator: User) -> None:
    propose(relation, {"since": date(2013, 1, 1), "since_precision": "year"}, AGENDA, coordinator)
    stood, other = Claim.objects.about(relation)
    assert (stood.source_kind, stood.source_name) == ("document", "Evaluation")
    assert (other.source_name, other.source_section, other.source_date) == (
        "International agenda",
        "p. 12",
        AGENDA.date,
    )
    assert other.recorded_by == coordinator


def test_the_same_value_is_a_further_source(relation: Relation, coordinator: User) -> None:
    result = propose(relation, {"since": date(2015, 1, 1), "since_precision": "year"}, AGENDA, coordinator)
    assert result.confirmed == ["since"]
    assert standings(relation) == {"2015": "stands"}


def test_the_same_source_saying_the_same_twice_is_kept_once(relation: Relation, coordinator: User) -> None:
    for _ in range(2):
        propose(relation, {"since": date(2013, 1, 1), "since_precision": "year"}, AGENDA, coordinator)
        propose(relation, {"kind": "project"}, AGENDA, coordinator)
    assert Claim.objects.about(relation).filter(source_name=AGENDA.name).count() == 2


def test_an_empty_fact_is_filled_and_remembers_its_source(coordinator: User) -> None:
    party = factories.organisation(website="")
    result = propose(party, {"website": "https://one.example"}, SHEET, coordinator)
    party.refresh_from_db()
    assert (result.written, party.website) == (["website"], "https://one.example")
    assert Claim.objects.about(party).get().source_name == "relations.xlsx"


def test_an_empty_cell_says_nothing(relation: Relation, coordinator: User) -> None:
    result = propose(relation, {"since": None, "purpose": ""}, SHEET, coordinator)
    assert (result.contradicting, result.written) == ([], [])
    assert since(relation)[0] == date(2015, 1, 1)


def test_the_source_of_what_stands_may_change_what_it_says(coordinator: User) -> None:
    party = factories.organisation(website="")
    propose(party, {"website": "https://one.example"}, SHEET, coordinator)
    result = propose(party, {"website": "https://two.example"}, SHEET, coordinator)
    party.refresh_from_db()
    assert (result.written, party.website) == (["website"], "https://two.example")
    assert standings(party) == {"https://one.example": "set-aside", "https://two.example": "stands"}


def test_a_document_can_speak_against_itself_at_another_page(relation: Relation, coordinator: User) -> None:
    for year, section in (("2015", "p. 3"), ("2013", "p. 40")):
        claim(relation, "since", year, source=Source("document", "Evaluation", section), by=coordinator)
    assert standings(relation) == {"2015": "stands", "2013": "open"}


def test_our_own_knowledge_replaces_our_own_knowledge_without_a_claim(coordinator: User) -> None:
    party = factories.organisation(website="https://one.example")
    propose(party, {"website": "https://two.example"}, OURS, coordinator)
    party.refresh_from_db()
    assert party.website == "https://two.example"
    assert not Claim.objects.about(party)


def test_a_correction_with_a_reason_replaces_and_keeps_what_stood(relation: Relation, coordinator: User) -> None:
    values = {"since": date(2013, 5, 1), "since_precision": "month"}
    propose(relation, values, AGENDA, coordinator, corrects="A slip of the pen.")
    assert since(relation) == (date(2013, 5, 1), "month")
    assert standings(relation) == {"2015": "set-aside", "2013-05": "stands"}
    assert Resolution.objects.about(relation).get().reason == "A slip of the pen."


def test_what_is_no_fact_is_written_as_it_is(relation: Relation, coordinator: User) -> None:
    propose(relation, {"classification": "confidential", "kind": "sister"}, AGENDA, coordinator)
    relation.refresh_from_db()
    assert (relation.classification, relation.kind) == ("confidential", "project")


def test_deciding_writes_the_record_through_its_own_operation(relation: Relation, coordinator: User) -> None:
    other = claim(relation, "since", "2013-05-04", source=AGENDA, by=coordinator)
    decide_claim(other, by=coordinator, reason="The minutes say so.")
    assert since(relation) == (date(2013, 5, 4), "day")
    changed = Event.objects.about(relation).get(name="relation.changed")
    assert changed.data["changes"]["since"] == ["2015-01-01", "2013-05-04"]
    decided = Event.objects.about(relation).get(name="claim.decided")
    assert (decided.actor, decided.reason) == (coordinator, "The minutes say so.")


def test_what_was_decided_against_stays_to_be_read(relation: Relation, coordinator: User) -> None:
    decide_claim(claim(relation, "since", "2013", source=AGENDA, by=coordinator), by=coordinator, reason="Minutes.")
    assert standings(relation) == {"2015": "set-aside", "2013": "stands"}
    assert not open_facts(coordinator)


def test_deciding_for_what_stood_leaves_the_record_as_it_is(relation: Relation, coordinator: User) -> None:
    claim(relation, "since", "2013", source=AGENDA, by=coordinator)
    decide_claim(Claim.objects.about(relation).get(value="2015"), by=coordinator, reason="Seen in the archive.")
    assert since(relation) == (date(2015, 1, 1), "year")
    assert not Event.objects.about(relation).filter(name="relation.changed")


def test_a_later_decision_replaces_an_earlier_one_and_both_are_kept(relation: Relation, coordinator: User) -> None:
    other = claim(relation, "since", "2013", source=AGENDA, by=coordinator)
    decide_claim(other, by=coordinator, reason="Minutes.")
    decide_claim(Claim.objects.about(relation).get(value="2015"), by=coordinator, reason="The minutes were wrong.")
    assert since(relation)[0] == date(2015, 1, 1)
    assert [each.reason for each in Resolution.objects.about(relation)] == ["The minutes were wrong.", "Minutes."]


def test_a_decision_is_never_edited_or_removed(relation: Relation) -> None:
    made = decide_claim(claim(relation, "since", "2013", source=AGENDA, by=None), by=None, reason="Minutes.")
    with pytest.raises(TypeError):
        made.save()
    with pytest.raises(TypeError):
        made.delete()


def test_new_evidence_against_a_decision_opens_the_contradiction_again(relation: Relation, coordinator: User) -> None:
    decide_claim(claim(relation, "since", "2013", source=AGENDA, by=coordinator), by=coordinator, reason="Minutes.")
    propose(relation, {"since": date(2015, 1, 1), "since_precision": "year"}, SHEET, coordinator)
    assert [row["fact"] for row in open_facts(coordinator)] == ["since"]


def test_a_claim_that_was_recorded_wrongly_is_withdrawn_with_a_reason(relation: Relation, coordinator: User) -> None:
    other = claim(relation, "since", "2013", source=AGENDA, by=coordinator)
    with pytest.raises(ValidationError):
        withdraw_claim(other, by=coordinator, because=" ")
    withdraw_claim(other, by=coordinator, because="Another relation was meant.")
    assert not open_facts(coordinator)
    with pytest.raises(ValidationError):
        decide_claim(other, by=coordinator, reason="It holds.")


def test_nothing_is_decided_without_a_reason(relation: Relation, coordinator: User) -> None:
    with pytest.raises(ValidationError):
        decide_claim(claim(relation, "since", "2013", source=AGENDA, by=coordinator), by=coordinator, reason=" ")


@pytest.mark.parametrize("value", ["2015-13-01", "2015-02-30"])
def test_a_day_that_does_not_exist_is_refused_at_the_field(value: str, relation: Relation, coordinator: User) -> None:
    with pytest.raises(ValidationError) as refused:
        claim(relation, "since", value, source=AGENDA, by=coordinator)
    assert "value" in refused.value.error_dict


def test_who_may_not_change_the_record_says_and_decides_nothing(relation: Relation, people: dict[Role, User]) -> None:
    made = claim(relation, "since", "2013", source=AGENDA, by=None)
    for role in (Role.POLICY_OFFICER, Role.EXECUTIVE, Role.COUNCIL, Role.AUDITOR):
        with pytest.raises(PermissionDenied):
            propose(relation, {"kind": "sister"}, AGENDA, people[role])
        with pytest.raises(PermissionDenied):
            decide_claim(made, by=people[role], reason="So.")
        with pytest.raises(PermissionDenied):
            withdraw_claim(made, by=people[role], because="So.")


def test_contradictions_are_seen_with_their_record_only(people: dict[Role, User]) -> None:
    hidden = factories.organisation(website="https://one.example", classification="restricted")
    shown = factories.organisation(website="https://one.example")
    for party in (hidden, shown):
        claim(party, "website", "https://two.example", source=AGENDA, by=None)
    for role, wanted in ((Role.COORDINATOR, [shown]), (Role.AUDITOR, [shown, hidden]), (Role.REQUESTER, [])):
        found = [each.record for each in contradictions(open_facts(people[role]))]
        assert sorted(found, key=lambda each: each.pk) == sorted(wanted, key=lambda each: each.pk)


def test_the_status_of_a_relation_is_decided_through_its_own_operation(coordinator: User) -> None:
    made = factories.relation()
    made.statuses.create(status="active", since=date(2015, 1, 1), decided_by="Council", reason="Start")
    other = claim(made, "status", "dormant", source=AGENDA, by=coordinator)
    decide_claim(other, by=coordinator, reason="Nothing happened for years.")
    status = made.statuses.first()
    assert status is not None
    assert (status.status, status.since, status.reason) == ("dormant", AGENDA.date, "Nothing happened for years.")


def test_a_fact_without_a_field_is_kept_by_its_claims(coordinator: User) -> None:
    party = factories.organisation()
    claim(party, "ties", 54, source=AGENDA, by=coordinator)
    other = claim(party, "ties", 61, source=SHEET, by=coordinator)
    assert marks(party)["ties"].is_open
    decide_claim(other, by=coordinator, reason="Counted again.")
    (line,) = [each for each in Claim.objects.about(party) if each.standing == "stands"]
    assert line.value == 61


def test_an_organisation_may_change_its_country_by_claim(coordinator: User) -> None:
    party = factories.organisation(country=factories.country("CN"))
    other = claim(party, "country", factories.country("FR").pk, source=AGENDA, by=coordinator)
    decide_claim(other, by=coordinator, reason="It moved.")
    assert Organisation.objects.get(pk=party.pk).country_id == "FR"
