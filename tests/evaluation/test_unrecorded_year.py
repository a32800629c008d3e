"""A year that nobody marked as recorded, although something was entered in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from hanze.accounts.models import Role
from hanze.missions.models import Activity
from tests import factories


@pytest.mark.django_db
def test_what_happened_in_it_is_listed_and_its_figures_are_not_recorded(client_for: Callable[[Role], Client]) -> None:
    factories.activity(title="Bezoek in een ongemerkt jaar", state=Activity.State.HELD)
    evaluation = factories.evaluation(country=factories.country())
    answer = client_for(Role.COORDINATOR).get(reverse("evaluation:evaluation-detail", args=[evaluation.pk]))
    assert answer.status_code == 200
    assert "Bezoek in een ongemerkt jaar" in answer.content.decode()
