"""Organisations and people."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hanze.accounts.classification import Classification
from hanze.register.duplicates import Named
from hanze.register.models import Identifier, Organisation, Person
from hanze.register.numbers import is_possible, neat
from hanze.register.operations import add_post, change_organisation, change_person, create_organisation, create_person
from hanze.register.sectors import Sector
from hanze.sheets.kinds.base import (
    Field,
    Kind,
    Making,
    Match,
    Values,
    choice,
    country,
    day,
    long_text,
    make_party,
    party,
    settle_day,
    settle_place,
    tell_new,
    text,
    yes_no,
)
from hanze.sheets.known import Known, Party

SECTOR_WORDS = {
    "tuinbouw": "horticulture", "glastuinbouw": "horticulture", "horti": "horticulture", "greenport": "horticulture",
    "landbouw": "agriculture", "agri": "agriculture", "agrifood": "agriculture", "voedsel": "agriculture",
    "food": "agriculture", "maritiem": "maritime", "haven": "ports-logistics", "logistiek": "ports-logistics",
    "transport": "ports-logistics", "life sciences": "life-sciences", "zorg": "life-sciences",
    "health": "life-sciences",     "gezondheid": "life-sciences", "hightech": "high-tech",
    "high tech": "high-tech", "techniek": "high-tech",
    "ruimtevaart": "aerospace", "lucht- en ruimtevaart": "aerospace", "energie": "energy", "waterstof": "energy",
    "water": "water", "delta": "water", "digitaal": "digital", "ict": "digital", "it": "digital", "cyber": "digital",
    "smart city": "digital", "cultuur": "culture", "kunst": "culture", "onderwijs": "education", "kennis": "education",
    "algemeen": "general", "bestuurlijk": "general", "divers": "general", "diverse": "general",
}  # fmt: skip
KIND_WORDS = {
    "overheid": "government", "gemeente": "government", "provincie": "government", "stad": "government",
    "city": "government", "regio": "government", "ministerie": "government", "ambassade": "government",
    "consulaat": "government", "municipality": "government", "province": "government", "partnerstad": "government",
    "bedrijf": "business", "onderneming": "business", "company": "business", "bv": "business", "b.v.": "business",
    "ondernemer": "business", "universiteit": "knowledge", "hogeschool": "knowledge", "university": "knowledge",
    "kennisinstelling": "knowledge", "onderzoek": "knowledge", "school": "knowledge", "instituut": "knowledge",
    "stichting": "civil-society", "vereniging": "civil-society", "ngo": "civil-society", "ngo's": "civil-society",
    "maatschappelijk": "civil-society", "foundation": "civil-society", "netwerk": "network",
    "samenwerkingsverband": "network", "brancheorganisatie": "sector-organisation", "koepel": "sector-organisation",
    "branche": "sector-organisation",
}  # fmt: skip
CLASS_WORDS = {
    "openbaar": "public", "intern": "internal", "vertrouwelijk": "confidential", "geheim": "confidential",
}  # fmt: skip
NUMBERS = ("kvk", "rsin", "lei", "vat")

sector = choice(Sector, SECTOR_WORDS)
organisation_kind = choice(Organisation.Kind, KIND_WORDS)
CLASSIFICATION = Field(
    "classification",
    gettext_lazy("classification"),
    choice(Classification, CLASS_WORDS),
    choices=Classification,
)
COUNTRY = Field("country", gettext_lazy("country"), country)
REGION = Field("region", gettext_lazy("region"), text())
CITY = Field("city", gettext_lazy("city"), text())
SECTOR = Field(
    "sector",
    gettext_lazy("sector"),
    sector,
    choices=Sector,
)


class Organisations(Kind):
    code = "organisations"
    label = gettext_lazy("Organisations")
    model = Organisation
    permission = "register.create_organisation"
    claims = True
    sheet_words = ("organisaties", "organisations", "partijen", "bedrijven", "relatiebeheer", "netwerken", "partners")
    plain = (
        "name", "short_name", "native_name", "kind", "sector", "country", "region", "city", "own_region", "website",
        "email", "notes", "classification",
    )  # fmt: skip
    fields = (
        Field(
            "name",
            gettext_lazy("name"),
            text(),
            required=True,
        ),
        Field("short_name", gettext_lazy("short name"), text(60)),
        Field("native_name", gettext_lazy("name in its own script"), text()),
        Field(
            "kind",
            gettext_lazy("kind"),
            organisation_kind,
            required=True,
            choices=Organisation.Kind,
        ),
        SECTOR,
        COUNTRY,
        REGION,
        CITY,
        Field("own_region", gettext_lazy("from our own region"), yes_no),
        Field("website", gettext_lazy("website"), text(200)),
        Field("email", gettext_lazy("e-mail address"), text(254)),
        Field("kvk", gettext_lazy("Chamber of Commerce (KvK)"), text(60)),
        Field("rsin", gettext_lazy("RSIN"), text(60)),
        Field("lei", gettext_lazy("LEI"), text(60)),
        Field("vat", gettext_lazy("VAT number"), text(60)),
        CLASSIFICATION,
        Field("notes", gettext_lazy("notes"), long_text, many=True),
    )

    def complete(self, values: Values, known: Known) -> None:
        settle_place(values, known)
        website = values.get("website")
        if website and "://" not in website:
            values.given["website"] = f"https://{website}"
        for scheme in NUMBERS:
            if number := values.get(scheme):
                number = number.zfill(8) if scheme == "kvk" and number.isdigit() and len(number) == 7 else number
                values.given[scheme] = neat(scheme, number)
                if not is_possible(scheme, values.given[scheme]):
                    values.wrong(scheme, _("This cannot be a number of this register; please check it."))

    def match(self, values: Values, known: Known) -> Match:
        for scheme in NUMBERS:
            key = known.numbers.get((scheme, values.get(scheme, "")))
            if key is not None:
                return Match(key)
        code = getattr(values.get("country"), "pk", None)
        name = values.get("name", "")
        equal = sorted(set(known.organisations.equal(name, code)))
        if len(equal) == 1:
            return Match(equal[0])
        alike = known.organisations.alike(name, code)
        return Match(likely=[(hit.key, hit.likeness) for hit in alike])

    def expect(self, values: Values, key: int, known: Known) -> None:
        code = getattr(values.get("country"), "pk", None)
        names = (values.get("name", ""), values.get("short_name", ""), values.get("native_name", ""))
        known.organisations.add(Named(key, names, code))
        for scheme in NUMBERS:
            if values.get(scheme):
                known.numbers[(scheme, values.get(scheme))] = key

    def make(self, values: Values, making: Making) -> list[models.Model]:
        fields: dict[str, Any] = {name: values.given[name] for name in self.plain if name in values.given}
        fields.setdefault("classification", making.classification)
        made = create_organisation(by=making.by, identifiers=_numbers(values), **fields, **making.sourced)
        return [made]

    def change(self, record: Any, fields: dict[str, Any], making: Making) -> list[models.Model]:
        numbers = fields.pop("identifiers", None)
        if numbers is not None:
            fields["identifiers"] = sorted({*record.identifiers.values_list("scheme", "value"), *numbers})
        change_organisation(record, by=making.by, **fields)
        return []

    def extra_differences(self, record: Any, values: Values) -> dict[str, tuple[Any, Any]]:
        stand = list(record.identifiers.values_list("scheme", "value"))
        new = [number for number in _numbers(values) if number not in stand]
        return {"identifiers": (stand, new)} if new else {}


def _numbers(values: Values) -> list[tuple[str, str]]:
    schemes = [Identifier.Scheme(scheme) for scheme in NUMBERS]
    return [(scheme.value, values.get(scheme.value)) for scheme in schemes if values.get(scheme.value)]


class People(Kind):
    code = "people"
    label = gettext_lazy("People")
    model = Person
    permission = "register.create_person"
    claims = True
    sheet_words = ("personen", "people", "contacten", "contactpersonen", "contacts", "adressen")
    plain = ("name", "native_name", "email", "phone", "notes", "classification")
    fields = (
        Field("name", gettext_lazy("name"), text(), required=True),
        Field("given_name", gettext_lazy("first name"), text()),
        Field("particle", gettext_lazy("particle"), text()),
        Field("family_name", gettext_lazy("last name"), text()),
        Field("native_name", gettext_lazy("name in its own script"), text()),
        Field("email", gettext_lazy("e-mail address"), text(254)),
        Field("phone", gettext_lazy("telephone"), text(40)),
        Field("organisation", gettext_lazy("organisation"), party),
        Field("post", gettext_lazy("post"), text(200)),
        Field("since", gettext_lazy("since"), day),
        Field("until", gettext_lazy("until"), day),
        Field(
            "party_kind",
            gettext_lazy("what organisations are that are new"),
            organisation_kind,
            choices=Organisation.Kind,
            only_for_all=True,
            default="business",
        ),
        CLASSIFICATION,
        Field("notes", gettext_lazy("notes"), long_text, many=True),
    )

    def complete(self, values: Values, known: Known) -> None:
        parts = [values.get(name, "") for name in ("given_name", "particle", "family_name")]
        joined = " ".join(part for part in parts if part)
        if joined and not values.get("name"):
            values.given["name"] = joined
        name = values.get("name", "")
        if name.count(",") == 1 and not joined:
            last, first = (part.strip() for part in name.split(","))
            values.given["name"] = f"{first} {last}"
            values.say("name", _("Turned round: “%(name)s”.") % {"name": values.given["name"]})
        settle_day(values, "since")
        settle_day(values, "until", last=True)
        tell_new(values, "organisation", known)

    def match(self, values: Values, known: Known) -> Match:
        if key := known.emails.get(values.get("email", "").casefold()):
            return Match(key)
        equal = sorted(set(known.people.equal(values.get("name", ""))))
        if len(equal) == 1 and self._is_there(equal[0], values.get("organisation")):
            return Match(equal[0])
        if equal:
            return Match(likely=[(key, 100.0) for key in equal])
        hits = known.people.alike(values.get("name", ""))
        return Match(likely=[(hit.key, hit.likeness) for hit in hits if hit.likeness >= 92])

    def _is_there(self, key: int, organisation: Party | None) -> bool:
        """Whether a person of that name works where the row says, or the row does not say."""
        if organisation is None or key < 0:
            return organisation is None
        posts = Person.objects.get(pk=key).posts
        return not posts.exists() or posts.filter(organisation=organisation.key).exists()

    def expect(self, values: Values, key: int, known: Known) -> None:
        known.people.add(Named(key, (values.get("name", ""), values.get("native_name", "")), None))
        if email := values.get("email"):
            known.emails[email.casefold()] = key

    def make(self, values: Values, making: Making) -> list[models.Model]:
        fields: dict[str, Any] = {name: values.given[name] for name in self.plain if name in values.given}
        fields.setdefault("classification", making.classification)
        made: list[models.Model] = []
        person = create_person(by=making.by, **fields, **making.sourced)
        self._post(person, values, making, made)
        return [*made, person]

    def change(self, record: Any, fields: dict[str, Any], making: Making) -> list[models.Model]:
        post = fields.pop("post", None)
        if fields:
            change_person(record, by=making.by, **fields)
        made: list[models.Model] = []
        if post:
            self._post(record, post, making, made)
        return made

    def _post(self, person: Person, values: Values, making: Making, made: list[models.Model]) -> None:
        named = values.get("organisation")
        if named is None:
            return
        organisation = make_party(named, making, values.get("party_kind", "business"), made)
        fields = {name: values.get(name) for name in ("since", "until")}
        title = values.get("post") or "–"
        made.append(add_post(by=making.by, person=person, organisation=organisation, title=title, **fields))

    def extra_differences(self, record: Any, values: Values) -> dict[str, tuple[Any, Any]]:
        named = values.get("organisation")
        if named is None or (named.key is not None and record.posts.filter(organisation=named.key).exists()):
            return {}
        return {"post": ("", values)}
