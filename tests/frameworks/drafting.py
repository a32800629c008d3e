"""Drafts for tests: started from an installed version, edited, offered, approved."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from hanze.frameworks import library, operations
from hanze.frameworks.models import Draft, PublishedVersion
from hanze.frameworks.operations import Edited
from hanze.policy import Framework
from hanze.policy.editing import Path, plain, set_value

CHINA = ("zh-china", "2022-12-14")


def base() -> Framework:
    found = library.get(*CHINA)
    assert found is not None
    return found


def draft(by: Any = None, **fields: Any) -> Draft:
    """An open draft of the framework for China, in force from today."""
    given: dict[str, Any] = {
        "version": timezone.localdate() + timedelta(days=1),
        "in_force_from": timezone.localdate(),
        "title": "Stricter on technology",
        "why": "The council asked for it.",
        **fields,
    }
    return operations.start_draft(base(), by=by, **given)


def change(kept: Draft, path: Path, value: Any, by: Any = None, revision: int | None = None) -> Draft:
    """Fill in one value."""

    def edit(current: Draft) -> Edited:
        return Edited(set_value(current.text, path, value), current.scenarios, "/".join(map(str, path)))

    return operations.change_draft(kept, by=by, revision=revision or kept.revision, edit=edit)


def offered(by: Any = None, **fields: Any) -> Draft:
    return operations.offer_draft(draft(by, **fields), by=by)


def published(by: Any = None, **fields: Any) -> PublishedVersion:
    return operations.approve_draft(offered(None, **fields), by=by)


def rule(text: str, rule_id: str) -> Path:
    """Where a rule stands in a framework's text."""
    for table, each in enumerate(plain(text)["tables"]):
        for number, rule in enumerate(each["rules"]):
            if rule["id"] == rule_id:
                return ("tables", table, "rules", number)
    raise AssertionError(f"There is no rule {rule_id}.")


def day(text: str) -> date:
    return date.fromisoformat(text)
