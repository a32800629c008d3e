"""Small helps that the forms of casework share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext

from hanze.accounts.models import User
from hanze.register.choosing import choose_one, in_language
from hanze.register.models import Country


def date_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def choose_country(field: Any) -> None:
    """All countries, in the alphabetical order of the language in use."""
    field.queryset = in_language(Country.objects.all())
    field.widget.attrs["data-combobox"] = True


def choose_request(field: Any, reader: User) -> None:
    """A request that `reader` may see, by its reference or title."""
    choose_one(field, reader)
    field.widget.attrs["data-url"] = reverse_lazy("casework:request-options")


def say_choose(form: forms.BaseForm) -> None:
    """Say "choose" in plain lists where nothing is chosen yet, instead of a row of dashes."""
    for field in form.fields.values():
        if isinstance(field, forms.ModelChoiceField) or not isinstance(field, forms.ChoiceField):
            continue
        offered = choices_of(field)
        if any(value == "" for value, _ in offered):
            field.choices = [("", gettext("Choose")), *(choice for choice in offered if choice[0] != "")]


def choices_of(field: forms.ChoiceField) -> list[tuple[Any, Any]]:
    """The values of a field with their labels."""
    offered: Any = field.choices
    return list(offered)


def show_error(form: forms.BaseForm, error: ValidationError) -> None:
    """Show what an operation refused at the field that it is about, else above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields and name != NON_FIELD_ERRORS else None, errors)  # type: ignore[arg-type]
