"""What the lists of requests and contact moments can be narrowed down by."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanze.accounts.narrowing import ChoiceFilter, Choices, choose_from
from hanze.accounts.remembering import remembered
from hanze.casework.models import ContactMoment, Decision, Request
from hanze.casework.queries import officers, with_text
from hanze.register.narrowing import countries_of, years_of
from hanze.register.sectors import Sector

DUE = [("late", _("Late")), ("14", _("Within 14 days")), ("none", _("No term"))]
OUTCOMES = [*Decision.Outcome.choices, ("escalate", _("To be put to the State"))]


class RequestFilter(django_filters.FilterSet):
    """Expects `queries.request_rows`, which knows the outcome and the asker."""

    q = django_filters.CharFilter(
        label=_("Search in the list"), method="by_text", widget=forms.TextInput(attrs={"type": "search"})
    )
    state = ChoiceFilter(label=_("State"), choices=Request.State.choices, empty_label=_("All"))
    kind = ChoiceFilter(label=_("Kind"), choices=Request.Kind.choices, empty_label=_("All"))
    country = ChoiceFilter(label=_("Country"), empty_label=_("All"))
    sector = ChoiceFilter(label=_("Sector"), choices=Sector.choices, empty_label=_("All"))
    responsible = ChoiceFilter(label=_("Responsible"), empty_label=_("Everybody"))
    due = ChoiceFilter(label=_("Term"), choices=DUE, method="by_term", empty_label=_("All"))
    outcome = ChoiceFilter(label=_("Decision or advice"), choices=OUTCOMES, empty_label=_("All"))
    year = ChoiceFilter(label=_("Year"), method="by_year", empty_label=_("All"))

    class Meta:
        model = Request
        fields: list[str] = []

    def __init__(self, data: Any, queryset: QuerySet[Request]) -> None:
        super().__init__(data, queryset=queryset)
        choose_from(self, "country", countries_of(queryset))
        choose_from(self, "responsible", remembered("officers", _officers))
        choose_from(self, "year", years_of(queryset, "received_on"))

    def by_text(self, requests: QuerySet[Request], name: str, value: str) -> QuerySet[Request]:
        return with_text(requests, value)

    def by_term(self, requests: QuerySet[Request], name: str, value: str) -> QuerySet[Request]:
        today = timezone.localdate()
        condition = {
            "late": Q(due_on__lt=today, state__in=Request.OPEN_STATES),
            "14": Q(due_on__range=(today, today + timedelta(days=14)), state__in=Request.OPEN_STATES),
            "none": Q(due_on=None),
        }[value]
        return requests.filter(condition)

    def by_year(self, requests: QuerySet[Request], name: str, value: str) -> QuerySet[Request]:
        return requests.filter(received_on__year=int(value))


def _officers() -> Choices:
    return tuple((str(each.pk), str(each)) for each in officers())


class ContactFilter(django_filters.FilterSet):
    """Expects `queries.contact_rows`, which knows the name of the organisation."""

    q = django_filters.CharFilter(
        label=_("Search in the list"), method="by_text", widget=forms.TextInput(attrs={"type": "search"})
    )
    counterpart = ChoiceFilter(label=_("With"), choices=ContactMoment.Counterpart.choices, empty_label=_("All"))
    country = ChoiceFilter(label=_("Country"), empty_label=_("All"))
    year = ChoiceFilter(label=_("Year"), method="by_year", empty_label=_("All"))

    class Meta:
        model = ContactMoment
        fields: list[str] = []

    def __init__(self, data: Any, queryset: QuerySet[ContactMoment]) -> None:
        super().__init__(data, queryset=queryset)
        choose_from(self, "country", countries_of(queryset))
        choose_from(self, "year", years_of(queryset, "held_on"))

    def by_text(self, contacts: QuerySet[ContactMoment], name: str, value: str) -> QuerySet[ContactMoment]:
        for word in value.split():
            contacts = contacts.filter(
                Q(subject__icontains=word)
                | Q(organisation_name__icontains=word)
                | Q(person__icontains=word)
                | Q(agreed__icontains=word)
            )
        return contacts

    def by_year(self, contacts: QuerySet[ContactMoment], name: str, value: str) -> QuerySet[ContactMoment]:
        return contacts.filter(held_on__year=int(value))
