"""Filters above lists that are drawn quickly, however many choices they have."""

from __future__ import annotations

from copy import copy
from typing import Any

import django_filters
from django import forms
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe


class PlainSelect(forms.Select):
    """A select whose options have no groups and no attributes: Django makes a dictionary of each, and copies it."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = set(self.format_value(value))
        around = flatatt(self.build_attrs(self.attrs, attrs))
        options = "".join(_option(key, label, chosen) for key, label in self.choices)
        return mark_safe(f'<select name="{escape(name)}"{around}>{options}</select>')


def _option(key: Any, label: Any, chosen: set[str]) -> str:
    value = "" if key is None else str(key)
    selected = " selected" if value in chosen else ""
    return f'<option value="{escape(value)}"{selected}>{conditional_escape(label)}</option>'


class ChoiceFilter(django_filters.ChoiceFilter):
    """As the library's. `choose_from` gives one of a list that is being made the choices that are in that list."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, widget=PlainSelect, **kwargs)

    def __deepcopy__(self, memo: Any) -> ChoiceFilter:
        """For each list that is shown: nothing of it is changed but what stands in `extra`."""
        made = copy(self)
        made.extra = dict(self.extra)
        made.method = self.method  # which the library binds to the filter
        return made


def choose_from(chosen: Any, name: str, choices: Any) -> None:
    """Let the filter `name` of the filter set `chosen` offer these keys with their labels."""
    chosen.filters[name].extra["choices"] = lambda: choices  # a function is not copied each time
