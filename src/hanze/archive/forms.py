"""Forms of the archive."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hanze.accounts.together import TogetherOn
from hanze.archive.models import Archiving
from hanze.audit.models import EventQuerySet

MOST_WAYS = 20


class EraseForm(forms.Form):
    """Why, other ways in which she is written, and which of the places found stay as they are."""

    reason = forms.CharField(
        label=_("Why is this person erased?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("This stays, so name nobody in it. For example: at her own request of 3 May."),
    )
    also = forms.CharField(
        label=_("Other ways in which the name is written"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One on each line, such as a nickname or the name with initials."),
    )
    leave = forms.MultipleChoiceField(
        label=_("Leave the name here"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only where it must stay, such as in the text of an agreement. Everywhere else the name goes."),
    )

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leave: Any = self.fields["leave"]
        leave.choices = places
        if not places:
            del self.fields["leave"]

    def clean_also(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["also"].splitlines()]
        ways = [line for line in lines if line]
        if len(ways) > MOST_WAYS or any(len(way) < 3 for way in ways):
            raise forms.ValidationError(_("Give at most 20 ways, each of at least three characters."))
        return ways


class TermForm(TogetherOn, forms.Form):
    nomination = forms.ChoiceField(label=_("What then"), choices=Archiving.Nomination.choices)
    years = forms.IntegerField(label=_("Term in years"), min_value=0, max_value=150)
    reason = forms.CharField(label=_("Why not the usual term?"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, archiving: Archiving, case: Any, **kwargs: Any) -> None:
        self.about = case
        super().__init__(*args, initial={"nomination": archiving.nomination, "years": archiving.years}, **kwargs)

    def _told(self) -> EventQuerySet:
        return super()._told().filter(name="archiving.changed")


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))
