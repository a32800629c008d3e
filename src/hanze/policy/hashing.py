"""The content hash: sha256 over what a framework means, so that layout and comments do not change it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, cast

from hanze.policy.cells import Cell, number_text, unparse, unparse_expression, value_text
from hanze.policy.expressions import Expression, Months


def sha256_of(data: Any) -> str:
    """The sha256 of JSON-able data in canonical form: sorted keys, no spaces, UTF-8."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def meaning_of(value: Any) -> Any:
    """A dataclass tree as JSON-able data: every field that counts when two of them are compared.

    A field that has its default is left out, so that what is new in the language does not change what is older.
    """
    if isinstance(value, Cell):
        return unparse(value.tree)
    if isinstance(value, Expression):
        return unparse_expression(value)
    if isinstance(value, Months | timedelta | datetime | time):
        return value_text(value)
    if is_dataclass(value) and not isinstance(value, type):
        counted = (each for each in fields(value) if each.compare and getattr(value, each.name) != each.default)
        return {each.name: meaning_of(getattr(value, each.name)) for each in counted}
    if isinstance(value, Mapping):
        return {key: meaning_of(each) for key, each in cast(Mapping[str, Any], value).items()}
    if isinstance(value, tuple):
        return [meaning_of(each) for each in cast(tuple[Any, ...], value)]
    if isinstance(value, date):
        return value.isoformat()
    return number_text(value) if isinstance(value, Decimal) else value
