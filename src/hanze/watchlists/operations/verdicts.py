"""What people decide about a finding."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.audit.log import record
from hanze.screening.plain import party_to_json
from hanze.watchlists.models import Finding, Subject, Verdict
from hanze.watchlists.operations.subjects import settle
from hanze.watchlists.parties import party_of
from hanze.watchlists.signals import subjects_screened

State = Finding.State


@transaction.atomic
def decide(finding: Finding, *, by: User | None, answer: str, reason: str) -> Verdict:
    """Record a verdict with its reason, on what both sides look like now.

    Where the list asks for a second person the finding waits for one. Raises PermissionDenied, ValidationError
    (reason: missing; answer: unknown; decided before: it is re-opened first).
    """
    require(by, "watchlists.decide_finding", finding)
    finding = (
        Finding.objects.select_for_update(of=("self",)).select_related("subject", "entry__watchlist").get(pk=finding.pk)
    )
    if finding.state == State.SECOND:
        raise ValidationError(_("This finding waits for a second person."), code="state")
    if finding.state == State.DECIDED:
        raise ValidationError(_("Somebody decided about this finding before you."), code="state")
    _must_be_current(finding)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    verdict = Verdict(
        finding=finding,
        answer=answer,
        reason=reason.strip(),
        by=by,
        party=party_to_json(party_of(finding.subject)),
        entry=finding.entry.content,
    )
    verdict.full_clean(exclude=["by"])
    verdict.save()
    waits = finding.entry.watchlist.second_person and by is not None
    _set_state(finding, State.SECOND if waits else State.DECIDED, by)
    record("finding.decided", by=by, subject=finding, reason=verdict.reason, answer=str(answer))
    return verdict


@transaction.atomic
def second(finding: Finding, *, by: User, agrees: bool, reason: str = "") -> Verdict:
    """A second person confirms the verdict, or disagrees with a reason, which opens the finding again.

    Raises PermissionDenied, ValidationError (nothing waits; the same person; disagreeing without a reason).
    """
    require(by, "watchlists.decide_finding", finding)
    finding = Finding.objects.select_for_update(of=("self",)).select_related("subject").get(pk=finding.pk)
    verdict = finding.verdict
    if finding.state != State.SECOND or verdict is None:
        raise ValidationError(_("No verdict waits for a second person."), code="state")
    if verdict.by_id == by.pk:
        raise ValidationError(_("Somebody else confirms a verdict."), code="same-person")
    if not agrees and not reason.strip():
        raise ValidationError({"reason": _("Say why you do not agree.")})
    verdict.second_by, verdict.second_at = by, timezone.now()
    verdict.second_agrees, verdict.second_reason = agrees, reason.strip()
    verdict.save(update_fields=["second_by", "second_at", "second_agrees", "second_reason"])
    _set_state(finding, State.DECIDED if agrees else State.OPEN, by)
    record("finding.confirmed" if agrees else "finding.disputed", by=by, subject=finding, reason=reason.strip())
    return verdict


@transaction.atomic
def reopen(finding: Finding, *, by: User | None) -> Finding:
    """Take a decided finding up again, or take one's own verdict back that waits for a second person; the verdicts stay
    on record. Raises PermissionDenied, ValidationError."""
    require(by, "watchlists.decide_finding", finding)
    finding = Finding.objects.select_for_update(of=("self",)).select_related("subject").get(pk=finding.pk)
    if finding.state != State.DECIDED and not can_be_taken_back(finding, by):
        raise ValidationError(_("Only a decided finding can be taken up again."), code="state")
    _must_be_current(finding)
    finding.reopened_at, finding.reopened_because = timezone.now(), []
    finding.save(update_fields=["reopened_at", "reopened_because"])
    _set_state(finding, State.OPEN, by)
    record("finding.taken-up", by=by, subject=finding)
    return finding


def can_be_taken_back(finding: Finding, by: User | None) -> bool:
    """Whether the verdict on a finding waits for a second person and is this person's own."""
    verdict = finding.verdict
    return finding.state == State.SECOND and by is not None and verdict is not None and verdict.by_id == by.pk


@transaction.atomic
def escalate(finding: Finding, *, by: User | None, to: str) -> None:
    """Record that a finding was put to others (the contact moment that is named). Raises PermissionDenied."""
    require(by, "watchlists.decide_finding", finding)
    record("finding.escalated", by=by, subject=finding, reason=to)


def _must_be_current(finding: Finding) -> None:
    if finding.subject.forgotten_at:
        raise ValidationError(_("This person was erased, so nothing can be decided about her any more."), code="state")
    if finding.state == State.CARRIED:
        raise ValidationError(_("This finding goes on elsewhere; decide about it there."), code="state")


def _set_state(finding: Finding, state: str, by: User | None) -> None:
    finding.state = state
    finding.save(update_fields=["state"])
    if settle(finding.subject):
        subjects_screened.send(sender=Subject, subjects=[finding.subject], by=by)
