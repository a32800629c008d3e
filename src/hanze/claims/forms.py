"""Where what somebody fills in comes from, and deciding between sources."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hanze.accounts.models import User
from hanze.claims.facts import Fact, is_nothing, sheet_of, sheets
from hanze.claims.models import Claim, SourceKind
from hanze.claims.operations import Proposed, Source, changed_facts, emptied_facts, propose

# What people choose from; a spreadsheet is named by the import, an application by its call.
KINDS = [choice for choice in SourceKind.choices if choice[0] not in (SourceKind.SHEET, SourceKind.APPLICATION)]
SAID = ("said_kind", "said_source", "said_section", "said_date", "said_replaces", "said_because")


class _SourceFields(forms.Form):
    said_kind = forms.ChoiceField(
        label=gettext_lazy("Where does this come from?"),
        choices=KINDS,
        initial=SourceKind.OWN_KNOWLEDGE,
        required=False,
    )
    said_source = forms.CharField(
        label=gettext_lazy("Title of the document, or who said it"), max_length=250, required=False
    )
    said_section = forms.CharField(label=gettext_lazy("Page or section"), max_length=200, required=False)
    said_date = forms.DateField(
        label=gettext_lazy("Date of the source"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        other = (cleaned.get("said_kind") or SourceKind.OWN_KNOWLEDGE) != SourceKind.OWN_KNOWLEDGE
        if other and not cleaned.get("said_source"):
            self.add_error("said_source", _("Name the document, the person or the register."))
        return cleaned

    @property
    def source(self) -> Source:
        """The source as it was filled in; our own knowledge has no name."""
        given = self.cleaned_data
        kind = given.get("said_kind") or SourceKind.OWN_KNOWLEDGE
        name = "" if kind == SourceKind.OWN_KNOWLEDGE else given.get("said_source", "")
        return Source(kind, name, given.get("said_section", ""), given.get("said_date"))


class SourcedForm(_SourceFields):
    """Mixed into the form that changes a record with facts: asks where the changes come from.

    A change from another source than what stands becomes a claim beside it, unless it replaces with a reason.
    """

    said_replaces = forms.ChoiceField(
        label=gettext_lazy("Where it differs from what another source says"),
        widget=forms.RadioSelect,
        choices=[
            ("", gettext_lazy("Keep both, until somebody decides")),
            ("yes", gettext_lazy("Replace it: this corrects a mistake, or it has changed since")),
        ],
        required=False,
        initial="",
    )
    said_because = forms.CharField(
        label=gettext_lazy("Why it is replaced"), max_length=500, required=False, widget=forms.TextInput()
    )
    instance: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A new record has no facts yet that a source could contradict.
        for name in () if self.instance.pk else SAID:
            self.fields.pop(name, None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "said_kind" not in self.fields:
            return cleaned
        replaces = cleaned.get("said_replaces") == "yes"
        if replaces and not cleaned.get("said_because", "").strip():
            self.add_error("said_because", _("Say why it is replaced."))
        if not replaces:
            self._empty_nothing_of_others(cleaned)
        return cleaned

    def _empty_nothing_of_others(self, cleaned: dict[str, Any]) -> None:
        """A source that says nothing cannot contradict another, so emptying a field is a correction."""
        stored = type(self.instance)._default_manager.get(pk=self.instance.pk)
        for fact in emptied_facts(stored, cleaned, self.source):
            self.add_error(fact.name, _("This comes from another source. To empty it, choose to replace it."))


def saying(form: SourcedForm, request: HttpRequest | None = None) -> Callable[..., Any]:
    """The operation of a change form: what differs is said by the source that `form` names, and the rest written.

    With `request`, tells the reader which facts now contradict another source.
    """

    def change(record: models.Model, *, by: User | None, **fields: Any) -> Proposed:
        stored = type(record)._default_manager.get(pk=record.pk)
        given = {name: value for name, value in fields.items() if name not in SAID}
        changed = {name for fact in changed_facts(stored, given) for name in fact.fields}
        facts = {name for fact in sheet_of(stored).facts.values() for name in fact.fields}
        said = {name: value for name, value in given.items() if name in changed or name not in facts}
        replaces = form.cleaned_data.get("said_replaces") == "yes"
        corrects = form.cleaned_data.get("said_because", "").strip() if replaces else ""
        proposed = propose(stored, said, form.source, by, corrects=corrects)
        if request is not None and proposed.contradicting:
            count = len(proposed.contradicting)
            messages.warning(
                request,
                ngettext(
                    "%(count)s fact differs from what another source says. Both are kept until somebody decides.",
                    "%(count)s facts differ from what another source says. Both are kept until somebody decides.",
                    count,
                )
                % {"count": count},
            )
        return proposed

    return change


class ClaimForm(_SourceFields):
    """What another source says about one fact."""

    def __init__(self, *args: Any, fact: Fact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fact = fact
        self.fields = {"value": fact.form_field(), **self.fields}
        self.fields["value"].label = fact.label
        self.initial.setdefault("said_kind", SourceKind.DOCUMENT)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not is_nothing(cleaned.get("value")):
            cleaned["value"] = self.fact.asked(cleaned["value"])
        return cleaned


class DecideForm(forms.Form):
    """Which of the claims holds, and why."""

    claim = forms.ModelChoiceField(
        label=gettext_lazy("What holds"), queryset=Claim.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    reason = forms.CharField(label=gettext_lazy("Why"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, claims: models.QuerySet[Claim], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["claim"]
        choice.queryset = claims
        choice.label_from_instance = _as_choice


def _as_choice(claim: Claim) -> str:
    source = claim.source or claim.get_source_kind_display()
    return f"{claim.in_words} ({source})"


class WithdrawForm(forms.Form):
    because = forms.CharField(
        label=gettext_lazy("Why it is withdrawn"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )


class ContradictionFilter(forms.Form):
    """The kind of record of the contradictions to show."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of record"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(sheet.key, str(sheet.model._meta.verbose_name).capitalize()) for sheet in sheets()]
        choice: Any = self.fields["kind"]
        choice.choices = [("", _("All")), *sorted(kinds, key=lambda kind: kind[1])]


class DayForm(forms.Form):
    """A past day."""

    day = forms.DateField(
        label=gettext_lazy("As it was known on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def put_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Show what an operation refuses at the fields of `form`."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
