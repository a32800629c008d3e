"""Two people save the same record: nobody's text is lost, nothing is saved unseen, and each field ends as decided."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from hanze.accounts import together
from hanze.accounts.models import Role, User
from hanze.accounts.together import MINE, THEIRS, Together
from hanze.casework.models import Request
from hanze.casework.operations import change_contact, change_request
from hanze.evaluation.operations import change_evaluation, change_recommendation, recommend, write_text
from hanze.missions.models import Activity
from hanze.missions.operations import (
    add_participation,
    change_activity,
    change_part,
    change_participation,
    raise_topic,
    set_publication,
)
from hanze.register import operations as register
from tests import factories

ClientFor = Callable[[Role], Client]
KINDS = [("visit", "Visit"), ("talk", "Talk"), ("", "None")]


class NoteForm(Together, forms.Form):
    """A form with each kind of control, without a database."""

    title = forms.CharField(required=False)
    text = forms.CharField(required=False, widget=forms.Textarea)
    kind = forms.ChoiceField(required=False, choices=KINDS)
    tags = forms.MultipleChoiceField(required=False, choices=[(tag, tag) for tag in "abc"])
    ready = forms.BooleanField(required=False)
    fits = forms.NullBooleanField(required=False)
    shares = True

    def changed_by(self, name: str) -> tuple[str, None]:
        return "Somebody", None


def sent(values: dict[str, Any], opened: str, **choices: str) -> QueryDict:
    """What a browser sends of a form that shows `values`."""
    data = QueryDict(mutable=True)
    for name, value in values.items():
        if isinstance(value, list):
            data.setlist(name, value)
        elif name == "fits":
            data[name] = {True: "true", False: "false", None: "unknown"}[value]
        elif isinstance(value, bool):
            if value:
                data[name] = "on"
        else:
            data[name] = value
    data["opened"] = opened
    data.update({f"keep-{name}": choice for name, choice in choices.items()})
    return data


def opened_on(values: dict[str, Any]) -> str:
    return NoteForm(initial=values)["opened"].value()


def shown(form: NoteForm) -> dict[str, Any]:
    """What the user sees in the controls."""
    values = {name: form[name].value() for name in VALUES}
    values["ready"] = values["ready"] in (True, "on")
    values["fits"] = {"true": True, "false": False, True: True, False: False}.get(values["fits"])
    return values | {"tags": sorted(values["tags"] or [])}


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=6).map(str.strip)
VALUES = {
    "title": words,
    "text": words,
    "kind": st.sampled_from(["visit", "talk", ""]),
    "tags": st.lists(st.sampled_from("abc"), unique=True).map(sorted),
    "ready": st.booleans(),
    "fits": st.sampled_from([True, False, None]),
}
versions = st.fixed_dictionaries(VALUES)
choices = st.fixed_dictionaries({name: st.sampled_from([MINE, THEIRS]) for name in VALUES})


@given(versions, versions, versions, choices)
def test_every_field_ends_as_the_three_versions_and_the_choices_say(
    before: dict[str, Any], theirs: dict[str, Any], mine: dict[str, Any], chosen: dict[str, str]
) -> None:
    form = NoteForm(sent(mine, opened_on(before)), initial=theirs)
    both = {name for name in VALUES if len({str(version[name]) for version in (before, theirs, mine)}) == 3}
    both |= {name for name in VALUES if before[name] != theirs[name] != mine[name] != before[name]}
    only_theirs = {name for name in VALUES if before[name] == mine[name] != theirs[name]}
    assert form.is_valid() is not bool(both | only_theirs)
    assert {each.name for each in form.differences if each.asks} == both
    assert {each.name for each in form.differences if not each.asks} == only_theirs
    assert shown(form) == {name: theirs[name] if name in only_theirs else mine[name] for name in VALUES}
    if form.is_valid():
        return
    again = NoteForm(sent(shown(form), form["opened"].value(), **{name: chosen[name] for name in both}), initial=theirs)
    assert again.is_valid(), again.errors
    expected = {
        name: theirs[name] if name in only_theirs or (name in both and chosen[name] == THEIRS) else mine[name]
        for name in VALUES
    }
    assert {name: again.cleaned_data[name] for name in VALUES} == expected


@given(versions, versions, versions)
def test_without_a_choice_it_asks_again_and_her_text_stays(
    before: dict[str, Any], theirs: dict[str, Any], mine: dict[str, Any]
) -> None:
    first = NoteForm(sent(mine, opened_on(before)), initial=theirs)
    asked = {each.name for each in first.differences if each.asks}
    second = NoteForm(sent(shown(first), first["opened"].value()), initial=theirs)
    assert {each.name for each in second.differences if each.asks} == asked
    assert second.is_valid() is not bool(asked)
    assert shown(second) == shown(first)


def test_a_third_person_who_saves_while_she_chooses_makes_it_ask_anew() -> None:
    start, second, third = ({"title": title, "text": "", "kind": "", "tags": [], "ready": False, "fits": None}
                            for title in ("A", "B", "C"))  # fmt: skip
    form = NoteForm(sent({**start, "title": "Mine"}, opened_on(start)), initial=second)
    assert not form.is_valid()
    again = NoteForm(sent({**start, "title": "Mine"}, form["opened"].value(), title=MINE), initial=third)
    assert [(each.theirs, each.choice) for each in again.differences] == [("C", "")]


def test_choosing_theirs_for_one_and_nothing_for_another_keeps_her_text_in_both() -> None:
    start = {"title": "", "text": "", "kind": "", "tags": [], "ready": False, "fits": None}
    theirs, mine = {**start, "title": "T1", "text": "T2"}, {**start, "title": "M1", "text": "M2"}
    form = NoteForm(sent(mine, opened_on(start)), initial=theirs)
    assert not form.is_valid()
    again = NoteForm(sent(mine, form["opened"].value(), title=THEIRS), initial=theirs)
    assert (shown(again)["title"], shown(again)["text"]) == ("M1", "M2")
    assert [each.choice for each in again.differences] == [THEIRS, ""]


@pytest.mark.parametrize("opened", ["", "{", "[]", '{"is": 3, "ask": []}', '{"is": {}, "ask": null}'])
def test_a_hidden_field_that_was_tampered_with_breaks_nothing(opened: str) -> None:
    assert together.read_opened(opened) is None
    assert NoteForm(sent({"title": "x"}, opened), initial={"title": "y"}).is_valid()


def test_the_hidden_field_does_not_tell_the_values() -> None:
    assert "Secret" not in opened_on({"title": "Secret partner"})


# Each change form of the product: its address, the field both write, and how the other one saved it.
def _request(by: User) -> tuple[Any, str, str, Callable[[], Any]]:
    made = factories.request()
    address = reverse("casework:request-change", args=[made.pk])
    return made, address, "description", lambda: change_request(made, by=by, description="Theirs")


def _contact(by: User) -> tuple[Any, str, str, Callable[[], Any]]:
    made = factories.contact_moment()
    address = reverse("casework:contact-change", args=[made.pk])
    return made, address, "agreed", lambda: change_contact(made, by=by, agreed="Theirs")


def _activity(by: User) -> tuple[Any, str, str, Callable[[], Any]]:
    made = factories.activity()
    address = reverse("missions:activity-change", args=[made.pk, "aim"])
    return made, address, "aim", lambda: change_activity(made, by=by, aim="Theirs")


def _organisation(by: User) -> tuple[Any, str, str, Callable[[], Any]]:
    made = factories.organisation()
    address = reverse("register:organisation-change", args=[made.pk])
    return made, address, "notes", lambda: register.change_organisation(made, by=by, notes="Theirs")


def _person(by: User) -> tuple[Any, str, str, Callable[[], Any]]:
    made = factories.person()
    address = reverse("register:person-change", args=[made.pk])
    return made, address, "notes", lambda: register.change_person(made, by=by, notes="Theirs")


def _relation(by: User) -> tuple[Any, str, str, Callable[[], Any]]:
    factories.home()
    made = factories.relation()
    address = reverse("register:relation-change", args=[made.pk])
    return made, address, "purpose", lambda: register.change_relation(made, by=by, purpose="Theirs")


def _agreement(by: User) -> tuple[Any, str, str, Callable[[], Any]]:
    made = factories.agreement()
    address = reverse("register:agreement-change", args=[made.pk])
    return made, address, "subject", lambda: register.change_agreement(made, by=by, subject="Theirs")


def _text(by: User) -> tuple[Any, str, str, Callable[[], Any]]:
    made = factories.evaluation()
    address = reverse("evaluation:text-edit", args=[made.pk, "summary"])
    return made, address, "text_nl", lambda: write_text(made, by=by, section="summary", text_nl="Theirs")


def _post(by: User) -> tuple[Any, str, str, Callable[[], Any]]:
    person, employer = factories.person(), factories.organisation()
    made, beside = (register.add_post(by=None, person=person, organisation=employer, title=title) for title in "AB")
    address = reverse("register:post-change", args=[person.pk, made.pk])

    def change() -> None:
        register.change_post(made, by=by, title="Theirs")
        register.change_post(beside, by=None, title="Not this one")

    return made, address, "title", change


def _evaluation(by: User) -> tuple[Any, str, str, Callable[[], Any]]:
    made = factories.evaluation()
    address = reverse("evaluation:evaluation-edit", args=[made.pk])
    return made, address, "title_nl", lambda: change_evaluation(made, by=by, title_nl="Theirs")


def _recommendation(by: User) -> tuple[Any, str, str, Callable[[], Any]]:
    evaluation = factories.evaluation()
    made = recommend(evaluation, by=None, text_nl="A", text_en="A")
    address = reverse("evaluation:recommendation-edit", args=[evaluation.pk, made.pk])
    return made, address, "text_nl", lambda: change_recommendation(made, by=by, text_nl="Theirs")


def _topic(by: User) -> tuple[Any, str, str, Callable[[], Any]]:
    made = raise_topic(factories.activity(), by=None, subject="A")
    address = reverse("missions:part-change", args=[made.activity_id, "topics", made.pk])
    return made, address, "message", lambda: change_part(made, by=by, message="Theirs")


def _participation(by: User) -> tuple[Any, str, str, Callable[[], Any]]:
    made = add_participation(factories.activity(), by=None, organisation=factories.organisation())
    address = reverse("missions:participation-change", args=[made.activity_id, made.pk])
    return made, address, "note", lambda: change_participation(made, by=by, note="Theirs")


def _report(by: User) -> tuple[Any, str, str, Callable[[], Any]]:
    made = factories.activity()
    address = reverse("missions:activity-report", args=[made.pk])
    draft = {"publication": Activity.Publication.TO_PUBLISH, "text_en": ""}
    return made, address, "text", lambda: set_publication(made, by=by, text="Theirs", **draft)


@pytest.mark.parametrize(
    "kind",
    [
        *(_request, _contact, _activity, _organisation, _person, _post, _relation, _agreement),
        *(_text, _evaluation, _recommendation, _topic, _participation, _report),
    ],
)
@pytest.mark.parametrize("choice", [MINE, THEIRS])
def test_every_change_form_tells_the_second_writer_by_whom_and_saves_only_what_she_decides(
    kind: Callable[[User], tuple[Any, str, str, Callable[[], Any]]],
    choice: str,
    people: dict[Role, User],
    client_for: ClientFor,
) -> None:
    other, client = factories.user(Role.COORDINATOR), client_for(Role.COORDINATOR)
    _made, address, field, others_change = kind(other)
    form = client.get(address).context["form"]
    hers = browser_data(form) | {field: "Mine"}
    others_change()
    answer = client.post(address, hers)
    page = answer.content.decode()
    assert answer.status_code in (200, 409, 422)
    [told] = [each for each in answer.context["form"].differences if each.name == field]
    assert (told.theirs, told.mine, told.asks, told.by) == ("Theirs", "Mine", True, str(other))
    assert f'name="keep-{field}"' in page
    assert client.get(address).context["form"][field].value() == "Theirs"
    again = client.post(address, browser_data(answer.context["form"]) | {f"keep-{field}": choice})
    assert again.status_code == 302, again.context["form"].errors
    assert client.get(address).context["form"][field].value() == {MINE: "Mine", THEIRS: "Theirs"}[choice]


def browser_data(form: Any) -> dict[str, Any]:
    """What a browser sends of the form as it stands, with an empty set of numbers beside it."""
    data: dict[str, Any] = {"numbers-TOTAL_FORMS": 0, "numbers-INITIAL_FORMS": 0}
    for name in form.fields:
        value = form[name].value()
        if isinstance(value, list | tuple):
            data[name] = [getattr(each, "pk", each) for each in value]
        elif value not in (None, "", False):
            data[name] = value.isoformat() if hasattr(value, "isoformat") else value
    return data


def test_registration_numbers_that_another_changed_are_told(people: dict[Role, User], client_for: ClientFor) -> None:
    made, client = factories.organisation(), client_for(Role.COORDINATOR)
    address = reverse("register:organisation-change", args=[made.pk])
    hers = browser_data(client.get(address).context["form"])
    register.change_organisation(made, by=people[Role.POLICY_OFFICER], identifiers=[("other", "X-77")])
    answer = client.post(address, hers)
    assert ["X-77" in each.theirs for each in answer.context["form"].differences] == [True]
    assert made.identifiers.count() == 1


def test_a_record_that_is_hidden_from_the_second_writer_is_not_named(client_for: ClientFor) -> None:
    hidden = factories.organisation(name="Hidden Seeds", classification="restricted")
    request = factories.request()
    address, officer = reverse("casework:request-change", args=[request.pk]), client_for(Role.POLICY_OFFICER)
    hers = browser_data(officer.get(address).context["form"])
    request.demand_from.add(hidden)
    Request.objects.filter(pk=request.pk).update(title="Another title")
    answer = officer.post(address, hers)
    assert "Hidden Seeds" not in answer.content.decode()
    assert [each.name for each in answer.context["form"].differences] == ["title"]
