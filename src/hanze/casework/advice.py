"""The advice on a request: computed from its facts, and read back from the receipts that were kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from hanze.casework import frameworks
from hanze.casework.facts import FactValue, gather
from hanze.casework.models import Receipt, Request
from hanze.frameworks import library
from hanze.policy import Advice, Framework, Text, assess, receipt, verify_receipt

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Weighing:
    """A request weighed by its framework on the facts of a day; nothing of it is kept."""

    request: Request
    facts: Mapping[str, FactValue]
    advice: Advice

    @property
    def framework(self) -> Framework:
        return self.advice.framework

    def content(self, at: datetime | None = None) -> dict[str, Any]:
        """The receipt of this weighing, with where each fact came from."""
        return receipt(self.advice, at, {fact_id: fact.origin for fact_id, fact in self.facts.items()})


@dataclass(frozen=True)
class MeasureBrought:
    """A measure that an advice asks for, in the words that the framework had then."""

    code: str
    line: str
    label_nl: str
    label_en: str
    moment: str
    per: str


@dataclass(frozen=True)
class LineApplied:
    """How a line of action stood in an advice: `state` is applied, not-applied or unknown."""

    code: str
    kind: str
    number: int
    label_nl: str
    label_en: str
    state: str


def facts_of(request: Request, on: date | None = None) -> dict[str, FactValue]:
    """The facts of a request by the ids of the framework that weighs it; none when no framework applies."""
    framework = frameworks.for_request(request)
    return gather(framework, request, on or timezone.localdate()) if framework else {}


def advise(request: Request, on: date | None = None) -> Weighing | None:
    """Weigh a request on the facts of a day (today); None when no framework applies. Keeps nothing."""
    framework = frameworks.for_request(request)
    if framework is None:
        return None
    facts = gather(framework, request, on or timezone.localdate())
    return Weighing(request, facts, assess(framework, {fact_id: fact.value for fact_id, fact in facts.items()}))


def latest(request: Request) -> Receipt | None:
    """The advice that was computed last."""
    return request.receipts.order_by("-computed_at", "-pk").first()


def weighs_the_same(one: Content, other: Content) -> bool:
    """Whether two receipts rest on the same framework and fact values, wherever the values came from."""
    return _substance(one) == _substance(other)


def _substance(content: Content) -> tuple[Any, ...]:
    values = {fact["id"]: fact["value"] for fact in content["facts"]}
    return content["framework"]["content_hash"], values


def measures_of(kept: Receipt) -> list[MeasureBrought]:
    """The measures that an advice brings, in the order of the framework."""
    return [
        MeasureBrought(each["id"], each["line"], each["label"]["nl"], each["label"]["en"], each["moment"], each["per"])
        for each in kept.content["measures"]
    ]


def lines_of(kept: Receipt) -> list[LineApplied]:
    """How every line of action of the framework stood, in the order of the framework."""
    framework = library.get(kept.framework, kept.version)
    tables = {table.id: table for table in framework.tables} if framework else {}
    lines: list[LineApplied] = []
    for each in kept.content["lines"]:
        table = tables.get(each["table"])
        label = table.line if table else Text(each["table"], each["table"])
        kind, number = (table.kind, table.number) if table else ("", 0)
        lines.append(LineApplied(each["table"], kind, number, label.nl, label.en, each["state"]))
    return lines


def still_holds(kept: Receipt) -> list[str] | None:
    """Compute a kept advice again: the differences in plain words, none when it holds.

    None when the framework of that version is not installed any more, so that it cannot be checked.
    """
    framework = library.get(kept.framework, kept.version)
    return verify_receipt(kept.content, framework) if framework else None
