"""Likely duplicates in the whole register, from which merging starts."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from hanze.accounts.models import Role
from hanze.register.alike import likely_pairs
from hanze.register.duplicates import Named
from hanze.register.models import Identifier, Organisation, Person
from hanze.register.names import alike_among
from hanze.register.operations import merge_parties
from tests import factories

pytestmark = pytest.mark.django_db


def named(*names: str, country: str | None = None) -> list[Named]:
    return [Named(number, (name,), country) for number, name in enumerate(names, start=1)]


def test_names_that_mean_the_same_are_pairs_whatever_their_form() -> None:
    found = alike_among(named("Havenbedrijf Rijnmond B.V.", "HAVENBEDRIJF RIJNMOND", "Rijnmond Havenbedrijf", "Other"))
    assert set(found) == {(1, 2), (1, 3), (2, 3)}
    assert found[1, 2] == 100


def test_between_two_countries_more_likeness_is_asked() -> None:
    one, other = Named(1, ("University of Delta",), "NL"), Named(2, ("Universiti of Delta",), "CN")
    assert not alike_among([one, other])
    assert alike_among([one, Named(2, other.names, "NL")])


def test_names_that_differ_by_a_number_are_different() -> None:
    assert not alike_among(named("Kassenbouwer 01", "Kassenbouwer 02"))
    assert alike_among(named("Kassenbouwer 01 BV", "Kassenbouwer 01"))


def test_a_word_that_very_many_share_makes_no_pairs() -> None:
    assert alike_among(named(*(f"Gemeente {chr(97 + n) * 6}" for n in range(26)))) == {}


def test_a_shared_number_or_address_makes_a_pair_and_stands_first() -> None:
    factories.organisation(name="Alfa Kassen"), factories.organisation(name="Alfa Kassen BV")
    one, other = factories.organisation(name="Zeta"), factories.organisation(name="Omega")
    for each in (one, other):
        Identifier.objects.create(organisation=each, scheme="other", value="42")
    pairs = likely_pairs(Organisation, factories.user(Role.COORDINATOR))
    assert [(pair.shares, pair.likeness) for pair in pairs] == [(True, 0.0), (False, 100.0)]
    said = (("A", "x@y.nl"), ("Bb", "X@y.nl"), ("C", ""))
    people = [factories.person(name=name, email=email) for name, email in said]
    [pair] = likely_pairs(Person, factories.user(Role.COORDINATOR))
    assert (pair.one, pair.other) == (people[0].pk, people[1].pk)


def test_pairs_of_which_one_is_hidden_are_neither_shown_nor_counted(client_for: Any) -> None:
    for classification in ("internal", "internal", "confidential"):
        factories.organisation(name="Havenbedrijf Rijnmond", classification=classification)
    address = reverse("register:organisation-alike")
    officer = client_for(Role.POLICY_OFFICER).get(address).context
    assert (officer["page_obj"].paginator.count, len(officer["rows"])) == (1, 1)
    assert client_for(Role.COORDINATOR).get(address).context["page_obj"].paginator.count == 3


def test_what_becomes_hidden_is_shown_no_more_though_the_pairs_were_kept(client_for: Any) -> None:
    _one, other = (factories.organisation(name="Havenbedrijf Rijnmond") for _ in range(2))
    officer, address = client_for(Role.POLICY_OFFICER), reverse("register:organisation-alike")
    assert officer.get(address).context["rows"]
    Organisation.objects.filter(pk=other.pk).update(classification="confidential")
    assert not officer.get(address).context["rows"]


def test_merging_starts_here_and_ends_the_pair(client_for: Any) -> None:
    kept, gone = (factories.person(name="Li Wei") for _ in range(2))
    client, address = client_for(Role.COORDINATOR), reverse("register:person-alike")
    page = client.get(address)
    with_other = reverse("register:person-merge-with", args=[kept.pk, gone.pk])
    assert with_other in page.content.decode()
    merge_parties(kept, gone, {}, by=None, reason="The same")
    assert not client.get(address).context["rows"]


def test_only_who_may_merge_sees_the_tab(client_for: Any) -> None:
    factories.organisation()
    address = reverse("register:organisation-alike")
    assert address in client_for(Role.COORDINATOR).get(reverse("register:organisation-list")).content.decode()
    assert address not in client_for(Role.EXECUTIVE).get(reverse("register:organisation-list")).content.decode()


def test_the_number_of_queries_does_not_grow_with_the_pairs(
    client_for: Any, django_assert_max_num_queries: Any
) -> None:
    for n in range(12):
        for _ in range(2):
            factories.organisation(name=f"Instituut {chr(97 + n) * 8}")
    client = client_for(Role.COORDINATOR)
    client.get(reverse("register:organisation-alike"))
    with django_assert_max_num_queries(25):
        assert len(client.get(reverse("register:organisation-alike")).context["rows"]) == 12
