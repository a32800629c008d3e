"""Claims in the API: what each source says of a fact, which one holds, and what was known on a past day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Annotated, Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Router
from pydantic import JsonValue

from hanze.accounts.models import User
from hanze.claims import facts
from hanze.claims.models import Claim
from hanze.connections.api import resources
from hanze.connections.api.resources import Filters, Resource
from hanze.connections.api.schemas import Answer, Day, Id, OneOf, Words


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
    recorded_at: datetime
    recorded_by: str | None
    withdrawn_at: datetime | None
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
            labels = [each.model._meta for each in resources.every() if each.name == self.about]
            wanted = Q(pk__in=[])
            for meta in labels:
                wanted |= Q(content_type__app_label=meta.app_label, content_type__model=meta.model_name)
            rows = rows.filter(wanted)
        if self.known_on is not None:
            end = timezone.make_aware(datetime.combine(self.known_on + timedelta(days=1), time()))
            rows = rows.filter(recorded_at__lt=end).exclude(withdrawn_at__lt=end)
        return rows


def claim_rows(reader: User) -> QuerySet[Claim]:
    """The claims about records that the reader may see, and that are in the API; none that names another record, which
    may be hidden."""
    wanted = Q(pk__in=[])
    for sheet in facts.sheets():
        resource = resources.of_model(sheet.model._meta.label_lower)
        if resource is not None:
            plain = [name for name in sheet.facts if not _names_a_record(sheet.model, name)]
            meta = sheet.model._meta
            of_model = Q(content_type__app_label=meta.app_label, content_type__model=meta.model_name)
            wanted |= of_model & Q(fact__in=plain)
    seen = Claim.objects.visible_to(reader).filter(wanted)
    return seen.select_related("content_type", "recorded_by").order_by("-recorded_at", "-pk")


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


def _address(claim: Claim) -> str:
    resource = resources.of_model(f"{claim.content_type.app_label}.{claim.content_type.model}")
    return resource.address(claim.object_id) if resource else ""


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
)
ROUTERS: dict[str, Router] = {"claims": resources.register(CLAIMS)}
