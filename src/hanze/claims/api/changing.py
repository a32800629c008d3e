"""Changing a record with facts through the API: what differs from what another source says becomes a claim."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _
from pydantic import Field, create_model

from hanze.accounts.models import User
from hanze.claims.api.sources import SourceGiven, source_of_call
from hanze.claims.facts import is_nothing, sheet_of
from hanze.claims.models import Claim
from hanze.claims.operations import Proposed, Source, emptied_facts, propose
from hanze.connections.api import writing
from hanze.connections.api.caller import caller_of
from hanze.connections.api.resources import BASE, Resource
from hanze.connections.api.schemas import Answer, Question, Text

DECIDING = "decide:claims"
Outcome = Literal["written", "contradicting", "confirmed"]
OUTCOMES: tuple[Outcome, ...] = ("written", "contradicting", "confirmed")


class SaidBySource(Question):
    """Mixed into what changes a record with facts."""

    source: SourceGiven | None = None
    corrects: Annotated[
        Text, Field(description="Why this replaces what another source says; needs the scope decide:claims")
    ] = ""

    def given(self) -> dict[str, Any]:
        """The fields of the record that were sent."""
        given = super().given()
        return {name: value for name, value in given.items() if name not in SaidBySource.model_fields}


class FactOutcome(Answer):
    """What became of one fact that was sent: `written` to the record; `contradicting`: kept beside what the record
    says until somebody decides; `confirmed`: the record said so already."""

    fact: str
    outcome: Outcome
    claim: Annotated[str | None, Field(description="The address of what this source said, when it is kept")]


def changed_shape(resource: Resource) -> type[Answer]:
    """What a change answers: the record as it is now, and what became of each fact that was sent."""
    facts = (list[FactOutcome], Field(..., description="What became of each fact that was sent"))
    return create_model(f"{resource.singular}Changed", __base__=resource.schema, facts=facts)


def say(
    request: HttpRequest,
    resource: Resource,
    pk: int,
    body: SaidBySource,
    fields: Callable[[Any, User], dict[str, Any]],
) -> dict[str, Any]:
    """Let the source of this call say what `fields(record, reader)` gives of one record. The record, with what became
    of each fact. Raises a problem (as `writing.change`)."""
    caller = caller_of(request)
    source, corrects = source_of_call(body.source, caller), body.corrects.strip()
    if corrects:
        caller.needs(DECIDING, "claims.decide_claim")

    def carry_out(found: models.Model, reader: User) -> list[FactOutcome]:
        given = fields(found, reader)
        check_values(found, given)
        if not corrects:
            _empty_nothing_of_others(found, given, source)
        return outcomes(found, propose(found, given, source, reader, corrects=corrects), source)

    answer, facts = writing.change(request, resource, pk, body, carry_out)
    return {**answer.model_dump(), "facts": facts}


def outcomes(record: models.Model, proposed: Proposed, source: Source) -> list[FactOutcome]:
    """What became of each fact, in the order of the record's facts."""
    became: dict[str, Outcome] = {name: outcome for outcome in OUTCOMES for name in getattr(proposed, outcome)}
    said = Claim.objects.about(record).filter(fact__in=became, source_name=source.name)
    kept = {each.fact: each.pk for each in said.exclude(standing=Claim.Standing.WITHDRAWN)}
    return [
        FactOutcome(fact=name, outcome=became[name], claim=f"{BASE}/claims/{kept[name]}" if name in kept else None)
        for name in sheet_of(record).facts
        if name in became
    ]


def check_values(record: models.Model, given: dict[str, Any]) -> None:
    """Raise ValidationError at the fields whose value the record could never hold: it may only be kept as a claim now,
    and must be possible when it is decided on."""
    facts = {name for fact in sheet_of(record).facts.values() for name in fact.fields if name in given}
    tried = type(record)._default_manager.get(pk=record.pk)
    for name in facts:
        setattr(tried, name, given[name])
    empty = {name for name in facts if is_nothing(given[name])}
    tried.clean_fields(exclude={field.name for field in tried._meta.fields} - (facts - empty))


def _empty_nothing_of_others(record: models.Model, given: dict[str, Any], source: Source) -> None:
    emptied = emptied_facts(record, given, source)
    if emptied:
        words = _("This comes from another source. To empty it, say in “corrects” why.")
        raise ValidationError({fact.fields[0]: words for fact in emptied})
