"""What needs somebody today: one line of the Today page, made by the app that knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Attention:
    """Something that needs the reader, or that is coming.

    `day` is when it is due or happens; `tone` is go, care, stop or unknown; `needs_action` tells what asks
    for something from what is only coming up.
    """

    day: date
    title: str
    url: str
    detail: str = ""
    state: str = ""
    tone: str = "care"
    needs_action: bool = True
