"""Opening the pages of frameworks and filling in fields of the editor."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse

from hanze.accounts.models import Role
from hanze.frameworks.models import Draft
from hanze.policy.editing import plain

SignIn = Callable[[Role], Client]


def page(client: Client, name: str, status: int = 200, **args: Any) -> str:
    answer = client.get(reverse(f"frameworks:{name}", kwargs=args), headers={"accept-language": "en"})
    assert answer.status_code == status
    return unescape(answer.content.decode())


def edit(client: Client, draft: Draft, section: str = "tables", script: bool = False, **fields: Any) -> Any:
    """Fill in fields of a page of the editor; `a__b` stands for `a:b`."""
    data = {"revision": str(draft.revision), **{name.replace("__", ":"): value for name, value in fields.items()}}
    headers = {"accept-language": "en", **({"Hanze-Editor": "1"} if script else {})}
    return client.post(reverse("frameworks:draft-edit", args=[draft.pk, section]), data, headers=headers)


def now(draft: Draft) -> Any:
    draft.refresh_from_db()
    return plain(draft.text)
