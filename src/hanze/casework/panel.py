"""An advice as a page shows it, in the language in force: read from a receipt, kept or just computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from hanze.casework.advice import Content
from hanze.casework.facts import read_answer
from hanze.frameworks.words import MOMENTS, OutcomeShown, say, tone_of, upper_first
from hanze.policy import Fact, FactError, Framework, Value, describe_value
from hanze.register.models import Country

REASONS_SHOWN = 4


@dataclass(frozen=True)
class Reason:
    """A rule that fired, and what it asks: an advice, measures, or both."""

    rule: str
    line: str
    text: str
    advice: str
    source: str
    section: str
    status: str
    ground: str


@dataclass(frozen=True)
class MeasureShown:
    label: str
    moment: str
    per: str
    status: str


@dataclass(frozen=True)
class Consequence:
    """What an answer would do to the advice: `outcome` is None when there is no advice then either."""

    answer: str
    outcome: OutcomeShown | None


@dataclass(frozen=True)
class OpenQuestion:
    """An unknown fact that can still change the outcome or bring a measure."""

    fact: str
    label: str
    consequences: tuple[Consequence, ...]


@dataclass(frozen=True)
class Panel:
    """Everything that the advice panel says."""

    framework_title: str
    framework_id: str
    version: date
    outcome: OutcomeShown | None
    possible: tuple[OutcomeShown, ...]
    final: bool
    decider: str
    reasons: tuple[Reason, ...]
    also: tuple[Reason, ...]
    measures: tuple[MeasureShown, ...]
    questions: tuple[OpenQuestion, ...]

    @property
    def tone(self) -> str:
        return tone_of(self.outcome.kind, self.final) if self.outcome else "unknown"

    @property
    def nothing_happens(self) -> bool:
        """Whether the advice is not to take it up, so that its measures are not carried out."""
        return self.outcome is not None and self.outcome.kind in ("refer", "refuse")

    @property
    def first_reasons(self) -> tuple[Reason, ...]:
        return self.reasons[:REASONS_SHOWN]

    @property
    def further_reasons(self) -> tuple[Reason, ...]:
        return (*self.reasons[REASONS_SHOWN:], *self.also)

    @property
    def alternatives(self) -> tuple[OutcomeShown, ...]:
        """What the open questions can still make of it."""
        return tuple(each for each in self.possible if self.outcome is None or each.id != self.outcome.id)

    @property
    def url(self) -> str:
        return reverse("frameworks:framework-detail", args=[self.framework_id, self.version.isoformat()])


@dataclass(frozen=True)
class FactShown:
    """A fact with its value in words; `url` opens the record that tells it.

    `needed` is False for an unknown fact that plays no role in the advice any more.
    """

    id: str
    label: str
    value: str
    known: bool
    origin: str
    url: str = ""
    needed: bool = True


def panel_of(content: Content, framework: Framework | None) -> Panel:
    """The panel of a receipt. `framework` (the same version, when it is still installed) lends its words."""
    outcome = _outcome(content["outcome"])
    fired = [_reason(each) for each in content["fired"]]
    if content["by_default"]:
        fired.insert(0, _reason(content["by_default"]))
    gave = [each for each in fired if outcome and each.advice == outcome.id]
    possible = tuple(shown for each in content["possible"] if (shown := _outcome(each)))
    outcomes = _known_outcomes(content, framework)
    return Panel(
        framework_title=say(content["framework"]["title"]),
        framework_id=content["framework"]["id"],
        version=parse_date(content["framework"]["version"]) or date.min,
        outcome=outcome,
        possible=possible,
        final=content["final"],
        decider=_decider(content["decided_by"], framework),
        reasons=tuple(gave),
        also=tuple(each for each in fired if each not in gave),
        measures=tuple(_measures(content["measures"])),
        questions=tuple(_open_questions(content, outcomes, framework)),
    )


def facts_of_receipt(content: Content, framework: Framework | None) -> list[FactShown]:
    """The facts as they stood when the advice was computed."""
    facts = {fact.id: fact for fact in framework.facts} if framework else {}
    asked = {each["fact"] for each in content["questions"]}
    return [
        FactShown(
            id=each["id"],
            label=say(each["label"]),
            value=_value(each, facts.get(each["id"])),
            known=each["value"] is not None,
            origin=say(each["origin"].get("note")),
            needed=each["value"] is not None or each["id"] in asked,
        )
        for each in content["facts"]
    ]


def _outcome(data: Mapping[str, Any] | None) -> OutcomeShown | None:
    return OutcomeShown(data["id"], data["kind"], say(data["label"])) if data else None


def _known_outcomes(content: Content, framework: Framework | None) -> dict[str, OutcomeShown]:
    written = [content["outcome"], *content["possible"]]
    known = {shown.id: shown for each in written if (shown := _outcome(each))}
    for each in framework.scale if framework else ():
        known[each.id] = OutcomeShown(each.id, each.kind, say(each.label))
    return known


def _reason(data: Mapping[str, Any]) -> Reason:
    return Reason(
        rule=data["rule"],
        line=say(data.get("line")),
        text=say(data["because"]),
        advice=data["advice"] or "",
        source=say(data["source"]["title"]),
        section=say(data["source"]["section"]),
        status=data["status"],
        ground=data["ground"] or "",
    )


def _decider(role: str | None, framework: Framework | None) -> str:
    if role is None:
        return ""
    words = framework.deciders.get(role) if framework else None
    return say(words) if words else role


def _measures(written: Iterable[Mapping[str, Any]]) -> list[MeasureShown]:
    moments = {"before": _("before"), "during": _("during"), "after": _("afterwards")}
    pers = {"company": _("for each company"), "organisation": _("for each organisation from abroad")}
    ordered = sorted(written, key=lambda each: MOMENTS.index(each["moment"]))
    return [
        MeasureShown(say(each["label"]), moments[each["moment"]], pers.get(each["per"], ""), each["status"])
        for each in ordered
    ]


def _open_questions(
    content: Content, outcomes: Mapping[str, OutcomeShown], framework: Framework | None
) -> Iterable[OpenQuestion]:
    labels = {each["id"]: each["label"] for each in content["facts"]}
    for each in content["questions"]:
        changing = [answer for answer in each["answers"] if answer["changes"]]
        consequences = tuple(
            Consequence(say(answer["label"]), outcomes.get(answer["outcome"] or "")) for answer in changing
        )
        yield OpenQuestion(each["fact"], say(labels[each["fact"]]), consequences)


def _value(data: Mapping[str, Any], fact: Fact | None) -> str:
    if data["value"] is None:
        return _("Unknown")
    if isinstance(data["value"], bool):
        return _("Yes") if data["value"] else _("No")
    if fact is not None:
        try:
            return value_in_words(read_answer(fact, data["value"]), fact)
        except FactError:
            pass
    return str(data["value"])


def value_in_words(value: Value | None, fact: Fact) -> str:
    """A value as a reader says it: “Yes”, “Horticulture”, “18”, “Unknown”."""
    if fact.source_path == "request.country" and isinstance(value, str):
        country = Country.objects.filter(pk=value).first()
        return country.name if country else value
    return upper_first(say(describe_value(value, fact)))
