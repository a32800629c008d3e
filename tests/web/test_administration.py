"""What an administrator looks after."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from hanze.accounts.models import Role
from hanze.register.models import Organisation
from hanze.register.queries import home
from tests import factories

ClientFor = Callable[[Role], Client]
HOME = "web:home-organisation"


def test_every_place_of_administration_is_linked_and_opens(client_for: ClientFor) -> None:
    client = client_for(Role.ADMINISTRATOR)
    page = client.get(reverse("web:administration")).content.decode()
    for name in (
        "people:account-list",
        "web:home-organisation",
        "goals:administer-goals",
        "goals:administer-themes",
        "evaluation:recorded-years",
    ):
        assert f'href="{reverse(name)}"' in page
        assert client.get(reverse(name)).status_code == 200


def test_our_own_organisation_is_chosen_from_the_governments(client_for: ClientFor) -> None:
    province = factories.organisation(name="Province of Here", kind="government")
    factories.organisation(name="Some company")
    client = client_for(Role.ADMINISTRATOR)
    page = client.get(reverse(HOME)).content.decode()
    assert "Province of Here" in page
    assert "Some company" not in page
    client.post(reverse(HOME), {"organisation": province.pk})
    assert home() == province
    assert "Province of Here" in client.get(reverse("web:today")).content.decode()


def test_another_choice_leaves_one_home(client_for: ClientFor) -> None:
    first, second = (factories.organisation(kind="government") for _number in range(2))
    client = client_for(Role.ADMINISTRATOR)
    for chosen in (first, second):
        client.post(reverse(HOME), {"organisation": chosen.pk})
    assert list(Organisation.objects.filter(is_home=True)) == [second]


def test_choosing_nothing_is_said_at_the_field_and_changes_nothing(client_for: ClientFor) -> None:
    own = factories.home()
    answer = client_for(Role.ADMINISTRATOR).post(reverse(HOME), {"organisation": ""})
    assert set(answer.context["form"].errors) == {"organisation"}
    assert home() == own


def test_a_party_that_the_administrator_may_not_see_cannot_be_chosen(client_for: ClientFor) -> None:
    hidden = factories.organisation(kind="government", classification="restricted")
    client_for(Role.ADMINISTRATOR).post(reverse(HOME), {"organisation": hidden.pk})
    assert home() is None
