"""What the register's forms have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

from hanze.accounts.classification import Classification
from hanze.accounts.models import STAFF_ROLES, Role, User
from hanze.accounts.together import Together

Result = TypeVar("Result")


def date_widget() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def attempt(form: forms.BaseForm, operation: Callable[..., Result], *args: Any, **fields: Any) -> Result | None:
    """Carry out `operation`; what it finds wrong is shown at the form's fields, and None returned."""
    try:
        return operation(*args, **fields)
    except ValidationError as error:
        put_errors(form, error)
        return None


def put_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Show an operation's errors at the fields they name, or on top for a field that the form lacks."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields and name != NON_FIELD_ERRORS else None, errors)


class ClassifiedForm(Together, forms.ModelForm):
    """A form for a classified record, filled in by `reader`.

    Who restricts a record to the case stays on the case, so that it does not vanish from her own eyes.
    """

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader
        team: Any = self.fields["team"]
        colleagues = User.objects.filter(is_active=True, roles_held__role__in=[*STAFF_ROLES, Role.ADMINISTRATOR])
        team.queryset = colleagues.distinct()
        team.widget.attrs["data-combobox"] = True
        team.help_text = _("They always see it, whatever the classification.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        secret = {Classification.CONFIDENTIAL, Classification.RESTRICTED}
        if cleaned.get("classification") in secret and "team" in cleaned and self.reader not in cleaned["team"]:
            cleaned["team"] = User.objects.filter(pk__in=[self.reader.pk, *(user.pk for user in cleaned["team"])])
        return cleaned
