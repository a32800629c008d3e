"""Which value holds where two records of the same party differ, and why they are the same."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hanze.register.merging.comparing import BOTH, GONE, KEPT, Line


class MergeForm(forms.Form):
    """A choice for each line in which the two differ. `choices` hands them to the operation."""

    reason = forms.CharField(
        label=gettext_lazy("Why they are the same"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )

    def __init__(self, *args: Any, lines: list[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = {_name(line): _choice(line) for line in lines}
        self.fields = {**own, **self.fields}
        self.lines = lines

    @property
    def rows(self) -> list[tuple[str, forms.BoundField]]:
        """The choices with their labels, for a table."""
        return [(line.label, self[_name(line)]) for line in self.lines]

    @property
    def choices(self) -> dict[str, str]:
        """What was chosen, by name of the field of the record."""
        return {line.name: self.cleaned_data[_name(line)] for line in self.lines}


def _name(line: Line) -> str:
    return f"holds_{line.name}"


def _choice(line: Line) -> forms.Field:
    values = [(KEPT, _short(line.kept)), (GONE, _short(line.gone))]
    if line.may_be_both:
        values.append((BOTH, _("Both, one below the other")))
    return forms.ChoiceField(label=line.label, choices=values, initial=line.proposed, widget=forms.RadioSelect)


def _short(text: str) -> str:
    return Truncator(text).chars(200)


class ChooseOtherForm(forms.Form):
    """The other record, by choosing it from all that the reader may see."""

    other = forms.ModelChoiceField(label=gettext_lazy("Another record"), queryset=None)


class SetApartForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why they are different"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )


class UndoMergeForm(forms.Form):
    because = forms.CharField(label=gettext_lazy("Why it is undone"), widget=forms.Textarea(attrs={"rows": 3}))
