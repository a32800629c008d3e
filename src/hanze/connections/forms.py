"""Forms of the pages about applications."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanze.accounts.models import User
from hanze.accounts.together import Together
from hanze.audit.models import Event, EventQuerySet
from hanze.connections import scopes
from hanze.connections.models import Application, Subscription, Token
from hanze.connections.webhooks.messages import offered

USUAL_TERM = timedelta(days=180)


class ApplicationForm(forms.ModelForm):
    class Meta:
        model = Application
        fields = ("name", "purpose", "contact", "role", "ceiling")
        widgets = {"purpose": forms.Textarea(attrs={"rows": 3})}


class TokenForm(forms.ModelForm):
    scopes = forms.MultipleChoiceField(
        label=_("What it is for"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Give it no more than the program needs."),
    )

    class Meta:
        model = Token
        fields = ("label", "scopes", "expires_on")
        widgets = {"expires_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, application: Application, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        acting = application.acting()
        possible = [
            scope
            for scope in scopes.every()
            if acting.has_perm(scope.permission) and (not scope.writes or by.has_perm(scope.permission))
        ]
        field: Any = self.fields["scopes"]
        field.choices = [(scope.name, f"{scope.label} ({scope.name})") for scope in possible]
        self.initial.setdefault("expires_on", timezone.localdate() + USUAL_TERM)
        self.fields["expires_on"].help_text = _("At most a year away.")


class SubscriptionForm(Together, forms.ModelForm):
    address = forms.URLField(
        label=_("Address"), assume_scheme="https", max_length=500, help_text=_("Starts with https://.")
    )
    events = forms.MultipleChoiceField(label=_("What it hears of"), widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Subscription
        fields = ("address", "events")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["events"]
        field.choices = [(name, name) for name in offered()]

    def _told(self) -> EventQuerySet:
        return Event.objects.about(self.instance.application).filter(name="webhook.changed", data__key=self.instance.pk)


class CloseForm(forms.Form):
    because = forms.CharField(label=_("Why?"), max_length=500)
