"""Two people change the same record: the second is told what changed, and keeps what she wrote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from hanze.casework.forms.choosing import choices_of


@dataclass(frozen=True)
class Difference:
    """A field that somebody else changed since the user opened it; `hers_too` when she changed it as well."""

    label: str
    before: str
    now: str
    hers_too: bool


def merge(data: QueryDict, fresh: forms.BaseModelForm) -> tuple[QueryDict, list[Difference]]:
    """What the user sent laid over what is stored now, and what others changed meanwhile.

    `data` is what she sent, with the hidden initial values that she started from; `fresh` is the unbound form
    of the record as it is stored. A field that she left alone takes the stored value; what she wrote stays.
    """
    merged, differences = data.copy(), []
    for name, field in fresh.fields.items():
        bound = fresh[name]
        if name not in fresh.initial:
            continue
        seen, now = _sent(data, bound.html_initial_name, field), _texts(bound.value())
        hers = _sent(data, bound.html_name, field)
        if seen != now:
            both = hers not in (seen, now)
            differences.append(Difference(str(bound.label), _shown(field, seen), _shown(field, now), both))
        if hers == seen:
            _put(merged, bound.html_name, now)
        _put(merged, bound.html_initial_name, now)
    return merged, differences


def starting_values(form: forms.BaseModelForm) -> SafeString:
    """Hidden fields with the values that the user started from, for `merge`."""
    names = [name for name in form.fields if name in form.initial]
    return format_html_join("", "{}", ((form[name].as_hidden(only_initial=True),) for name in names))


def _sent(data: QueryDict, name: str, field: forms.Field) -> list[str]:
    if isinstance(field, forms.BooleanField):
        return _texts(field.widget.value_from_datadict(data, {}, name))
    return _texts(data.getlist(name))


def _texts(value: Any) -> list[str]:
    """A value as a form sends it, in a fixed order."""
    values = value if isinstance(value, list | tuple | models.QuerySet) else [value]
    keys = (getattr(each, "pk", each) for each in values)
    return sorted(str(key).replace("\r\n", "\n") for key in keys if key not in (None, "", False))


def _put(data: QueryDict, name: str, values: list[str]) -> None:
    if values:
        data.setlist(name, values)
    else:
        data.pop(name, None)


def _shown(field: forms.Field, values: list[str]) -> str:
    """The words of a value."""
    if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
        pk = field.queryset.model._meta.pk
        known = field.queryset.filter(pk__in=[value for value in values if _is_key(pk, value)])
        return ", ".join(str(record) for record in known) or "–"
    if isinstance(field, forms.ChoiceField):
        choices = {str(value): str(label) for value, label in choices_of(field)}
        return ", ".join(choices.get(value, value) for value in values) or "–"
    if isinstance(field, forms.BooleanField):
        return "✓" if values else "–"
    return ", ".join(values) or "–"


def _is_key(pk: Any, value: str) -> bool:
    return value.isdecimal() and len(value) < 19 if isinstance(pk, models.IntegerField) else True
