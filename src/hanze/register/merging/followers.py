"""What other apps do themselves when parties are merged; the rest follows by its references."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Follower:
    """`merge(kept, gone, by=)` returns JSON that `undo(carried, by=)` takes; `models` (labels) are left to it."""

    merge: Callable[..., Any]
    undo: Callable[..., None]
    models: frozenset[str]


_followers: dict[str, Follower] = {}


def on_merge(name: str, merge: Callable[..., Any], undo: Callable[..., None], models: tuple[str, ...] = ()) -> None:
    """Call `merge` after parties were merged and `undo` when that is undone; called by an app in `apps.ready`."""
    _followers[name] = Follower(merge, undo, frozenset(label.lower() for label in models))


def followers() -> dict[str, Follower]:
    """Every follower by name."""
    return dict(_followers)


def looked_after() -> frozenset[str]:
    """The models, by label, that a follower moves itself."""
    return frozenset(label for follower in _followers.values() for label in follower.models)
