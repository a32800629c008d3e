"""The words for what a result holds under a code."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STEPS: dict[str, Any] = {
    "": _("Reading the farms and parcels"),
    "indicators": _("Measuring how scattered the land is"),
    "groups": _("Finding clusters"),
    "regions": _("Growing regions"),
    "hubs": _("Looking for the best hubs"),
    "exchanges": _("Matching offers with needs"),
    "swaps": _("Looking for swaps of land"),
    "value": _("Reckoning what it is worth"),
    "map": _("Drawing the map"),
}
INPUTS: dict[str, Any] = {
    "farms": _("Farms"),
    "parcels": _("Parcels"),
    "goods": _("Offers and needs"),
    "areas": _("Areas"),
    "parties": _("Parties"),
}
THEMES: dict[str, Any] = {
    "people": pgettext_lazy("with planet and profit", "People"),
    "planet": _("Planet"),
    "profit": _("Profit"),
}
STATUSES: dict[str, Any] = {
    "verified": _("verified"),
    "to verify": _("must be verified"),
    "assumed": _("assumed"),
    "invented": _("invented"),
    "count": _("a count"),
}
COURSES: dict[str, Any] = {
    "nothing": _("No plan"),
    "exchanges": _("Exchanges only"),
    "swaps": _("Swaps of land only"),
    "both": _("Exchanges and swaps"),
}
FUTURES: dict[str, Any] = {
    "unchanged": _("As it is now"),
    "more-join": _("More farms join"),
    "fewer-join": _("Fewer farms stay"),
    "dearer": _("Prices rise"),
    "cheaper": _("Prices fall"),
}
ASSUMPTIONS: dict[str, Any] = {
    "joining": _("How many farms join in"),
    "price_level": _("The level of prices"),
    "exchange_saved": _("What exchanges save"),
    "land_saved": _("How much nearer the land comes"),
    "parcel_benefit_euro_per_ha_km": _("What nearer land saves, euro a hectare and kilometre"),
}
UNITS: dict[str, Any] = {
    "farms": _("farms"),
    "parties": _("parties"),
    "ha x km": _("ha × km"),
    "euro/year": _("euro a year"),
    "kg CO2-eq/year": _("kg CO₂-eq a year"),
    "kg N/year": _("kg N a year"),
    "kg P2O5/year": _("kg P₂O₅ a year"),
}
QUANTITIES: dict[str, Any] = {
    "dairy_cows": _("the number of dairy cows"),
    "purchase_costs": _("the costs of purchasing"),
    "machine_costs": _("the costs of machines"),
    "exchange_costs": _("what farms offer and need"),
    "freight_tonne_km": _("what farms offer and need"),
}


def word(words: dict[str, Any], code: str) -> str:
    """The word for a code; the code itself where there is none."""
    return str(words.get(code, code))
