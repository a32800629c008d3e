"""A request in the words in which it was sent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hanze.casework.forms.choosing import choices_of
from hanze.casework.forms.public import PublicRequestForm
from hanze.casework.models import Request
from hanze.register.models import Country


def lines_as_sent(request: Request) -> list[tuple[str, str]]:
    """The questions of the public form with the answers that were given, in the language in force."""
    sent = request.as_sent
    if not sent:
        return []
    fields = PublicRequestForm().fields
    lines = [(str(field.label), _answer(field, sent[name])) for name, field in fields.items() if sent.get(name)]
    return [(question, answer) for question, answer in lines if answer]


def _answer(field: forms.Field, value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(value)
    if isinstance(field, forms.BooleanField):
        return _("Yes") if value else ""
    if isinstance(field, forms.ModelChoiceField):
        country = Country.objects.filter(pk=value).first()
        return country.name if country else str(value)
    if isinstance(field, forms.ChoiceField):
        return str(dict(choices_of(field)).get(value, value))
    if isinstance(field, forms.DateField):
        day = parse_date(value)
        return date_format(day, "j F Y") if day else value
    return str(value)
