"""Organisations, through the pages that people use."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from hanze.accounts.models import Role
from hanze.audit.models import Event
from hanze.register.models import Organisation, Post
from hanze.register.operations import change_organisation, create_organisation
from tests import factories

pytestmark = pytest.mark.django_db
NO_NUMBERS = {"numbers-TOTAL_FORMS": "0", "numbers-INITIAL_FORMS": "0"}


def sent(**fields):
    return {"name": "Harbour Works", "kind": "business", "classification": "internal", **NO_NUMBERS, **fields}


def names_in(response):
    return {row.record.name for row in response.context["table"].rows}


def test_a_reader_lists_only_what_she_may_see(client_for):
    for classification in ("public", "internal", "confidential", "restricted"):
        factories.organisation(name=f"{classification} party", classification=classification)
    factories.organisation(name="council party", for_council=True)
    seen = {
        role: names_in(client_for(role).get("/parties/"))
        for role in (Role.COORDINATOR, Role.POLICY_OFFICER, Role.COUNCIL)
    }
    open_to_staff = {"public party", "internal party", "council party"}
    assert seen[Role.POLICY_OFFICER] == open_to_staff
    assert seen[Role.COORDINATOR] == {*open_to_staff, "confidential party"}
    assert seen[Role.COUNCIL] == {"public party", "council party"}


def test_a_hidden_organisation_is_a_404_and_does_not_show_in_the_filters(client_for):
    hidden = factories.organisation(name="Quiet", classification="restricted", country=factories.country("MA"))
    client = client_for(Role.COORDINATOR)
    assert 'value="MA"' in client_for(Role.AUDITOR).get("/parties/").content.decode()
    assert client.get(f"/parties/{hidden.pk}/").status_code == 404
    assert client.get(f"/parties/{hidden.pk}/edit/").status_code == 404
    assert 'value="MA"' not in client.get("/parties/").content.decode()


def test_people_on_the_case_see_a_restricted_organisation(client_for, people):
    restricted = factories.organisation(classification="restricted")
    restricted.team.add(people[Role.POLICY_OFFICER])
    assert client_for(Role.POLICY_OFFICER).get(f"/parties/{restricted.pk}/").status_code == 200


def test_reading_a_confidential_organisation_is_logged(client_for, people):
    confidential = factories.organisation(classification="confidential")
    client_for(Role.COORDINATOR).get(f"/parties/{confidential.pk}/")
    assert Event.objects.get(name="record.read").actor == people[Role.COORDINATOR]


@pytest.mark.parametrize("query", ["harb wor", "海港", "HW", "12345678"])
def test_the_list_is_searched_by_every_name_and_by_number(client_for, query):
    made = create_organisation(
        by=None,
        name="Harbour Works",
        native_name="海港",
        short_name="HW",
        kind="business",
        identifiers=[("kvk", "12345678")],
    )
    factories.organisation(name="Another")
    assert names_in(client_for(Role.AUDITOR).get("/parties/", {"q": query})) == {made.name}


def test_the_list_is_filtered_by_kind_country_and_own_region(client_for):
    ours = factories.organisation(kind="knowledge", country=factories.country("NL"), own_region=True)
    factories.organisation(kind="knowledge", country=factories.country("FR"))
    factories.organisation(kind="business", country=factories.country("NL"))
    client = client_for(Role.POLICY_OFFICER)
    assert names_in(client.get("/parties/", {"kind": "knowledge", "country": "NL"})) == {ours.name}
    assert names_in(client.get("/parties/", {"own_region": "true"})) == {ours.name}
    assert len(names_in(client.get("/parties/", {"own_region": "false"}))) == 2


def test_the_list_has_fifty_a_page(client_for):
    Organisation.objects.bulk_create(Organisation(name=f"Party {n:03}", kind="business") for n in range(60))
    client = client_for(Role.POLICY_OFFICER)
    assert len(client.get("/parties/").context["table"].page.object_list) == 50
    assert len(client.get("/parties/", {"page": 2}).context["table"].page.object_list) == 10


def test_an_officer_makes_an_organisation_with_its_number_and_the_log_says_so(client_for, people):
    numbers = {
        "numbers-TOTAL_FORMS": "1", "numbers-INITIAL_FORMS": "0",
        "numbers-0-scheme": "kvk", "numbers-0-value": "12345678",
    }  # fmt: skip
    response = client_for(Role.POLICY_OFFICER).post("/parties/new/", sent(native_name="海港工程", **numbers))
    made = Organisation.objects.get()
    assert response.url == made.get_absolute_url()
    assert (made.native_name, made.identifiers.get().value) == ("海港工程", "12345678")
    event = Event.objects.get(name="organisation.created")
    assert (event.actor, event.subject_id) == (people[Role.POLICY_OFFICER], str(made.pk))


def test_a_row_for_a_number_may_stay_blank_but_not_half_filled_in(client_for):
    blank = {"numbers-TOTAL_FORMS": "1", "numbers-INITIAL_FORMS": "0", "numbers-0-scheme": "kvk", "numbers-0-value": ""}
    client = client_for(Role.POLICY_OFFICER)
    half = client.post("/parties/new/", sent(**{**blank, "numbers-0-scheme": "lei"}))
    assert half.context["numbers"].errors == [{"value": half.context["numbers"][0].errors["value"]}]
    assert client.post("/parties/new/", sent(**blank)).status_code == 302
    assert not Organisation.objects.get().identifiers.exists()


def test_a_likely_duplicate_is_shown_first_with_nothing_lost_and_can_be_made_anyway(client_for):
    known = factories.organisation(name="Harbour Works B.V.")
    client = client_for(Role.POLICY_OFFICER)
    asked = client.post("/parties/new/", sent(notes="Met in May"))
    page = asked.content.decode()
    assert asked.status_code == 200
    assert known.get_absolute_url() in page
    assert "Met in May" in page
    assert Organisation.objects.count() == 1
    assert client.post("/parties/new/", sent(notes="Met in May", anyway="1")).status_code == 302
    assert Organisation.objects.count() == 2


def test_a_duplicate_that_the_reader_may_not_see_is_not_betrayed(client_for):
    factories.organisation(name="Harbour Works", classification="confidential")
    client = client_for(Role.POLICY_OFFICER)
    assert "Harbour" not in client.get("/parties/duplicates/", {"name": "Harbour Works"}).content.decode()
    assert client.post("/parties/new/", sent()).status_code == 302


def test_duplicates_are_suggested_while_typing(client_for):
    factories.organisation(name="Harbour Works")
    client = client_for(Role.COORDINATOR)
    assert "Harbour Works" in client.get("/parties/duplicates/", {"name": "harbor works"}).content.decode()
    assert client.get("/parties/duplicates/", {"name": "harbor", "exclude": "x"}).status_code == 200
    assert client.get("/parties/duplicates/").status_code == 200


def test_a_name_is_required_and_the_error_stands_at_the_field(client_for):
    response = client_for(Role.POLICY_OFFICER).post("/parties/new/", sent(name=""))
    assert response.context["form"].errors.keys() == {"name"}
    assert Organisation.objects.count() == 0


def test_changing_logs_what_it_was_and_replaces_the_numbers(client_for):
    made = create_organisation(by=None, name="Harbour Works", kind="business", identifiers=[("kvk", "12345678")])
    numbers = {
        "numbers-TOTAL_FORMS": "2", "numbers-INITIAL_FORMS": "1",
        "numbers-0-scheme": "kvk", "numbers-0-value": "12345678", "numbers-0-DELETE": "on",
        "numbers-1-scheme": "rsin", "numbers-1-value": "1112.22.333",
    }  # fmt: skip
    response = client_for(Role.POLICY_OFFICER).post(
        f"/parties/{made.pk}/edit/", sent(name="Harbour Builders", **numbers)
    )
    assert response.status_code == 302
    made.refresh_from_db()
    assert (made.name, made.identifiers.get().scheme) == ("Harbour Builders", "rsin")
    changes = Event.objects.get(name="organisation.changed").data["changes"]
    assert changes["name"] == ["Harbour Works", "Harbour Builders"]
    assert changes["identifiers"] == [[["kvk", "12345678"]], [["rsin", "111222333"]]]


def test_what_somebody_else_saved_meanwhile_is_not_overwritten_unseen(client_for):
    made = factories.organisation(name="Harbour Works")
    address = f"/parties/{made.pk}/edit/"
    first, second = client_for(Role.POLICY_OFFICER), client_for(Role.COORDINATOR)
    opened = {client: client.get(address).context["form"]["opened"].value() for client in (first, second)}
    assert first.post(address, sent(name="First", opened=opened[first])).status_code == 302
    refused = second.post(address, sent(name="Second", opened=opened[second]))
    assert refused.context["form"].non_field_errors()
    assert refused.context["form"]["name"].value() == "Second"
    made.refresh_from_db()
    assert made.name == "First"
    again = {"opened": refused.context["form"]["opened"].value(), "keep-name": "mine"}
    assert second.post(address, sent(name="Second", **again)).status_code == 302
    made.refresh_from_db()
    assert made.name == "Second"


def test_saving_without_a_change_logs_nothing():
    made = create_organisation(by=None, name="Harbour Works", kind="business")
    change_organisation(made, by=None, name="Harbour Works")
    assert not Event.objects.filter(name="organisation.changed").exists()


def test_a_region_must_lie_in_the_country():
    country, other = factories.country("CN"), factories.country("FR")
    region = other.regions.create(code="FR-BRE", name_nl="Bretagne", name_en="Brittany")
    with pytest.raises(ValidationError) as wrong:
        create_organisation(by=None, name="X", kind="business", country=country, region=region)
    assert set(wrong.value.error_dict) == {"region"}


def test_an_unknown_field_is_refused_instead_of_ignored():
    with pytest.raises(TypeError, match="colour"):
        create_organisation(by=None, name="X", kind="business", colour="red")


def test_who_may_not_see_an_organisation_cannot_change_it(people):
    hidden = factories.organisation(classification="confidential")
    with pytest.raises(PermissionDenied):
        change_organisation(hidden, by=people[Role.POLICY_OFFICER], name="Mine")


def test_a_confidential_record_cannot_be_meant_for_the_council(client_for):
    response = client_for(Role.COORDINATOR).post("/parties/new/", sent(classification="confidential", for_council="on"))
    assert response.context["form"].errors
    assert Organisation.objects.count() == 0


def test_who_restricts_an_organisation_stays_on_the_case(client_for, people):
    response = client_for(Role.POLICY_OFFICER).post("/parties/new/", sent(classification="restricted"))
    made = Organisation.objects.get()
    assert list(made.team.all()) == [people[Role.POLICY_OFFICER]]
    assert client_for(Role.POLICY_OFFICER).get(response.url).status_code == 200


def test_the_page_shows_people_now_and_before_but_no_hidden_ones(client_for):
    office = factories.organisation()
    now, hidden = factories.person(name="Now Here"), factories.person(name="Hidden One", classification="restricted")
    before = factories.person(name="Gone Away")
    for person, until in ((now, None), (hidden, None), (before, "2020-01-01")):
        Post.objects.create(person=person, organisation=office, title="Head", until=until)
    response = client_for(Role.POLICY_OFFICER).get(f"/parties/{office.pk}/")
    assert [post.person for post in response.context["posts_now"]] == [now]
    assert [post.person for post in response.context["posts_before"]] == [before]
    assert "Hidden One" not in response.content.decode()


def test_a_hidden_agreement_is_not_named_on_its_partys_page(client_for):
    party = factories.organisation()
    factories.agreement(factories.home(), party, title="Secret pact", classification="confidential")
    assert "Secret pact" not in client_for(Role.POLICY_OFFICER).get(f"/parties/{party.pk}/").content.decode()
    assert "Secret pact" in client_for(Role.COORDINATOR).get(f"/parties/{party.pk}/").content.decode()


def test_a_name_in_its_own_script_is_kept_out_of_the_pages_language(client_for):
    party = factories.organisation(native_name="جهة")
    assert '<bdi lang="">جهة</bdi>' in client_for(Role.POLICY_OFFICER).get(f"/parties/{party.pk}/").content.decode()
