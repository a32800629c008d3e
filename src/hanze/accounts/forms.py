from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hanze.accounts.models import Role, User


class AccountForm(forms.ModelForm):
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple, required=True
    )

    class Meta:
        model = User
        fields = ("name", "email", "title", "department", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.setdefault("roles", sorted(self.instance.roles))
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"),
            choices=[("", _("As the browser asks")), ("nl", "Nederlands"), ("en", "English")],
            required=False,
        )


class CloseAccountForm(forms.Form):
    because = forms.CharField(label=_("Why is this account closed?"), max_length=500)
