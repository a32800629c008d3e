"""Applications and tokens for tests."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import count
from typing import Any

from django.test import Client
from django.utils import timezone

from hanze.accounts.models import Role
from hanze.connections import operations, scopes
from hanze.connections.models import Application, Token

_number = count(1)


def application(role: str = Role.COORDINATOR, ceiling: str = "restricted", **fields: Any) -> Application:
    given = {"name": f"Programme {next(_number)}", "purpose": "A test", "contact": "it@region.example", **fields}
    return operations.create_application(by=None, role=role, ceiling=ceiling, **given)


def possible(made: Application) -> list[str]:
    """All scopes that the application's role can do anything with."""
    acting = made.acting()
    return [scope.name for scope in scopes.every() if acting.has_perm(scope.permission)]


def token(made: Application, wanted: list[str] | None = None) -> tuple[Token, str]:
    until = timezone.localdate() + timedelta(days=30)
    names = possible(made) if wanted is None else wanted
    return operations.create_token(made, by=None, label="test", scopes=names, expires_on=until)


class ApiClient:
    """Calls the API with a token."""

    def __init__(self, key: str | None, language: str = "en") -> None:
        headers = {"accept-language": language} | ({"authorization": f"Bearer {key}"} if key else {})
        self._client = Client(headers=headers)

    def get(self, path: str, **asked: Any) -> Any:
        return self._client.get(f"/api/v1/{path}", asked)

    def post(self, path: str, body: Any, **headers: str) -> Any:
        return self._send("post", path, body, headers)

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        return self._send("patch", path, body, headers)

    def _send(self, method: str, path: str, body: Any, headers: dict[str, str]) -> Any:
        content, kind = body if isinstance(body, str) else json.dumps(body), "application/json"
        return getattr(self._client, method)(f"/api/v1/{path}", content, content_type=kind, headers=headers)


def client(role: str = Role.COORDINATOR, ceiling: str = "restricted", wanted: list[str] | None = None) -> ApiClient:
    """A client of a new application in that role."""
    return ApiClient(token(application(role, ceiling), wanted)[1])
