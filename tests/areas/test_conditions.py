"""Conditions for a cluster: the advisory group weighs them, adds to them, and its agreement is measured."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from hanze.accounts.models import Role, User
from hanze.areas import operations, priorities
from hanze.areas.models import Adviser, Condition, Initiative
from tests import factories

pytestmark = pytest.mark.django_db
LABELS = ("Vertrouwen", "Schaal", "Marketing")


@pytest.fixture
def initiative() -> Initiative:
    made = factories.initiative(choose=2)
    for label in LABELS:
        operations.add_condition(made, by=None, label=label)
    return made


def voted(initiative: Initiative, *points: int, **fields: object) -> Adviser:
    """A member who gives the conditions these points, in the order of the inventory."""
    adviser = operations.add_adviser(initiative, by=None, **{"name": "Lid", **fields})
    keys = initiative.conditions.values_list("pk", flat=True)
    return operations.cast_votes(adviser, by=None, points=dict(zip(keys, points, strict=True)))


def test_before_the_first_vote_nothing_is_weighed(initiative: Initiative) -> None:
    operations.add_adviser(initiative, by=None, name="Lid")
    assert priorities.outcome(initiative) is None


def test_the_conditions_with_most_points_are_chosen_and_every_member_counts_the_same(initiative: Initiative) -> None:
    voted(initiative, 10, 10, 0)
    voted(initiative, 0, 1, 1)
    result = priorities.outcome(initiative)
    assert result is not None
    assert [(row.condition.label, row.share, row.chosen) for row in result.rows] == [
        ("Schaal", 0.5, True),
        ("Vertrouwen", 0.25, True),
        ("Marketing", 0.25, False),
    ]


@pytest.mark.parametrize(
    ("one", "other", "agreement", "words"),
    [((3, 2, 1), (3, 2, 1), 1.0, "sterk"), ((3, 2, 1), (1, 2, 3), 0.0, "nauwelijks")],
)
def test_agreement_is_measured_from_none_to_full(
    initiative: Initiative, one: tuple[int, ...], other: tuple[int, ...], agreement: float, words: str
) -> None:
    voted(initiative, *one)
    voted(initiative, *other)
    result = priorities.outcome(initiative)
    assert result is not None
    assert result.agreement == pytest.approx(agreement)
    assert words in result.agreement_in_words


def test_one_vote_says_nothing_about_agreement(initiative: Initiative) -> None:
    voted(initiative, 3, 2, 1)
    result = priorities.outcome(initiative)
    assert result is not None
    assert (result.agreement, result.chance) == (None, None)


def test_a_condition_added_by_the_group_can_win(initiative: Initiative) -> None:
    operations.add_condition(initiative, by=None, label="Toon de meerwaarde", added=True)
    voted(initiative, 1, 1, 1, 9)
    result = priorities.outcome(initiative)
    assert result is not None
    assert (result.rows[0].condition.label, result.rows[0].condition.added) == ("Toon de meerwaarde", True)


def test_voting_again_takes_the_place_of_the_first_vote(initiative: Initiative) -> None:
    adviser = voted(initiative, 9, 0, 0)
    keys = list(initiative.conditions.values_list("pk", flat=True))
    operations.cast_votes(adviser, by=None, points={keys[2]: 4})
    assert list(adviser.votes.values_list("condition_id", "points")) == [(keys[2], 4)]


@pytest.mark.parametrize("points", [(11, 0, 0), (-1, 1, 0), (0, 0, 0)])
def test_points_outside_the_scale_and_an_empty_vote_are_refused(
    initiative: Initiative, points: tuple[int, ...]
) -> None:
    with pytest.raises(ValidationError):
        voted(initiative, *points)


def test_points_for_a_condition_of_another_initiative_are_refused(initiative: Initiative) -> None:
    other = operations.add_condition(factories.initiative(), by=None, label="Elders")
    adviser = operations.add_adviser(initiative, by=None, name="Lid")
    with pytest.raises(ValidationError):
        operations.cast_votes(adviser, by=None, points={other.pk: 3})


def test_a_condition_with_points_is_not_taken_away(initiative: Initiative) -> None:
    voted(initiative, 1, 0, 0)
    first, second = initiative.conditions.all()[:2]
    with pytest.raises(ValidationError):
        operations.remove_condition(first, by=None)
    operations.remove_condition(second, by=None)
    assert list(Condition.objects.values_list("label", flat=True)) == ["Vertrouwen", "Marketing"]


def test_a_condition_is_there_once(initiative: Initiative) -> None:
    with pytest.raises(ValidationError):
        operations.add_condition(initiative, by=None, label="Schaal")


def test_a_member_with_an_account_gives_her_own_points_and_nobody_elses(
    initiative: Initiative, people: dict[Role, User]
) -> None:
    reader = people[Role.COMMUNICATIONS]
    hers = operations.add_adviser(initiative, by=None, name="Zij", account=reader)
    other = operations.add_adviser(initiative, by=None, name="Hij")
    points = {initiative.conditions.all()[0].pk: 5}
    operations.cast_votes(hers, by=reader, points=points)
    with pytest.raises(PermissionDenied):
        operations.cast_votes(other, by=reader, points=points)


def test_a_member_who_may_not_read_the_initiative_cannot_vote(people: dict[Role, User]) -> None:
    reader = people[Role.COMMUNICATIONS]
    secret = factories.initiative(classification="confidential")
    condition = operations.add_condition(secret, by=None, label="Schaal")
    hers = operations.add_adviser(secret, by=None, name="Zij", account=reader)
    with pytest.raises(PermissionDenied):
        operations.cast_votes(hers, by=reader, points={condition.pk: 5})


def test_an_officer_walks_from_condition_to_outcome(
    initiative: Initiative, client_for: Callable[[Role], Client]
) -> None:
    client = client_for(Role.POLICY_OFFICER)
    at = [initiative.pk]
    client.post(reverse("areas:condition-add", args=at), {"label": "Toon", "added": "on", "provenance": "recorded"})
    client.post(reverse("areas:adviser-add", args=at), {"name": "Lid van de groep", "role": "boeren"})
    adviser = initiative.advisers.get()
    sent = {f"points-{each.pk}": 10 if each.label == "Toon" else 1 for each in initiative.conditions.all()}
    assert client.post(reverse("areas:vote", args=[*at, adviser.pk]), sent).status_code == 302
    page = client.get(reverse("areas:condition-list", args=at)).content.decode()
    assert page.index("<svg") > 0
    assert "Toon" in page
    assert "77" in page
    assert "Gestemd" in page


def test_wrong_points_are_told_at_their_field(initiative: Initiative, client_for: Callable[[Role], Client]) -> None:
    adviser = operations.add_adviser(initiative, by=None, name="Lid")
    sent = {f"points-{each.pk}": 99 for each in initiative.conditions.all()}
    answer = client_for(Role.COORDINATOR).post(reverse("areas:vote", args=[initiative.pk, adviser.pk]), sent)
    assert answer.status_code == 422
    assert len(answer.context["form"].errors) == 3
