"""Every operation of the API, for every role that an application can have."""

from __future__ import annotations

from typing import Any

import pytest

from hanze.config.api import document
from hanze.connections import scopes
from hanze.connections.models import Application, Token
from tests.api.table import OPERATIONS, Operation
from tests.connections.making import ApiClient, application, token

pytestmark = pytest.mark.django_db


def ask(calls: ApiClient, operation: Operation) -> Any:
    path = operation.path()
    return calls.get(path) if operation.body is None else getattr(calls, operation.method)(path, operation.body())


def test_the_table_has_every_operation_of_the_document() -> None:
    documented = {
        (operation["operationId"], method, path)
        for path, operations in document()["paths"].items()
        for method, operation in operations.items()
        if operation.get("security")
    }
    assert documented == {(each.id, each.method, each.template) for each in OPERATIONS}


@pytest.mark.parametrize("role", Application.ROLES)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.id)
def test_each_role_may_do_what_is_its_own_whatever_its_token_says(operation: Operation, role: str) -> None:
    kept, key = token(application(role))
    Token.objects.filter(pk=kept.pk).update(scopes=[each.name for each in scopes.every()])
    answer = ask(ApiClient(key), operation)
    assert answer.status_code == (operation.ok if role in operation.roles else 403), answer.content


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.id)
def test_no_operation_goes_without_its_scope(operation: Operation) -> None:
    role = sorted(operation.roles)[0]
    others = [each.name for each in scopes.every() if each.name != operation.scope]
    kept, key = token(application(role))
    Token.objects.filter(pk=kept.pk).update(scopes=others)
    answer = ask(ApiClient(key), operation)
    assert answer.status_code == 403
    assert operation.scope in answer.json()["detail"]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.id)
def test_no_operation_goes_without_a_token(operation: Operation) -> None:
    assert ask(ApiClient(None), operation).status_code == 401
