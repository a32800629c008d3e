"""Advice receipts in the API: each computed advice as it stood, whole, so that it can be verified elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from hanze.accounts.models import User
from hanze.casework.models import Receipt, Request
from hanze.connections.api import resources
from hanze.connections.api.resources import Filters, References, Resource
from hanze.connections.api.schemas import Answer, Day, Id, Moment, Reference, Words


class AdviceReceiptAnswer(Answer):
    id: int
    url: str
    request: Reference | None
    framework: str
    version: Day
    outcome: str
    is_final: bool
    computed_at: Moment
    computed_by: str | None
    content_hash: str
    content: dict[str, Any]


class ReceiptFilters(Filters):
    request_id: Id | None = None
    framework: Words = ""
    outcome: Words = ""

    def narrow(self, rows: QuerySet[Any], reader: User) -> QuerySet[Any]:
        given = {"request": self.request_id, "framework": self.framework, "outcome": self.outcome}
        return rows.filter(**{name: value for name, value in given.items() if value})


def receipt_rows(reader: User) -> QuerySet[Receipt]:
    if not reader.has_perm("casework.view_assessment"):
        return Receipt.objects.none()
    seen = Receipt.objects.filter(Exists(Request.objects.visible_to(reader).filter(pk=OuterRef("request"))))
    return seen.select_related("computed_by").order_by("-computed_at", "-pk")


def show_receipts(rows: Sequence[Receipt], reader: User) -> list[AdviceReceiptAnswer]:
    names = References(reader, {Request: [each.request_id for each in rows]})
    return [
        AdviceReceiptAnswer(
            id=each.pk,
            url=RECEIPTS.address(each.pk),
            request=names.of(Request, each.request_id),
            framework=each.framework,
            version=each.version,
            outcome=each.outcome,
            is_final=each.is_final,
            computed_at=each.computed_at,
            computed_by=str(each.computed_by) if each.computed_by else None,
            content_hash=each.content_hash,
            content=each.content,
        )
        for each in rows
    ]


RECEIPTS = Resource(
    "advice-receipts",
    _("Read advice receipts"),
    Receipt,
    AdviceReceiptAnswer,
    "casework.view_assessment",
    receipt_rows,
    show_receipts,
    ReceiptFilters,
)
receipts = resources.register(RECEIPTS)
