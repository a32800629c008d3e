"""Likely duplicates that prove to be different are set aside, stay aside while both keep their names, and come back."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from hanze.accounts.models import Role
from hanze.archive.operations import erase_person
from hanze.audit.models import Event
from hanze.register.models import Organisation, Person, SetApart
from hanze.register.operations import change_organisation, change_person, merge_parties, set_apart, undo_merge
from tests import factories

pytestmark = pytest.mark.django_db

ALIKE = {Organisation: "register:organisation-alike", Person: "register:person-alike"}
APART = {Organisation: "register:organisation-apart", Person: "register:person-apart"}
SET_APART = {Organisation: "register:organisation-set-apart", Person: "register:person-set-apart"}


def two(model: type[Any], **fields: Any) -> tuple[Any, Any]:
    make = factories.organisation if model is Organisation else factories.person
    return make(name="Li Wei", **fields), make(name="Li Wei")


def pairs(client: Any, address: str) -> list[tuple[int, int]]:
    return [(row[0].pk, row[1].pk) for row in client.get(reverse(address)).context["rows"]]


@pytest.mark.parametrize("model", [Organisation, Person])
def test_a_pair_that_was_set_aside_stands_in_the_other_list_until_it_is_taken_back(
    model: type[Any], client_for: Any
) -> None:
    one, other = two(model)
    client = client_for(Role.POLICY_OFFICER)
    page = client.get(reverse(ALIKE[model])).content.decode()
    address = reverse(SET_APART[model], args=[one.pk, other.pk])
    assert address in page
    client.post(address, {"reason": "Father and son."}, follow=True)
    assert not pairs(client, ALIKE[model])
    assert pairs(client, APART[model]) == [(one.pk, other.pk)]
    shown = client.get(reverse(APART[model])).content.decode()
    assert "Father and son." in shown
    taken_back = SetApart.objects.get().get_absolute_url()
    assert taken_back in shown
    client.post(taken_back)
    assert pairs(client, ALIKE[model]) == [(one.pk, other.pk)]
    assert not pairs(client, APART[model])


def test_no_reason_is_asked_and_both_records_tell_of_it(client_for: Any) -> None:
    one, other = two(Organisation)
    client_for(Role.COORDINATOR).post(reverse(SET_APART[Organisation], args=[other.pk, one.pk]), {})
    client_for(Role.COORDINATOR).post(SetApart.objects.get().get_absolute_url())
    for each in (one, other):
        names = {event.name for event in Event.objects.about(each)}
        assert {"organisation.set-apart", "organisation.set-apart-undone"} <= names


@pytest.mark.parametrize("which", ["one", "other"])
def test_a_pair_comes_back_when_one_of_the_two_gets_another_name(which: str, client_for: Any) -> None:
    one, other = two(Person)
    set_apart(other, one, by=None)
    client = client_for(Role.COORDINATOR)
    change_person(one if which == "one" else other, by=None, phone="0123")
    assert not pairs(client, ALIKE[Person])
    change_person(one if which == "one" else other, by=None, native_name="李伟")
    assert pairs(client, ALIKE[Person]) == [(one.pk, other.pk)]
    assert not pairs(client, APART[Person])
    set_apart(one, other, by=None)
    assert not pairs(client, ALIKE[Person])
    assert SetApart.objects.count() == 1


def test_where_one_record_is_merged_only_what_looks_alike_too_is_left_out(client_for: Any) -> None:
    one, other = two(Organisation)
    client = client_for(Role.COORDINATOR)
    choose = reverse("register:organisation-merge", args=[one.pk])
    assert [each for each, _address in client.get(choose).context["likely"]] == [other]
    set_apart(one, other, by=None)
    assert not client.get(choose).context["likely"]


def test_merging_one_of_them_with_a_third_and_undoing_it_leaves_them_apart(client_for: Any) -> None:
    one, other = two(Organisation)
    third = factories.organisation(name="Something else")
    set_apart(one, other, by=None)
    merge = merge_parties(third, other, {}, by=None, reason="The same")
    client = client_for(Role.COORDINATOR)
    assert not pairs(client, APART[Organisation])
    undo_merge(merge, by=None, because="Not the same")
    assert pairs(client, APART[Organisation]) == [(one.pk, other.pk)]
    assert not pairs(client, ALIKE[Organisation])


def test_who_may_not_see_both_sees_nothing_of_the_pair_and_takes_nothing_back(client_for: Any) -> None:
    one, other = two(Organisation, classification="confidential")
    apart = set_apart(one, other, by=None, reason="Secret")
    officer = client_for(Role.POLICY_OFFICER)
    assert not pairs(officer, APART[Organisation])
    assert officer.post(apart.get_absolute_url()).status_code == 404
    assert officer.post(reverse(SET_APART[Organisation], args=[other.pk, one.pk])).status_code == 404
    assert pairs(client_for(Role.COORDINATOR), APART[Organisation]) == [(one.pk, other.pk)]
    with pytest.raises(PermissionDenied):
        set_apart(one, other, by=factories.user(Role.POLICY_OFFICER))


def test_a_record_is_not_different_from_itself() -> None:
    one = factories.organisation()
    with pytest.raises(ValidationError):
        set_apart(one, one, by=None)


def test_erasing_either_person_takes_the_pair_and_its_reason_along() -> None:
    for erased in (0, 1):
        pair = two(Person)
        set_apart(*pair, by=None, reason="She told so.")
        erase_person(pair[erased], by=factories.user(Role.COORDINATOR), reason="Asked for")
        assert not SetApart.objects.exists()


def test_the_list_can_be_taken_along_as_a_file(client_for: Any) -> None:
    one, other = two(Organisation)
    set_apart(one, other, by=None, reason="Two branches")
    answer = client_for(Role.COORDINATOR).get(reverse(APART[Organisation]), {"export": "csv"})
    assert "Two branches" in b"".join(answer).decode()


def test_the_number_of_queries_does_not_grow_with_what_was_set_aside(
    client_for: Any, django_assert_max_num_queries: Any
) -> None:
    for n in range(8):
        set_apart(*(factories.organisation(name=f"Instituut {chr(97 + n) * 8}") for _ in range(2)), by=None)
    client = client_for(Role.COORDINATOR)
    client.get(reverse(APART[Organisation]))
    with django_assert_max_num_queries(25):
        assert len(pairs(client, APART[Organisation])) == 8


def test_an_organisation_keeps_its_pair_when_something_else_of_it_changes(client_for: Any) -> None:
    one, other = two(Organisation)
    set_apart(one, other, by=None)
    change_organisation(one, by=None, website="https://one.example")
    assert not pairs(client_for(Role.COORDINATOR), ALIKE[Organisation])
