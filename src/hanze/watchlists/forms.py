"""The forms of the screening."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hanze.screening.lists import KINDS
from hanze.watchlists.models import Verdict, Watchlist

PUBLISHERS = {
    "ofac": _("OFAC, United States (SDN and consolidated)"),
    "un": _("United Nations Security Council"),
    "eu": _("European Union, financial sanctions"),
    "uk": _("United Kingdom"),
    "nl": _("Dutch national terrorism list"),
    "us-csl": _("Consolidated Screening List, United States"),
    "opensanctions": _("OpenSanctions"),
    "own": _("A list of our own (CSV or XLSX)"),
}


def forms_of_lists() -> list[tuple[str, Any]]:
    """The forms in which a list can come: by publisher, so that the file may tell how it is written."""
    return [(kind, PUBLISHERS.get(kind, kind)) for kind in KINDS]


class WatchlistForm(forms.ModelForm):
    publisher = forms.ChoiceField(label=_("Whose list is it?"), choices=forms_of_lists)
    address = forms.URLField(
        label=_("address of its newest edition"),
        required=False,
        assume_scheme="https",
        help_text=_("Only used when fetching is switched on."),
    )

    class Meta:
        model = Watchlist
        fields = ("name", "name_en", "slug", "keeper", "publisher", "second_person", "hit_from", "near_from")
        fields += ("address", "fetch", "active")


class EditionForm(forms.Form):
    file = forms.FileField(
        label=_("File"), help_text=_("As the publisher hands it out. Several files (OFAC's CSV) in one zip.")
    )


class VerdictForm(forms.Form):
    answer = forms.ChoiceField(label=_("Is it the same?"), choices=Verdict.Answer.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What you compared, and where you looked. It stays with the verdict."),
    )


class SecondForm(forms.Form):
    agrees = forms.TypedChoiceField(
        label=_("Do you agree with the verdict?"),
        choices=[("yes", _("Yes, I confirm it")), ("no", _("No, it has to be looked at again"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Why"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
