"""What a draft would have said about the cases that were weighed before; history itself is never touched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hanze.frameworks.history import RecordedCase
from hanze.frameworks.words import OutcomeShown, outcome_shown, say
from hanze.policy import Advice, FactError, Framework, Value, assess, check_value


@dataclass(frozen=True)
class Verdict:
    """What a version says about a case: its outcome (None: not yet known) and the reasons for it."""

    outcome: OutcomeShown | None
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class ChangedCase:
    """A recorded case that would get another advice."""

    case: RecordedCase
    before: Verdict
    after: Verdict


@dataclass(frozen=True)
class Shift:
    """How many cases go from one outcome to another."""

    before: OutcomeShown | None
    after: OutcomeShown | None
    count: int


@dataclass(frozen=True)
class Replay:
    """The recorded cases under two versions; `cases` is how many there are."""

    cases: int
    changed: tuple[ChangedCase, ...]
    shifts: tuple[Shift, ...]


def replay(base: Framework, tried: Framework, cases: Iterable[RecordedCase]) -> Replay:
    """Weigh the recorded cases of a framework by the version that a draft starts from, and by the draft."""
    total = 0
    changed: list[ChangedCase] = []
    for case in cases:
        if case.framework != base.id:
            continue
        total += 1
        before, after = _weighed(base, case), _weighed(tried, case)
        if _id(before) != _id(after):
            changed.append(ChangedCase(case, _verdict(before), _verdict(after)))
    counts = Counter((each.before.outcome, each.after.outcome) for each in changed)
    shifts = tuple(Shift(before, after, count) for (before, after), count in counts.most_common())
    return Replay(total, tuple(changed), shifts)


def _weighed(framework: Framework, case: RecordedCase) -> Advice:
    return assess(framework, _facts(framework, case))


def _facts(framework: Framework, case: RecordedCase) -> Mapping[str, Value | None]:
    """The facts of a case that a version knows; a value that it does not know of is unknown."""
    values: dict[str, Value | None] = {}
    for fact in framework.facts:
        try:
            values[fact.id] = check_value(fact, case.facts.get(fact.id))
        except FactError:
            values[fact.id] = None
    return values


def _id(advice: Advice) -> str:
    return advice.outcome.id if advice.outcome else ""


def _verdict(advice: Advice) -> Verdict:
    outcome = outcome_shown(advice.outcome) if advice.outcome else None
    return Verdict(outcome, tuple(say(each.rule.because) for each in advice.decisive))
