"""The forms around a draft; the editor itself makes its fields from the draft's text."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from hanze.frameworks.prepared import FEWEST_MADE_UP, MOST_MADE_UP, MakingUp


def _date_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class StartForm(forms.Form):
    title = forms.CharField(
        label=_("What changes"), max_length=200, help_text=_("In a few words, for whoever sees the list of drafts.")
    )
    why = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 4}))
    version = forms.DateField(
        label=_("Version"), widget=_date_input(), help_text=_("The date by which this version is known.")
    )
    in_force_from = forms.DateField(
        label=_("In force from"),
        widget=_date_input(),
        help_text=_("The first day on which requests that come in are weighed by it."),
    )


class MakingUpForm(forms.Form):
    number = forms.IntegerField(
        label=_("How many"), min_value=FEWEST_MADE_UP, max_value=MOST_MADE_UP, initial=MakingUp.number
    )
    like = forms.ChoiceField(
        label=_("Made up from"),
        choices=[
            ("domains", _("every value that the rules tell apart")),
            ("history", _("values of recorded requests")),
        ],
        initial="domains",
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        min_value=0,
        max_value=999_999,
        initial=MakingUp.seed,
        help_text=_("The same seed makes the same cases."),
    )

    def asked(self) -> MakingUp:
        """Which cases are to be made up; the form is valid."""
        given = self.cleaned_data
        return MakingUp(given["number"], given["seed"], given["like"] == "history")


class ReasonForm(forms.Form):
    because = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 4}))
