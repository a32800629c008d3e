"""Cases made ready to be replayed at every keystroke: prepared once, and kept in the memory of the process.

What is kept depends on the history as it is and on which cases the reader may see; both are looked up anew at every
replay, so that nobody ever counts a case that she may not see, and nothing is out of date.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from hashlib import blake2b
from threading import Lock
from typing import Any

import polars as pl

from hanze.frameworks import history
from hanze.frameworks.history import Keys, Mark
from hanze.frameworks.recorded import NOTHING, Recorded
from hanze.policy import FactError, Framework
from hanze.policy.replaying import LiveChange, LiveReplay
from hanze.policy.synthetic import synthesise

MOST_CASES = 500_000
"""How many prepared cases are kept at most, those of all readers together."""

MOST_FRAMEWORKS = 8
FEWEST_MADE_UP, MOST_MADE_UP = 1_000, 100_000


@dataclass(frozen=True)
class MakingUp:
    """Which cases are to be made up: how many, with which seed, and whether like the recorded ones."""

    number: int = 10_000
    seed: int = 1
    like_history: bool = False


@dataclass(frozen=True, eq=False)
class Prepared:
    """Cases under the version that a draft starts from, ready to be weighed by the draft. `mark` is how far the history
    had come; None for cases that were made up, or when nothing was weighed yet."""

    base: Framework
    cases: pl.DataFrame
    mark: Mark | None
    recorded: Recorded | None
    live: LiveReplay | None
    _using: Lock = field(default_factory=Lock)

    def against(self, tried: Framework) -> LiveChange | None:
        """What the draft does to these cases; a value that it does not know is unknown to it. None without cases."""
        if self.live is None:
            return None
        with self._using:
            try:
                if not self._has_more_for(tried):
                    return self.live.against(tried)
                return self.live.against(tried, cases=self._as_read_by(tried))
            except FactError:
                return self.live.against(tried, cases=self._as_read_by(tried))

    def _has_more_for(self, tried: Framework) -> bool:
        """Whether the draft asks a fact that its base does not know and these cases have."""
        if self.recorded is None:
            return False
        new = {fact.id for fact in tried.facts} - {fact.id for fact in self.base.facts}
        return any(fact in self.recorded.columns for fact in new)

    def _as_read_by(self, tried: Framework) -> pl.DataFrame:
        if self.recorded is not None:
            return self.recorded.as_facts_of(tried)
        return Recorded.of(self.cases).as_facts_of(tried)


_prepared: OrderedDict[Hashable, Prepared] = OrderedDict()
_recorded: OrderedDict[str, tuple[Mark, Recorded]] = OrderedDict()
_keeping = Lock()


def recorded_cases(base: Framework, reader: Any) -> Prepared:
    """The recorded cases of a framework that a reader may see."""
    kept = history.kept()
    return _of_history(base, kept.visible(reader)) if kept else _ready(base, NOTHING, None)


def common_cases(base: Framework) -> Prepared:
    """The recorded cases of a framework that everybody may see who may see its drafts."""
    kept = history.kept()
    return _of_history(base, kept.common()) if kept else _ready(base, NOTHING, None)


def made_up_cases(base: Framework, asked: MakingUp, reader: Any) -> Prepared:
    """Cases made up for a framework: from the values that it tells apart, or like the cases that a reader may see."""
    like = recorded_cases(base, reader) if asked.like_history else None
    drawn_from = (like.mark, _digest(like.recorded.keys)) if like and like.recorded else None

    def make() -> Prepared:
        observed = like.cases if like and like.cases.height else None
        cases = synthesise(base, asked.number, seed=asked.seed, like=observed)
        return Prepared(base, cases, None, None, LiveReplay(base, cases))

    return _once(("made up", base.content_hash, asked, drawn_from), make)


def _of_history(base: Framework, some: Keys) -> Prepared:
    mark, recorded = _history_of(base.id)
    chosen = recorded.having(some)
    return _once(("recorded", base.content_hash, mark, _digest(chosen.keys)), lambda: _ready(base, chosen, mark))


def _ready(base: Framework, recorded: Recorded, mark: Mark | None) -> Prepared:
    cases = recorded.as_facts_of(base)
    return Prepared(base, cases, mark, recorded, LiveReplay(base, cases) if cases.height else None)


def _history_of(framework: str) -> tuple[Mark | None, Recorded]:
    """Every recorded case of a framework, brought up to date with what was weighed since it was looked up last."""
    kept = history.kept()
    mark = kept.mark() if kept else None
    if kept is None or mark is None:
        return None, NOTHING
    with _keeping:
        before = _recorded.get(framework)
        if before is None or before[0] != mark:
            goes_on = before is not None and before[0].number < mark.number and kept.holds(before[0])
            since, known = before if before and goes_on else (None, NOTHING)
            _recorded[framework] = mark, known.renewed(kept.weighed(since), framework)
        _recorded.move_to_end(framework)
        if len(_recorded) > MOST_FRAMEWORKS:
            _recorded.popitem(last=False)
        return _recorded[framework]


def _once(key: Hashable, make: Callable[[], Prepared]) -> Prepared:
    """What was made for a key before, else made now; what was used longest ago goes when there is too much."""
    with _keeping:
        if key not in _prepared:
            _prepared[key] = make()
        _prepared.move_to_end(key)
        while len(_prepared) > 1 and sum(each.cases.height for each in _prepared.values()) > MOST_CASES:
            _prepared.popitem(last=False)
        return _prepared[key]


def _digest(keys: Keys) -> bytes:
    return blake2b(keys.tobytes(), digest_size=16).digest()
