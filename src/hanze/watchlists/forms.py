"""The forms of the screening."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from hanze.accounts.together import Together
from hanze.screening.lists import KINDS
from hanze.screening.lists.own import Sample
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


class WatchlistForm(Together, forms.ModelForm):
    publisher = forms.ChoiceField(label=_("Whose list is it?"), choices=forms_of_lists)
    address = forms.URLField(
        label=_("Address of its newest edition"),
        required=False,
        assume_scheme="https",
        help_text=_("Only used when fetching is switched on."),
    )

    class Meta:
        model = Watchlist
        fields = ("name", "name_en", "slug", "keeper", "publisher", "second_person", "hit_from", "near_from")
        fields += ("address", "fetch", "active")
        help_texts: ClassVar[dict[str, Any]] = {
            "slug": _("For addresses and results: small letters, digits and hyphens. It stays as it is."),
            "hit_from": _("Between 0.5 and 1. Empty: the usual one, by kind of party."),
            "near_from": _("Between 0.3 and 1. Empty: the usual one, by kind of party."),
        }


class EditionForm(forms.Form):
    file = forms.FileField(
        label=_("File"), help_text=_("As the publisher hands it out. Several files (OFAC's CSV) in one zip.")
    )


FIELDS_OF_LISTS = {
    "name": _("Name"),
    "given": _("Given names"),
    "family": _("Surname"),
    "aliases": _("Other names"),
    "weak_aliases": _("Names that say little"),
    "original_script": _("Name in its own script"),
    "type": _("Person or organisation"),
    "country": _("Countries"),
    "birth_date": _("Date of birth"),
    "birth_place": _("Place of birth"),
    "gender": _("Gender"),
    "identifiers": _("Registration numbers"),
    "programme": _("Reason or measure"),
    "listed_on": _("On the list since"),
    "remarks": _("Remarks"),
    "id": _("Number on the list"),
}


class ColumnsForm(forms.Form):
    """What each column of an own list holds; a choice for each column, and what holds for all rows."""

    kind = forms.ChoiceField(
        label=_("What the entries are where no column says so"),
        choices=[
            ("unknown", _("Unknown")),
            ("person", _("Persons")),
            ("organisation", _("Organisations")),
            ("vessel", _("Ships")),
            ("aircraft", _("Aircraft")),
        ],
    )
    separator = forms.CharField(
        label=_("Sign between several values in one cell"), max_length=3, widget=forms.TextInput(attrs={"size": 3})
    )

    heading = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, start: Sample, suggested: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.start = start
        self.columns = {f"column-{at}": column for at, column in enumerate(start.columns)}
        for name, column in self.columns.items():
            self.fields[name] = forms.ChoiceField(
                label=column,
                required=False,
                choices=[("", _("Not compared, only kept")), *FIELDS_OF_LISTS.items()],
                initial=suggested.get(column, ""),
            )

    def rows(self) -> list[tuple[forms.BoundField, list[str]]]:
        """Each column with its choice, and examples of what stands in it."""
        return [(self[name], self.start.examples(column)) for name, column in self.columns.items()]

    def clean(self) -> dict[str, Any]:
        chosen: dict[str, Any] = super().clean() or {}
        of: dict[str, str] = {}
        for name, column in self.columns.items():
            field = chosen.get(name)
            if field in of:
                said = {"field": FIELDS_OF_LISTS[field], "column": of[field]}
                self.add_error(name, _("The column %(column)s was said to be this: %(field)s.") % said)
            elif field:
                of[field] = column
        if not {"name", "family"} & set(of) and not any(name in self.errors for name in self.columns):
            first = next(iter(self.columns))
            self.add_error(first, _("Say of one column that it holds the name."))
        return {
            "of": of,
            "kind": chosen.get("kind"),
            "separator": chosen.get("separator"),
            "heading": self.start.heading,
        }

    def first_rows(self) -> list[tuple[int, list[str], bool]]:
        """The first rows of the file: their number, their cells, and whether they name the columns."""
        heading = self.start.heading or next((number for number, _ in self.start.start), 0)
        return [(number, cells, number == heading) for number, cells in self.start.start]


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
