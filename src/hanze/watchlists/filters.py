"""What the findings desk can be narrowed down by."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hanze.watchlists.models import Finding, Verdict, Watchlist
from hanze.watchlists.queries import OPEN


class FindingFilter(django_filters.FilterSet):
    """Without a choice it shows what waits for somebody."""

    q = django_filters.CharFilter(
        label=_("Search in the list"), method="by_text", widget=forms.TextInput(attrs={"type": "search"})
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="by_state",
        empty_label=_("What waits"),
        choices=[*Finding.State.choices, ("all", _("All"))],
    )
    strength = django_filters.ChoiceFilter(
        label=_("Strength"), choices=[("hit", _("Hit")), ("near", _("Near"))], empty_label=_("All")
    )
    watchlist = django_filters.ModelChoiceFilter(
        label=_("List"), field_name="entry__watchlist", queryset=Watchlist.objects.all(), empty_label=_("All")
    )
    verdict = django_filters.ChoiceFilter(
        label=_("Verdict"), method="by_verdict", choices=Verdict.Answer.choices, empty_label=_("All")
    )

    class Meta:
        model = Finding
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        found = super().filter_queryset(queryset)
        chosen = self.form.cleaned_data
        return found if chosen.get("state") or chosen.get("verdict") else found.filter(state__in=OPEN)

    def by_text(self, findings: QuerySet[Finding], name: str, value: str) -> QuerySet[Finding]:
        return findings.filter(
            Q(entry__name__icontains=value)
            | Q(entry__entry_id__icontains=value)
            | Q(subject__organisation__name__icontains=value)
            | Q(subject__organisation__native_name__icontains=value)
            | Q(subject__person__name__icontains=value)
            | Q(subject__person__native_name__icontains=value)
            | Q(subject__name_text__icontains=value)
        )

    def by_state(self, findings: QuerySet[Finding], name: str, value: str) -> QuerySet[Finding]:
        return findings if value == "all" else findings.filter(state=value)

    def by_verdict(self, findings: QuerySet[Finding], name: str, value: str) -> QuerySet[Finding]:
        return findings.filter(verdicts__answer=value).distinct()
