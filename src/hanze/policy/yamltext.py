"""Values as YAML text: plain where that says the same, else quoted; short collections on one line, prose folded."""

from __future__ import annotations

import re
import textwrap
from typing import Any, cast

Plain = Any  # str | list[Plain] | dict[str, Plain]: what YAML says, every scalar as the text that was written

_WIDTH = 120
_INSIDE = r"[\w ./()'’‘“”€%+;?!–—…-]"
_PLAIN_IN_FLOW = re.compile(rf"[\w(]{_INSIDE}*")
_PLAIN_IN_BLOCK = re.compile(rf"[\w(](?:{_INSIDE}|[,\[\]](?!$)|:(?=\w))*")
_READ_AS_NOTHING = {"null", "~", "Null", "NULL"}


def is_long(value: str, column: int) -> bool:
    """Whether a text would run off its line when it begins a key after this column."""
    return len(value) + column > _WIDTH - 12


def scalar(value: str, style: str | None = None, in_flow: bool = True) -> str:
    """One value, in the quotes that it had (`style`) where it had any."""
    value = " ".join(value.splitlines()) if "\n" in value else value
    plain_enough = (_PLAIN_IN_FLOW if in_flow else _PLAIN_IN_BLOCK).fullmatch(value)
    if style == "'" or ('"' in value and style != '"'):
        return "'" + value.replace("'", "''") + "'"
    if style != '"' and plain_enough and not value.endswith(" ") and value not in _READ_AS_NOTHING:
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t") + '"'


def key_text(key: str) -> str:
    """A key as it stands before its colon."""
    return scalar(key)


def flow(value: Plain) -> str:
    """A value on one line."""
    if isinstance(value, str):
        return scalar(value)
    if isinstance(value, list):
        return "[" + ", ".join(flow(each) for each in cast(list[Any], value)) + "]"
    pairs = cast(dict[str, Any], value).items()
    return "{" + ", ".join(f"{key_text(key)}: {flow(each)}" for key, each in pairs) + "}"


def rendered(value: Plain, column: int) -> str:
    """A value as it follows a colon or a dash at this column, its newline included."""
    if isinstance(value, str):
        if is_long(value, column) and "  " not in value:
            lines = textwrap.wrap(value, _WIDTH - column - 2, break_long_words=False, break_on_hyphens=False)
            return " >-\n" + "".join(f"{' ' * (column + 2)}{line}\n" for line in lines)
        return f" {scalar(value, None, in_flow=False)}\n"
    if not value or (_is_flat(value) and not is_long(flow(value), column)):
        return f" {flow(value)}\n"
    if isinstance(value, list):
        return "\n" + "".join(block_item(each, column + 2) for each in cast(list[Any], value))
    return "\n" + _block_pairs(cast(dict[str, Any], value), column + 2)


def _is_flat(value: Plain) -> bool:
    children = cast(Any, value).values() if isinstance(value, dict) else value
    return all(isinstance(each, str) or (isinstance(value, dict) and _holds_words(each)) for each in children)


def _holds_words(value: Plain) -> bool:
    """Whether it is a text in both languages, or a list of names."""
    if isinstance(value, dict):
        return set(cast(dict[str, Any], value)) == {"nl", "en"}
    return all(isinstance(each, str) for each in cast(list[Any], value))


def _block_pairs(pairs: dict[str, Any], column: int) -> str:
    return "".join(f"{' ' * column}{key_text(key)}:{rendered(each, column)}" for key, each in pairs.items())


def block_item(value: Plain, column: int) -> str:
    """An item of a list whose dashes stand at this column."""
    if not isinstance(value, dict) or not value or (_is_flat(value) and not is_long(flow(value), column)):
        return " " * column + "-" + rendered(value, column)
    lines = _block_pairs(cast(dict[str, Any], value), column + 2)
    return " " * column + "- " + lines[column + 2 :]
