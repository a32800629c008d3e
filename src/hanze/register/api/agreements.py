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
from hanze.connections import scopes
from hanze.connections.api import resources
from hanze.connections.api.caller import caller_of
from hanze.connections.api.choosing import replaced
from hanze.connections.api.resources import Filters, References, Resource, checked
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
from hanze.connections.api.writing import attempt
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


class AgreementChange(Question):
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


class AgreementNew(AgreementChange):
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
)
agreements = resources.register(AGREEMENTS)
scopes.register("write:agreements", _("Add and change agreements"), "register.create_agreement")


@agreements.post(
    "", response={201: AgreementAnswer}, operation_id="addAgreement", summary=gettext_noop("Record an agreement")
)
def add_agreement(request: HttpRequest, body: AgreementNew) -> Status[Any]:
    """Record an agreement between at least two parties."""
    caller = caller_of(request)
    caller.needs("write:agreements", "register.create_agreement")
    made = attempt(body, lambda: operations.create_agreement(by=caller.reader, **body.fields(caller.reader)))
    return Status(201, AGREEMENTS.answer(caller, made.pk))


@agreements.patch(
    "/{id}",
    response=AgreementAnswer,
    operation_id="changeAgreement",
    summary=gettext_noop("Change the fields that are sent"),
)
def change_agreement(request: HttpRequest, id: int, body: AgreementChange) -> Any:
    """Change the fields that are sent; the others stay as they are. Parties that are hidden from you stay."""
    caller = caller_of(request)
    caller.needs("write:agreements")
    found = AGREEMENTS.one(caller, checked(id))

    def carry_out() -> Agreement:
        fields = body.fields(caller.reader)
        if "parties" in fields:
            fields["parties"] += hidden_among(found.parties.all(), caller.reader)
        return operations.change_agreement(found, by=caller.reader, **fields)

    attempt(body, carry_out)
    return AGREEMENTS.answer(caller, found.pk)
