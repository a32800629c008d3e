"""Forms for organisations, people and posts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hanze.accounts.models import User
from hanze.accounts.together import Together
from hanze.audit.models import Event, EventQuerySet
from hanze.claims.forms import SourcedForm
from hanze.register.choosing import choose_one, choose_place
from hanze.register.forms.shared import ClassifiedForm, date_widget
from hanze.register.models import City, Country, Identifier, Organisation, Person, Post, Region


class OrganisationForm(SourcedForm, ClassifiedForm):
    website = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )

    class Meta:
        model = Organisation
        fields = [
            "name",
            "native_name",
            "short_name",
            "kind",
            "sector",
            "own_region",
            "country",
            "region",
            "city",
            "website",
            "email",
            "notes",
            "classification",
            "for_council",
            "team",
        ]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "native_name": forms.TextInput(attrs={"autocomplete": "off", "lang": "", "dir": "auto"}),
            "notes": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_place(self)
        address = reverse("register:organisation-duplicates")
        if self.instance.pk:
            address += f"?exclude={self.instance.pk}"
        for name in ("name", "native_name"):
            self.fields[name].widget.attrs |= {
                "hx-get": address,
                "hx-trigger": "input changed delay:400ms",
                "hx-target": "#duplicates",
                "hx-include": "[name=name], [name=native_name], [name=country]",
            }

    def beside(self) -> dict[str, str]:
        numbers = ", ".join(sorted(str(each) for each in self.instance.identifiers.all()))
        return {str(_("Registration numbers")): numbers}


class IdentifierForm(forms.Form):
    # The initial choice is no change, so that a row left blank is left out.
    scheme = forms.ChoiceField(label=_("Register"), choices=Identifier.Scheme.choices, initial=Identifier.Scheme.KVK)
    value = forms.CharField(label=_("Registration number"), max_length=60)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("value") and cleaned.get("scheme") and not cleaned.get("DELETE"):
            number = Identifier(scheme=cleaned["scheme"], value=cleaned["value"])
            number.clean()
            cleaned["value"] = number.value
        return cleaned


IdentifierFormSet = forms.formset_factory(IdentifierForm, extra=1, can_delete=True, max_num=10)


class PlaceFieldsForm(forms.Form):
    """Region and city within a country, for the part of a form that is renewed when the country changes."""

    country = forms.ModelChoiceField(queryset=Country.objects.all(), required=False)
    region = forms.ModelChoiceField(label=_("Region"), queryset=Region.objects.all(), required=False)
    city = forms.ModelChoiceField(label=_("City"), queryset=City.objects.all(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_place(self)


class PersonForm(SourcedForm, ClassifiedForm):
    class Meta:
        model = Person
        fields = ["name", "native_name", "email", "phone", "notes", "classification", "for_council", "team"]
        widgets = {
            "native_name": forms.TextInput(attrs={"lang": "", "dir": "auto"}),
            "phone": forms.TextInput(attrs={"type": "tel"}),
            "notes": forms.Textarea(attrs={"rows": 4}),
        }


class PostForm(Together, forms.ModelForm):
    class Meta:
        model = Post
        fields = ["organisation", "title", "since", "until"]
        widgets = {"since": date_widget(), "until": date_widget()}

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_one(self.fields["organisation"], reader)
        self.fields["until"].help_text = _("Leave empty while the post is held.")

    def _told(self) -> EventQuerySet:
        return Event.objects.about(self.instance.person).filter(name="post.changed", data__key=self.instance.pk)
