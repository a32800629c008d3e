"""Relations in the API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
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
from hanze.connections.api.resources import Filters, References, Resource
from hanze.connections.api.schemas import (
    Answer,
    Class,
    CountryCode,
    Day,
    Id,
    OneOf,
    Question,
    Recorded,
    Reference,
    RegionCode,
    Text,
    Words,
    recorded,
)
from hanze.connections.api.writing import attempt, change
from hanze.register import operations, queries
from hanze.register.api.organisations import PLACES
from hanze.register.models import Organisation, Relation, RelationStatus
from hanze.register.models.relations import DatePrecision


class StatusAnswer(Answer):
    status: str
    since: Day
    decided_by: str
    reason: str


class RelationAnswer(Recorded):
    partner: Reference | None
    kind: str
    country_code: str
    region_code: str | None
    city_id: int | None
    since: Day | None
    since_precision: str
    purpose: str
    purpose_en: str
    responsible: str | None
    status: str | None
    statuses: list[StatusAnswer]


class RelationFilters(Filters):
    country_code: CountryCode | None = None
    kind: Annotated[str, OneOf(Relation.Kind)] | None = None
    status: Annotated[str, OneOf(RelationStatus.Status)] | None = None

    def narrow(self, rows: QuerySet[Any], reader: User) -> QuerySet[Any]:
        given = {"country": self.country_code, "kind": self.kind, "current_status": self.status}
        return rows.filter(**{name: value for name, value in given.items() if value is not None})


class RelationFields(Question):
    kind: Annotated[str, OneOf(Relation.Kind)] = Relation.Kind.PROJECT.value
    country_code: CountryCode | None = None
    region_code: RegionCode | None = None
    city_id: Id | None = None
    since: Day | None = None
    since_precision: Annotated[str, OneOf(DatePrecision)] = DatePrecision.DAY.value
    purpose: Text = ""
    purpose_en: Text = ""
    classification: Class = "internal"
    for_council: bool = False
    source_document: Words = ""
    source_section: Words = ""


class StatusNew(Question):
    status: Annotated[str, OneOf(RelationStatus.Status)]
    since: Day
    decided_by: Words
    reason: Text


class RelationChange(SaidBySource, RelationFields):
    """What an application says of a relation."""


class RelationNew(RelationFields):
    partner_id: Id = Field(...)
    kind: Annotated[str, OneOf(Relation.Kind)] = Field(...)
    status: Annotated[str, OneOf(RelationStatus.Status)] = Field(...)
    status_since: Day = Field(...)
    decided_by: Words = Field(...)
    reason: Text = Field(...)


def relation_rows(reader: User) -> QuerySet[Relation]:
    seen = Relation.objects.visible_to(reader).prefetch_related("statuses")
    return queries.relations_with_status(seen, reader, timezone.localdate()).order_by("partner__name", "pk")


def show_relations(rows: Sequence[Relation], reader: User) -> list[RelationAnswer]:
    names = References(reader, {Organisation: [each.partner_id for each in rows]})
    return [
        RelationAnswer(
            **recorded(each, RELATIONS.address(each.pk)),
            partner=names.of(Organisation, each.partner_id),
            kind=each.kind,
            country_code=each.country_id,
            region_code=each.region_id,
            city_id=each.city_id,
            since=each.since,
            since_precision=each.since_precision,
            purpose=each.purpose,
            purpose_en=each.purpose_en,
            responsible=str(each.responsible) if each.responsible else None,
            status=each.current_status,
            statuses=[
                StatusAnswer(status=one.status, since=one.since, decided_by=one.decided_by, reason=one.reason)
                for one in each.statuses.all()
            ],
        )
        for each in rows
    ]


RELATIONS = Resource(
    "relations",
    _("Read relations"),
    Relation,
    RelationAnswer,
    "register.list_relations",
    relation_rows,
    show_relations,
    RelationFilters,
    ("relation.",),
    ("partner__name",),
)
relations = resources.register(RELATIONS)
add_past(relations, RELATIONS)
scopes.register("write:relations", _("Add and change relations"), "register.create_relation")


@relations.post(
    "",
    response={201: RelationAnswer},
    operation_id="addRelation",
    summary=gettext_noop("Record a relation with its first status"),
)
def add_relation(request: HttpRequest, body: RelationNew) -> Status[Any]:
    """Record a relation with its first status: since when, who decided and why."""
    caller = caller_of(request)
    caller.needs("write:relations", "register.create_relation")

    def carry_out() -> Relation:
        fields = replaced(body.given(), caller.reader, {**PLACES, "partner_id": Organisation})
        return operations.create_relation(by=caller.reader, **from_application(fields, caller))

    made = attempt(body, carry_out)
    return Status(201, RELATIONS.answer(caller, made.pk))


@relations.patch(
    "/{id}",
    response=changed_shape(RELATIONS),
    operation_id="changeRelation",
    summary=gettext_noop("Change the fields that are sent"),
)
def change_relation(request: HttpRequest, id: int, body: RelationChange) -> Any:
    """Change the fields that are sent; the others stay as they are. A fact on which another source says otherwise is
    not overwritten: both are kept until somebody decides, and `facts` says so."""

    def fields(found: Relation, reader: User) -> dict[str, Any]:
        given = replaced(body.given(), reader, PLACES)
        # Another day is known to the day, unless it is said that it is not.
        if "since_precision" not in given and given.get("since", found.since) != found.since:
            given["since_precision"] = DatePrecision.DAY
        return given

    return say(request, RELATIONS, id, body, fields)


@relations.post(
    "/{id}/statuses",
    response={201: RelationAnswer},
    operation_id="addRelationStatus",
    summary=gettext_noop("Record a status that holds from a day on"),
)
def add_status(request: HttpRequest, id: int, body: StatusNew) -> Status[Any]:
    """Record a status that holds from a day on: who decided it, and why."""

    def carry_out(found: Relation, reader: User) -> None:
        operations.set_relation_status(found, by=reader, **body.given())

    return Status(201, change(request, RELATIONS, id, body, carry_out)[0])
