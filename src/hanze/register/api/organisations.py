"""Organisations in the API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Status
from pydantic import Field

from hanze.accounts.models import User
from hanze.claims.api.changing import SaidBySource, changed_shape, say
from hanze.claims.api.past import add_past
from hanze.claims.api.sources import from_application
from hanze.connections import scopes
from hanze.connections.api import resources
from hanze.connections.api.caller import caller_of
from hanze.connections.api.choosing import replaced
from hanze.connections.api.resources import Filters, Resource
from hanze.connections.api.schemas import (
    Class,
    CountryCode,
    Id,
    Line,
    OneOf,
    Question,
    Recorded,
    RegionCode,
    Text,
    Words,
    recorded,
)
from hanze.connections.api.writing import attempt
from hanze.register import operations, queries
from hanze.register.models import (
    City,
    Country,
    Identifier,
    Organisation,
    Region,
)
from hanze.register.sectors import Sector

PLACES = {"country_code": Country, "region_code": Region, "city_id": City}


class Number(Question):
    scheme: Annotated[str, OneOf(Identifier.Scheme)]
    value: Line


class OrganisationAnswer(Recorded):
    name: str
    short_name: str
    native_name: str
    kind: str
    sector: str
    country_code: str | None
    region_code: str | None
    city_id: int | None
    own_region: bool
    is_home: bool
    website: str
    email: str
    notes: str
    identifiers: list[Number]


class OrganisationFilters(Filters):
    text: Words = ""
    kind: Annotated[str, OneOf(Organisation.Kind)] | None = None
    country_code: CountryCode | None = None
    own_region: bool | None = None

    def narrow(self, rows: QuerySet[Any], reader: User) -> QuerySet[Any]:
        for name in ("kind", "country_code", "own_region"):
            if (value := getattr(self, name)) is not None:
                rows = rows.filter(**{"country" if name == "country_code" else name: value})
        return queries.search_organisations(rows, self.text)


class OrganisationFields(Question):
    name: Line = ""
    short_name: Words = ""
    native_name: Line = ""
    kind: Annotated[str, OneOf(Organisation.Kind)] = Organisation.Kind.BUSINESS.value
    sector: Annotated[str, OneOf(Sector)] = Sector.GENERAL.value
    country_code: CountryCode | None = None
    region_code: RegionCode | None = None
    city_id: Id | None = None
    own_region: bool = False
    website: Words = ""
    email: Words = ""
    notes: Text = ""
    identifiers: list[Number] = []
    classification: Class = "internal"
    for_council: bool = False
    source_document: Words = ""
    source_section: Words = ""

    def fields(self, reader: User) -> dict[str, Any]:
        """What the operations take."""
        fields = replaced(self.given(), reader, PLACES)
        if "identifiers" in fields:
            fields["identifiers"] = [(each.scheme, each.value) for each in self.identifiers]
        return fields


class OrganisationChange(SaidBySource, OrganisationFields):
    """What an application says of an organisation."""


class OrganisationNew(OrganisationFields):
    name: Line = Field(...)
    kind: Annotated[str, OneOf(Organisation.Kind)] = Field(...)


def show_organisations(rows: Sequence[Organisation], reader: User) -> list[OrganisationAnswer]:
    return [
        OrganisationAnswer(
            **recorded(each, ORGANISATIONS.address(each.pk)),
            name=each.name,
            short_name=each.short_name,
            native_name=each.native_name,
            kind=each.kind,
            sector=each.sector,
            country_code=each.country_id,
            region_code=each.region_id,
            city_id=each.city_id,
            own_region=each.own_region,
            is_home=each.is_home,
            website=each.website,
            email=each.email,
            notes=each.notes,
            identifiers=[Number(scheme=number.scheme, value=number.value) for number in each.identifiers.all()],
        )
        for each in rows
    ]


ORGANISATIONS = Resource(
    "organisations",
    _("Read organisations"),
    Organisation,
    OrganisationAnswer,
    "register.list_parties",
    lambda reader: Organisation.objects.visible_to(reader).prefetch_related("identifiers").order_by("name", "pk"),
    show_organisations,
    OrganisationFilters,
    ("organisation.",),
    ("name",),
)
organisations = resources.register(ORGANISATIONS)
add_past(organisations, ORGANISATIONS)
scopes.register("write:organisations", _("Add and change organisations"), "register.create_organisation")


@organisations.post(
    "", response={201: OrganisationAnswer}, operation_id="addOrganisation", summary=gettext_noop("Add an organisation")
)
def add_organisation(request: HttpRequest, body: OrganisationNew) -> Status[Any]:
    """Add an organisation."""
    caller = caller_of(request)
    caller.needs("write:organisations", "register.create_organisation")

    def carry_out() -> Organisation:
        return operations.create_organisation(by=caller.reader, **from_application(body.fields(caller.reader), caller))

    return Status(201, show_organisations([attempt(body, carry_out)], caller.reader)[0])


@organisations.patch(
    "/{id}",
    response=changed_shape(ORGANISATIONS),
    operation_id="changeOrganisation",
    summary=gettext_noop("Change the fields that are sent"),
)
def change_organisation(request: HttpRequest, id: int, body: OrganisationChange) -> Any:
    """Change the fields that are sent; the others stay as they are. A fact on which another source says otherwise is
    not overwritten: both are kept until somebody decides, and `facts` says so."""
    return say(request, ORGANISATIONS, id, body, lambda found, reader: body.fields(reader))
