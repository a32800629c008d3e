"""Forms for the measures of an activity."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hanze.casework.advice import MeasureBrought
from hanze.casework.forms.choosing import date_input
from hanze.casework.queries import colleagues
from hanze.missions.lines import measures_to_add
from hanze.missions.models import Activity, ActivityDocument, Measure, Moment, PartyMeasure
from hanze.missions.presenting import MeasureRow

OWN = "own"
PER = [("activity", _("Once for the activity")), *PartyMeasure.Per.choices]


class SettleForm(forms.Form):
    on = forms.DateField(label=_("Done on"), widget=date_input())
    evidence = forms.CharField(
        label=_("Evidence"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What shows that it was done."),
    )
    document = forms.ModelChoiceField(ActivityDocument.objects.none(), label=_("Document"), required=False)

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        documents = ActivityDocument.objects.filter(activity=measure.activity_id)
        self.fields["document"].queryset = documents  # type: ignore[attr-defined]
        if not documents:
            del self.fields["document"]
            self.fields["evidence"].required = True
        self.initial.setdefault("on", timezone.localdate())


class SettleGroupForm(SettleForm):
    """The same evidence for several parties at once."""

    measures = forms.ModelMultipleChoiceField(
        Measure.objects.none(), label=_("Done by"), widget=forms.CheckboxSelectMultiple
    )
    field_order = ("measures", "on", "evidence", "document")

    def __init__(self, *args: Any, rows: list[MeasureRow], **kwargs: Any) -> None:
        super().__init__(*args, measure=rows[0].measure, **kwargs)
        field: Any = self.fields["measures"]
        field.queryset = Measure.objects.filter(pk__in=[row.measure.pk for row in rows])
        field.choices = [(row.measure.pk, row.party) for row in rows]


class BecauseForm(forms.Form):
    because = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class AssignForm(forms.Form):
    owner = forms.ModelChoiceField(
        colleagues().none(), label=_("Owner"), required=False, help_text=_("Empty: the responsible officer.")
    )
    due_on = forms.DateField(label=_("Due on"), required=False, widget=date_input())

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = colleagues()  # type: ignore[attr-defined]
        self.fields["owner"].widget.attrs["data-combobox"] = True
        self.initial.update(owner=measure.owner, due_on=measure.due_on)


class AddMeasureForm(forms.Form):
    """A measure of the activity's framework, or one in one's own words."""

    code = forms.ChoiceField(label=_("Measure of the framework"))
    label_nl = forms.CharField(label=_("Measure"), max_length=250, required=False)
    label_en = forms.CharField(label=_("Measure in English"), max_length=250, required=False)
    moment = forms.ChoiceField(label=_("Moment"), choices=Moment.choices, required=False)
    per = forms.ChoiceField(label=_("How often"), choices=PER, required=False)

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activity = activity
        self.known = {measure.code: measure for measure in measures_to_add(activity)}
        english = (get_language() or "nl").startswith("en")
        choices = [(code, each.label_en if english else each.label_nl) for code, each in self.known.items()]
        field: Any = self.fields["code"]
        field.choices = [*choices, (OWN, _("Another measure, in your own words"))]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("code") == OWN:
            for name in ("label_nl", "label_en"):
                if not given.get(name):
                    self.add_error(name, ValidationError(_("Say what is to be done."), code="required"))
        return given

    def measure(self) -> MeasureBrought:
        """The measure that was chosen or written."""
        given = self.cleaned_data
        if given["code"] != OWN:
            return self.known[given["code"]]
        number = self.activity.measures.filter(code__startswith="own-").values("code").distinct().count()
        number += self.activity.party_measures.filter(code__startswith="own-").count() + 1
        moment, per = given["moment"] or Moment.BEFORE, given["per"] or "activity"
        return MeasureBrought(f"own-{number}", "", given["label_nl"], given["label_en"], moment, per)
