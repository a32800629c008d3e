"""Where a version was used: each app that keeps advice registers how to find it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hanze.policy import Framework


@dataclass(frozen=True)
class Usage:
    """A record whose advice rests on a version of a framework, as a reader may see it."""

    label: str
    url: str
    outcome: str


Finder = Callable[[Framework, Any], tuple[int, list[Usage]]]
_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Add a finder: given a version and a reader, how many kept advices rest on it, and the cases she may open."""
    _finders.append(finder)


def of(framework: Framework, reader: Any) -> tuple[int, list[Usage]]:
    """How many kept advices rest on a version, and the cases among them that the reader may open, newest first."""
    found = [finder(framework, reader) for finder in _finders]
    return sum(count for count, _cases in found), [case for _count, cases in found for case in cases]
