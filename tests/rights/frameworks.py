"""Who may open which address of frameworks."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from hanze.frameworks import operations
from tests.frameworks import drafting
from tests.rights import AUDITOR, COORDINATOR, EXECUTIVE, OFFICER, READERS, Row

EDITORS = {COORDINATOR, OFFICER}
# Drafts are seen by who makes or decides policy, and by the auditor; not by the council, nor by who sends requests.
SEE_DRAFTS = EDITORS | {EXECUTIVE, AUDITOR}
WHY = {"because": "Not needed any more"}


def _version(**more: str) -> dict[str, Any]:
    return {"framework": drafting.CHINA[0], "version": drafting.CHINA[1], **more}


def _draft(**more: Any) -> dict[str, Any]:
    return {"pk": drafting.draft().pk, **more}


def _offered(**more: Any) -> dict[str, Any]:
    return {"pk": drafting.offered().pk, **more}


def _stepped() -> dict[str, Any]:
    draft = drafting.change(drafting.draft(), ("title", "en"), "Another title")
    return {"pk": draft.pk, "direction": "back"}


def _withdrawn() -> dict[str, Any]:
    return {"pk": operations.withdraw_draft(drafting.draft(), by=None, because="Another way.").pk}


STARTING = {"title": "Stricter", "why": "Asked for", "version": timezone.localdate(), "in_force_from": "2099-01-01"}
ROWS = [
    Row("frameworks:framework-list", READERS),
    Row("frameworks:framework-versions", READERS, lambda: {"framework": drafting.CHINA[0]}),
    Row("frameworks:framework-detail", READERS, _version),
    Row("frameworks:framework-download", READERS, _version),
    Row(
        "frameworks:framework-compare",
        READERS,
        lambda: {"framework": drafting.CHINA[0], "one": drafting.CHINA[1], "other": drafting.CHINA[1]},
    ),
    Row("frameworks:draft-start", EDITORS, _version),
    Row("frameworks:draft-start", EDITORS, _version, post=STARTING),
    Row("frameworks:draft-detail", SEE_DRAFTS, _draft),
    Row("frameworks:draft-detail", SEE_DRAFTS, _withdrawn),
    Row("frameworks:draft-read", SEE_DRAFTS, _draft),
    Row("frameworks:draft-compare", SEE_DRAFTS, _draft),
    Row("frameworks:draft-replay", SEE_DRAFTS, _draft),
    Row("frameworks:framework-dmn", READERS, _version),
    Row("frameworks:draft-dmn", SEE_DRAFTS, _draft),
    Row("frameworks:draft-replay-download", SEE_DRAFTS, lambda: _draft(form="csv")),
    Row("frameworks:draft-replay-download", SEE_DRAFTS, lambda: _draft(form="json")),
    Row("frameworks:draft-download", SEE_DRAFTS, _draft),
    Row("frameworks:draft-edit", SEE_DRAFTS, lambda: _draft(section="tables")),
    Row("frameworks:draft-edit", SEE_DRAFTS, lambda: _draft(section="scenarios")),
    Row(
        "frameworks:draft-edit",
        EDITORS,
        lambda: _draft(section="head"),
        post={"revision": "1", "value:title/en": "New"},
    ),
    Row("frameworks:draft-cell", SEE_DRAFTS, _draft),
    Row("frameworks:draft-step", EDITORS, _stepped, post={"revision": "2"}),
    Row("frameworks:draft-move", EDITORS, lambda: _draft(key="offer")),
    Row("frameworks:draft-move", EDITORS, lambda: _draft(key="offer"), post={}),
    Row("frameworks:draft-move", EDITORS | {EXECUTIVE}, lambda: _offered(key="return"), post=WHY),
    Row("frameworks:draft-move", EDITORS, lambda: _draft(key="withdraw"), post=WHY),
    Row("frameworks:draft-move", {COORDINATOR, EXECUTIVE}, lambda: _offered(key="approve"), post={}),
]
