"""Forms for agreements: recorded, renewed, ended."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hanze.claims.forms import SourcedForm
from hanze.register.choosing import choose_many
from hanze.register.forms.shared import ClassifiedForm, date_widget
from hanze.register.models import Agreement, Relation


class AgreementForm(SourcedForm, ClassifiedForm):
    class Meta:
        model = Agreement
        fields = [
            "title",
            "kind",
            "parties",
            "relation",
            "subject",
            "signed_on",
            "valid_until",
            "classification",
            "for_council",
            "team",
        ]
        widgets = {
            "subject": forms.Textarea(attrs={"rows": 4}),
            "signed_on": date_widget(),
            "valid_until": date_widget(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_many(self.fields["parties"], self.reader)
        relation: Any = self.fields["relation"]
        relation.queryset = Relation.objects.visible_to(self.reader).select_related("partner")
        relation.widget.attrs["data-combobox"] = True

    def clean(self) -> dict[str, Any]:
        """Parties that the reader may not see stay: she cannot take away what she was not shown."""
        cleaned = super().clean()
        if self.instance.pk and "parties" in cleaned:
            field: Any = self.fields["parties"]
            hidden = self.instance.parties.exclude(pk__in=field.queryset.values("pk"))
            cleaned["parties"] = [*cleaned["parties"], *hidden]
        if self.instance.pk and not cleaned.get("relation") and self._relation_is_hidden():
            cleaned["relation"] = Agreement.objects.get(pk=self.instance.pk).relation
        return cleaned

    def _relation_is_hidden(self) -> bool:
        stored = Agreement.objects.get(pk=self.instance.pk).relation_id
        field: Any = self.fields["relation"]
        return stored is not None and not field.queryset.filter(pk=stored).exists()


class RenewalForm(forms.Form):
    renewed_on = forms.DateField(label=_("Renewed on"), widget=date_widget())
    valid_until = forms.DateField(
        label=_("Now valid until"),
        widget=date_widget(),
        required=False,
        help_text=_("Leave empty when it has no end any more."),
    )
    note = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False)


class EndForm(forms.Form):
    on = forms.DateField(label=_("Ends on"), widget=date_widget())
    because = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}))
