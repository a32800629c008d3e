"""The forms of conditions, the advisory group and its points."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html

from hanze.accounts.models import User
from hanze.accounts.together import Together, TogetherOn
from hanze.areas.models import Adviser, Condition
from hanze.areas.models.conditions import MOST_POINTS


class ConditionForm(Together, forms.ModelForm):
    class Meta:
        model = Condition
        fields = ("label", "added", "provenance", "source_document", "source_section")


class AdviserForm(forms.ModelForm):
    class Meta:
        model = Adviser
        fields = ("name", "role", "account")
        widgets = {"account": forms.Select(attrs={"data-combobox": True})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        account: Any = self.fields["account"]
        account.queryset = User.objects.filter(is_active=True)


class VoteForm(TogetherOn, forms.Form):
    """A number of points for each condition."""

    def __init__(self, *args: Any, adviser: Adviser, **kwargs: Any) -> None:
        self.about = adviser
        super().__init__(*args, **kwargs)
        given = dict(adviser.votes.values_list("condition_id", "points"))
        for condition in adviser.initiative.conditions.all():
            name = f"points-{condition.pk}"
            label = format_html('<span translate="no">{}</span>', condition.label)
            self.fields[name] = forms.IntegerField(label=label, min_value=0, max_value=MOST_POINTS)
            self.initial[name] = given.get(condition.pk, 0)

    @property
    def points(self) -> dict[int, int]:
        """What was given, by the key of the condition."""
        return {int(name[7:]): given for name, given in self.cleaned_data.items() if name.startswith("points-")}
