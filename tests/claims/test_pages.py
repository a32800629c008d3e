"""Sources side by side on screen: the mark at a fact, the decision, the list, and a past day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from hanze.accounts.models import Role, User
from hanze.audit.log import history_of
from hanze.claims.models import Claim
from hanze.claims.operations import Source, claim, decide_claim
from hanze.register import operations as register
from hanze.register.models import Organisation, Post, Relation
from tests import factories

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Role], Client]
REPORT = Source("document", "Yearly report", "p. 3", date(2021, 4, 5))


@pytest.fixture
def relation() -> Relation:
    return factories.relation(since=date(2015, 1, 1), since_precision="year", source_document="Evaluation")


def fact_page(relation: Relation) -> str:
    return reverse("claims:fact", args=["relation", relation.pk, "since"])


def test_a_fact_on_which_sources_disagree_is_marked_in_words(relation: Relation, client_for: ClientFor) -> None:
    claim(relation, "since", "2013", source=REPORT, by=None)
    page = client_for(Role.POLICY_OFFICER).get(relation.get_absolute_url()).content.decode()
    assert "Bronnen zijn het oneens" in page
    assert fact_page(relation) in page


def test_both_stand_side_by_side_with_source_date_and_page(relation: Relation, client_for: ClientFor) -> None:
    claim(relation, "since", "2013", source=REPORT, by=None)
    page = client_for(Role.POLICY_OFFICER).get(fact_page(relation)).content.decode()
    for words in ("2015", "Evaluation", "2013", "Yearly report", "p. 3", "5 april 2021"):
        assert words in page
    assert "<textarea" not in page, "an officer may not decide about a relation"


def test_a_coordinator_decides_with_a_reason(relation: Relation, client_for: ClientFor) -> None:
    other = claim(relation, "since", "2013", source=REPORT, by=None)
    client = client_for(Role.COORDINATOR)
    refused = client.post(fact_page(relation), {"claim": other.pk, "reason": ""})
    assert refused.status_code == 200
    assert Relation.objects.get(pk=relation.pk).since == date(2015, 1, 1)
    client.post(fact_page(relation), {"claim": other.pk, "reason": "The minutes say so."})
    assert Relation.objects.get(pk=relation.pk).since == date(2013, 1, 1)
    assert "The minutes say so." in client.get(fact_page(relation)).content.decode()


def test_a_claim_of_another_record_cannot_be_decided_here(relation: Relation, client_for: ClientFor) -> None:
    claim(relation, "since", "2013", source=REPORT, by=None)
    elsewhere = claim(factories.relation(), "since", "2001", source=REPORT, by=None)
    answer = client_for(Role.COORDINATOR).post(fact_page(relation), {"claim": elsewhere.pk, "reason": "So."})
    assert answer.status_code == 200
    assert Relation.objects.get(pk=relation.pk).since == date(2015, 1, 1)


def test_another_source_is_added_on_the_page(relation: Relation, client_for: ClientFor) -> None:
    client = client_for(Role.COORDINATOR)
    address = reverse("claims:claim-add", args=["relation", relation.pk, "since"])
    unnamed = client.post(address, {"value": "2013", "said_kind": "document"})
    assert "said_source" in unnamed.context["form"].errors
    client.post(
        address, {"value": "2013-05", "said_kind": "document", "said_source": "Report", "said_date": "2021-04-05"}
    )
    assert Claim.objects.about(relation).get(standing="open").value == "2013-05"


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("name", "Another name"),
        ("country", "FR"),
        ("website", "https://x.example"),
        ("sector", "water"),
        ("ties", "12"),
    ],
)
def test_every_kind_of_value_can_be_said(fact: str, value: str, client_for: ClientFor) -> None:
    factories.country("FR")
    party = factories.organisation(country=factories.country("CN"), website="https://y.example", sector="energy")
    address = reverse("claims:claim-add", args=["organisation", party.pk, fact])
    answer = client_for(Role.POLICY_OFFICER).post(
        address, {"value": value, "said_kind": "person", "said_source": "A colleague"}
    )
    assert answer.status_code == 302
    assert str(Claim.objects.about(party).filter(source_name="A colleague").get().value) == value


def test_the_list_shows_and_counts_only_contradictions_of_what_the_reader_sees(client_for: ClientFor) -> None:
    for classification, name in (("internal", "Plainly seen"), ("confidential", "Well hidden")):
        party = factories.organisation(name=name, website="https://one.example", classification=classification)
        claim(party, "website", "https://two.example", source=REPORT, by=None)
    page = client_for(Role.POLICY_OFFICER).get(reverse("claims:contradiction-list"))
    assert "Plainly seen" in page.content.decode()
    assert "Well hidden" not in page.content.decode()
    assert page.context["page_obj"].paginator.count == 1
    assert (
        client_for(Role.COORDINATOR).get(reverse("claims:contradiction-list")).context["page_obj"].paginator.count == 2
    )


def test_the_list_is_filtered_by_kind_of_record(relation: Relation, client_for: ClientFor) -> None:
    claim(relation, "since", "2013", source=REPORT, by=None)
    client = client_for(Role.COORDINATOR)
    for kind, count in (("relation", 1), ("agreement", 0), ("", 1)):
        page = client.get(reverse("claims:contradiction-list"), {"kind": kind})
        assert page.context["page_obj"].paginator.count == count


def test_the_number_of_queries_of_the_list_does_not_grow_with_the_kinds_of_records(
    client_for: ClientFor, django_assert_max_num_queries: Callable
) -> None:
    for _ in range(50):
        party = factories.organisation(website="https://one.example")
        claim(party, "website", "https://two.example", source=REPORT, by=None)
    client = client_for(Role.COORDINATOR)
    with django_assert_max_num_queries(30):
        client.get(reverse("claims:contradiction-list"))


def test_a_past_day_shows_what_was_known_then(client_for: ClientFor, people: dict[Role, User]) -> None:
    by = people[Role.COORDINATOR]
    then = datetime(2024, 3, 1, 12, tzinfo=UTC)
    with history_of(then):
        party = register.create_organisation(by=by, name="Before", kind="business", website="https://one.example")
    with history_of(then + timedelta(days=10)):
        register.change_organisation(party, by=by, name="After")
    client = client_for(Role.POLICY_OFFICER)
    address = reverse("claims:past", args=["organisation", party.pk])
    lines = {line.name: line for line in client.get(address, {"day": "2024-03-05"}).context["lines"]}
    assert (lines["name"].then, lines["name"].now) == ("Before", "After")
    assert not lines["website"].changed
    assert client.get(address, {"day": "2024-02-28"}).context["lines"] is None
    lines = {line.name: line for line in client.get(address, {"day": "2024-03-11"}).context["lines"]}
    assert lines["name"].then == "After"


def test_a_past_day_shows_what_sources_had_said_by_then(relation: Relation, client_for: ClientFor) -> None:
    other = claim(relation, "since", "2013", source=REPORT, by=None)
    Claim.objects.filter(pk=other.pk).update(recorded_at=datetime(2024, 3, 1, 12, tzinfo=UTC))
    client = client_for(Role.POLICY_OFFICER)
    address = reverse("claims:past", args=["relation", relation.pk])
    for day, said in (("2024-02-29", []), ("2024-03-01", ["2013"])):
        lines = {line.name: line for line in client.get(address, {"day": day}).context["lines"]}
        assert [each.value for each in lines["since"].said] == said


def test_what_was_decided_later_did_not_hold_before(client_for: ClientFor, people: dict[Role, User]) -> None:
    by = people[Role.COORDINATOR]
    partner = factories.organisation(kind="government", country=factories.country("CN"))
    with history_of(datetime(2024, 3, 1, 12, tzinfo=UTC)):
        made = register.create_relation(
            by=by, status="active", status_since=date(2024, 1, 1), decided_by="Board", reason="Start",
            partner=partner, kind="sister", since=date(2015, 1, 1), since_precision="year", source_document="A",
        )  # fmt: skip
    with history_of(datetime(2024, 6, 1, 12, tzinfo=UTC)):
        decide_claim(claim(made, "since", "2013", source=REPORT, by=by), by=by, reason="Minutes.")
        register.set_relation_status(
            made, by=by, status="ended", since=date(2024, 2, 1), decided_by="Board", reason="It was over."
        )
    address = reverse("claims:past", args=["relation", made.pk])
    lines = {line.name: line for line in client_for(Role.AUDITOR).get(address, {"day": "2024-05-01"}).context["lines"]}
    assert (lines["since"].then, lines["since"].now) == ("2015", "2013")
    assert (lines["status"].then, lines["status"].now) == ("Actief", "Beëindigd")


def test_before_its_renewal_and_its_end_an_agreement_had_its_old_term(client_for: ClientFor) -> None:
    made = factories.agreement(valid_until=date(2024, 6, 1))
    with history_of(datetime(2024, 5, 1, 12, tzinfo=UTC)):
        register.renew_agreement(made, by=None, renewed_on=date(2024, 5, 1), valid_until=date(2026, 6, 1))
    with history_of(datetime(2025, 5, 1, 12, tzinfo=UTC)):
        register.end_agreement(made, by=None, on=date(2025, 6, 1), because="Done.")
    client, address = client_for(Role.AUDITOR), reverse("claims:past", args=["agreement", made.pk])
    for day, until, ended in (
        ("2024-04-30", "1 juni 2024", "niets"),
        ("2024-05-02", "1 juni 2026", "niets"),
        ("2025-05-02", "1 juni 2026", "1 juni 2025"),
    ):
        lines = {line.name: line.then for line in client.get(address, {"day": day}).context["lines"]}
        assert (lines["valid_until"], lines["ended_on"]) == (until, ended)


def test_what_the_log_does_not_keep_of_a_person_is_said(client_for: ClientFor, people: dict[Role, User]) -> None:
    by = people[Role.COORDINATOR]
    with history_of(datetime(2024, 3, 1, 12, tzinfo=UTC)):
        person = register.create_person(by=by, name="Somebody", phone="1")
    register.change_person(person, by=by, phone="2")
    address = reverse("claims:past", args=["person", person.pk])
    lines = {line.name: line for line in client_for(Role.AUDITOR).get(address, {"day": "2024-05-01"}).context["lines"]}
    assert lines["phone"].lost
    assert not lines["name"].lost


def test_the_names_and_posts_of_a_person_are_shown_as_they_were(
    client_for: ClientFor, people: dict[Role, User]
) -> None:
    by = people[Role.COORDINATOR]
    office = factories.organisation(name="Port")
    hidden = factories.organisation(name="Lair", classification="restricted")
    with history_of(datetime(2024, 3, 1, 12, tzinfo=UTC)):
        person = register.create_person(by=by, name="Anna Berg")
        held = register.add_post(by=by, person=person, organisation=office, title="Head")
        Post.objects.create(person=person, organisation=hidden, title="Spy")
    register.change_person(person, by=by, name="Anna Berg-Visser")
    register.change_post(held, by=by, title="Director")
    register.add_post(by=by, person=person, organisation=office, title="Member of the board")
    address = reverse("claims:past", args=["person", person.pk])
    page = client_for(Role.COORDINATOR).get(address, {"day": "2024-05-01"})
    lines = {line.name: line for line in page.context["lines"]}
    assert (lines["name"].then, lines["name"].now) == ("Anna Berg", "Anna Berg-Visser")
    assert (lines["posts"].then, lines["posts"].now) == ("Head, Port", "Director, Port\nMember of the board, Port")
    assert not lines["name"].lost
    assert not lines["posts"].lost


def test_a_past_day_names_no_hidden_record(client_for: ClientFor) -> None:
    hidden = factories.organisation(name="Well hidden", classification="restricted")
    seen: list[Organisation] = [factories.home(), factories.organisation(name="Plainly seen")]
    made = factories.agreement(*seen, hidden)
    address = reverse("claims:past", args=["agreement", made.pk])
    page = client_for(Role.COORDINATOR).get(address, {"day": "2030-01-01"}).content.decode()
    assert "Plainly seen" in page
    assert "Well hidden" not in page


def test_reading_the_claims_of_a_confidential_record_is_logged(client_for: ClientFor) -> None:
    party = factories.organisation(classification="confidential", website="https://one.example")
    client = client_for(Role.COORDINATOR)
    client.get(reverse("claims:fact", args=["organisation", party.pk, "website"]))
    client.get(reverse("claims:past", args=["organisation", party.pk]))
    from hanze.audit.models import Event

    assert Event.objects.about(party).filter(name="record.read").count() == 2
