"""Every form of the product that changes what is kept guards the second of two people who save.

All addresses of the table of rights are opened, so that a new page is looked at as well. A form changes what is kept
when it starts from a stored record, or shows something beforehand: then it must carry what its user started from, and
its page must let writers in one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.db import models, transaction
from django.forms.formsets import ManagementForm
from django.test import Client
from django.urls import resolve, reverse

from hanze.accounts.models import Role
from hanze.accounts.together import FIELD, Together, TogetherOn
from hanze.goals import forms as goal_forms
from hanze.goals import urls, views
from tests import factories
from tests.test_rights import ROWS, Row

# Forms that propose something and write over nobody's words, each with the reason.
PROPOSES = {
    "AgreementForm": "an activity gets one agreement more",
    "ClaimForm": "a claim is added beside the others",
    "ColumnsForm": "says how one file is read; the file is read anew",
    "DecisionForm": "a decision is taken once: the operation refuses a second",
    "EndForm": "an agreement ends once: the operation refuses a second",
    "FirstStatusForm": "part of a new relation",
    "FreezeForm": "makes a copy",
    "HomeForm": "one choice, of which the last holds",
    "MethodForm": "chooses what is shown",
    "PlanForm": "asks for a plan of its own",
    "PublicRequestForm": "sends a new request",
    "RenewalForm": "an agreement gets one renewal more",
    "SettleGroupForm": "settles what is open; what is settled stays",
    "StartForm": "starts a draft",
    "StatusForm": "a relation gets one status more",
    "TokenForm": "makes a token",
}
PAGES = [row for row in ROWS if row.post is None and not row.public]


@pytest.fixture
def client() -> Client:
    """Somebody with every role."""
    made = Client()
    made.force_login(factories.user(*Role), backend="allauth.account.auth_backends.AuthenticationBackend")
    return made


def unguarded(client: Client, row: Row) -> Iterator[str]:
    """What is wrong with the forms of a page, in words."""
    address = reverse(row.url_name, kwargs=row.kwargs())
    answer = client.get(address)
    page = answer.content.decode() if answer.context else ""
    takes_turns = getattr(resolve(address).func, "takes_turns", False)
    for form in _forms(answer.context or []):
        name = type(form).__name__
        if not _changes(form):
            continue
        if not isinstance(form, Together):
            yield f"{row.url_name}: {name} is not Together, and is not among what only proposes"
        elif f'name="{FIELD}"' not in page:
            yield f"{row.url_name}: the page of {name} does not draw form.{FIELD}"
        elif not takes_turns:
            yield f"{row.url_name}: the view of {name} lacks in_turn"


def _forms(context: Any) -> Iterator[forms.BaseForm]:
    """Every form that a template was given, once."""
    given = (value for layer in _layers(context) for value in layer.values())
    found = (form for value in given for form in _inside(value))
    return iter({id(form): form for form in found}.values())


def _layers(context: Any) -> Iterator[dict[str, Any]]:
    for each in context if isinstance(context, list) else getattr(context, "dicts", ()):
        if isinstance(each, dict):
            yield each
        else:
            yield from _layers(each)


def _inside(value: Any) -> list[forms.BaseForm]:
    if isinstance(value, forms.BaseForm):
        return [value]
    if isinstance(value, forms.BaseFormSet):
        return value.forms
    return [form for each in value for form in _inside(each)] if isinstance(value, list | tuple) else []


def _changes(form: forms.BaseForm) -> bool:
    """Whether the form writes over what is kept."""
    if isinstance(form, ManagementForm):
        return False
    stored: models.Model | None = getattr(form, "instance", None)
    if stored is not None and stored.pk:
        return True
    if isinstance(form, TogetherOn):
        return True
    shown = {name for name, value in form.initial.items() if name != FIELD and value not in (None, "", [], False)}
    return bool(shown) and stored is None and type(form).__name__ not in PROPOSES


@pytest.mark.django_db
def test_every_form_that_changes_what_is_kept_guards_the_second_writer(client: Client) -> None:
    wrong: list[str] = []
    for row in PAGES:
        with transaction.atomic():
            wrong += unguarded(client, row)
            transaction.set_rollback(True)
    assert sorted(set(wrong)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("forgotten", ["form", "template", "view"])
def test_a_form_page_or_view_that_forgets_its_guard_is_found(
    forgotten: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    [row] = [each for each in PAGES if each.url_name == "goals:goal-change"]
    if forgotten == "form":
        plain = type("GoalForm", (forms.ModelForm,), {"Meta": goal_forms.GoalForm.Meta})
        monkeypatch.setattr(views, "GoalForm", plain)
    elif forgotten == "template":
        monkeypatch.setattr(goal_forms.GoalForm, "__str__", lambda self: "")
    else:
        [pattern] = [each for each in urls.urlpatterns if each.name == "goal-change"]
        monkeypatch.delattr(pattern.callback, "takes_turns")
    [said] = unguarded(client, row)
    assert said.startswith("goals:goal-change: ")
