"""Which rules cause it that cases get another outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from hanze.policy.bulk import NOTHING, WORD, Held, Words
from hanze.policy.framework import Framework, Rule, Table

OTHERWISE = "otherwise"
SCALE = "scale"

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Cause:
    """A rule that makes cases get another outcome, as it is in either version (None: it is not there), and how many.

    A rule causes the change of a case when it is decisive in one version and stands otherwise in the other. Decisive
    are the rules that hold with exactly the outcome's advice; where nothing holds yet, the undecided rules with an
    advice, which are what keeps an outcome from holding. It stands otherwise when it is not there, gives other advice,
    or differs in being true, false or unknown. A case can have several causes.

    `otherwise` is the cause where no rule is and the advice for the rest of the cases is another one; `scale` where the
    same rules stand as they did, and only the order of the outcomes is another.
    """

    rule: str
    old: tuple[Table, Rule] | None
    new: tuple[Table, Rule] | None
    cases: int


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a rule's bit is in the words of a version, and the rank of its advice."""

    word: int
    bit: np.uint64
    rank: int | None


def _decisive(held: Held, place: _Place | None) -> Flags | bool:
    if place is None or place.rank is None:
        return False
    fires = _has(held.fired, place) & (held.held == place.rank)
    return fires | (_has(held.open, place) & (held.held == NOTHING))


def _state(held: Held, place: _Place) -> npt.NDArray[Any]:
    """2 where the rule holds, 1 where it is undecided, 0 where it does not hold."""
    return 2 * _has(held.fired, place).astype(np.uint8) + _has(held.open, place)


def _has(words: tuple[Words, ...], place: _Place) -> Flags:
    return (words[place.word] & place.bit) != 0


class CauseCounter:
    """Counts the causes of the changes between two versions, batch by batch."""

    def __init__(self, old: Framework, new: Framework) -> None:
        self.old, self.new = old, new
        self._places = (_places(old), _places(new))
        self._candidates = tuple(_candidates(old, new))
        self._counts: dict[str, int] = dict.fromkeys((*self._candidates, OTHERWISE, SCALE), 0)

    def counted(self, before: Held, after: Held) -> dict[str, int]:
        """How many of the changed cases of a batch each cause has."""
        counts: dict[str, int] = {}
        explained = np.zeros(len(before.held), np.bool_)
        for rule_id in self._candidates:
            caused = self._caused(rule_id, before, after)
            counts[rule_id] = int(caused.sum())
            explained |= caused
        counts[OTHERWISE if _ends(self.old) != _ends(self.new) else SCALE] = int((~explained).sum())
        return counts

    def add(self, counts: Mapping[str, int]) -> None:
        """Add what was counted in a batch."""
        for cause, count in counts.items():
            self._counts[cause] += count

    def _caused(self, rule_id: str, before: Held, after: Held) -> Flags:
        old, new = (places.get(rule_id) for places in self._places)
        decisive = np.zeros(len(before.held), np.bool_) | _decisive(before, old) | _decisive(after, new)
        if old is None or new is None or self._advice(self.old, old) != self._advice(self.new, new):
            return decisive
        return decisive & (_state(before, old) != _state(after, new))

    @staticmethod
    def _advice(framework: Framework, place: _Place) -> str | None:
        return None if place.rank is None else framework.scale[place.rank].id

    def ranked(self) -> tuple[Cause, ...]:
        """The causes with at least one case, those of most cases first; then in the order of the documents."""
        old, new = ({rule.id: (table, rule) for table, rule in each.rules()} for each in (self.old, self.new))
        found = [Cause(rule_id, old.get(rule_id), new.get(rule_id), n) for rule_id, n in self._counts.items() if n]
        return tuple(sorted(found, key=lambda cause: -cause.cases))


def _ends(framework: Framework) -> str | None:
    return framework.otherwise.advice if framework.otherwise else None


def _places(framework: Framework) -> dict[str, _Place]:
    return {
        rule.id: _Place(
            number // WORD, np.uint64(1 << (number % WORD)), framework.rank(rule.advice) if rule.advice else None
        )
        for number, (_, rule) in enumerate(framework.rules())
    }


def _candidates(old: Framework, new: Framework) -> Iterator[str]:
    """The rules that may stand otherwise: not those that are written alike and look at what is written alike."""
    before, after = ({rule.id: (table, rule) for table, rule in each.rules()} for each in (old, new))
    same_words = _surroundings(old) == _surroundings(new)
    for rule_id in dict.fromkeys((*before, *after)):
        one, other = before.get(rule_id), after.get(rule_id)
        if one is None or other is None or not same_words or not _alike(*one, *other):
            yield rule_id


def _surroundings(framework: Framework) -> tuple[Any, ...]:
    return framework.facts, framework.lists, framework.parameters, framework.derived, framework.dated_by


def _alike(table: Table, rule: Rule, other_table: Table, other: Rule) -> bool:
    if table.hit != other_table.hit or _meaning(rule) != _meaning(other):
        return False
    if table.hit not in ("first", "priority"):
        return True
    return [_meaning(each) for each in table.rules] == [_meaning(each) for each in other_table.rules]


def _meaning(rule: Rule) -> tuple[Any, ...]:
    return rule.id, rule.when, rule.where, rule.advice
