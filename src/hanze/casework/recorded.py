"""What casework tells the frameworks: which advice rests on a version, and the cases that were weighed before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple
from typing import Any

import numpy as np
from django.db.models import F, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from hanze.accounts.classification import Classification
from hanze.casework.models import Receipt, Request
from hanze.frameworks.history import Keys, Mark, NamedCase, WeighedCase
from hanze.frameworks.usage import Usage
from hanze.frameworks.words import say
from hanze.policy import Framework

SHOWN = 50
MARK = ("pk", "request", "content_hash", "computed_at")


def usage_of(framework: Framework, reader: Any) -> tuple[int, list[Usage]]:
    """How many requests have an advice by this version, and the latest of those that the reader may open."""
    receipts = Receipt.objects.filter(framework=framework.id, version=framework.version)
    visible = Request.objects.visible_to(reader).filter(receipts__in=receipts).distinct()
    latest = receipts.filter(request=OuterRef("pk")).order_by("-computed_at", "-pk")
    rows = visible.annotate(advice=Subquery(latest.values("outcome")[:1])).order_by("-received_on", "-pk")
    labels = {outcome.id: say(outcome.label) for outcome in framework.scale}
    return visible.count(), [
        Usage(str(row), reverse("casework:request-detail", args=[row.pk]), labels.get(row.advice, ""))
        for row in rows[:SHOWN]
    ]


class RequestHistory:
    """The requests that were weighed, each by its latest advice, with the facts as they stood then."""

    def mark(self) -> Mark | None:
        """The advice that was kept last."""
        last = Receipt.objects.order_by("-pk").values_list(*MARK).first()
        return Mark(*last) if last else None

    def holds(self, mark: Mark) -> bool:
        """Whether this advice is still there as it was."""
        return Receipt.objects.filter(pk=mark.number).values_list(*MARK).first() == astuple(mark)

    def weighed(self, after: Mark | None) -> Iterator[WeighedCase]:
        """Each request of which an advice was kept after a mark, by its latest advice."""
        receipts = Receipt.objects.all()
        if after is not None:
            receipts = receipts.filter(request__in=receipts.filter(pk__gt=after.number).values("request"))
        newest = Window(RowNumber(), partition_by=F("request"), order_by=[F("computed_at").desc(), F("pk").desc()])
        latest = receipts.annotate(age=newest).filter(age=1).order_by()
        for case, framework, facts in latest.values_list("request", "framework", "content__facts").iterator(2_000):
            yield WeighedCase(case, framework, {fact["id"]: fact["value"] for fact in facts})

    def visible(self, reader: Any) -> Keys:
        """The requests that this reader may see."""
        return _keys(Request.objects.visible_to(reader))

    def common(self) -> Keys:
        """The requests that everybody may see who may see drafts: those that are public or internal."""
        return _keys(Request.objects.filter(classification__in=[Classification.PUBLIC, Classification.INTERNAL]))

    def named(self, keys: Iterable[int], reader: Any) -> dict[int, NamedCase]:
        """Some requests by reference and title, as far as this reader may see them."""
        rows = Request.objects.visible_to(reader).filter(pk__in=list(keys))
        return {
            row.pk: NamedCase(row.reference, row.title, reverse("casework:request-detail", args=[row.pk]))
            for row in rows
        }


def _keys(requests: QuerySet[Request]) -> Keys:
    return np.fromiter(requests.order_by().values_list("pk", flat=True), np.int64)
