"""How long work tells where it is: a function that is called with a step and how far it is (0 to 1).

The function may raise `Cancelled`: the work then stops, and since the engine writes nothing, nothing is left behind.
"""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, float], None]


def silent(step: str, share: float) -> None:
    """The progress of who does not want to know."""
