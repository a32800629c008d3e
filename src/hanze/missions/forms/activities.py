"""Forms for an activity's own fields, in sections."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanze.accounts.classification import hidden_among
from hanze.accounts.models import Role, User
from hanze.accounts.together import FIELD, Together, TogetherOn
from hanze.casework.forms.choosing import date_input
from hanze.casework.queries import colleagues, officers
from hanze.claims.forms import SAID, SourcedForm
from hanze.frameworks import library
from hanze.missions.lines import framework_choices
from hanze.missions.models import Activity
from hanze.register.choosing import choose_many, in_language
from hanze.register.models import Country

SECTIONS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "basics": (
        _("What, when and with whom"),
        (
            "title",
            "title_en",
            "kind",
            "is_exploratory",
            "starts_on",
            "ends_on",
            "date_precision",
            "country",
            "partners",
            "sector",
            "themes",
            "goals",
        ),
    ),
    "aim": (_("Aim"), ("aim", "aim_en")),
    "results": (_("Results"), ("results", "results_en")),
    "people": (
        _("Who leads it, and who may read it"),
        ("leader", "responsible", "classification", "for_council", "team"),
    ),
}
PLANNED = (*SECTIONS["basics"][1], *SECTIONS["aim"][1], *SECTIONS["people"][1])


class ActivityForm(Together, forms.ModelForm):
    """Some of the fields of an activity, chosen from what the reader may see."""

    class Meta:
        model = Activity
        fields = tuple(dict.fromkeys(name for _label, names in SECTIONS.values() for name in names))
        widgets = {
            "starts_on": date_input(),
            "ends_on": date_input(),
            "themes": forms.CheckboxSelectMultiple,
            "goals": forms.CheckboxSelectMultiple,
        }

    framework = forms.ChoiceField(
        label=_("Framework"),
        required=False,
        help_text=_("Under which the activity falls. You add the measures that it needs yourself."),
    )

    def __init__(self, *args: Any, reader: User, only: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in [name for name in self.fields if name not in (*only, FIELD)]:
            del self.fields[name]
        self.reader = reader
        self._choose()

    def _choose(self) -> None:
        if "partners" in self.fields:
            choose_many(self.fields["partners"], self.reader)
            self._of("country", in_language(Country.objects.all()))
            for name in ("themes", "goals"):
                known = self._model_field(name).queryset.model.objects.filter(is_current=True)
                used = known.model.objects.filter(activities=self.instance) if self.instance.pk else known.none()
                self._model_field(name).queryset = (known | used).distinct()
        if "framework" in self.fields:
            self._model_field("framework").choices = [("", _("None")), *self._frameworks().items()]
            self.initial.setdefault("framework", self.instance.framework)
        if "leader" in self.fields:
            executives = User.objects.filter(is_active=True, roles_held__role=Role.EXECUTIVE)
            self._of("leader", executives | User.objects.filter(pk=self.instance.leader_id))
            self._of("responsible", officers() | User.objects.filter(pk=self.instance.responsible_id).distinct())
            self._of("team", colleagues(), many=True)

    def _frameworks(self) -> dict[str, str]:
        """The frameworks in force by id, and the one that the activity falls under already."""
        chosen = self.instance.framework
        return {**({chosen: chosen} if chosen else {}), **dict(framework_choices(timezone.localdate()))}

    def _model_field(self, name: str) -> Any:
        return self.fields[name]

    def _of(self, name: str, records: Any, many: bool = False) -> None:
        field = self._model_field(name)
        field.queryset = records.distinct()
        field.widget.attrs["data-combobox"] = True

    def changes(self) -> dict[str, Any]:
        """What to hand to the operation. Partners that the reader may not see stay.

        A framework that is chosen anew comes with its version in force.
        """
        given = dict(self.cleaned_data)
        if given.get("framework", self.initial.get("framework")) != self.initial.get("framework"):
            chosen = library.in_force(timezone.localdate()).get(given["framework"])
            given["framework_version"] = chosen.version if chosen else None
        if "partners" in given and self.instance.pk:
            given["partners"] = [*given["partners"], *hidden_among(self.instance.partners.all(), self.reader)]
        return given


class ChangeActivityForm(SourcedForm, ActivityForm):
    """A section of an activity."""

    def __init__(self, *args: Any, section: str, **kwargs: Any) -> None:
        activity: Activity = kwargs["instance"]
        own = ("framework",) if section == "basics" and activity.request_id is None else ()
        said = () if section == "people" else SAID
        super().__init__(*args, only=(*SECTIONS[section][1], *own, *said), **kwargs)


class PlanActivityForm(ActivityForm):
    """A new activity: on its own with a framework to choose, or from a request with its participants."""

    with_participants = forms.BooleanField(
        label=_("Take over the participants of the request"), required=False, initial=True
    )

    def __init__(self, *args: Any, from_request: bool, **kwargs: Any) -> None:
        own = "with_participants" if from_request else "framework"
        super().__init__(*args, only=(*PLANNED, own), **kwargs)


class ReasonForm(forms.Form):
    """Why something is done."""

    because = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class ReportForm(TogetherOn, forms.Form):
    """The public report, in Markdown."""

    publication = forms.ChoiceField(label=_("Publication"), choices=[])
    text = forms.CharField(
        label=_("Report"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Markdown: an empty line between paragraphs, ## before a heading, - before each item of a list."),
    )
    text_en = forms.CharField(label=_("Report in English"), required=False, widget=forms.Textarea(attrs={"rows": 14}))

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        self.about = activity
        super().__init__(*args, **kwargs)
        self.fields["publication"].choices = Activity.Publication.choices  # type: ignore[attr-defined]
