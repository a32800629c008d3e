"""A condition that is put into SQL once for a reader's rights says what Django would say of it each time."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.test.utils import CaptureQueriesContext

from hanze.accounts.among import Among
from hanze.accounts.models import Role, User
from hanze.register.models import Organisation, Relation
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def relations() -> None:
    for place, secrecy in enumerate(("public", "internal", "confidential", "restricted")):
        partner = factories.organisation(name=f"Partner {place}", classification=secrecy)
        factories.relation(partner=partner, classification="public")


def by_django(reader: Any, rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(Exists(Organisation.objects.visible_to(reader).filter(pk=OuterRef("partner"))))


def by_among(reader: Any, rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(Among(Organisation.objects.visible_to, reader, "partner"))


@pytest.mark.parametrize("role", [None, *Role])
def test_it_keeps_the_rows_that_exists_keeps(role: Role | None, relations: None) -> None:
    reader = factories.user(role) if role else AnonymousUser()
    rows = Relation.objects.order_by("pk")
    assert list(by_among(reader, rows)) == list(by_django(reader, rows))
    away = rows.exclude(Among(Organisation.objects.visible_to, reader, "partner"))
    assert set(away) == set(rows) - set(by_django(reader, rows))


def test_who_is_put_on_a_case_sees_it_from_then_on(relations: None) -> None:
    reader, secret = factories.user(Role.POLICY_OFFICER), Organisation.objects.get(classification="restricted")
    rows = Relation.objects.filter(partner=secret)
    assert not by_among(reader, rows).exists()
    secret.team.add(reader)
    assert by_among(reader, rows).exists()
    secret.team.remove(reader)
    assert not by_among(reader, rows).exists()


def test_another_role_and_a_lower_ceiling_are_other_rights(relations: None) -> None:
    reader = factories.user(Role.POLICY_OFFICER)
    assert by_among(reader, Relation.objects.all()).count() == 2
    reader.roles_held.create(role=Role.COORDINATOR)
    assert by_among(User.objects.get(pk=reader.pk), Relation.objects.all()).count() == 3
    reader = User.objects.get(pk=reader.pk)
    reader.ceiling = "public"
    assert by_among(reader, Relation.objects.all()).count() == 1


def test_two_readers_with_the_same_roles_have_their_own_cases(relations: None) -> None:
    first, second = factories.user(Role.POLICY_OFFICER), factories.user(Role.POLICY_OFFICER)
    Organisation.objects.get(classification="restricted").team.add(second)
    assert [by_among(each, Relation.objects.all()).count() for each in (first, second)] == [2, 3]


def test_a_row_may_be_asked_of_its_own_table(relations: None) -> None:
    reader, [open_one, secret] = (
        factories.user(Role.COUNCIL),
        Organisation.objects.filter(classification__in=["public", "restricted"]).order_by("classification"),
    )
    into_open = factories.organisation(
        merged_into=open_one, name="Went up in what is open", classification="restricted"
    )
    factories.organisation(merged_into=secret, name="Went up in a secret", classification="public")
    rows = Organisation.objects.exclude(merged_into=None)
    assert list(rows.filter(Among(Organisation.objects.visible_to, reader, "merged_into"))) == [into_open]


def test_it_holds_deep_inside_another_query_and_beside_others(relations: None) -> None:
    reader = factories.user(Role.COORDINATOR)
    seen = Relation.objects.visible_to(reader).filter(partner=OuterRef("pk"))
    rows = Organisation.objects.visible_to(reader).filter(Q(Exists(seen)) | Q(name="Partner 9"))
    assert {str(each) for each in rows} == {"Partner 0", "Partner 1", "Partner 2"}
    partners = Relation.objects.visible_to(reader).select_related("partner").filter(partner__in=rows.values("pk"))
    assert partners.count() == 3
    assert (partners | Relation.objects.visible_to(reader)).distinct().count() == 3


def test_it_is_put_together_once_for_a_reader(relations: None, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = factories.user(Role.POLICY_OFFICER)
    assert reader.roles
    with CaptureQueriesContext(connection) as first:
        list(by_among(reader, Relation.objects.order_by("pk")))

    def fails(*_: Any) -> Any:
        raise AssertionError("asked for its rows again")

    monkeypatch.setattr(Organisation.objects._queryset_class, "visible_to", fails)
    with CaptureQueriesContext(connection) as again:
        list(by_among(reader, Relation.objects.order_by("pk")))
    assert [each["sql"] for each in first] == [each["sql"] for each in again]
