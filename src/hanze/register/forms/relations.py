"""Forms for relations and their status."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hanze.accounts.models import STAFF_ROLES, User
from hanze.claims.forms import SourcedForm
from hanze.register.choosing import choose_one, choose_place
from hanze.register.forms.shared import ClassifiedForm, date_widget
from hanze.register.models import Organisation, Relation, RelationStatus
from hanze.register.queries import possible_partners


class RelationForm(SourcedForm, ClassifiedForm):
    class Meta:
        model = Relation
        fields = [
            "partner",
            "kind",
            "country",
            "region",
            "city",
            "since",
            "since_precision",
            "purpose",
            "purpose_en",
            "responsible",
            "classification",
            "for_council",
            "team",
        ]
        widgets = {
            "since": date_widget(),
            "purpose": forms.Textarea(attrs={"rows": 4}),
            "purpose_en": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partner: Any = self.fields["partner"]
        choose_one(partner, self.reader)
        partner.queryset = possible_partners(self.reader)
        partner.widget.attrs["data-url"] = f"{partner.widget.attrs['data-url']}?kind={Organisation.Kind.GOVERNMENT}"
        partner.help_text = _("The government abroad. Add it under Parties first when it is not in the list.")
        if not self.instance.pk:
            self.fields["country"].required = False
            self.fields["country"].help_text = _("Leave empty to take over the place of the partner.")
        choose_place(self)
        responsible: Any = self.fields["responsible"]
        colleagues = User.objects.filter(is_active=True, roles_held__role__in=STAFF_ROLES)
        responsible.queryset = colleagues.distinct()


class StatusForm(forms.ModelForm):
    class Meta:
        model = RelationStatus
        fields = ["status", "since", "decided_by", "reason"]
        widgets = {"since": date_widget(), "reason": forms.Textarea(attrs={"rows": 4})}


class FirstStatusForm(StatusForm):
    """The status with which a relation is recorded; its fields stand beside the relation's own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="status", **kwargs)
