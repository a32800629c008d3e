"""Filters of the list and the agenda: bookmarkable, in the address."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hanze.accounts.models import User
from hanze.accounts.narrowing import ChoiceFilter, Choices, choose_from
from hanze.accounts.remembering import remembered
from hanze.goals.models import Theme
from hanze.missions.models import Activity
from hanze.register.narrowing import choices_of, countries_of, years_of
from hanze.register.sectors import Sector


class AgendaFilter(django_filters.FilterSet):
    """What the agenda can be narrowed to."""

    kind = ChoiceFilter(label=_("Kind"), choices=Activity.Kind.choices, empty_label=_("All"))
    country = ChoiceFilter(label=_("Country"), empty_label=_("All"))
    leader = ChoiceFilter(label=_("Led by"), empty_label=_("Everybody"))
    department = ChoiceFilter(label=_("Department"), field_name="responsible__department", empty_label=_("All"))

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
        self.seen = Activity.objects.visible_to(self.reader)
        choose_from(self, "country", countries_of(self.seen))
        choose_from(self, "leader", choices_of(User.objects.all(), self.seen, "leader", "name"))
        if "department" in self.filters:
            choose_from(self, "department", _departments_of(self.seen))


class ActivityFilter(AgendaFilter):
    """What the list can be narrowed to."""

    text = django_filters.CharFilter(
        label=_("Words"), method="with_text", widget=forms.TextInput(attrs={"type": "search"})
    )
    state = ChoiceFilter(label=_("State"), choices=Activity.State.choices, empty_label=_("All"))
    sector = ChoiceFilter(label=_("Sector"), choices=Sector.choices, empty_label=_("All"))
    theme = ChoiceFilter(label=_("Theme"), field_name="themes", empty_label=_("All"))
    year = ChoiceFilter(label=_("Year"), method="in_year", empty_label=_("All"))
    department = None

    field_order = ("text", "kind", "state", "country", "sector", "theme", "leader", "year")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "theme", remembered(("themes", get_language()), _themes))
        choose_from(self, "year", years_of(self.seen, "starts_on"))
        for name in self.field_order:
            self.filters.move_to_end(name)

    def in_year(self, activities: QuerySet[Activity], name: str, year: str) -> QuerySet[Activity]:
        return activities.filter(starts_on__year__lte=year, ends_on__year__gte=year)

    def with_text(self, activities: QuerySet[Activity], name: str, words: str) -> QuerySet[Activity]:
        for word in words.split():
            in_words = Q(title__icontains=word) | Q(title_en__icontains=word) | Q(aim__icontains=word)
            activities = activities.filter(in_words | Q(aim_en__icontains=word) | Q(results__icontains=word))
        return activities


def _themes() -> Choices:
    return tuple((str(theme.pk), str(theme)) for theme in Theme.objects.all())


def _departments_of(activities: QuerySet[Activity]) -> Choices:
    """Those of the people who are responsible for an activity."""
    responsible = choices_of(User.objects.exclude(department=""), activities, "responsible", "department")
    return tuple((name, name) for name in sorted({department for _person, department in responsible}))
