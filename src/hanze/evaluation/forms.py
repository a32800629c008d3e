"""The forms of evaluations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hanze.accounts.models import Role, User
from hanze.accounts.together import Together
from hanze.evaluation.audience import Audience
from hanze.evaluation.models import Evaluation, EvaluationText, Recommendation, RecordedYear
from hanze.evaluation.queries import regions_in_use
from hanze.evaluation.words import framework_title
from hanze.frameworks import library


def _day(**attrs: Any) -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", **attrs}, format="%Y-%m-%d")


class EvaluationForm(Together, forms.ModelForm):
    """A period and a scope, with who works on it and who may read it."""

    class Meta:
        model = Evaluation
        fields = (
            *("period_start", "period_end", "compare_year", "country", "region", "framework"),
            *("title_nl", "title_en", "responsible", "classification", "for_council", "team"),
        )
        widgets = {
            "period_start": _day(),
            "period_end": _day(),
            "compare_year": forms.NumberInput(attrs={"inputmode": "numeric"}),
            "country": forms.Select(attrs={"data-combobox": True}),
            "region": forms.Select(attrs={"data-combobox": True}),
            "responsible": forms.Select(attrs={"data-combobox": True}),
            "team": forms.SelectMultiple(attrs={"data-combobox": True}),
        }
        help_texts = {
            "country": _("Leave empty for all countries."),
            "region": _("Only regions in which there is an activity or a relation."),
            "compare_year": _("The same days of that year. A year that is not recorded is shown as such."),
            "title_nl": _("Leave empty to name it after its scope and period."),
        }

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title_nl"].required = False
        self.fields["region"].queryset = regions_in_use(reader)
        officers = User.objects.filter(is_active=True, roles_held__role__in=[Role.COORDINATOR, Role.POLICY_OFFICER])
        self.fields["responsible"].queryset = officers.distinct()
        self.fields["team"].queryset = User.objects.filter(is_active=True)
        ids = dict.fromkeys([each.id for each in library.installed()] + [self.instance.framework or ""])
        self.fields["framework"] = forms.ChoiceField(
            label=_("Framework"),
            required=False,
            choices=[("", _("All frameworks")), *((each, framework_title(each)) for each in ids if each)],
            help_text=_("Only what was weighed by this framework."),
        )


class TextForm(Together, forms.Form):
    """The text of a section, in both languages; `text` is what is written of it, if anything is."""

    text_nl = forms.CharField(label=_("Dutch text"), required=False, widget=forms.Textarea(attrs={"rows": 12}))
    text_en = forms.CharField(label=_("English text"), required=False, widget=forms.Textarea(attrs={"rows": 12}))
    shares = True

    def __init__(self, *args: Any, text: EvaluationText | None, **kwargs: Any) -> None:
        written = {name: getattr(text, name, "") for name in ("text_nl", "text_en")}
        super().__init__(*args, initial=written, **kwargs)
        self.text = text

    def changed_by(self, name: str) -> tuple[str, datetime | None]:
        return (str(self.text.updated_by or "Hanze"), self.text.updated_at) if self.text else ("", None)


class RecommendationForm(Together, forms.ModelForm):
    class Meta:
        model = Recommendation
        fields = ("number", "text_nl", "text_en")
        widgets = {
            "text_nl": forms.Textarea(attrs={"rows": 4}),
            "text_en": forms.Textarea(attrs={"rows": 4}),
        }


class FollowUpForm(Together, forms.ModelForm):
    """What became of a recommendation."""

    class Meta:
        model = Recommendation
        fields = ("follow_up", "follow_up_on", "follow_up_nl", "follow_up_en")
        widgets = {
            "follow_up": forms.RadioSelect,
            "follow_up_on": _day(),
            "follow_up_nl": forms.Textarea(attrs={"rows": 4}),
            "follow_up_en": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["follow_up_on"].required = True
        self.initial["follow_up_on"] = self.instance.follow_up_on or today

    def _stored(self, name: str) -> Any:
        """The proposed day is nobody's: only a day that was kept counts as another's."""
        return self.instance.follow_up_on if name == "follow_up_on" else super()._stored(name)


class FreezeForm(forms.Form):
    audience = forms.ChoiceField(label=_("For whom"), choices=Audience.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: as sent to the council."),
    )


class RecordedYearForm(forms.ModelForm):
    class Meta:
        model = RecordedYear
        fields = ("year", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}


class RecordedYearNoteForm(Together, forms.ModelForm):
    class Meta:
        model = RecordedYear
        fields = ("note",)
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
