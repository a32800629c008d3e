"""Claims in the API: what each source says of a fact, which one holds, and what was known on a past day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from ninja import Status
from pydantic import Field, JsonValue

from hanze.accounts.models import User
from hanze.claims import facts, operations
from hanze.claims.api.changing import DECIDING
from hanze.claims.api.sources import SourceGiven, source_of_call
from hanze.claims.models import Claim, Resolution
from hanze.connections import scopes
from hanze.connections.api import resources
from hanze.connections.api.caller import caller_of
from hanze.connections.api.choosing import chosen
from hanze.connections.api.resources import Filters, Resource, checked, only_known
from hanze.connections.api.schemas import LARGEST_ID, Answer, Day, Id, Moment, OneOf, Question, Text, Words
from hanze.connections.api.writing import attempt, change


class ClaimAnswer(Answer):
    """What one source says of one fact. `value` is as it is kept: a date in ISO, another record by its key."""

    id: int
    url: str
    about: str
    fact: str
    value: JsonValue
    standing: str
    source_kind: str
    source_name: str
    source_section: str
    source_date: Day | None
    recorded_at: Moment
    recorded_by: str | None
    withdrawn_at: Moment | None
    withdrawn_because: str


class ClaimFilters(Filters):
    about: Words = ""
    """A kind of record in the API, such as `relations`."""
    about_id: Id | None = None
    fact: Words = ""
    standing: Annotated[str, OneOf(Claim.Standing)] | None = None
    known_on: Day | None = None
    """Only what had been recorded by the end of that day and was not withdrawn then."""

    def narrow(self, rows: QuerySet[Any], reader: User) -> QuerySet[Any]:
        given = {"object_id": self.about_id, "fact": self.fact, "standing": self.standing}
        rows = rows.filter(**{name: value for name, value in given.items() if value})
        if self.about:
            rows = rows.filter(in_the_api(self.about))
        if self.known_on is not None:
            end = timezone.make_aware(datetime.combine(self.known_on + timedelta(days=1), time()))
            rows = rows.filter(recorded_at__lt=end).exclude(withdrawn_at__lt=end)
        return rows


def in_the_api(about: str = "") -> Q:
    """The claims about records that are in the API (of one kind, or of every kind), but none that names another record,
    which may be hidden."""
    wanted = Q(pk__in=[])
    for resource, sheet in _sheets():
        if about in ("", resource.name):
            plain = [name for name in sheet.facts if not _names_a_record(sheet.model, name)]
            meta = sheet.model._meta
            of_model = Q(content_type__app_label=meta.app_label, content_type__model=meta.model_name)
            wanted |= of_model & Q(fact__in=plain)
    return wanted


def claim_rows(reader: User) -> QuerySet[Claim]:
    """The claims in the API about records that the reader may see."""
    seen = Claim.objects.visible_to(reader).filter(in_the_api())
    # The record is asked how secret it is.
    rows = seen.select_related("content_type", "recorded_by").prefetch_related("subject")
    return rows.order_by("-recorded_at", "-pk")


def show_claims(rows: Sequence[Claim], reader: User) -> list[ClaimAnswer]:
    return [
        ClaimAnswer(
            id=each.pk,
            url=CLAIMS.address(each.pk),
            about=_address(each),
            fact=each.fact,
            value=each.value,
            standing=each.standing,
            source_kind=each.source_kind,
            source_name=each.source_name,
            source_section=each.source_section,
            source_date=each.source_date,
            recorded_at=each.recorded_at,
            recorded_by=str(each.recorded_by) if each.recorded_by else None,
            withdrawn_at=each.withdrawn_at,
            withdrawn_because=each.withdrawn_because,
        )
        for each in rows
    ]


def address_of(label_lower: str, pk: int) -> str:
    """The address of a record in the API, by `app.model` and key."""
    resource = resources.of_model(label_lower)
    return resource.address(pk) if resource else ""


def _address(claim: Claim) -> str:
    return address_of(f"{claim.content_type.app_label}.{claim.content_type.model}", claim.object_id)


def _sheets() -> list[tuple[Resource, facts.Sheet]]:
    """The kinds of records in the API that have facts."""
    pairs = [(resources.of_model(sheet.model._meta.label_lower), sheet) for sheet in facts.sheets()]
    return [(resource, sheet) for resource, sheet in pairs if resource is not None]


def _names_a_record(model: Any, fact: str) -> bool:
    """Whether the values of a fact are keys of classified records."""
    field = next((each for each in model._meta.get_fields() if each.name == fact), None)
    related = getattr(field, "related_model", None)
    return related is not None and hasattr(related._default_manager, "visible_to")


CLAIMS = Resource(
    "claims",
    _("Read what sources say of facts"),
    Claim,
    ClaimAnswer,
    "claims.list_claims",
    claim_rows,
    show_claims,
    ClaimFilters,
    ("claim.",),
)
claims = resources.register(CLAIMS)
scopes.register("write:claims", _("Record what sources say of facts, and withdraw it"), "claims.add_claim")
scopes.register(DECIDING, _("Decide between sources, with a reason"), "claims.decide_claim")


class ClaimNew(Question):
    about: Annotated[Words, Field(description="A kind of record in the API, such as relations")]
    about_id: Id
    fact: Words
    value: Annotated[
        Text | Annotated[int, Field(ge=-LARGEST_ID, le=LARGEST_ID)],
        Field(description="As the fact is kept: a date in ISO (as long as what is known), a country by its code"),
    ]
    source: SourceGiven | None = None


class Decision(Question):
    reason: Text


class Withdrawn(Question):
    because: Text


class DecisionMade(Answer):
    """Which claim was decided to hold. A later decision replaces it."""

    claim: str
    decided_at: Moment
    decided_by: str | None
    reason: str


class SidesAnswer(Answer):
    """Everything that is said of one fact, and what was decided."""

    about: str
    fact: str
    label: str
    stands: Annotated[JsonValue, Field(description="What the record says now")]
    is_open: Annotated[bool, Field(description="Whether sources disagree while nobody decided")]
    claims: list[ClaimAnswer]
    decisions: list[DecisionMade]


@claims.post(
    "", response={201: ClaimAnswer}, operation_id="addClaim", summary=gettext_noop("Record what a source says")
)
def add_claim(request: HttpRequest, body: ClaimNew) -> Status[Any]:
    """Record what a source says of one fact. When the record says nothing yet it is filled in; when it says otherwise,
    both stand until somebody decides. What the same source said before is not said twice."""
    caller = caller_of(request)
    caller.needs("write:claims", "claims.add_claim")
    source = source_of_call(body.source, caller)

    def carry_out() -> Claim:
        sheet = _sheet_of(body.about)
        record = chosen(sheet.model, body.about_id, caller.reader, "about_id")
        value = _asked(sheet, body.fact, body.value)
        return operations.claim(record, body.fact, value, source=source, by=caller.reader)

    return Status(201, CLAIMS.answer(caller, attempt(body, carry_out).pk))


@claims.get(
    "/{id}/sides", response=SidesAnswer, operation_id="getClaimSides", summary=gettext_noop("It with the other sides")
)
def get_sides(request: HttpRequest, id: int) -> Any:
    """Everything that sources say of the fact that this claim is about, and what was decided."""
    caller = caller_of(request)
    caller.needs("read:claims", CLAIMS.permission)
    only_known(request, None)
    found: Claim = CLAIMS.one(caller, checked(id))
    record: Any = found.subject
    caller.opened(record)
    fact = facts.sheet_of(record).facts[found.fact]
    said = claim_rows(caller.reader).filter(content_type=found.content_type, object_id=found.object_id, fact=fact.name)
    decided = Resolution.objects.about(record).filter(fact=fact.name).select_related("by")
    return SidesAnswer(
        about=_address(found),
        fact=fact.name,
        label=fact.label,
        stands=fact.stands(record),
        is_open=any(each.standing == Claim.Standing.OPEN for each in said),
        claims=show_claims(list(said), caller.reader),
        decisions=[
            DecisionMade(
                claim=CLAIMS.address(each.claim_id),
                decided_at=each.at,
                decided_by=str(each.by) if each.by else None,
                reason=each.reason,
            )
            for each in decided
        ],
    )


@claims.post(
    "/{id}/decision",
    response={201: ClaimAnswer},
    operation_id="decideClaim",
    summary=gettext_noop("Decide that it holds"),
)
def decide(request: HttpRequest, id: int, body: Decision) -> Status[Any]:
    """Decide that it holds, with a reason: the record says so from now on. A later decision can replace it."""

    def carry_out(found: Claim, reader: User) -> None:
        operations.decide_claim(found, by=reader, reason=body.reason)

    answer, _nothing = change(request, CLAIMS, id, body, carry_out, scope=DECIDING, permission="claims.decide_claim")
    return Status(201, answer)


@claims.post(
    "/{id}/withdrawal",
    response={201: ClaimAnswer},
    operation_id="withdrawClaim",
    summary=gettext_noop("Take back what was recorded wrongly"),
)
def withdraw(request: HttpRequest, id: int, body: Withdrawn) -> Status[Any]:
    """Take back what was recorded wrongly. The record keeps what it says, and the claim stays in the history."""

    def carry_out(found: Claim, reader: User) -> None:
        operations.withdraw_claim(found, by=reader, because=body.because)

    answer, _nothing = change(request, CLAIMS, id, body, carry_out, permission="claims.add_claim")
    return Status(201, answer)


def _sheet_of(name: str) -> facts.Sheet:
    found = {resource.name: sheet for resource, sheet in _sheets()}
    if name not in found:
        known = ", ".join(sorted(found))
        raise ValidationError(
            {"about": gettext("There is no such kind of record. Known: %(known)s.") % {"known": known}}
        )
    return found[name]


def _asked(sheet: facts.Sheet, name: str, value: str | int) -> Any:
    """The value as it is kept. Raises ValidationError (fact: unknown; value: not one that it can have)."""
    known = {each: fact for each, fact in sheet.facts.items() if not _names_a_record(sheet.model, each)}
    if name not in known:
        words = gettext("There is no such fact. Known: %(known)s.") % {"known": ", ".join(known)}
        raise ValidationError({"fact": words})
    try:
        return known[name].asked(known[name].form_field().clean(value))
    except ValidationError as error:
        raise ValidationError({"value": error.messages}) from error
