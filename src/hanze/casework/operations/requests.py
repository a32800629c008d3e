"""A request comes in, changes, is withdrawn, is closed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.accounts.models import Role, User
from hanze.accounts.permissions import require
from hanze.audit.log import changes, record
from hanze.casework.models import Request, RequestParticipant
from hanze.casework.operations.numbering import save_with_reference
from hanze.casework.screenings import screen_participants
from hanze.casework.states import facts_changed, move

State = Request.State

MANY = frozenset({"demand_from", "goals", "themes", "team"})
# What the weighing rests on: a change here takes an advised request back, and is impossible after the decision.
FACT_FIELDS = frozenset(
    {
        "kind",
        "asked_by",
        "asked_by_text",
        "on_behalf_of",
        "country",
        "region",
        "city",
        "sector",
        "technology",
        "period_start",
        "period_end",
        "demand",
        "demand_from",
        "goals",
        "executive_involved",
        "supported_investment",
        "received_on",
    }
)
OTHER_FIELDS = frozenset(
    {
        "title",
        "title_en",
        "language",
        "contact_name",
        "contact_email",
        "contact_phone",
        "description",
        "themes",
        "due_on",
        "responsible",
        "classification",
        "for_council",
        "team",
        "provenance",
        "source_document",
        "source_section",
    }
)
CHANGEABLE = FACT_FIELDS | OTHER_FIELDS


@transaction.atomic
def receive_request(
    *,
    by: User | None,
    participants: Iterable[Mapping[str, Any]] = (),
    channel: str = Request.Channel.OFFICER,
    **fields: Any,
) -> Request:
    """Register a request and give it a reference and a term.

    `fields` are the request's own (many-to-many ones too); `received_on` is today and `due_on`
    REQUEST_TERM_DAYS later unless they are given. `participants` are the fields of each participant.
    Raises PermissionDenied, ValidationError (fields).
    """
    require(by, "casework.add_request")
    request = _new_request({**fields, "channel": channel}, participants)
    keep_in_sight(request, by)
    record("request.received", by=by, subject=request, channel=str(channel))
    return request


@transaction.atomic
def submit_request(*, by: User | None, participants: Sequence[Mapping[str, Any]] = (), **fields: Any) -> Request:
    """Take in what somebody outside sent through the public form: by an external requester, or without account.

    Always internal, received today, and nobody's yet; it is also kept as it was sent, whatever officers make of
    it. Raises PermissionDenied, ValidationError (fields).
    """
    require(by, "casework.send_request")
    fields["as_sent"] = _as_sent(fields, participants)
    fields |= {"channel": Request.Channel.PUBLIC_FORM, "received_on": timezone.localdate(), "submitted_by": by}
    request = _new_request(fields, participants)
    record("request.submitted", by=by, subject=request)
    return request


@transaction.atomic
def change_request(request: Request, *, by: User | None, seen: datetime | None = None, **fields: Any) -> Request:
    """Change the given fields. An advised request whose facts change goes back into assessment.

    `seen` is the `updated_at` of what the user had before her. Raises PermissionDenied; ValidationError for
    wrong fields, for facts after the decision (at the field), when the request is withdrawn or closed, and when
    somebody else saved since `seen` (code "stale"); TypeError for a field that has an operation of its own.
    """
    require(by, "casework.change_request", request)
    if unknown := fields.keys() - CHANGEABLE:
        raise TypeError(f"change_request does not change {', '.join(sorted(unknown))}")
    stored = Request.objects.select_for_update().get(pk=request.pk)
    if seen is not None and stored.updated_at != seen:
        raise ValidationError(_("Somebody else changed this request while you were working on it."), code="stale")
    request.state = stored.state
    before = values_of(stored, fields)
    plain, many = _apart(fields)
    for name, value in plain.items():
        setattr(request, name, value)
    changed = changes(before, _plain_values(request, plain) | _chosen(many))
    _refuse_late_change(stored, changed)
    _check(request)
    if not changed:
        return request
    request.save(update_fields=[*plain, "updated_at"])
    for name, chosen in many.items():
        getattr(request, name).set(chosen)
    keep_in_sight(request, by)
    record("request.changed", by=by, subject=request, changes=changed)
    if changed.keys() & FACT_FIELDS:
        facts_changed(request, by=by)
    return request


@transaction.atomic
def withdraw_request(request: Request, *, by: User | None, because: str, on: date) -> Request:
    """Withdraw an open request: it no longer asks anything of us.

    Raises PermissionDenied; ValidationError without a reason, before its receipt, or when it is not open.
    """
    require(by, "casework.withdraw_request", request)
    if not because.strip():
        raise ValidationError({"because": _("Say why the request is withdrawn.")})
    if on < request.received_on:
        raise ValidationError({"on": _("The request had not been received yet on that day.")})
    move(request, State.WITHDRAWN)
    request.withdrawn_because, request.withdrawn_on = because.strip(), on
    request.save(update_fields=["withdrawn_because", "withdrawn_on", "updated_at"])
    record("request.withdrawn", by=by, subject=request, reason=because.strip(), on=on)
    return request


@transaction.atomic
def close_request(request: Request, *, by: User | None, on: date | None = None) -> Request:
    """Close a request that was decided or withdrawn: nothing is left to do.

    Raises PermissionDenied, ValidationError (code "state").
    """
    require(by, "casework.change_request", request)
    move(request, State.CLOSED)
    request.closed_on = on or timezone.localdate()
    request.save(update_fields=["closed_on", "updated_at"])
    record("request.closed", by=by, subject=request, on=request.closed_on)
    return request


def keep_in_sight(request: Request, by: User | None) -> None:
    """Put the responsible officer on the case, and whoever would otherwise lose sight of her own work."""
    if request.responsible is not None:
        request.team.add(request.responsible)
    if by is not None and not Request.objects.visible_to(by).filter(pk=request.pk).exists():
        request.team.add(by)


def values_of(request: Request, names: Iterable[str]) -> dict[str, Any]:
    """The stored values of those fields: keys for what is referred to, sorted keys where there are many."""
    plain = _plain_values(request, [name for name in names if name not in MANY])
    return plain | {name: _keys(getattr(request, name).all()) for name in names if name in MANY}


def _as_sent(fields: Mapping[str, Any], participants: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What was sent, as plain values: keys for records, ISO dates."""
    plain = {name: getattr(value, "pk", value) for name, value in fields.items() if value not in (None, "")}
    names = [participant.get("name_text", "") for participant in participants]
    return json.loads(DjangoJSONEncoder().encode(plain | {"participants": names}))


