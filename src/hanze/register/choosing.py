"""Choosing records and places in forms, from what the reader may see."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.urls import reverse_lazy
from django.utils.translation import get_language

from hanze.accounts.models import User
from hanze.register.models import Country, Organisation, Person

# Up to this many options stand in the page itself, so that choosing works without JavaScript.
FEW = 400


def name_in_language() -> str:
    """The field of a place with its name in the reader's language."""
    return "name_nl" if (get_language() or "nl").startswith("nl") else "name_en"


def in_language(places: QuerySet[Any]) -> QuerySet[Any]:
    """Places in the alphabetical order of the reader's language."""
    return places.order_by(name_in_language())


class _Searching:
    """A select whose options come from the server once there are many."""

    choices: Any
    attrs: dict[str, Any]

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        records: QuerySet[Model] | None = getattr(self.choices, "queryset", None)
        if records is not None and "data-url" in self.attrs and records.count() > FEW:
            chosen = [key for key in value if key]
            self.choices.queryset = records.filter(pk__in=chosen)
        return super().optgroups(name, value, attrs)  # type: ignore[misc]

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        built = super().build_attrs(base_attrs, extra_attrs)  # type: ignore[misc]
        records = getattr(self.choices, "queryset", None)
        if records is not None and records.count() <= FEW:
            built.pop("data-url", None)
        return built


class SearchingSelect(_Searching, forms.Select):
    pass


class SearchingSelectMultiple(_Searching, forms.SelectMultiple):
    pass


ADDRESSES = {
    Organisation: reverse_lazy("register:organisation-choose"),
    Person: reverse_lazy("register:person-choose"),
}


def choose_one(field: forms.Field, reader: User) -> None:
    """Let a model-choice field of classified records choose from what `reader` may see."""
    _choose(field, reader, SearchingSelect)


def choose_many(field: forms.Field, reader: User) -> None:
    """The same for several."""
    _choose(field, reader, SearchingSelectMultiple)


def _choose(field: Any, reader: User, widget: Any) -> None:
    attrs: dict[str, Any] = {"data-combobox": True}
    if address := ADDRESSES.get(field.queryset.model):
        attrs["data-url"] = address
    field.widget = widget(attrs=attrs)
    field.widget.is_required = field.required
    field.queryset = field.queryset.model.objects.visible_to(reader)


def choose_place(form: forms.BaseForm) -> None:
    """Country, region and city: the last two from the chosen country, renewed when another is chosen."""
    country_field: Any = form.fields["country"]
    country_field.queryset = in_language(Country.objects.all())
    country_field.widget.attrs |= {
        "data-combobox": True,
        "hx-get": reverse_lazy("register:place-fields"),
        "hx-target": "#place-fields",
        "hx-trigger": "change",
    }
    chosen = form["country"].value()
    for name in ("region", "city"):
        field: Any = form.fields[name]
        field.queryset = in_language(field.queryset.model.objects.filter(country=chosen or None))
        field.widget.attrs |= {"data-combobox": True}
