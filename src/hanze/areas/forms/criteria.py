"""The forms of criteria, candidate areas and what is known of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hanze.areas.models import Area, Criterion, Indicator
from hanze.clusters.ranking.methods import Method

PARTS = ("low", "mode", "high", "source", "year", "status")
METHODS: dict[Method, Any] = {
    "topsis": "TOPSIS",
    "promethee": "PROMETHEE II",
    "weighted-sum": _("Weighted sum"),
}


class MethodForm(forms.Form):
    method = forms.ChoiceField(label=_("Method"), choices=list(METHODS.items()))


class CriterionForm(forms.ModelForm):
    class Meta:
        model = Criterion
        fields = (
            *("label", "unit", "better", "weight_low", "weight_mode", "weight_high"),
            *("provenance", "source_document", "source_section"),
        )


class AreaForm(forms.ModelForm):
    class Meta:
        model = Area
        fields = ("code", "name")


class IndicatorsForm(forms.Form):
    """Low, most likely and high for each criterion, with source, year and status; empty is unknown."""

    def __init__(self, *args: Any, area: Area, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = list(area.initiative.criteria.all())
        known = {each.criterion_id: each for each in area.indicators.all()}
        for criterion in self.criteria:
            made = forms.fields_for_model(Indicator, PARTS)
            for name in PARTS:
                made[name].required = False
                self.fields[f"{name}-{criterion.pk}"] = made[name]
                if criterion.pk in known:
                    self.initial[f"{name}-{criterion.pk}"] = getattr(known[criterion.pk], name)

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
