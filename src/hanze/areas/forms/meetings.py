"""The forms of a meeting, of the answers given there, and of what follows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hanze.accounts.models import User
from hanze.accounts.together import Difference, Together, TogetherOn
from hanze.areas.forms.shared import told_apart
from hanze.areas.models import Answer, FollowUp, Initiative, Meeting, PlanRun, Stance, WillingParty
from hanze.areas.operations.meetings import Given
from hanze.register.forms.shared import date_widget

PARTS = ("present", "answer", "said")


class MeetingForm(Together, forms.ModelForm):
    class Meta:
        model = Meeting
        fields = (
            *("title", "on", "starts_at", "ends_at", "place", "plan", "conclusion"),
            *("others", "concluded", "provenance", "source_document", "source_section"),
        )
        widgets = {
            "on": date_widget(),
            "starts_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "ends_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "others": forms.Textarea(attrs={"rows": 3}),
            "concluded": forms.Textarea(attrs={"rows": 6}),
        }

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plan: Any = self.fields["plan"]
        plan.queryset = initiative.plans.filter(state=PlanRun.State.DONE)
        conclusion: Any = self.fields["conclusion"]
        conclusion.queryset = initiative.conclusions.select_related("area")
        if not self.instance.pk:
            for name in ("plan", "conclusion"):
                latest: Any = self.fields[name]
                self.initial[name] = getattr(latest.queryset.first(), "pk", None)


class AnswersForm(TogetherOn, forms.Form):
    """For each party whether it was there, what it answered and what it said."""

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        self.about = meeting
        super().__init__(*args, **kwargs)
        self.parties = list(meeting.initiative.parties.all())
        answers = [choice for choice in Stance.choices if choice[0] != Stance.ASKED]
        given = {each.party_id: each for each in meeting.answers.all()}
        for party in self.parties:
            made: dict[str, forms.Field] = {
                "present": forms.BooleanField(label=_("Was there"), required=False),
                "answer": forms.ChoiceField(label=_("Answer"), choices=answers),
                "said": forms.CharField(
                    label=_("What was said, or on what conditions"),
                    required=False,
                    widget=forms.Textarea(attrs={"rows": 2}),
                ),
            }
            known = given.get(party.pk) or Answer()
            for name, field in made.items():
                self.fields[f"{name}-{party.pk}"] = field
                self.initial[f"{name}-{party.pk}"] = getattr(known, name)

    @property
    def differences(self) -> tuple[Difference, ...]:
        return told_apart(super().differences, {str(each.pk): each.name for each in self.parties})

    @property
    def groups(self) -> list[tuple[WillingParty, list[Any]]]:
        return [(each, [self[f"{name}-{each.pk}"] for name in PARTS]) for each in self.parties]

    @property
    def given(self) -> dict[int, Given]:
        """What was filled in, as `record_answers` takes it."""
        return {
            each.pk: Given(**{name: self.cleaned_data[f"{name}-{each.pk}"] for name in PARTS}) for each in self.parties
        }


class FollowUpForm(Together, forms.ModelForm):
    class Meta:
        model = FollowUp
        fields = ("what", "owner", "who", "due_on", "done_on")
        widgets = {
            "owner": forms.Select(attrs={"data-combobox": True}),
            "due_on": date_widget(),
            "done_on": date_widget(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = User.objects.filter(is_active=True)
