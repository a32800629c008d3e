"""The form of the one who decides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanze.accounts.models import User
from hanze.casework.forms.choosing import date_input, show_error
from hanze.casework.models import Decision, Receipt, Request
from hanze.casework.operations.decision import check, differs


class DecisionForm(forms.Form):
    """Checked by the same rules as the decision itself, so that the page that confirms does not refuse afterwards."""

    outcome = forms.ChoiceField(label=_("Decision"), choices=Decision.Outcome.choices, widget=forms.RadioSelect)
    motivation = forms.CharField(
        label=_("Motivation"),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        max_length=10_000,
        help_text=_(
            "Needed when the decision differs from the advice, when the State was consulted, or when you take it up "
            "with questions still open. Not in the letter."
        ),
    )
    ground = forms.ChoiceField(
        label=_("Ground"),
        choices=[("", _("Choose a ground")), *Decision.Ground.choices],
        required=False,
        help_text=_("Needed for a refusal or a referral. The letter gives it in plain words."),
    )
    referred_to = forms.CharField(
        label=_("Referred to"),
        required=False,
        max_length=250,
        help_text=_("Needed for a referral: who can help the requester, as the letter is to name them."),
    )
    decided_on = forms.DateField(label=_("Decided on"), widget=date_input(), initial=timezone.localdate)

    def __init__(self, data: Any = None, *, request: Request, receipt: Receipt, decider: Any) -> None:
        self.request, self.receipt, self.decider = request, receipt, decider
        super().__init__(data, initial={"outcome": _proposed(receipt), "ground": _ground(receipt)})
        for name in ("motivation", "ground", "referred_to"):
            self.fields[name].conditional = True  # type: ignore[attr-defined]

    def instance_to_check(self) -> Decision:
        """The decision as it would be recorded."""
        decider: User = self.decider
        return Decision(
            request=self.request,
            receipt=self.receipt,
            differs=differs(self.receipt, self.cleaned_data["outcome"]),
            decided_by=decider,
            **self.cleaned_data,
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                check(self.instance_to_check())
            except ValidationError as error:
                show_error(self, error)
        return cleaned


def _proposed(receipt: Receipt) -> str:
    return receipt.outcome if receipt.outcome in Decision.Outcome.values else ""


def _ground(receipt: Receipt) -> str:
    """The ground of the rule that gave the advice, when it is one of ours."""
    content = receipt.content
    outcome = content["outcome"]["id"] if content["outcome"] else None
    rules = [*content["fired"], *([content["by_default"]] if content["by_default"] else [])]
    named = [rule["ground"] for rule in rules if rule["advice"] == outcome and rule["ground"]]
    return next((ground for ground in named if ground in Decision.Ground.values), "")
