"""People and the posts they hold over time."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from hanze.accounts.models import Role
from hanze.audit.models import Event
from hanze.register.models import Person, Post
from hanze.register.operations import add_post, change_person, create_person
from tests import factories

pytestmark = pytest.mark.django_db


def test_an_officer_adds_a_person_and_is_led_to_the_first_post(client_for):
    office, client = factories.organisation(), client_for(Role.POLICY_OFFICER)
    fields = {"name": "Li Wei", "native_name": "李伟", "classification": "internal"}
    response = client.post(f"/people/new/?organisation={office.pk}", fields)
    person = Person.objects.get()
    assert (person.native_name, response.url) == ("李伟", f"/people/{person.pk}/posts/new/?organisation={office.pk}")
    assert client.get(response.url).context["form"]["organisation"].value() == str(office.pk)


def test_a_post_is_added_on_its_page_and_logged(client_for, people):
    person, office = factories.person(), factories.organisation()
    fields = {"organisation": office.pk, "title": "Director", "since": "2021-04-01"}
    assert (
        client_for(Role.POLICY_OFFICER).post(f"/people/{person.pk}/posts/new/", fields).url == person.get_absolute_url()
    )
    assert person.posts.get().since == date(2021, 4, 1)
    event = Event.objects.get(name="post.added")
    assert (event.actor, event.data["post"]) == (people[Role.POLICY_OFFICER], "Director")


def test_a_post_ends_by_changing_it(client_for):
    held = Post.objects.create(person=factories.person(), organisation=factories.organisation(), title="Head")
    fields = {"organisation": held.organisation_id, "title": "Head", "until": "2023-05-01"}
    address = f"/people/{held.person_id}/posts/{held.pk}/"
    assert client_for(Role.COORDINATOR).post(address, fields).status_code == 302
    held.refresh_from_db()
    assert held.held_on(date(2023, 5, 1))
    assert not held.held_on(date(2023, 5, 2))
    assert Event.objects.get(name="post.changed").data["fields"] == ["until"]


def test_a_post_cannot_end_before_it_starts(client_for):
    person, office = factories.person(), factories.organisation()
    fields = {"organisation": office.pk, "title": "Head", "since": "2023-05-01", "until": "2020-01-01"}
    response = client_for(Role.COORDINATOR).post(f"/people/{person.pk}/posts/new/", fields)
    assert response.context["form"].errors
    assert not person.posts.exists()


def test_a_post_at_a_hidden_organisation_is_neither_shown_nor_open(client_for):
    person = factories.person()
    quiet = factories.organisation(name="Quiet Office", classification="confidential")
    held = Post.objects.create(person=person, organisation=quiet, title="Envoy to the quiet")
    client = client_for(Role.POLICY_OFFICER)
    for address in (f"/people/{person.pk}/", "/people/"):
        page = client.get(address).content.decode()
        assert "Quiet Office" not in page
        assert "Envoy" not in page
    assert client.get(f"/people/{person.pk}/posts/{held.pk}/").status_code == 404
    assert "Quiet Office" in client_for(Role.COORDINATOR).get(f"/people/{person.pk}/").content.decode()


def test_a_hidden_organisation_cannot_be_chosen_for_a_post(client_for, people):
    person, quiet = factories.person(), factories.organisation(classification="confidential")
    fields = {"organisation": quiet.pk, "title": "Head"}
    response = client_for(Role.POLICY_OFFICER).post(f"/people/{person.pk}/posts/new/", fields)
    assert "organisation" in response.context["form"].errors
    with pytest.raises(PermissionDenied):
        add_post(by=people[Role.POLICY_OFFICER], person=person, organisation=quiet, title="Head")


def test_the_log_keeps_which_details_of_a_person_changed_but_not_what_they_were():
    person = create_person(by=None, name="Li Wei", phone="123")
    change_person(person, by=None, phone="456")
    event = Event.objects.get(name="person.changed")
    assert event.data == {"fields": ["phone"]}


def test_a_person_has_a_name():
    with pytest.raises(ValidationError) as wrong:
        create_person(by=None, name="")
    assert set(wrong.value.error_dict) == {"name"}


def test_people_are_found_by_name_in_either_script(client_for):
    factories.person(name="Li Wei", native_name="李伟")
    factories.person(name="Somebody Else")
    client = client_for(Role.COUNCIL)
    assert client.get("/people/", {"q": "李"}).context["table"].paginator.count == 0
    assert client_for(Role.POLICY_OFFICER).get("/people/", {"q": "李"}).context["table"].paginator.count == 1
