"""Forms for goals and themes."""

from __future__ import annotations

from django import forms

from hanze.accounts.together import Together
from hanze.goals.models import Goal, Theme

TEXT = forms.Textarea(attrs={"rows": 3})
SOURCE = ["provenance", "source_document", "source_section"]


class GoalForm(Together, forms.ModelForm):
    class Meta:
        model = Goal
        fields = ["name_nl", "name_en", "code", "description_nl", "description_en", "order", "is_current", *SOURCE]
        widgets = {"description_nl": TEXT, "description_en": TEXT}


class ThemeForm(Together, forms.ModelForm):
    class Meta:
        model = Theme
        fields = ["name_nl", "name_en", "code", "is_current", *SOURCE]
