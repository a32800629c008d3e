"""Agreements in the API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Status
from pydantic import Field

from hanze.accounts.classification import hidden_among
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
    Class,
    Day,
    Id,
    Line,
    OneOf,
    Question,
    Recorded,
    Reference,
    Text,
    Words,
    recorded,
)
from hanze.connections.api.writing import attempt, change
from hanze.register import operations
from hanze.register.models import (
    Agreement,
    Organisation,
    Relation,
)


class AgreementAnswer(Recorded):
    title: str
    kind: str
    parties: list[Reference]
    relation: Reference | None
    subject: str
    signed_on: Day
    valid_until: Day | None
    ended_on: Day | None
    ended_because: str
    state: str


class AgreementFilters(Filters):
    text: Words = ""
    kind: Annotated[str, OneOf(Agreement.Kind)] | None = None
    signed_from: Day | None = None
    signed_until: Day | None = None

    def narrow(self, rows: QuerySet[Any], reader: User) -> QuerySet[Any]:
        given = {"kind": self.kind, "signed_on__gte": self.signed_from, "signed_on__lte": self.signed_until}
        rows = rows.filter(**{name: value for name, value in given.items() if value is not None})
        for word in self.text.split():
            rows = rows.filter(title__icontains=word)
        return rows


class AgreementFields(Question):
    title: Line = ""
    kind: Annotated[str, OneOf(Agreement.Kind)] = Agreement.Kind.MOU.value
    party_ids: list[Id] = []
    relation_id: Id | None = None
    subject: Text = ""
    signed_on: Day | None = None
    valid_until: Day | None = None
    classification: Class = "internal"
    for_council: bool = False
    source_document: Words = ""
    source_section: Words = ""

    def fields(self, reader: User) -> dict[str, Any]:
        """What the operations take."""
        parties = {"party_ids": ("parties", Organisation)}
        return replaced(self.given(), reader, {"relation_id": Relation}, parties)


class AgreementChange(SaidBySource, AgreementFields):
    """What an application says of an agreement."""


class RenewalNew(Question):
    renewed_on: Day
    valid_until: Day | None
    """The new end; null for an agreement without end."""
    note: Text = ""


class AgreementEnd(Question):
    on: Day
    because: Text


class AgreementNew(AgreementFields):
    title: Line = Field(...)
    kind: Annotated[str, OneOf(Agreement.Kind)] = Field(...)
    party_ids: list[Id] = Field(...)
    signed_on: Day = Field(...)


def show_agreements(rows: Sequence[Agreement], reader: User) -> list[AgreementAnswer]:
    parties = {each.pk: [party.pk for party in each.parties.all()] for each in rows}
    keys = [pk for those in parties.values() for pk in those]
    names = References(reader, {Organisation: keys, Relation: [each.relation_id for each in rows]})
    return [
        AgreementAnswer(
            **recorded(each, AGREEMENTS.address(each.pk)),
            title=each.title,
            kind=each.kind,
            parties=names.each(Organisation, parties[each.pk]),
            relation=names.of(Relation, each.relation_id),
            subject=each.subject,
            signed_on=each.signed_on,
            valid_until=each.valid_until,
            ended_on=each.ended_on,
            ended_because=each.ended_because,
            state=each.state_today.value,
        )
        for each in rows
    ]


AGREEMENTS = Resource(
    "agreements",
    _("Read agreements"),
    Agreement,
    AgreementAnswer,
    "register.list_relations",
    lambda reader: Agreement.objects.visible_to(reader).prefetch_related("parties").order_by("-signed_on", "pk"),
    show_agreements,
    AgreementFilters,
    ("agreement.",),
    ("title",),
)
agreements = resources.register(AGREEMENTS)
add_past(agreements, AGREEMENTS)
scopes.register("write:agreements", _("Add and change agreements"), "register.create_agreement")


@agreements.post(
    "", response={201: AgreementAnswer}, operation_id="addAgreement", summary=gettext_noop("Record an agreement")
)
def add_agreement(request: HttpRequest, body: AgreementNew) -> Status[Any]:
    """Record an agreement between at least two parties."""
    caller = caller_of(request)
    caller.needs("write:agreements", "register.create_agreement")

    def carry_out() -> Agreement:
        return operations.create_agreement(by=caller.reader, **from_application(body.fields(caller.reader), caller))

    made = attempt(body, carry_out)
    return Status(201, AGREEMENTS.answer(caller, made.pk))


@agreements.patch(
    "/{id}",
    response=changed_shape(AGREEMENTS),
    operation_id="changeAgreement",
    summary=gettext_noop("Change the fields that are sent"),
)
def change_agreement(request: HttpRequest, id: int, body: AgreementChange) -> Any:
    """Change the fields that are sent; the others stay as they are. A fact on which another source says otherwise is
    not overwritten: both are kept until somebody decides, and `facts` says so. Parties
    that are hidden from you stay."""

    def fields(found: Agreement, reader: User) -> dict[str, Any]:
        given = body.fields(reader)
        if "parties" in given:
            given["parties"] += hidden_among(found.parties.all(), reader)
        return given

    return say(request, AGREEMENTS, id, body, fields)


@agreements.post(
    "/{id}/renewals",
    response={201: AgreementAnswer},
    operation_id="renewAgreement",
    summary=gettext_noop("Extend its term"),
)
def renew(request: HttpRequest, id: int, body: RenewalNew) -> Status[Any]:
    """Extend its term; what the term was is kept."""

    def carry_out(found: Agreement, reader: User) -> None:
        operations.renew_agreement(found, by=reader, **body.given())

    return Status(201, change(request, AGREEMENTS, id, body, carry_out)[0])


@agreements.post(
    "/{id}/ending",
    response={201: AgreementAnswer},
    operation_id="endAgreement",
    summary=gettext_noop("Record the day on which it ends"),
)
def end(request: HttpRequest, id: int, body: AgreementEnd) -> Status[Any]:
    """Record the day on which it ends, and why."""

    def carry_out(found: Agreement, reader: User) -> None:
        operations.end_agreement(found, by=reader, on=body.on, because=body.because)

    return Status(201, change(request, AGREEMENTS, id, body, carry_out)[0])
