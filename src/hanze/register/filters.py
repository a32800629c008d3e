"""The filters above the register's lists; each choice shows only what occurs in what the reader may see."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django_filters as filters
from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanze.accounts.narrowing import ChoiceFilter, PlainSelect, choose_from
from hanze.register.models import Agreement, Organisation, Person, Relation, RelationStatus
from hanze.register.narrowing import countries_of
from hanze.register.queries import search_organisations

YES_NO = [("", _("All")), ("true", _("Yes")), ("false", _("No"))]


def _search(label: Any) -> filters.CharFilter:
    return filters.CharFilter(method="search", label=label, widget=forms.TextInput(attrs={"type": "search"}))


def _offer_used_countries(chosen: Any) -> None:
    choose_from(chosen, "country", countries_of(chosen.queryset))


class OrganisationFilter(filters.FilterSet):
    q = _search(_("Name or number"))
    kind = ChoiceFilter(choices=Organisation.Kind.choices, label=_("Kind"), empty_label=_("All"))
    country = ChoiceFilter(label=_("Country"), empty_label=_("All"))
    own_region = filters.TypedChoiceFilter(
        choices=YES_NO, coerce=lambda value: value == "true", label=_("From our own region"), widget=PlainSelect
    )

    class Meta:
        model = Organisation
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_used_countries(self)

    def search(self, organisations: QuerySet[Organisation], name: str, value: str) -> QuerySet[Organisation]:
        return search_organisations(organisations, value)


class PersonFilter(filters.FilterSet):
    q = _search(_("Name"))

    class Meta:
        model = Person
        fields: list[str] = []

    def search(self, people: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        for word in value.split():
            people = people.filter(Q(name__icontains=word) | Q(native_name__icontains=word))
        return people


class RelationFilter(filters.FilterSet):
    q = _search(_("Partner"))
    kind = ChoiceFilter(choices=Relation.Kind.choices, label=_("Kind"), empty_label=_("All"))
    current_status = ChoiceFilter(choices=RelationStatus.Status.choices, label=_("Status"), empty_label=_("All"))
    country = ChoiceFilter(label=_("Country"), empty_label=_("All"))

    class Meta:
        model = Relation
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_used_countries(self)

    def search(self, relations: QuerySet[Relation], name: str, value: str) -> QuerySet[Relation]:
        for word in value.split():
            relations = relations.filter(Q(partner__name__icontains=word) | Q(partner__native_name__icontains=word))
        return relations


class AgreementFilter(filters.FilterSet):
    q = _search(_("Title or subject"))
    kind = ChoiceFilter(choices=Agreement.Kind.choices, label=_("Kind"), empty_label=_("All"))
    state = ChoiceFilter(choices=Agreement.State.choices, method="in_state", label=_("State"), empty_label=_("All"))

    class Meta:
        model = Agreement
        fields: list[str] = []

    def search(self, agreements: QuerySet[Agreement], name: str, value: str) -> QuerySet[Agreement]:
        for word in value.split():
            agreements = agreements.filter(Q(title__icontains=word) | Q(subject__icontains=word))
        return agreements

    def in_state(self, agreements: QuerySet[Agreement], name: str, value: str) -> QuerySet[Agreement]:
        """The same three states as `Agreement.state`, on the annotation `end`."""
        today = timezone.localdate()
        soon = today + timedelta(days=settings.AGREEMENT_WARNING_DAYS)
        condition = {
            Agreement.State.IN_FORCE: Q(end__isnull=True) | Q(end__gt=soon),
            Agreement.State.ENDING: Q(end__gte=today, end__lte=soon),
            Agreement.State.ENDED: Q(end__lt=today),
        }[Agreement.State(value)]
        return agreements.filter(condition)
