"""What the API gives and takes of a request."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from pydantic import Field

from hanze.accounts.models import User
from hanze.casework import queries
from hanze.casework.models import Decision, Request, RequestParticipant
from hanze.connections.api.choosing import replaced
from hanze.connections.api.resources import Filters
from hanze.connections.api.schemas import (
    Answer,
    Class,
    CountryCode,
    Day,
    Id,
    Line,
    Moment,
    OneOf,
    Question,
    Recorded,
    Reference,
    RegionCode,
    Text,
    Words,
)
from hanze.goals.models import Goal, Theme
from hanze.register.models import City, Country, Organisation, Person, Region
from hanze.register.sectors import Sector

Kind = Annotated[str, OneOf(Request.Kind)]
SectorCode = Annotated[str, OneOf(Sector)]
ONE = {
    "asked_by_id": Organisation,
    "on_behalf_of_id": Organisation,
    "country_code": Country,
    "region_code": Region,
    "city_id": City,
}
MANY = {"goal_ids": ("goals", Goal), "theme_ids": ("themes", Theme), "demand_from_ids": ("demand_from", Organisation)}


class ParticipantAnswer(Answer):
    """Who would take part. Names of hidden records are left out."""

    id: int
    role: str
    organisation: Reference | None
    person: Reference | None
    name_text: str


class DecisionAnswer(Answer):
    outcome: str
    decided_on: Day
    decided_by: str | None
    ground: str
    differs: bool | None
    motivation: str | None
    advice_receipt: str | None


class RequestAnswer(Recorded):
    reference: str
    title: str
    title_en: str
    kind: str
    state: str
    channel: str
    asked_by: Reference | None
    asked_by_text: str
    on_behalf_of: Reference | None
    contact_name: str | None
    contact_email: str | None
    contact_phone: str | None
    country_code: str
    region_code: str | None
    city_id: int | None
    sector: str
    technology: str
    description: str
    period_start: Day | None
    period_end: Day | None
    demand: str
    demand_from: list[Reference]
    goals: list[str]
    themes: list[str]
    executive_involved: bool
    supported_investment: bool
    received_on: Day
    due_on: Day | None
    responsible: str | None
    withdrawn_on: Day | None
    closed_on: Day | None
    updated_at: Moment
    participants: list[ParticipantAnswer]
    decision: DecisionAnswer | None


class RequestFilters(Filters):
    text: Words = ""
    state: Annotated[str, OneOf(Request.State)] | None = None
    kind: Kind | None = None
    sector: SectorCode | None = None
    country_code: CountryCode | None = None
    outcome: Annotated[str, OneOf(Decision.Outcome)] | None = None
    received_from: Day | None = None
    received_until: Day | None = None

    def narrow(self, rows: QuerySet[Any], reader: User) -> QuerySet[Any]:
        given = {
            "state": self.state,
            "kind": self.kind,
            "sector": self.sector,
            "country": self.country_code,
            "decision__outcome": self.outcome,
            "received_on__gte": self.received_from,
            "received_on__lte": self.received_until,
        }
        rows = rows.filter(**{name: value for name, value in given.items() if value is not None})
        return queries.with_text(queries.with_asker(rows, reader), self.text) if self.text.strip() else rows


class ParticipantNew(Question):
    organisation_id: Id | None = None
    person_id: Id | None = None
    name_text: Line = ""
    role: Annotated[str, OneOf(RequestParticipant.Role)] = RequestParticipant.Role.DELEGATE.value

    def fields(self, reader: User) -> dict[str, Any]:
        """What the operations take."""
        return replaced(self.given(), reader, {"organisation_id": Organisation, "person_id": Person})


class RequestFields(Question):
    title: Line = ""
    title_en: Line = ""
    kind: Kind = Request.Kind.OTHER.value
    language: Literal["nl", "en"] = "nl"
    asked_by_id: Id | None = None
    asked_by_text: Line = ""
    on_behalf_of_id: Id | None = None
    contact_name: Words = ""
    contact_email: Words = ""
    contact_phone: Words = ""
    country_code: CountryCode | None = None
    region_code: RegionCode | None = None
    city_id: Id | None = None
    sector: SectorCode = Sector.GENERAL.value
    technology: Line = ""
    description: Text = ""
    period_start: Day | None = None
    period_end: Day | None = None
    demand: Text = ""
    demand_from_ids: list[Id] = []
    goal_ids: list[Id] = []
    theme_ids: list[Id] = []
    executive_involved: bool = False
    supported_investment: bool = False
    due_on: Day | None = None
    classification: Class = "internal"
    for_council: bool = False
    source_document: Words = ""
    source_section: Words = ""

    def fields(self, reader: User) -> dict[str, Any]:
        """What the operations take."""
        return replaced(self.given(), reader, ONE, MANY)


class RequestChange(RequestFields):
    seen: datetime | None = None
    """`updatedAt` of what the application had before it: then nobody's later change is overwritten."""


class RequestNew(RequestFields):
    title: Line = Field(...)
    kind: Kind = Field(...)
    country_code: CountryCode = Field(...)
    sector: SectorCode = Field(...)
    received_on: Day | None = None
    participants: list[ParticipantNew] = []