def _new_request(fields: dict[str, Any], participants: Iterable[Mapping[str, Any]]) -> Request:
    plain, many = _apart(fields)
    request = Request(**{"received_on": timezone.localdate(), **plain})
    if request.due_on is None:
        request.due_on = request.received_on + timedelta(days=settings.REQUEST_TERM_DAYS)
    _check(request)
    save_with_reference(request)
    for name, chosen in many.items():
        getattr(request, name).set(chosen)
    for participant in participants:
        new = RequestParticipant(request=request, **participant)
        new.full_clean()
        new.save()
    screen_participants(request.participants.select_related("organisation", "person"))
    return request


def _check(request: Request) -> None:
    request.full_clean(exclude=["reference"])
    wrong: dict[str, str] = {}
    if not request.asked_by and not request.asked_by_text.strip():
        wrong["asked_by_text"] = _("Say who asks: choose an organisation or write its name.")
    if request.region and request.region.country_id != request.country_id:
        wrong["region"] = _("This region lies in another country.")
    if request.city and request.city.country_id != request.country_id:
        wrong["city"] = _("This city lies in another country.")
    if request.due_on and request.due_on < request.received_on:
        wrong["due_on"] = _("The term would end before the request was received.")
    if request.responsible and not request.responsible.has_role(Role.COORDINATOR, Role.POLICY_OFFICER):
        wrong["responsible"] = _("Only a coordinator or a policy officer can be responsible for a request.")
    if wrong:
        raise ValidationError(wrong)


def _refuse_late_change(stored: Request, changed: Mapping[str, Any]) -> None:
    """After the decision its facts stay as they were; after withdrawal and closing everything does."""
    if not changed or stored.is_open:
        return
    if stored.state != State.DECIDED:
        raise ValidationError(_("This request is withdrawn or closed; it does not change any more."), code="state")
    if late := changed.keys() & FACT_FIELDS:
        because = _("The decision rests on this; after the decision it does not change any more.")
        raise ValidationError(dict.fromkeys(late, because))


def _apart(fields: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """The plain fields, and those that hold many records."""
    plain = {name: value for name, value in fields.items() if name not in MANY}
    return plain, {name: list(fields[name]) for name in fields if name in MANY}


def _plain_values(request: Request, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(request, Request._meta.get_field(name).attname) for name in names}  # type: ignore[union-attr]


def _chosen(many: Mapping[str, list[models.Model]]) -> dict[str, Any]:
    return {name: _keys(chosen) for name, chosen in many.items()}


def _keys(records: Iterable[models.Model]) -> list[Any]:
    return sorted(each.pk for each in records)
