"""What a draft would have said about the cases that were weighed before; history itself is never touched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.frameworks import history
from hanze.frameworks.history import NamedCase
from hanze.frameworks.prepared import Prepared
from hanze.frameworks.words import OutcomeShown, outcome_shown, say
from hanze.policy import Framework
from hanze.policy.describing import describe_value
from hanze.policy.replaying import Cause, LiveChange, Side
from hanze.policy.replaying.causes import OTHERWISE

CAUSES_SHOWN = 10


@dataclass(frozen=True)
class Verdict:
    """What a version says about a case: its outcome (None: not yet known), and the rules behind it with reasons."""

    outcome: OutcomeShown | None
    reasons: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ChangedCase:
    """A case that would get another advice; one that was made up has no name, and its facts instead."""

    named: NamedCase | None
    number: int
    facts: tuple[tuple[str, str], ...]
    before: Verdict
    after: Verdict


@dataclass(frozen=True)
class Shift:
    """How many cases go from one outcome to another (None: not yet known)."""

    before: OutcomeShown | None
    after: OutcomeShown | None
    count: int


@dataclass(frozen=True)
class CauseShown:
    """A rule because of which cases get another advice; `state` is changed, new or gone."""

    rule: str
    state: str
    because: str
    count: int


@dataclass(frozen=True, eq=False)
class Replay:
    """Cases under the version that a draft starts from and under the draft."""

    prepared: Prepared
    found: LiveChange | None
    reader: Any

    @property
    def cases(self) -> int:
        return self.prepared.cases.height

    @property
    def changed(self) -> int:
        return self.found.changed if self.found else 0

    @property
    def until(self) -> datetime | None:
        """When the latest advice was kept that plays a part."""
        return self.prepared.mark.at if self.prepared.mark else None

    @cached_property
    def shifts(self) -> list[Shift]:
        """From what to what, most cases first."""
        if self.found is None:
            return []
        old, new = self.found.replay.old, self.found.replay.new
        shifts = [
            Shift(_outcome(old, each.old), _outcome(new, each.new), each.cases)
            for each in self.found.replay.crossings
            if each.is_change
        ]
        return sorted(shifts, key=lambda shift: -shift.count)

    @cached_property
    def causes(self) -> list[CauseShown]:
        """The rules that make most cases change."""
        return [_cause(each) for each in self.found.causes[:CAUSES_SHOWN]] if self.found else []

    def some(self, count: int, start: int = 0) -> list[ChangedCase]:
        """Some of the changed cases, in order; a case that the reader may not see is never among them."""
        if self.found is None:
            return []
        sides = self.found.first(count, start)
        rows = [int(row) for row in self.found.rows[start : start + count]]
        if self.prepared.recorded is None:
            facts = [_facts(self.prepared.base, self.prepared.cases.row(row, named=True)) for row in rows]
            return [
                ChangedCase(None, row + 1, each, *self._verdicts(old, new))
                for row, each, (_id, old, new) in zip(rows, facts, sides, strict=True)
            ]
        kept = history.kept()
        names = kept.named([int(str(key)) for key, _old, _new in sides], self.reader) if kept else {}
        return [
            ChangedCase(names[int(str(key))], row + 1, (), *self._verdicts(old, new))
            for row, (key, old, new) in zip(rows, sides, strict=True)
            if int(str(key)) in names
        ]

    def _verdicts(self, old: Side, new: Side) -> tuple[Verdict, Verdict]:
        assert self.found is not None
        return _verdict(old, self.found.replay.old), _verdict(new, self.found.replay.new)

    @cached_property
    def crosstab(self) -> tuple[list[OutcomeShown | None], list[tuple[OutcomeShown | None, list[tuple[int, bool]]]]]:
        """Every case by old outcome (rows) and new outcome (columns); with each count whether that is a change."""
        if self.found is None:
            return [], []
        old, new = self.found.replay.old, self.found.replay.new
        counts = {(each.old, each.new): each.cases for each in self.found.replay.crossings}
        befores = [step for step in _steps(old) if any(before == step for before, _after in counts)]
        afters = [step for step in _steps(new) if any(after == step for _before, after in counts)]
        rows = [
            (_outcome(old, before), [(counts.get((before, after), 0), before != after) for after in afters])
            for before in befores
        ]
        return [_outcome(new, after) for after in afters], rows

    def summary(self) -> dict[str, Any]:
        """The counts, without the name of any case, as JSON-able data."""
        base = self.prepared.base
        tried = self.found.replay.new if self.found else base
        return {
            "at": timezone.now().isoformat(timespec="seconds"),
            "made_up": self.prepared.recorded is None,
            "old": {"version": base.version.isoformat(), "content_hash": base.content_hash},
            "new": {"version": tried.version.isoformat(), "content_hash": tried.content_hash},
            "cases": self.cases,
            "changed": self.changed,
            "shifts": [
                {"old": _step(each.old, base), "new": _step(each.new, tried), "cases": each.cases}
                for each in (self.found.replay.crossings if self.found else ())
                if each.is_change
            ],
            "causes": [_kept_cause(each) for each in (self.found.causes[:CAUSES_SHOWN] if self.found else ())],
        }


def replay(prepared: Prepared, tried: Framework, reader: Any) -> Replay:
    """Weigh prepared cases by a draft."""
    return Replay(prepared, prepared.against(tried), reader)


@dataclass(frozen=True)
class KeptReplay:
    """The counts that were kept with a draft when it was offered."""

    cases: int
    changed: int
    shifts: tuple[Shift, ...]
    causes: tuple[CauseShown, ...]

    @classmethod
    def read(cls, summary: Mapping[str, Any]) -> KeptReplay:
        shifts = (Shift(_read_step(each["old"]), _read_step(each["new"]), each["cases"]) for each in summary["shifts"])
        causes = (
            CauseShown(
                each["rule"],
                each["state"],
                say(each["because"]) if each["because"] else _without_rule(each["rule"]),
                each["cases"],
            )
            for each in summary["causes"]
        )
        return cls(summary["cases"], summary["changed"], tuple(shifts), tuple(causes))


def _steps(framework: Framework) -> list[str | None]:
    return [*(outcome.id for outcome in framework.scale), None]


def _outcome(framework: Framework, outcome: str | None) -> OutcomeShown | None:
    return outcome_shown(framework.outcome(outcome)) if outcome is not None else None


def _step(outcome: str | None, framework: Framework) -> dict[str, Any] | None:
    if outcome is None:
        return None
    found = framework.outcome(outcome)
    return {"id": found.id, "kind": found.kind, "label": {"nl": found.label.nl, "en": found.label.en}}


def _read_step(step: Mapping[str, Any] | None) -> OutcomeShown | None:
    return OutcomeShown(step["id"], step["kind"], say(step["label"])) if step else None


def _state(cause: Cause) -> str:
    return "new" if cause.old is None and cause.new else "gone" if cause.new is None and cause.old else "changed"


def _because(cause: Cause) -> Any:
    side = cause.new or cause.old
    return side[1].because if side else None


def _cause(cause: Cause) -> CauseShown:
    because = _because(cause)
    return CauseShown(cause.rule, _state(cause), say(because) if because else _without_rule(cause.rule), cause.cases)


def _without_rule(cause: str) -> str:
    if cause == OTHERWISE:
        return _("The advice for all other cases changed.")
    return _("The order of the outcomes changed.")


def _kept_cause(cause: Cause) -> dict[str, Any]:
    because = _because(cause)
    words = {"nl": because.nl, "en": because.en} if because else None
    return {"rule": cause.rule, "state": _state(cause), "because": words, "cases": cause.cases}


def _verdict(side: Side, framework: Framework) -> Verdict:
    """The rules that decide: those with the outcome's advice that hold; where none does yet, those still open."""
    outcome = side.outcome
    decisive = [each.rule for each in side.fired if outcome and each.rule.advice == outcome.id]
    if outcome is None:
        decisive = [each.rule for each in side.undecided if each.rule.advice]
    elif not decisive and framework.otherwise:
        decisive = [framework.otherwise]
    reasons = tuple((rule.id, say(rule.because)) for rule in decisive)
    return Verdict(outcome_shown(outcome) if outcome else None, reasons)


def _facts(framework: Framework, row: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The facts of a made-up case in words."""
    return tuple(
        (say(fact.label), say(describe_value(_value(row[fact.id]), fact))) for fact in framework.facts if fact.id in row
    )


def _value(value: Any) -> Any:
    """A value of a frame as the engine has it."""
    if isinstance(value, list):
        return tuple(map(_value, value))
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
