"""The form with which anybody outside can send a request."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from hanze.casework import spam
from hanze.casework.forms.choosing import choose_country, date_input, say_choose
from hanze.casework.models import Request

MOST_PARTICIPANTS = 60


class PublicRequestForm(forms.ModelForm):
    """What somebody outside tells: who, what, when, with whom. In plain words, with as little as possible required."""

    class Meta:
        model = Request
        fields = (
            "asked_by_text",
            "contact_name",
            "contact_email",
            "contact_phone",
            "country",
            "kind",
            "title",
            "description",
            "sector",
            "technology",
            "demand",
            "period_start",
            "period_end",
            "executive_involved",
        )
        widgets = {
            "description": forms.Textarea(attrs={"rows": 5}),
            "demand": forms.Textarea(attrs={"rows": 3}),
            "period_start": date_input(),
            "period_end": date_input(),
            "contact_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "contact_email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "contact_phone": forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
            "asked_by_text": forms.TextInput(attrs={"autocomplete": "organization"}),
        }
        labels = {
            "asked_by_text": _("Your organisation"),
            "contact_name": _("Your name"),
            "contact_email": _("Your e-mail address"),
            "contact_phone": _("Your telephone number"),
            "country": _("Which country are you from, or is it about?"),
            "kind": _("What kind of request is it?"),
            "title": _("What do you ask, in one line?"),
            "description": _("Tell us more"),
            "sector": _("Which sector is it about?"),
            "technology": _("Which technology is shown, sold or shared, if any?"),
            "demand": _("Whom in our region would you like to meet, or who invited you?"),
            "period_start": _("First day that suits you"),
            "period_end": _("Last day that suits you"),
            "executive_involved": _("We would like to meet a member of the executive board"),
        }
        help_texts = {
            "asked_by_text": "",
            "technology": "",
            "demand": "",
            "contact_email": _("We send a copy of your request to this address."),
            "description": _("What would you like to do, see or discuss, and why with us?"),
        }

    participants = forms.CharField(
        label=_("Who would take part?"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One person or organisation on each line, with the post and the organisation."),
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("asked_by_text", "contact_name", "description"):
            self.fields[name].required = True
        say_choose(self)
        choose_country(self.fields["country"])
        self.fields["opened"].initial = spam.opened_now

    @property
    def record_fields(self) -> dict[str, Any]:
        """The checked values by the names of the record's fields."""
        found = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return found | {"language": (get_language() or "nl").split("-")[0]}

    @property
    def participant_rows(self) -> list[dict[str, str]]:
        return [{"name_text": name} for name in self.cleaned_data["participants"]]

    def clean_description(self) -> str:
        return _short_enough(self.cleaned_data["description"])

    def clean_demand(self) -> str:
        return _short_enough(self.cleaned_data["demand"])

    def clean_participants(self) -> list[str]:
        names = [line.strip() for line in self.cleaned_data["participants"].splitlines() if line.strip()]
        if len(names) > MOST_PARTICIPANTS:
            raise ValidationError(gettext("Name at most %(most)s participants.") % {"most": MOST_PARTICIPANTS})
        if any(len(name) > 250 for name in names):
            raise ValidationError(gettext("A line is at most 250 characters long."))
        return names

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(gettext("Leave this field empty; it is a trap for robots."))
        return ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not spam.filled_in_time(data.get("opened", "")):
            again: Any = self.data.copy()
            again[self.add_prefix("opened")] = spam.opened_now()
            self.data = again
            self.add_error(
                None,
                gettext(
                    "We could not tell whether a person sent this. Nothing is lost: send it again in a few seconds."
                ),
            )
        return data


def _short_enough(text: str) -> str:
    if len(text) > 10_000:
        raise ValidationError(gettext("This text is at most 10,000 characters long."))
    return text
