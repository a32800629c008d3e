"""Replay: the same cases under two versions of a framework; which change, from what to what, because of which rule.

    replay(old, new, "cases.parquet").crossings          once, from a frame or a file
    LiveReplay(framework, cases).against(changed)        again and again, while somebody edits

`hanze policy replay` writes the results of any number of cases to disk.
"""

from hanze.policy.replaying.cases import CasesError
from hanze.policy.replaying.causes import Cause
from hanze.policy.replaying.live import LiveChange, LiveReplay
from hanze.policy.replaying.replay import Progress, Replay, Side, replay, rules_of
from hanze.policy.replaying.tallying import Crossing

__all__ = [
    "CasesError",
    "Cause",
    "Crossing",
    "LiveChange",
    "LiveReplay",
    "Progress",
    "Replay",
    "Side",
    "replay",
    "rules_of",
]
