"""The form on which a plan is asked: all its assumptions, on one page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hanze.areas.models import Initiative
from hanze.areas.planning import Assumptions

BETWEEN = re.compile(r"\s*[;,]\s*|\s+[-–]\s+|\s+")
GROUPS = (
    (gettext_lazy("Which farms"), ("areas", "banks")),
    (gettext_lazy("Clusters"), ("reach", "least", "minimum", "must", "cannot")),
    (gettext_lazy("Hubs"), ("hubs", "capacity", "hub_cost")),
    (gettext_lazy("Exchange"), ("products", "transport", "handling", "farthest", "elsewhere_km")),
    (gettext_lazy("Swaps of land"), ("participation", "joining", "tolerance", "swap_cost")),
    (
        gettext_lazy("Over the years"),
        ("years", "staying_low", "staying_high", "price_low", "price_high", "growth", "prices", "discount"),
    ),
    (gettext_lazy("The search"), ("seconds", "seed")),
)


def _number(label: Any, low: float, high: float, help: Any = "", **more: Any) -> forms.FloatField:
    return forms.FloatField(label=label, min_value=low, max_value=high, help_text=help, **more)


def _whole(label: Any, low: int, high: int, help: Any = "", **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=low, max_value=high, help_text=help, **more)


class PlanForm(forms.Form):
    """Every assumption of a plan; `assumptions` gives them as the operation takes them."""

    title = forms.CharField(label=gettext_lazy("Name of the plan"), max_length=200)
    areas = forms.MultipleChoiceField(
        label=gettext_lazy("Areas"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Choose no area to take every farm of the initiative. Only areas with a shape on the map can be chosen."
        ),
    )
    banks = forms.CharField(
        label=gettext_lazy("Land banks"),
        required=False,
        help_text=gettext_lazy("Numbers of farms in the list that only hold land to swap with, with a comma between."),
    )
    reach = _number(gettext_lazy("Metres between neighbours, at most"), 100, 50_000)
    least = _whole(gettext_lazy("Farms in a cluster, at least"), 2, 100)
    minimum = _number(gettext_lazy("Hectares in a region, at least"), 0, 1_000_000)
    must = forms.CharField(
        label=gettext_lazy("Farms that want to be together"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Two numbers on a line, for example: H01 - H07."),
    )
    cannot = forms.CharField(
        label=gettext_lazy("Farms that cannot be together"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Two numbers on a line. Farms cannot be coupled at random: trust decides."),
    )
    hubs = _whole(
        gettext_lazy("Number of hubs"), 1, 200, gettext_lazy("A hub is a shared yard; it can be at any farm.")
    )
    capacity = _number(
        gettext_lazy("Hectares that one hub can serve"),
        1,
        10_000_000,
        gettext_lazy("Empty: any number."),
        required=False,
    )
    hub_cost = _number(gettext_lazy("Euro for setting up a hub"), 0, 1e9, gettext_lazy("An assumption of your own."))
    products = forms.MultipleChoiceField(
        label=gettext_lazy("What is exchanged"), required=False, widget=forms.CheckboxSelectMultiple
    )
    transport = _number(gettext_lazy("Euro a unit and kilometre for bringing"), 0, 1_000)
    handling = _number(gettext_lazy("Euro a unit for loading and unloading"), 0, 10_000)
    farthest = _number(
        gettext_lazy("Kilometres by road, at most"), 0, 1_000, gettext_lazy("Empty: any."), required=False
    )
    elsewhere_km = _number(gettext_lazy("Kilometres that what is bought elsewhere comes"), 0, 5_000)
    participation = forms.ChoiceField(
        label=gettext_lazy("Who takes part in swaps"),
        choices=[
            ("recorded", gettext_lazy("The farms of which the list says so")),
            ("everybody", gettext_lazy("Every farm")),
        ],
        widget=forms.RadioSelect,
    )
    joining = _number(gettext_lazy("Of those, how many do in the end, in percent"), 0, 100)
    tolerance = _number(gettext_lazy("How much the value of an owner's land may change, in percent"), 0, 50)
    swap_cost = _number(
        gettext_lazy("Euro for each parcel that changes hands"), 0, 1e6, gettext_lazy("Your assumption.")
    )
    years = _whole(gettext_lazy("Years"), 1, 50)
    staying_low = _number(gettext_lazy("Of the farms that take part, how many stay at least, in percent"), 0, 100)
    staying_high = _number(
        gettext_lazy("How many that become at most, in percent"), 100, 500, gettext_lazy("100: no more than now.")
    )
    price_low = _number(gettext_lazy("Prices at their lowest, in percent of now"), 0, 100)
    price_high = _number(gettext_lazy("Prices at their highest, in percent of now"), 100, 1_000)
    growth = _number(gettext_lazy("Participation grows or shrinks, in percent a year"), 0, 50)
    prices = _number(gettext_lazy("Prices rise or fall, in percent a year"), 0, 50)
    discount = _number(gettext_lazy("Discount rate, in percent"), 0, 20)
    seconds = _whole(gettext_lazy("Seconds to search, at most"), 1, 600)
    seed = _whole(
        gettext_lazy("Seed"), 0, 2_147_483_647, gettext_lazy("The same number and the same data give the same plan.")
    )

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas: Any = self.fields["areas"]
        areas.choices = [(area.code, area.name) for area in initiative.areas.exclude(shape=None)]
        products: Any = self.fields["products"]
        listed = initiative.goods.order_by("product").values_list("product", flat=True).distinct()
        products.choices = [(product, product) for product in listed]
        if not products.choices:
            products.help_text = _("Bring in what farms offer and need first; without it the plan has no exchanges.")

    @staticmethod
    def filled_with(title: str, asked: Assumptions, seed: int) -> dict[str, Any]:
        """What the form starts with."""
        values = {name: _short(value) for name, value in asked.as_kept().items()}
        values |= {name: "\n".join(" - ".join(pair) for pair in values[name]) for name in ("must", "cannot")}
        values["banks"] = ", ".join(asked.banks)
        values["participation"] = "everybody" if asked.everybody else "recorded"
        return values | {"title": title, "seed": seed}

    @property
    def groups(self) -> list[tuple[Any, list[Any]]]:
        return [(label, [self[name] for name in names]) for label, names in GROUPS]

    def clean_must(self) -> tuple[tuple[str, str], ...]:
        return _pairs(self.cleaned_data["must"])

    def clean_cannot(self) -> tuple[tuple[str, str], ...]:
        return _pairs(self.cleaned_data["cannot"])

    def clean_banks(self) -> tuple[str, ...]:
        return tuple(part.strip() for part in re.split(r"[;,\n]", self.cleaned_data["banks"]) if part.strip())

    @property
    def assumptions(self) -> Assumptions:
        data: Mapping[str, Any] = self.cleaned_data
        rest = {name: value for name, value in data.items() if name not in ("title", "seed", "participation")}
        rest |= {"areas": tuple(data["areas"]), "products": tuple(data["products"])}
        return Assumptions(**rest, everybody=data["participation"] == "everybody")


def _short(value: Any) -> Any:
    """A number without decimals that say nothing."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        parts = [part for part in BETWEEN.split(line.strip()) if part]
        if not parts:
            continue
        if len(parts) != 2 or parts[0] == parts[1]:
            told = {"line": number, "found": line.strip()}
            raise ValidationError(_("Line %(line)s: write the numbers of two farms; found: %(found)s.") % told)
        found.append((parts[0], parts[1]))
    return tuple(dict.fromkeys(found))
