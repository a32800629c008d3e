"""Two records of one party become one, field by field, and apart again without loss."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.forms.models import model_to_dict
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hanze.accounts.models import Role, User
from hanze.audit.models import Event
from hanze.casework import operations as casework
from hanze.claims.models import Claim
from hanze.claims.operations import Source, claim
from hanze.missions import operations as missions
from hanze.missions.models import Participation
from hanze.register import operations as register
from hanze.register.merging.comparing import differing, moving
from hanze.register.models import Merge, Organisation, Person
from hanze.register.operations import merge_parties, undo_merge
from tests import factories

pytestmark = pytest.mark.django_db

# Not compared: the log and the merging itself, which tell what happened; the index, which is made anew; and screening,
# which keeps its own history of it.
APART = {"audit.event", "register.merge", "web.searchentry", "web.searchterm"}


def rows() -> dict[str, list[dict[str, Any]]]:
    """Everything in the database."""
    tables = set(connection.introspection.table_names())
    return {
        model._meta.label_lower: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label_lower not in APART
        and model._meta.db_table in tables
        and model._meta.app_label not in {"watchlists", "sessions", "contenttypes", "connections"}
    }


def merged(kept: Any, gone: Any, by: User | None = None, **choices: str) -> Merge:
    return merge_parties(kept, gone, choices, by=by, reason="The same office.")


def tie(party: Organisation) -> None:
    """Let a record of every kind refer to `party`."""
    register.add_post(by=None, person=factories.person(), organisation=party, title="Director")
    factories.agreement(factories.organisation(), party)
    factories.relation(partner=party)
    request = factories.request(asked_by=party)
    request.demand_from.add(party)
    casework.add_participant(request, by=None, organisation=party)
    activity = factories.activity()
    missions.add_participation(activity, by=None, organisation=party)
    activity.partners.add(party)
    register.change_organisation(party, by=None, identifiers=[("other", "A-1")])
    register.change_organisation(party, by=None, website="https://one.example")
    claim(party, "website", "https://two.example", source=Source("document", "Report"), by=None)


def test_everything_that_refers_to_the_one_refers_to_the_other() -> None:
    kept, gone = factories.organisation(), factories.organisation()
    tie(gone)
    merged(kept, gone)
    assert kept.posts.count() == kept.agreements.count() == kept.relations.count() == kept.participations.count() == 1
    assert kept.identifiers.get().value == "A-1"
    assert kept.activities_as_partner.count() == 1
    assert Claim.objects.about(kept).count() == 2
    assert not moving(gone, factories.user(Role.AUDITOR))


def test_a_value_is_chosen_field_by_field() -> None:
    kept = factories.organisation(name="Kept", website="https://kept.example", notes="One")
    gone = factories.organisation(name="Gone", website="https://gone.example", notes="Other", email="a@b.example")
    merged(kept, gone, website="gone", notes="both", email="gone", name="kept")
    kept.refresh_from_db()
    assert (kept.name, kept.website, kept.notes, kept.email) == (
        "Kept", "https://gone.example", "One\n\nOther", "a@b.example",
    )  # fmt: skip


def test_what_is_filled_in_and_the_stricter_class_are_proposed() -> None:
    kept = factories.organisation(name="A", website="", classification="internal")
    gone = factories.organisation(name="B", website="https://gone.example", classification="confidential")
    proposed = {line.name: line.proposed for line in differing(kept, gone)}
    assert proposed == {"name": "kept", "website": "gone", "classification": "gone"}


def test_what_both_have_stands_once() -> None:
    kept, gone = factories.organisation(), factories.organisation()
    made = factories.agreement(kept, gone)
    activity = factories.activity()
    for party in (kept, gone):
        missions.add_participation(activity, by=None, organisation=party)
    merged(kept, gone)
    assert list(made.parties.all()) == [kept]
    assert [each.organisation for each in activity.participations.all()] == [kept]


def test_a_merged_party_is_found_nowhere_any_more() -> None:
    kept, gone = factories.organisation(name="Delta Port"), factories.organisation(name="Delta Port Authority")
    merged(kept, gone)
    reader = factories.user(Role.AUDITOR)
    assert list(Organisation.objects.visible_to(reader)) == [kept]
    with pytest.raises(PermissionDenied):
        register.change_organisation(gone, by=factories.user(Role.COORDINATOR), name="Other")


def test_people_are_merged_too_and_the_log_keeps_no_value_of_theirs() -> None:
    kept, gone = factories.person(phone=""), factories.person(phone="0123")
    register.add_post(by=None, person=gone, organisation=factories.organisation(), title="Mayor")
    merged(kept, gone, phone="gone")
    kept.refresh_from_db()
    assert (kept.phone, kept.posts.count()) == ("0123", 1)
    event = Event.objects.about(kept).get(name="person.merged")
    assert event.data["fields"] == ["phone"]
    assert "0123" not in str(event.data)


@pytest.mark.parametrize("wrong", ["reason", "same", "home", "again", "choice"])
def test_what_cannot_be_merged_is_refused_and_changes_nothing(wrong: str) -> None:
    kept, gone = factories.organisation(), factories.organisation()
    reason, choices = "The same.", {}
    if wrong == "reason":
        reason = " "
    if wrong == "same":
        gone = kept
    if wrong == "home":
        gone = factories.home()
    if wrong == "again":
        merged(factories.organisation(), gone)
    if wrong == "choice":
        choices = {"is_home": "gone"}
    before = rows()
    with pytest.raises(ValidationError):
        merge_parties(kept, gone, choices, by=None, reason=reason)
    assert rows() == before


def test_who_may_not_see_both_merges_nothing(people: dict[Role, User]) -> None:
    kept, hidden = factories.organisation(), factories.organisation(classification="restricted")
    for one, other in ((kept, hidden), (hidden, kept)):
        with pytest.raises(PermissionDenied):
            merged(one, other, by=people[Role.COORDINATOR])
    with pytest.raises(PermissionDenied):
        merged(kept, factories.organisation(), by=people[Role.AUDITOR])


def test_who_merges_into_a_confidential_record_still_sees_it(people: dict[Role, User]) -> None:
    officer = people[Role.POLICY_OFFICER]
    kept, gone = factories.organisation(), factories.organisation(classification="confidential")
    gone.team.add(officer)
    made = merged(kept, gone, by=officer, classification="gone")
    assert Organisation.objects.visible_to(officer).filter(pk=kept.pk).exists()
    undo_merge(made, by=officer, because="They are two.")
    assert not kept.team.exists()
    assert list(gone.team.all()) == [officer]


def test_what_was_changed_since_stays_and_is_named() -> None:
    kept, gone = factories.organisation(website=""), factories.organisation(website="https://gone.example")
    post = register.add_post(by=None, person=factories.person(), organisation=gone, title="Director")
    other = register.add_post(by=None, person=factories.person(), organisation=gone, title="Mayor")
    made = merged(kept, gone, website="gone")
    kept.refresh_from_db()
    register.change_organisation(kept, by=None, website="https://later.example")
    later = register.add_post(by=None, person=factories.person(), organisation=kept, title="Later")
    other.delete()
    left = undo_merge(made, by=None, because="They are two.").left
    kept.refresh_from_db()
    post.refresh_from_db()
    later.refresh_from_db()
    assert (kept.website, post.organisation_id, later.organisation_id) == ("https://later.example", gone.pk, kept.pk)
    assert {(each["model"], each["field"]) for each in left} == {
        ("register.organisation", "website"),
        ("register.post", "organisation_id"),
    }


def test_a_merging_is_undone_once_and_after_a_later_one_of_the_same_record() -> None:
    first, second, third = (factories.organisation() for _ in range(3))
    before = rows()
    one, two = merged(second, first), merged(third, second)
    with pytest.raises(ValidationError):
        undo_merge(one, by=None, because="Wrong.")
    undo_merge(two, by=None, because="Wrong.")
    undo_merge(one, by=None, because="Wrong.")
    with pytest.raises(ValidationError):
        undo_merge(one, by=None, because="Wrong.")
    assert rows() == before


LINK = st.tuples(st.sampled_from(["post", "agreement", "relation", "request", "participation", "claim", "number"]),
                 st.sampled_from(["kept", "gone", "both"]))  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(links=st.lists(LINK, max_size=6), choice=st.sampled_from(["kept", "gone"]))
def test_undoing_a_merging_leaves_the_database_as_it_was(links: list[tuple[str, str]], choice: str) -> None:
    kept, gone = factories.organisation(name="One"), factories.organisation(name="Other")
    for kind, whose in links:
        parties = {"kept": [kept], "gone": [gone], "both": [kept, gone]}[whose]
        _link(kind, parties)
    before = rows()
    made = merged(kept, gone, name=choice)
    assert rows() != before
    undo_merge(made, by=None, because="They are two.")
    assert rows() == before


def _link(kind: str, parties: list[Organisation]) -> None:
    if kind == "agreement":
        factories.agreement(factories.organisation(), *parties)
        return
    activity = factories.activity() if kind == "participation" else None
    for party in parties:
        if kind == "post":
            register.add_post(by=None, person=factories.person(), organisation=party, title="Director")
        elif kind == "relation":
            factories.relation(partner=party)
        elif kind == "request":
            factories.request(asked_by=party).demand_from.add(*parties)
        elif kind == "participation":
            Participation.objects.create(activity=activity, organisation=party)
        elif kind == "claim":
            claim(party, "website", f"https://{party.pk}.example", source=Source("document", "Report"), by=None)
        elif kind == "number":
            party.identifiers.get_or_create(scheme="other", value="A-1")


def test_a_preview_names_no_hidden_record_and_counts_it(people: dict[Role, User]) -> None:
    gone, hidden = factories.organisation(), factories.organisation(name="Well hidden", classification="restricted")
    factories.agreement(gone, hidden, title="Secret pact", classification="restricted")
    factories.agreement(gone, factories.organisation(), title="Open pact")
    register.add_post(by=None, person=factories.person(name="Secret agent", classification="restricted"),
                      organisation=gone, title="Agent")  # fmt: skip
    found = {each.label: each for each in moving(gone, people[Role.COORDINATOR])}
    agreements = found["Overeenkomsten: partijen"]
    assert (agreements.names, agreements.hidden) == (["Open pact"], 1)
    assert (found["Functies"].names, found["Functies"].hidden) == ([], 1)


ClientFor = Callable[[Role], Client]


def test_on_screen_the_likely_ones_are_offered_compared_and_merged(client_for: ClientFor) -> None:
    kept = factories.organisation(name="Agricultural Office of Aichi", email="a@b.example")
    gone = factories.organisation(name="Agricultural Office Aichi", email="c@d.example")
    client = client_for(Role.POLICY_OFFICER)
    address = reverse("register:organisation-merge-with", args=[kept.pk, gone.pk])
    assert address in client.get(reverse("register:organisation-merge", args=[kept.pk])).content.decode()
    page = client.get(address).content.decode()
    assert "a@b.example" in page
    assert "c@d.example" in page
    refused = client.post(address, {"holds_name": "kept", "holds_email": "gone", "reason": ""})
    assert refused.context["form"].errors.keys() == {"reason"}
    answer = client.post(address, {"holds_name": "kept", "holds_email": "gone", "reason": "The same."}, follow=True)
    assert answer.redirect_chain[-1][0] == kept.get_absolute_url()
    assert Organisation.objects.get(pk=kept.pk).email == "c@d.example"


def test_the_old_address_leads_to_the_kept_one_for_who_may_see_it(client_for: ClientFor) -> None:
    kept, gone = factories.organisation(classification="confidential"), factories.organisation()
    merged(kept, gone)
    old = gone.get_absolute_url()
    answer = client_for(Role.COORDINATOR).get(old)
    assert (answer.status_code, answer["Location"]) == (302, kept.get_absolute_url())
    assert client_for(Role.POLICY_OFFICER).get(old).status_code == 404


def test_the_history_of_the_one_shows_on_the_other(client_for: ClientFor) -> None:
    kept = factories.person()
    gone = register.create_person(by=None, name="Formerly known")
    merged(kept, gone)
    assert "Formerly known" in client_for(Role.POLICY_OFFICER).get(kept.get_absolute_url()).content.decode()


def test_the_history_of_a_more_secret_one_shows_to_who_might_see_that(client_for: ClientFor) -> None:
    kept = factories.person()
    gone = register.create_person(by=None, name="Formerly secret", classification="confidential")
    merged(kept, gone)
    for role, shows in ((Role.COORDINATOR, True), (Role.POLICY_OFFICER, False)):
        page = client_for(role).get(kept.get_absolute_url()).content.decode()
        assert ("Formerly secret" in page) == shows


def test_a_merging_is_undone_on_screen(client_for: ClientFor) -> None:
    kept, gone = factories.organisation(), factories.organisation(website="https://gone.example")
    made = merged(kept, gone, website="gone")
    kept.refresh_from_db()
    register.change_organisation(kept, by=None, website="https://later.example")
    client = client_for(Role.POLICY_OFFICER)
    answer = client.post(reverse("register:merge-undo", args=[made.pk]), {"because": "They are two."}, follow=True)
    assert "Organisatie: website" in answer.content.decode()
    assert client.get(gone.get_absolute_url()).status_code == 200


def test_a_confidential_merging_is_seen_by_who_may_see_the_kept_one(client_for: ClientFor) -> None:
    made = merged(factories.person(classification="confidential"), factories.person())
    for role, status in ((Role.COORDINATOR, 200), (Role.POLICY_OFFICER, 404)):
        assert client_for(role).get(made.get_absolute_url()).status_code == status


def test_the_row_of_the_one_that_went_stays_as_it_was() -> None:
    kept, gone = factories.person(name="One"), factories.person(name="Other", phone="1")
    before = model_to_dict(gone)
    merged(kept, gone, name="gone")
    assert model_to_dict(Person.objects.get(pk=gone.pk)) == before
    assert Person.objects.get(pk=gone.pk).merged_into == kept


def test_dates_survive_being_taken_back() -> None:
    kept, gone = factories.person(), factories.person()
    register.add_post(by=None, person=gone, organisation=factories.organisation(), title="A", since=date(2020, 2, 29))
    made = merged(kept, gone)
    undo_merge(made, by=None, because="Two.")
    assert gone.posts.get().since == date(2020, 2, 29)
