"""The forms of parties and of what they want of each other."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hanze.accounts.models import User
from hanze.accounts.together import Together
from hanze.areas.models import Initiative, WillingParty, Wish
from hanze.register.choosing import choose_one
from hanze.register.forms.shared import date_widget


class PartyForm(Together, forms.ModelForm):
    """A party, with the organisations and people that `reader` may see to choose from."""

    class Meta:
        model = WillingParty
        fields = (
            *("name", "kind", "farm", "organisation", "person", "contact", "brings", "asks"),
            *("stance", "conditions", "since", "provenance", "source_document", "source_section"),
        )
        widgets = {
            "farm": forms.Select(attrs={"data-combobox": True}),
            "brings": forms.Textarea(attrs={"rows": 3}),
            "asks": forms.Textarea(attrs={"rows": 3}),
            "conditions": forms.Textarea(attrs={"rows": 3}),
            "since": date_widget(),
        }

    def __init__(self, *args: Any, initiative: Initiative, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.initiative = initiative
        self.reader = reader
        farm: Any = self.fields["farm"]
        farm.queryset = initiative.farms.all()
        for name in ("organisation", "person"):
            choose_one(self.fields[name], reader)

    def clean(self) -> dict[str, Any]:
        """What is hidden from her stays as it is: she neither sees nor loses it."""
        cleaned = super().clean() or self.cleaned_data
        for name in ("organisation", "person"):
            stored = getattr(WillingParty.objects.filter(pk=self.instance.pk).first(), name, None)
            if stored is not None and not type(stored).objects.visible_to(self.reader).filter(pk=stored.pk).exists():
                cleaned[name] = cleaned.get(name) or stored
        return cleaned


class WishForm(forms.Form):
    """What two parties want of each other; the operation puts them in order."""

    one = forms.ModelChoiceField(label=_("Party"), queryset=None)
    kind = forms.ChoiceField(label=_("What they want"), choices=Wish.Kind.choices, widget=forms.RadioSelect)
    other = forms.ModelChoiceField(label=_("Other party"), queryset=None)
    because = forms.CharField(label=_("Reason"), max_length=250, required=False)

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("one", "other"):
            field: Any = self.fields[name]
            field.queryset = initiative.parties.all()
