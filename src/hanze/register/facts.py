"""The facts of parties, relations and agreements on which sources can disagree."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanze.accounts.models import User
from hanze.audit.models import Event
from hanze.claims import facts
from hanze.claims.kept import KeptFact
from hanze.claims.models import Claim
from hanze.register.models import Agreement, Organisation, Person, Relation, RelationStatus
from hanze.register.operations import (
    change_agreement,
    change_organisation,
    change_person,
    change_relation,
    set_relation_status,
)
from hanze.register.past import posts_then

SHARED = ("classification", "for_council", "team")


class StatusFact(KeptFact):
    """The status of a relation: the last of its statuses, set by an operation of its own."""

    def __init__(self) -> None:
        super().__init__(Relation, "status", _("Status"), forms.ChoiceField)

    def form_field(self) -> forms.Field:
        return forms.ChoiceField(choices=RelationStatus.Status.choices)

    def past(self, record: models.Model, fields: Mapping[str, Any], moment: datetime | None) -> Any:
        """The status in force on that day, as far as it had been recorded by then."""
        assert isinstance(record, Relation)
        if moment is None:
            status = record.status_on(timezone.localdate())
            return status.status if status else None
        day = timezone.localdate(moment).isoformat()
        known = Event.objects.filter(subject_type=record._meta.label_lower, subject_id=str(record.pk), at__lte=moment)
        said = known.filter(name__in=["relation.created", "relation.status-set"]).order_by("at", "pk")
        held = [(event.data.get("since", ""), event.data.get("status")) for event in said]
        return max((pair for pair in held if pair[0] <= day), key=lambda pair: pair[0], default=("", None))[1]

    def words(self, value: Any) -> str:
        return str(dict(RelationStatus.Status.choices).get(value, super().words(value)))

    def write(self, record: models.Model, claim: Claim, by: User | None, reason: str) -> None:
        """The status holds from the date of its source on, or from today."""
        assert isinstance(record, Relation)
        set_relation_status(
            record,
            by=by,
            status=claim.value,
            since=claim.source_date or timezone.localdate(),
            decided_by=claim.source_name or str(by or ""),
            reason=reason,
            source_document=claim.source_name[:200],
            source_section=claim.source_section,
        )


def hand_in() -> None:
    """Tell `claims` about the register; called once, when the app is ready."""
    _hand_in_parties()
    _hand_in_ties()


def _hand_in_parties() -> None:
    names = ("name", "short_name", "native_name", "kind", "sector")
    facts.register(
        Organisation,
        (
            *names,
            "country",
            "region",
            "city",
            "website",
            "email",
            KeptFact(Organisation, "ties", _("Number of ties with others"), forms.IntegerField),
        ),
        change=change_organisation,
        reading="register.list_parties",
        changing="register.change_organisation",
        also=("own_region", "notes", *SHARED),
    )
    facts.register(
        Person,
        ("name", "native_name", "email", "phone"),
        change=change_person,
        reading="register.list_parties",
        changing="register.change_person",
        also=("notes", *SHARED),
        lines=posts_then,
    )


def _hand_in_ties() -> None:
    facts.register(
        Relation,
        (
            StatusFact(),
            "kind",
            facts.DatedFact(Relation, "since", "since_precision"),
            "country",
            "region",
            "city",
            "purpose",
            "purpose_en",
        ),
        change=change_relation,
        reading="register.list_relations",
        changing="register.change_relation",
        also=("partner", "responsible", *SHARED),
    )
    facts.register(
        Agreement,
        ("title", "kind", "signed_on", "valid_until", "ended_on", "ended_because", "subject"),
        change=change_agreement,
        reading="register.list_relations",
        changing="register.change_agreement",
        also=("parties", "relation", *SHARED),
    )
