"""The words of a field with choices."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db.models import Field
from django.utils.encoding import force_str


class Labelled:
    """For models of which many rows stand on a page: Django puts all choices of a field into words to say one."""

    def _get_FIELD_display(self, field: Field[Any, Any]) -> str:  # noqa: N802 -- Django's name
        value = getattr(self, field.attname)
        return force_str(_labels(field).get(value, value), strings_only=True)


@cache
def _labels(field: Field[Any, Any]) -> dict[Any, Any]:
    return dict(field.flatchoices)
