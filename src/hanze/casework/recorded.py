"""What casework tells the frameworks: which advice rests on a version, and the cases that were weighed before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from hanze.casework.advice import Content
from hanze.casework.facts import read_answer
from hanze.casework.models import Receipt, Request
from hanze.frameworks import library
from hanze.frameworks.history import RecordedCase
from hanze.frameworks.usage import Usage
from hanze.frameworks.words import say
from hanze.policy import FactError, FactValue, Framework

SHOWN = 50


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


def recorded_cases(reader: Any) -> list[RecordedCase]:
    """The latest advice on each request that the reader may see, with the facts as they stood then."""
    latest = Receipt.objects.filter(request=OuterRef("pk")).order_by("-computed_at", "-pk").values("pk")[:1]
    visible = Request.objects.visible_to(reader).annotate(latest=Subquery(latest)).filter(latest__isnull=False)
    receipts = Receipt.objects.in_bulk(visible.values_list("latest", flat=True))
    return [
        RecordedCase(
            id=request.reference,
            label=request.title,
            url=reverse("casework:request-detail", args=[request.pk]),
            framework=receipts[request.latest].framework,
            facts=facts_in(receipts[request.latest].content),
        )
        for request in visible.order_by("-received_on", "-pk")
    ]


def facts_in(content: Content) -> Mapping[str, FactValue]:
    """The facts of a kept advice as values of their types; one that its framework no longer knows stays unknown."""
    kept = content["framework"]
    framework = library.get(kept["id"], kept["version"])
    declared = {fact.id: fact for fact in framework.facts} if framework else {}
    values: dict[str, FactValue] = {}
    for each in content["facts"]:
        fact = declared.get(each["id"])
        try:
            values[each["id"]] = read_answer(fact, each["value"]) if fact else each["value"]
        except FactError:
            values[each["id"]] = None
    return values
