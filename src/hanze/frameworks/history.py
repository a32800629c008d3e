"""Cases that were weighed before, to try another version on: the app that keeps them registers where they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.int64]
"""The numbers by which cases are known where they are kept."""


@dataclass(frozen=True)
class Mark:
    """How far a history has come: the advice that was kept last, and when."""

    number: int
    case: int
    content_hash: str
    at: datetime


@dataclass(frozen=True)
class NamedCase:
    """A case as a page names it, for a reader who may see it."""

    reference: str
    label: str
    url: str


@dataclass(frozen=True)
class WeighedCase:
    """A case as it stood when its latest advice was kept: by which framework, and its facts as they were written."""

    key: int
    framework: str
    facts: Mapping[str, Any]


class History(Protocol):
    """Where weighed cases are kept."""

    def mark(self) -> Mark | None:
        """How far it has come; None when nothing was weighed yet. Asked at every replay, so it takes no time."""
        ...

    def holds(self, mark: Mark) -> bool:
        """Whether this advice is still there as it was."""
        ...

    def weighed(self, after: Mark | None) -> Iterator[WeighedCase]:
        """Every case of which an advice was kept after a mark, once, by its latest advice."""
        ...

    def visible(self, reader: Any) -> Keys:
        """The cases that this reader may see."""
        ...

    def common(self) -> Keys:
        """The cases that everybody may see who may see drafts."""
        ...

    def named(self, keys: Iterable[int], reader: Any) -> dict[int, NamedCase]:
        """Some cases by their names, as far as this reader may see them."""
        ...


_histories: list[History] = []


def register(history: History) -> None:
    """Say where weighed cases are kept; there is one such place."""
    _histories[:] = [history]


def kept() -> History | None:
    """Where weighed cases are kept, when an app keeps them."""
    return _histories[0] if _histories else None
