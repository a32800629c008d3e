"""The form of an initiative."""

from __future__ import annotations

from typing import Any

from django import forms

from hanze.accounts.models import Role, User
from hanze.areas.models import Initiative
from hanze.register.forms.shared import ClassifiedForm


class InitiativeForm(ClassifiedForm):
    class Meta:
        model = Initiative
        fields = (
            *("title", "aim", "choose", "responsible", "team", "classification", "for_council"),
            *("provenance", "source_document", "source_section"),
        )
        widgets = {
            "aim": forms.Textarea(attrs={"rows": 4}),
            "responsible": forms.Select(attrs={"data-combobox": True}),
        }

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, reader=reader, **kwargs)
        officers = User.objects.filter(is_active=True, roles_held__role__in=[Role.COORDINATOR, Role.POLICY_OFFICER])
        responsible: Any = self.fields["responsible"]
        responsible.queryset = officers.distinct()
