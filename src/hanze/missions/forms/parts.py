"""Forms for what hangs on an activity."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hanze.accounts.models import User
from hanze.accounts.together import Together
from hanze.casework.forms.choosing import date_input
from hanze.casework.models import ContactMoment
from hanze.missions.lines import framework_of, line_labels
from hanze.missions.models import Activity, ActivityPlace, Cost, Participation, ProgrammeItem, Topic
from hanze.register.choosing import choose_many, choose_one, choose_place
from hanze.register.models import Agreement


def time_input() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class PartForm(Together, forms.ModelForm):
    """A part of an activity. `activity` and `reader` decide what can be chosen."""

    def __init__(self, *args: Any, activity: Activity, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.activity = activity
        self.activity, self.reader = activity, reader
        self.prepare()

    def prepare(self) -> None:
        """What a subclass sets up."""


class PlaceForm(PartForm):
    class Meta:
        model = ActivityPlace
        fields = ("country", "region", "city", "venue", "order")
        labels = {"order": _("Place in the order")}
        help_texts = {"order": _("The first place has 0.")}

    def prepare(self) -> None:
        if not self.is_bound and not self.instance.pk:
            self.initial.setdefault("country", self.activity.country_id)
            self.initial["order"] = self.activity.places.count()
        choose_place(self)


class ProgrammeItemForm(PartForm):
    class Meta:
        model = ProgrammeItem
        fields = ("day", "starts_at", "ends_at", "title", "place", "note")
        widgets = {
            "day": date_input(),
            "starts_at": time_input(),
            "ends_at": time_input(),
            "note": forms.Textarea(attrs={"rows": 3}),
        }

    def prepare(self) -> None:
        if not self.instance.pk:
            latest = self.activity.programme.order_by("-day").values_list("day", flat=True).first()
            self.initial.setdefault("day", latest or self.activity.starts_on)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        start, end = given.get("starts_at"), given.get("ends_at")
        if start and end and end < start:
            self.add_error("ends_at", _("The end lies before the start."))
        return given


class TopicForm(PartForm):
    line = forms.ChoiceField(label=_("Line of action"), required=False)

    class Meta:
        model = Topic
        fields = ("subject", "subject_en", "line", "raised_by", "message", "response")
        widgets = {
            "message": forms.Textarea(attrs={"rows": 4}),
            "response": forms.Textarea(attrs={"rows": 4}),
        }

    def prepare(self) -> None:
        lines = line_labels(framework_of(self.activity))
        if self.instance.line:
            lines.setdefault(self.instance.line, self.instance.line)
        self.fields["line"].choices = [("", _("None")), *lines.items()]  # type: ignore[attr-defined]
        if not lines:
            del self.fields["line"]


class CostForm(PartForm):
    class Meta:
        model = Cost
        fields = ("category", "amount", "description", "paid_by")
        widgets = {"amount": forms.NumberInput(attrs={"min": "0", "step": "0.01"})}


class ParticipationForm(PartForm):
    class Meta:
        model = Participation
        fields = ("organisation", "person", "role", "state", "note")

    def prepare(self) -> None:
        choose_one(self.fields["organisation"], self.reader)
        choose_one(self.fields["person"], self.reader)
        states = [Participation.State.REGISTERED, Participation.State.ATTENDED]
        state = self.fields["state"]
        state.choices = [(value.value, value.label) for value in states]  # type: ignore[attr-defined]
        if not self.instance.pk:
            del self.fields["state"]


class WithdrawalForm(forms.Form):
    on = forms.DateField(label=_("Withdrew on"), widget=date_input())
    because = forms.CharField(label=_("Reason of withdrawal"), widget=forms.Textarea(attrs={"rows": 3}))


class AgreementForm(forms.ModelForm):
    """An agreement from the register, or a new one."""

    known = forms.ModelChoiceField(
        Agreement.objects.none(),
        label=_("An agreement from the register"),
        required=False,
        help_text=_("Leave empty to record a new one below."),
    )

    class Meta:
        model = Agreement
        fields = ("known", "title", "kind", "parties", "signed_on", "valid_until", "subject", "classification")
        widgets = {
            "signed_on": date_input(),
            "valid_until": date_input(),
            "subject": forms.Textarea(attrs={"rows": 3}),
        }

    field_order = Meta.fields

    def __init__(self, *args: Any, activity: Activity, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_one(self.fields["known"], reader)
        choose_many(self.fields["parties"], reader)
        self.initial.update(signed_on=activity.starts_on, classification=activity.classification)
        if self.data.get("known"):
            for name in ("title", "kind", "parties", "signed_on", "classification"):
                self.fields[name].required = False

    def _post_clean(self) -> None:
        if not self.cleaned_data.get("known"):
            super()._post_clean()  # type: ignore[misc]


class ContactForm(forms.Form):
    contact = forms.ModelChoiceField(ContactMoment.objects.none(), label=_("Contact moment"))

    def __init__(self, *args: Any, activity: Activity, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_one(self.fields["contact"], reader)
        field: Any = self.fields["contact"]
        field.queryset = field.queryset.exclude(activities=activity).select_related("organisation")


class DocumentForm(forms.Form):
    title = forms.CharField(
        label=_("Title"), max_length=200, required=False, help_text=_("Empty: the file's own name.")
    )
    file = forms.FileField(label=_("File"))
