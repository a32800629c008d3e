"""Filters of the list and the agenda: bookmarkable, in the address."""

from __future__ import annotations

from typing import Any, cast

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hanze.accounts.models import User
from hanze.goals.models import Theme
from hanze.missions.models import Activity
from hanze.register.choosing import in_language
from hanze.register.models import Country
from hanze.register.narrowing import occurring, years_of
from hanze.register.sectors import Sector


def countries_of_activities(request: Any) -> Any:
    return in_language(occurring(Country.objects.all(), Activity.objects.visible_to(request.user), "country"))


def leaders_of_activities(request: Any) -> Any:
    return occurring(User.objects.all(), Activity.objects.visible_to(request.user), "leader")


class AgendaFilter(django_filters.FilterSet):
    """What the agenda can be narrowed to."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Activity.Kind.choices, empty_label=_("All"))
    country = django_filters.ModelChoiceFilter(
        label=_("Country"), queryset=cast(Any, countries_of_activities), empty_label=_("All")
    )
    leader = django_filters.ModelChoiceFilter(
        label=_("Led by"), queryset=cast(Any, leaders_of_activities), empty_label=_("Everybody")
    )
    department = django_filters.ChoiceFilter(
        label=_("Department"), field_name="responsible__department", empty_label=_("All")
    )

    class Meta:
        model = Activity
        fields: list[str] = []

    @property
    def reader(self) -> Any:
        """Who filters; the choices are of what she may see."""
        request: Any = self.request
        return request.user

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "department" in self.filters:
            responsible = occurring(User.objects.all(), Activity.objects.visible_to(self.reader), "responsible")
            names = responsible.exclude(department="").order_by("department").values_list("department", flat=True)
            self.filters["department"].extra["choices"] = [(name, name) for name in names.distinct()]


class ActivityFilter(AgendaFilter):
    """What the list can be narrowed to."""

    text = django_filters.CharFilter(
        label=_("Words"), method="with_text", widget=forms.TextInput(attrs={"type": "search"})
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=Activity.State.choices, empty_label=_("All"))
    sector = django_filters.ChoiceFilter(label=_("Sector"), choices=Sector.choices, empty_label=_("All"))
    theme = django_filters.ModelChoiceFilter(
        label=_("Theme"), field_name="themes", queryset=Theme.objects.all(), empty_label=_("All")
    )
    year = django_filters.ChoiceFilter(label=_("Year"), method="in_year", empty_label=_("All"))
    department = None

    field_order = ("text", "kind", "state", "country", "sector", "theme", "leader", "year")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["year"].extra["choices"] = years_of(Activity.objects.visible_to(self.reader), "starts_on")
        for name in self.field_order:
            self.filters.move_to_end(name)

    def in_year(self, activities: QuerySet[Activity], name: str, year: str) -> QuerySet[Activity]:
        return activities.filter(starts_on__year__lte=year, ends_on__year__gte=year)

    def with_text(self, activities: QuerySet[Activity], name: str, words: str) -> QuerySet[Activity]:
        for word in words.split():
            in_words = Q(title__icontains=word) | Q(title_en__icontains=word) | Q(aim__icontains=word)
            activities = activities.filter(in_words | Q(aim_en__icontains=word) | Q(results__icontains=word))
        return activities
