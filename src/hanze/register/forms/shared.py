"""What the register's forms have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

from hanze.accounts.classification import Classification
from hanze.accounts.models import STAFF_ROLES, Role, User
from hanze.register.saving import version

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


class ClassifiedForm(forms.ModelForm):
    """A form for a classified record, filled in by `reader`.

    Who restricts a record to the case stays on the case, so that it does not vanish from her own eyes. When
    somebody else saved the record since it was opened, the form says so once and keeps what was typed.
    """

    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader
        if self.instance.pk:
            self.initial["opened"] = version(self.instance)
        team: Any = self.fields["team"]
        colleagues = User.objects.filter(is_active=True, roles_held__role__in=[*STAFF_ROLES, Role.ADMINISTRATOR])
        team.queryset = colleagues.distinct()
        team.widget.attrs["data-combobox"] = True
        team.help_text = _("They always see it, whatever the classification.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._check_opened(cleaned.pop("opened", ""))
        secret = {Classification.CONFIDENTIAL, Classification.RESTRICTED}
        if cleaned.get("classification") in secret and "team" in cleaned and self.reader not in cleaned["team"]:
            cleaned["team"] = User.objects.filter(pk__in=[self.reader.pk, *(user.pk for user in cleaned["team"])])
        return cleaned

    def _check_opened(self, opened: str) -> None:
        """Tell of a change by somebody else; sent again, the form holds."""
        now = self.initial.get("opened", "")
        if opened and opened != now:
            data: Any = self.data.copy()
            data[self.add_prefix("opened")] = now
            self.data = data
            self.add_error(
                None,
                _(
                    "Somebody else changed this record while you were working on it. Nothing has been saved yet: "
                    "look at the record in another window, and save again to keep your version."
                ),
            )
