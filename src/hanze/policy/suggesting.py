"""What may be written instead of a wrong name."""

from __future__ import annotations

import difflib
from collections.abc import Collection


def suggest(wrong: str, known: Collection[str]) -> str:
    """A sentence with what may be written instead of a wrong name."""
    close = difflib.get_close_matches(wrong[:100], known, n=1, cutoff=0.6)
    if close:
        return f"Did you mean {close[0]}?"
    return f"Write one of: {', '.join(known)}." if known else "None is declared in this framework."
