"""The forms of criteria, candidate areas and what is known of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hanze.accounts.together import Difference, Together, TogetherOn
from hanze.areas.forms.shared import told_apart
from hanze.areas.models import Area, Criterion, Indicator
from hanze.areas.models.conclusions import METHODS

THRESHOLDS = ("indifferent", "prefers")
PARTS = ("low", "mode", "high", "source", "year", "status")


class MethodForm(forms.Form):
    method = forms.ChoiceField(label=_("Method"), choices=list(METHODS.items()))


class CriterionForm(Together, forms.ModelForm):
    class Meta:
        model = Criterion
        fields = (
            *("label", "unit", "better", "weight_low", "weight_mode", "weight_high"),
            *("indifferent", "prefers", "provenance", "source_document", "source_section"),
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in THRESHOLDS:
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """An empty threshold is 0: every difference counts."""
        cleaned = super().clean() or self.cleaned_data
        return cleaned | {name: 0.0 for name in THRESHOLDS if cleaned.get(name, 0) is None}


class AreaForm(forms.ModelForm):
    class Meta:
        model = Area
        fields = ("code", "name")


class IndicatorsForm(TogetherOn, forms.Form):
    """Low, most likely and high for each criterion, with source, year and status; empty is unknown."""

    def __init__(self, *args: Any, area: Area, **kwargs: Any) -> None:
        self.about = area
        super().__init__(*args, **kwargs)
        self.criteria = list(area.initiative.criteria.all())
        known = {each.criterion_id: each for each in area.indicators.all()}
        for criterion in self.criteria:
            made = forms.fields_for_model(Indicator, PARTS)
            for name in PARTS:
                made[name].required = False
                self.fields[f"{name}-{criterion.pk}"] = made[name]
                self.initial[f"{name}-{criterion.pk}"] = getattr(known.get(criterion.pk), name, None)

    @property
    def differences(self) -> tuple[Difference, ...]:
        return told_apart(super().differences, {str(each.pk): each.label for each in self.criteria})

    @property
    def groups(self) -> list[tuple[Criterion, list[Any]]]:
        return [(each, [self[f"{name}-{each.pk}"] for name in PARTS]) for each in self.criteria]

    @property
    def values(self) -> dict[int, dict[str, Any]]:
        """What was given, as `record_indicators` takes it."""
        data = self.cleaned_data
        found = {each.pk: {name: data.get(f"{name}-{each.pk}") for name in PARTS} for each in self.criteria}
        for given in found.values():
            given["status"] = given["status"] or Indicator.Status.TO_VERIFY
        return found
