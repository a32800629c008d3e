"""Findings are confidential: they open, show and count for whom they are; their parties are named to nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from hanze.accounts.models import Role
from hanze.watchlists.models import Finding
from tests.leaks.conftest import client_of
from tests.leaks.neighbours import Neighbourhood, hidden_from, leaks
from tests.leaks.table import SEEN_BY
from tests.rights import READERS

pytestmark = pytest.mark.django_db

MAY_READ = {Role.COORDINATOR, Role.POLICY_OFFICER, Role.EXECUTIVE, Role.AUDITOR}


def about(near: Neighbourhood) -> list[tuple[Finding, set[Any]]]:
    """The findings of a neighbourhood with who sees them: an open party's, a hidden party's, and a hidden name's.

    The policy officer is responsible for an activity in which the open party takes part.
    """
    hidden = Finding.objects.filter(verdicts__reason__contains=near.words["finding"])
    closed = MAY_READ & SEEN_BY[near.class_of("finding")]
    return [
        (near.hubs["finding"], MAY_READ & SEEN_BY["confidential"] | {Role.POLICY_OFFICER}),
        *((each, closed) for each in hidden),
    ]


@pytest.mark.parametrize("role", [*Role, None])
def test_a_finding_opens_for_whom_it_is(role: Any, users: dict[Any, Any], around: dict[str, Neighbourhood]) -> None:
    client = client_of(users.get(role))
    for near in around.values():
        found = about(near)
        assert len(found) == 3
        for finding, readers in found:
            status = client.get(reverse("watchlists:finding-detail", args=[finding.pk])).status_code
            wanted = 200 if role in readers else 302 if role is None else 404
            assert status == wanted, f"{near.secret} as {role}"


@pytest.mark.parametrize("role", sorted(MAY_READ))
def test_the_desk_shows_and_counts_exactly_the_findings_of_the_reader(
    role: Any, users: dict[Any, Any], around: dict[str, Neighbourhood]
) -> None:
    answer = client_of(users[role]).get(reverse("watchlists:finding-list"), {"state": "all"})
    wanted = {each.pk for near in around.values() for each, readers in about(near) if role in readers}
    page = answer.context["page_obj"]
    assert {each.pk for each in page} == wanted
    assert page.paginator.count == len(wanted)


@pytest.mark.parametrize("role", sorted(MAY_READ))
def test_an_edition_that_waits_names_only_parties_that_the_reader_may_be_told_of(
    role: Any, users: dict[Any, Any], around: dict[str, Neighbourhood]
) -> None:
    for near in around.values():
        answer = client_of(users[role]).get(near.hubs["edition"].get_absolute_url())
        text = answer.content.decode()
        assert leaks(text, role, around) == []
        named = near.words["organisation"] in text
        assert named == (role in SEEN_BY[near.class_of("finding")]), near.secret
        assert answer.context["touched"].hidden + len(answer.context["touched"].parties) == 3


@pytest.mark.parametrize("role", sorted(MAY_READ - {Role.AUDITOR}))
def test_asking_the_desk_after_a_hidden_name_finds_nothing(
    role: Any, users: dict[Any, Any], around: dict[str, Neighbourhood]
) -> None:
    client = client_of(users[role])
    for word, what in hidden_from(role, around).items():
        answer = client.get(reverse("watchlists:finding-list"), {"q": word, "state": "all"})
        assert answer.context["page_obj"].paginator.count == 0, what


def test_who_may_see_them_finds_the_reason_and_the_cases_with_the_finding(
    users: dict[Any, Any], around: dict[str, Neighbourhood]
) -> None:
    """Otherwise the tests above would ask nothing."""
    client = client_of(users[Role.AUDITOR])
    for near in around.values():
        pages = [client.get(each.get_absolute_url()).content.decode() for each, _readers in about(near)]
        assert sum(near.words["finding"] in page for page in pages) == 2
        assert any(near.words["activity"] in page for page in pages)
        assert any(near.words["written"] in page for page in pages)


@pytest.mark.parametrize("role", sorted(READERS))
def test_a_reclassified_party_takes_its_findings_along(
    role: Any, users: dict[Any, Any], around: dict[str, Neighbourhood]
) -> None:
    finding = around["internal"].hubs["finding"]
    organisation = finding.subject.organisation
    organisation.classification, organisation.for_council = "restricted", False
    organisation.save()
    try:
        seen = Finding.objects.visible_to(users[role]).filter(pk=finding.pk).exists()
        assert seen == (role == Role.AUDITOR)
    finally:
        organisation.classification, organisation.for_council = "public", True
        organisation.save()
