"""Taking names out of values: texts, and whatever JSON holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from hanze.audit.personal import ERASED

AROUND = 60


def holds(value: Any, pattern: re.Pattern[str]) -> bool:
    """Whether a name stands anywhere in a text or in the keys and texts of a JSON value."""
    return any(pattern.search(text) for text in texts(value))


def redacted(value: Any, pattern: re.Pattern[str]) -> Any:
    """The same value with ERASED for each name."""
    if isinstance(value, str):
        return pattern.sub(ERASED, value)
    if isinstance(value, list):
        return [redacted(each, pattern) for each in value]
    if isinstance(value, dict):
        return {redacted(key, pattern): redacted(each, pattern) for key, each in value.items()}
    return value


def texts(value: Any) -> Iterator[str]:
    """Every text in a value, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from texts(key)
            yield from texts(each)


def excerpts(value: Any, pattern: re.Pattern[str]) -> list[str]:
    """Each place where a name stands, with some words around it."""
    found: list[str] = []
    for text in texts(value):
        for hit in pattern.finditer(text):
            start, end = max(0, hit.start() - AROUND), min(len(text), hit.end() + AROUND)
            words = " ".join(text[start:end].split())
            found.append(f"{'…' if start else ''}{words}{'…' if end < len(text) else ''}")
    return found
