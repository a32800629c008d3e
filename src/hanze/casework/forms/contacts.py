"""The form for a contact moment."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanze.accounts.models import User
from hanze.accounts.together import Together
from hanze.casework.forms.choosing import choose_country, choose_request, date_input, say_choose
from hanze.casework.models import ContactMoment, Request
from hanze.casework.queries import colleagues
from hanze.register.choosing import choose_one
from hanze.register.models import Organisation


class ContactForm(Together, forms.ModelForm):
    """A contact moment. What it is about and with whom stays as it is when the user may not see that."""

    class Meta:
        model = ContactMoment
        fields = (
            "held_on",
            "counterpart",
            "organisation",
            "person",
            "channel",
            "subject",
            "agreed",
            "fits_national_policy",
            "country",
            "request",
            "classification",
            "for_council",
            "team",
        )
        widgets = {
            "held_on": date_input(),
            "agreed": forms.Textarea(attrs={"rows": 4}),
            "team": forms.SelectMultiple(attrs={"data-combobox": True}),
            "fits_national_policy": forms.NullBooleanSelect,
        }
        labels = {
            "counterpart": _("What kind of organisation?"),
            "subject": _("Subject"),
            "request": _("About which request?"),
            "country": _("About which country?"),
        }
        help_texts = {
            "team": _("They always see this contact moment, whatever its classification."),
            "request": _("By its reference or title; leave empty when it is about none."),
        }

    def __init__(self, *args: Any, reader: User, about: Request | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = (
            {"held_on": timezone.localdate()} | (_about(about) if about else {}) | (kwargs.get("initial") or {})
        )
        super().__init__(*args, **kwargs)
        self.fields["fits_national_policy"].widget.choices = [  # type: ignore[attr-defined]
            ("unknown", _("Not discussed")),
            ("true", _("Yes")),
            ("false", _("No")),
        ]
        say_choose(self)
        choose_country(self.fields["country"])
        choose_one(self.fields["organisation"], reader)
        choose_request(self.fields["request"], reader)
        self.fields["team"].queryset = colleagues()  # type: ignore[attr-defined]
        self._leave_what_is_hidden(reader)

    @property
    def record_fields(self) -> dict[str, Any]:
        """The checked values by the names of the record's fields."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.cleaned_data}

    def _leave_what_is_hidden(self, reader: User) -> None:
        if not self.instance.pk:
            return
        for name, model in (("organisation", Organisation), ("request", Request)):
            linked = getattr(self.instance, f"{name}_id")
            if linked and not model.objects.visible_to(reader).filter(pk=linked).exists():
                del self.fields[name]


def _about(request: Request) -> dict[str, Any]:
    return {"request": request.pk, "country": request.country_id, "classification": request.classification}
