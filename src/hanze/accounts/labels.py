"""The words of a field with choices."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db.models import Field
from django.utils.encoding import force_str
from django.utils.translation import get_language


class Labelled:
    """For models of which many rows stand on a page: Django puts all choices of a field into words to say one."""

    def _get_FIELD_display(self, field: Field[Any, Any]) -> str:  # noqa: N802 -- Django's name
        value = getattr(self, field.attname)
        return _labels(field, get_language()).get(value, value)


@cache
def _labels(field: Field[Any, Any], _language: str | None) -> dict[Any, Any]:
    """By value, in the language in use: `_language` is what it is remembered by."""
    return {value: force_str(label) for value, label in field.flatchoices}
