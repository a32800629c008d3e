"""The form with which somebody concludes which area is preferred."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hanze.accounts.together import TogetherOn
from hanze.areas.models import Initiative
from hanze.areas.models.conclusions import METHODS


class ConclusionForm(TogetherOn, forms.Form):
    """The preferred area, why, and beside which method; what was concluded before stands in it."""

    area = forms.ModelChoiceField(label=_("Preferred area"), queryset=None, empty_label=None, widget=forms.RadioSelect)
    because = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Why this area, also where it is not the one that the method names first."),
    )
    method = forms.ChoiceField(label=_("Method whose advice is kept with it"), choices=list(METHODS.items()))

    def __init__(self, *args: Any, initiative: Initiative, method: str, **kwargs: Any) -> None:
        former = initiative.conclusions.select_related("area").first()
        filled = {"area": former.area_id, "because": former.because} if former else {"area": None, "because": ""}
        self.about = former or initiative
        super().__init__(*args, initial={**filled, "method": former.method if former else method}, **kwargs)
        area: Any = self.fields["area"]
        area.queryset = initiative.areas.all()
