"""What the engine finds wrong with a file, in the language of the reader; the engine itself speaks English."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hanze.clusters.problems import Problem

# What the engine says, and the same with the names of its parts for translation.
SAID = (
    (r"say which column holds: (?P<names>.+)\.", gettext_noop("say which column holds: %(names)s.")),
    (
        r"there is no column (?P<columns>.+); there are: (?P<there>.+)\.",
        gettext_noop("there is no column %(columns)s; there are: %(there)s."),
    ),
    (
        r"has no shapes: give a GeoPackage, GeoJSON or shapefile\.",
        gettext_noop("has no shapes: give a GeoPackage, GeoJSON or shapefile."),
    ),
    (r"holds no rows\.", gettext_noop("holds no rows.")),
    (r"(?P<name>\w+) is missing\.", gettext_noop("%(name)s is missing.")),
    (r"the id (?P<id>.+) is there twice\.", gettext_noop("the number %(id)s is there twice.")),
    (
        r"(?P<name>\w+) must be a number, found (?P<found>.*)\.",
        gettext_noop("%(name)s must be a number, found %(found)s."),
    ),
    (
        r"(?P<name>\w+) must be yes or no, found (?P<found>.*)\.",
        gettext_noop("%(name)s must be yes or no, found %(found)s."),
    ),
    (r"the shape is missing\.", gettext_noop("the shape is missing.")),
    (r"the shape is not valid: (?P<why>.+)\.", gettext_noop("the shape is not valid: %(why)s.")),
    (
        r"the shape must be a polygon, found an? (?P<found>\w+)\.",
        gettext_noop("the shape must be a polygon, found: %(found)s."),
    ),
    (
        r"the farm (?P<farm>.+) is not in the list of farms\.",
        gettext_noop("the farm %(farm)s is not in the list of farms."),
    ),
    (
        r"the area must be above zero, found (?P<found>.+)\.",
        gettext_noop("the area must be above zero, found %(found)s."),
    ),
    (
        r"the value must be at least zero, found (?P<found>.+)\.",
        gettext_noop("the value must be at least zero, found %(found)s."),
    ),
    (
        r"the value is missing: give one, or a value for each hectare\.",
        gettext_noop("the value is missing: give one, or a value for each hectare."),
    ),
    (
        r"lies outside the Netherlands when read as (?P<crs>.+): is that .*right.*\?",
        gettext_noop("lies outside the Netherlands when read as %(crs)s: is that the right coordinate system?"),
    ),
    (
        r"\"(?P<crs>.+)\" is not a coordinate system: write it as EPSG:28992\.",
        gettext_noop("“%(crs)s” is not a coordinate system: write it as EPSG:28992."),
    ),
    (
        r"does not say its coordinate system: choose it \(the Dutch grid is EPSG:28992\)\.",
        gettext_noop("does not say its coordinate system: choose it (the Dutch grid is EPSG:28992)."),
    ),
    (
        r"cannot be read as (?P<kind>.+): it is damaged, something else, or has no such layer\.",
        gettext_noop("cannot be read as %(kind)s: it is damaged, something else, or has no such layer."),
    ),
    (
        r"the farm (?P<farm>.+) has parcels and is not in this list\.",
        gettext_noop("the farm %(farm)s has parcels and is not in this list."),
    ),
    (
        r"the farm (?P<farm>.+) has offers or needs and is not in this list\.",
        gettext_noop("the farm %(farm)s has offers or needs and is not in this list."),
    ),
    (
        r"the farm (?P<farm>.+) is a party of the initiative and is not in this list\.",
        gettext_noop("the farm %(farm)s is a party of the initiative and is not in this list."),
    ),
    (r"side must be offer or need, found (?P<found>.*)\.", gettext_noop("write offer or need; found %(found)s.")),
    (
        r"the amount must be at least zero, found (?P<found>.+)\.",
        gettext_noop("the amount must be at least zero, found %(found)s."),
    ),
    (
        r"the season must be a whole number from 0, found (?P<found>.+)\.",
        gettext_noop("the season must be a whole number from 0, found %(found)s."),
    ),
    (
        r"the area (?P<area>.+) has indicators and is not in this list\.",
        gettext_noop("the area %(area)s has indicators and is not in this list."),
    ),
    (
        r"the number is longer than (?P<most>\d+) signs\.",
        gettext_noop("the number is longer than %(most)s signs."),
    ),
    (
        r"(?P<farm>.+) has organic land and is not organic: say which is right\.",
        gettext_noop("the farm %(farm)s has organic land and is not organic: say which is right."),
    ),
    (
        r"(?P<hubs>\d+) hubs were asked for and there are (?P<places>\d+) places: ask for 1 to \d+\.",
        gettext_noop("%(hubs)s hubs were asked for and there are %(places)s farms: ask for at most %(places)s."),
    ),
    (
        r"All demand together is (?P<all>.+); (?P<hubs>\d+) hubs hold (?P<most>.+) at most\.",
        gettext_noop(
            "all farms together have %(all)s hectares and %(hubs)s hubs serve %(most)s at most: "
            "ask for more hubs, or more hectares a hub."
        ),
    ),
    (
        r"The demand (?P<most>.+) is more than any hub holds \((?P<holds>.+)\)\.",
        gettext_noop("a farm has %(most)s hectares, more than a hub serves (%(holds)s)."),
    ),
    (
        r"No plan was found in which (?P<hubs>\d+) hubs hold everyone: .+",
        gettext_noop("%(hubs)s hubs cannot be found that serve every farm: ask for more hubs, hectares or seconds."),
    ),
    (
        r"There are (?P<places>\d+) places for a hub: give at most (?P<most>\d+) candidates\.",
        gettext_noop("there are %(places)s farms and a hub is looked for among %(most)s at most: choose fewer areas."),
    ),
    (
        r"units (?P<one>\d+) and (?P<other>\d+) cannot be together, and must be\.",
        gettext_noop("two farms that cannot be together must be, through the others they want to be with."),
    ),
    (r"There are no farms in the chosen areas\.", gettext_noop("there are no farms in the chosen areas.")),
    (r"There are no farms\.", gettext_noop("there are no farms.")),
    (r"there is no farm (?P<farm>.+)\.", gettext_noop("there is no farm %(farm)s in the chosen areas.")),
    (r"there is no area (?P<area>.+)\.", gettext_noop("there is no area %(area)s.")),
    (
        r"the area (?P<area>.+) has no shape on the map: bring it in from a file\.",
        gettext_noop("the area %(area)s has no shape on the map: bring it in from a file."),
    ),
    (
        r"the work broke off; the log of the worker says why\.",
        gettext_noop("the work broke off; the log of the worker says why."),
    ),
)


# What the engine calls the parts of a row.
NAMES = {
    "id": gettext_noop("the number"),
    "name": gettext_noop("the name"),
    "sector": gettext_noop("the sector"),
    "organic": gettext_noop("organic"),
    "takes_part": gettext_noop("takes part in swaps of land"),
    "farm": gettext_noop("the number of the farm"),
    "area": gettext_noop("the hectares"),
    "value": gettext_noop("the value"),
    "side": gettext_noop("offer or need"),
    "product": gettext_noop("the product"),
    "amount": gettext_noop("the amount"),
    "price": gettext_noop("the price"),
    "lowest": gettext_noop("the lowest quality"),
    "highest": gettext_noop("the highest quality"),
    "season": gettext_noop("the season"),
}


def in_words(message: str) -> str:
    """A message of the engine in the language in force; one that is not known stays as it is."""
    for pattern, translated in SAID:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return _(translated) % (found.groupdict() | _named(found))
    return message


def _named(found: re.Match[str]) -> dict[str, str]:
    """The parts of a row that a message names, in words; a name that is not ours (a column of the file) stays."""
    return {
        group: ", ".join(_(NAMES[name]) if name in NAMES else name for name in text.split(", "))
        for group, text in found.groupdict().items()
        if group in ("name", "names")
    }


def as_kept(problem: Problem) -> dict[str, Any]:
    """A problem as a list of places keeps it: as the engine said it, to be told to each reader in her own language."""
    return {"row": problem.row, "column": problem.column, "message": problem.message}
