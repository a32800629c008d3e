"""The officer's forms for a request: registering and changing it, withdrawing it, its participants."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hanze.accounts.models import User
from hanze.accounts.together import Together
from hanze.casework.forms.choosing import date_input, say_choose
from hanze.casework.models import Request, RequestParticipant
from hanze.casework.queries import colleagues, officers
from hanze.register.choosing import choose_many, choose_one, choose_place
from hanze.register.models import Organisation
from hanze.register.queries import likely_duplicates

ONE_PARTY = ("asked_by", "on_behalf_of")


class RequestForm(Together, forms.ModelForm):
    """What an officer knows of a request. Parties that she may not see stay as they are and are not offered."""

    class Meta:
        model = Request
        fields = (
            "title",
            "title_en",
            "kind",
            "asked_by",
            "asked_by_text",
            "on_behalf_of",
            "contact_name",
            "contact_email",
            "contact_phone",
            "language",
            "country",
            "region",
            "city",
            "sector",
            "technology",
            "description",
            "period_start",
            "period_end",
            "demand",
            "demand_from",
            "goals",
            "themes",
            "executive_involved",
            "supported_investment",
            "received_on",
            "due_on",
            "responsible",
            "classification",
            "for_council",
            "team",
        )
        widgets = {
            "kind": forms.Select,
            "description": forms.Textarea(attrs={"rows": 5}),
            "demand": forms.Textarea(attrs={"rows": 3}),
            "period_start": date_input(),
            "period_end": date_input(),
            "received_on": date_input(),
            "due_on": date_input(),
            "goals": forms.CheckboxSelectMultiple,
            "themes": forms.SelectMultiple(attrs={"data-combobox": True}),
            "team": forms.SelectMultiple(attrs={"data-combobox": True}),
            "asked_by": forms.Select,
        }
        labels = {"asked_by": _("Organisation that asks, if we know it")}
        help_texts = {
            "asked_by_text": _("For an organisation that is not registered yet, or as it stood in the request."),
            "on_behalf_of": _("If another organisation would really come or be received."),
            "for_council": _("Council members can read the request and its decision."),
            "team": _("They always see this request, whatever its classification."),
        }

    register_asker = forms.BooleanField(label=_("Also register this organisation as a party"), required=False)
    asker_kind = forms.ChoiceField(
        label=_("What kind of organisation is it?"), required=False, choices=[("", ""), *Organisation.Kind.choices]
    )
    asker_is_new = forms.BooleanField(label=_("It is another organisation; register it all the same"), required=False)

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader
        self._leave_hidden_parties()
        for name in ONE_PARTY:
            if name in self.fields:
                choose_one(self.fields[name], reader)
        choose_many(self.fields["demand_from"], reader)
        choose_place(self)
        self.fields["goals"].queryset = self._in_use("goals")  # type: ignore[attr-defined]
        self.fields["themes"].queryset = self._in_use("themes")  # type: ignore[attr-defined]
        self.fields["responsible"].queryset = officers()  # type: ignore[attr-defined]
        self.fields["responsible"].empty_label = gettext("Nobody yet")  # type: ignore[attr-defined]
        say_choose(self)
        self.fields["team"].queryset = colleagues()  # type: ignore[attr-defined]

    @classmethod
    def initial_for(cls, reader: User) -> dict[str, Any]:
        """What a new request most likely is: received today, within the usual term, for whoever registers it."""
        today = timezone.localdate()
        return {
            "received_on": today,
            "due_on": today + timedelta(days=settings.REQUEST_TERM_DAYS),
            "responsible": reader.pk,
        }

    @property
    def record_fields(self) -> dict[str, Any]:
        """The checked values by the names of the record's fields."""
        found = {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.cleaned_data}
        if "demand_from" in found and self.instance.pk:
            hidden = self.instance.demand_from.exclude(pk__in=Organisation.objects.visible_to(self.reader).values("pk"))
            found["demand_from"] = [*found["demand_from"], *hidden]
        return found

    @property
    def new_asker(self) -> dict[str, Any] | None:
        """The fields of the organisation that is to be registered with this request, if that was asked."""
        if not self.cleaned_data.get("register_asker") or self.cleaned_data.get("asked_by"):
            return None
        data = self.cleaned_data
        return {"name": data["asked_by_text"], "kind": data["asker_kind"], "country": data["country"]}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        knows_asker = "asked_by" not in self.fields or data.get("asked_by")
        if not knows_asker and not data.get("asked_by_text") and "asked_by_text" not in self.errors:
            self.add_error("asked_by_text", gettext("Say who asks: choose an organisation or write its name."))
        if data.get("register_asker") and not data.get("asked_by"):
            self._check_new_asker(data)
        return data

    def _check_new_asker(self, data: dict[str, Any]) -> None:
        if not data.get("asker_kind"):
            self.add_error("asker_kind", gettext("Choose the kind of organisation."))
        if not data.get("asked_by_text") or data.get("asker_is_new"):
            return
        country = data.get("country")
        likely = likely_duplicates(data["asked_by_text"], country, reader=self.reader, most=3)
        if likely:
            names = ", ".join(str(each.organisation) for each in likely)
            self.add_error(
                "asked_by_text",
                gettext("Perhaps we know this organisation: %(names)s. Choose it above, or say that it is another one.")
                % {"names": names},
            )

    def _in_use(self, name: str) -> Any:
        """Goals or themes in use, and those that the request has already."""
        records = self.fields[name].queryset  # type: ignore[attr-defined]
        current = records.filter(is_current=True)
        return (current | records.filter(requests=self.instance)).distinct() if self.instance.pk else current

    def _leave_hidden_parties(self) -> None:
        for name in ONE_PARTY:
            party = getattr(self.instance, name)
            if party and not Organisation.objects.visible_to(self.reader).filter(pk=party.pk).exists():
                del self.fields[name]


class ParticipantForm(forms.ModelForm):
    """One participant: a known organisation or person, or a name as it was written."""

    class Meta:
        model = RequestParticipant
        fields = ("organisation", "person", "name_text", "role")
        labels = {"name_text": _("Or just the name")}

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_one(self.fields["organisation"], reader)
        choose_one(self.fields["person"], reader)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        named = any(data.get(name) for name in ("organisation", "person", "name_text"))
        if self.has_changed() and not named and not self.errors:
            self.add_error("organisation", ValidationError(gettext("Name an organisation or a person.")))
        return data


ParticipantFormSet = forms.formset_factory(ParticipantForm, extra=1, can_delete=True, max_num=60, absolute_max=60)


class ScreeningForm(forms.Form):
    """What the screening of one participant found."""

    screening = forms.ChoiceField(label=_("What was found?"), choices=RequestParticipant.Screening.choices)
    note = forms.CharField(
        label=_("What was found and decided"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed for a finding. It stays with the request."),
    )

    def __init__(self, *args: Any, participant: RequestParticipant, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"screening": participant.screening, "note": participant.screening_note})
        super().__init__(*args, prefix=f"screening-{participant.pk}", **kwargs)


class WithdrawForm(forms.Form):
    because = forms.CharField(
        label=_("Why is it withdrawn?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )
    on = forms.DateField(label=_("Withdrawn on"), widget=date_input(), initial=timezone.localdate)
