"""Every address, with each role's expected answer. The rows are in tests/rights; an address without a row fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from hanze.accounts.models import Role
from tests.rights import Row

ROWS: list[Row] = [
    row
    for path in sorted((Path(__file__).parent / "rights").glob("[a-z]*.py"))
    for row in import_module(f"tests.rights.{path.stem}").ROWS
]
NOT_THEIRS = 404


def url_names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    """The names of all addresses below `resolver`."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        elif pattern.namespace != "api":  # asked with tokens; its table is in tests/api/test_rights.py
            yield from url_names(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)


def test_every_address_has_a_row_in_the_table_of_rights() -> None:
    assert sorted(set(url_names(get_resolver())) - {row.url_name for row in ROWS}) == []


def test_every_row_is_about_an_address_that_exists() -> None:
    assert sorted({row.url_name for row in ROWS} - set(url_names(get_resolver()))) == []


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.url_name)
def test_each_role_gets_exactly_the_addresses_that_are_hers(
    row: Row, role: Role, client_for: Callable[[Role], Client]
) -> None:
    client = client_for(role)
    answer = ask(client, row)
    if role in row.allow:
        assert answer.status_code in row.ok, f"{role} should get {row.url_name}, got {answer.status_code}"
    else:
        assert answer.status_code == NOT_THEIRS, f"{role} should not get {row.url_name}, got {answer.status_code}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.url_name)
@pytest.mark.django_db
def test_a_visitor_without_account_gets_public_pages_only(row: Row) -> None:
    answer = ask(Client(), row)
    if row.public:
        assert answer.status_code in row.ok
    else:
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_login"))


def ask(client: Client, row: Row):
    url = reverse(row.url_name, kwargs=row.kwargs())
    return client.get(url) if row.post is None else client.post(url, row.post)
