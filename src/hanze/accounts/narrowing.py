"""Filters above lists that are drawn quickly, however many choices they have."""

from __future__ import annotations

from copy import copy
from functools import lru_cache
from html import escape
from typing import Any, TypeAlias

import django_filters
from django import forms
from django.forms.utils import flatatt
from django.utils.safestring import SafeString, mark_safe

Choices: TypeAlias = tuple[tuple[str, str], ...]
"""Keys and labels, in the order in which they are offered."""


class PlainSelect(forms.Select):
    """A select whose options have no groups and no attributes: Django makes a dictionary of each, and copies it."""

    offered: Choices = ()
    """What the field offers, when that is known here: long lists of choices are not gone through then."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        offered = self.offered or tuple(("" if key is None else str(key), str(label)) for key, label in self.choices)
        options = _options(offered)
        for key in self.format_value(value):
            options = options.replace(f'<option value="{escape(key)}">', f'<option value="{escape(key)}" selected>', 1)
        around = flatatt(self.build_attrs(self.attrs, attrs))
        return mark_safe(f'<select name="{escape(name)}"{around}>{options}</select>')


@lru_cache(maxsize=500)
def _options(offered: Choices) -> str:
    return "".join(f'<option value="{escape(key)}">{escape(label)}</option>' for key, label in offered)


class ChoiceFilter(django_filters.ChoiceFilter):
    """As the library's, with a quick select; what it offers may be said later, by `choose_from`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, widget=PlainSelect, **kwargs)

    def __deepcopy__(self, memo: Any) -> ChoiceFilter:
        """For each list that is shown: nothing of it is changed but what stands in `extra`."""
        made = copy(self)
        made.extra = dict(self.extra)
        made.method = self.method  # which the library binds to the filter
        return made


def choose_from(chosen: Any, name: str, choices: Choices) -> None:
    """Let the filter `name` of the filter set `chosen` offer these."""
    extra = chosen.filters[name].extra
    extra["choices"] = lambda: choices  # a function is not copied each time
    extra["widget"] = PlainSelect()
    extra["widget"].offered = (("", str(extra["empty_label"])), *choices)
