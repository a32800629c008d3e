"""What the API gives and takes of an activity."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.db.models import QuerySet
from pydantic import Field

from hanze.accounts.models import User
from hanze.casework.models import Request
from hanze.claims.api.changing import SaidBySource
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
    Text,
    Words,
)
from hanze.goals.models import Goal, Theme
from hanze.missions.models import Activity, Participation
from hanze.register.models import Country, Organisation, Person
from hanze.register.sectors import Sector

Kind = Annotated[str, OneOf(Activity.Kind)]
SectorCode = Annotated[str, OneOf(Sector)]
MANY = {"goal_ids": ("goals", Goal), "theme_ids": ("themes", Theme), "partner_ids": ("partners", Organisation)}


class ParticipationAnswer(Answer):
    """Who takes part. Names of hidden records are left out."""

    id: int
    role: str
    state: str
    organisation: Reference | None
    person: Reference | None
    withdrew_on: Day | None


class MeasureAnswer(Answer):
    """A measure of the advice. Of a party that is hidden neither its name nor what was written about it is given."""

    id: int
    code: str
    label_nl: str
    label_en: str
    moment: str
    organisation: Reference | None
    due_on: Day | None
    state: str
    settled_on: Day | None
    evidence: str | None
    waived_because: str | None


class PlaceAnswer(Answer):
    country_code: str
    region_code: str | None
    city_id: int | None
    venue: str


class ActivityAnswer(Recorded):
    title: str
    title_en: str
    kind: str
    state: str
    is_exploratory: bool
    request: Reference | None
    framework: str
    framework_version: Day | None
    starts_on: Day
    ends_on: Day
    date_precision: str
    country_code: str
    sector: str
    aim: str
    aim_en: str
    results: str
    results_en: str
    leader: str | None
    responsible: str | None
    cancelled_because: str
    publication: str
    public_report: str
    public_report_en: str
    updated_at: Moment
    partners: list[Reference]
    agreements: list[Reference]
    goals: list[str]
    themes: list[str]
    places: list[PlaceAnswer]
    participants: list[ParticipationAnswer]
    measures: list[MeasureAnswer]


class ActivityFilters(Filters):
    text: Words = ""
    state: Annotated[str, OneOf(Activity.State)] | None = None
    kind: Kind | None = None
    sector: SectorCode | None = None
    country_code: CountryCode | None = None
    from_day: Day | None = None
    until_day: Day | None = None

    def narrow(self, rows: QuerySet[Any], reader: User) -> QuerySet[Any]:
        given = {
            "state": self.state,
            "kind": self.kind,
            "sector": self.sector,
            "country": self.country_code,
            "ends_on__gte": self.from_day,
            "starts_on__lte": self.until_day,
        }
        rows = rows.filter(**{name: value for name, value in given.items() if value is not None})
        for word in self.text.split():
            rows = rows.filter(title__icontains=word) | rows.filter(title_en__icontains=word)
        return rows


class ParticipationNew(Question):
    organisation_id: Id | None = None
    person_id: Id | None = None
    role: Annotated[str, OneOf(Participation.Role)] = Participation.Role.PARTICIPANT.value
    note: Line = ""

    def fields(self, reader: User) -> dict[str, Any]:
        """What the operations take."""
        return replaced(self.given(), reader, {"organisation_id": Organisation, "person_id": Person})


class ActivityFields(Question):
    title: Line = ""
    title_en: Line = ""
    kind: Kind = Activity.Kind.TALK.value
    is_exploratory: bool = False
    starts_on: Day | None = None
    ends_on: Day | None = None
    country_code: CountryCode | None = None
    sector: SectorCode = Sector.GENERAL.value
    partner_ids: list[Id] = []
    goal_ids: list[Id] = []
    theme_ids: list[Id] = []
    aim: Text = ""
    aim_en: Text = ""
    results: Text = ""
    results_en: Text = ""
    classification: Class = "internal"
    for_council: bool = False
    source_document: Words = ""
    source_section: Words = ""

    def fields(self, reader: User) -> dict[str, Any]:
        """What the operations take."""
        return replaced(self.given(), reader, {"country_code": Country, "request_id": Request}, MANY)


class ActivityChange(SaidBySource, ActivityFields):
    seen: datetime | None = None
    """`updatedAt` of what the application had before it: then nobody's later change is overwritten."""


class ActivityNew(ActivityFields):
    """`requestId` names the request that it follows from, which has been taken up: what is not sent comes from it."""

    title: Line = Field(...)
    kind: Kind = Field(...)
    starts_on: Day = Field(...)
    ends_on: Day = Field(...)
    country_code: CountryCode = Field(...)
    sector: SectorCode = Field(...)
    request_id: Id | None = None
