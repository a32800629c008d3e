"""Findings go along, with their verdicts, when an entry goes up in another, or a party in another.

The finding that was there stays, and says where it goes on. A verdict is copied, never moved; so that all can be taken
back when two parties prove not to be one after all.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from hanze.audit.log import record
from hanze.watchlists.models import Finding, ListedEntry, Subject, Verdict

State = Finding.State
KEPT_WITH_A_VERDICT = ("answer", "reason", "by", "at", "second_by", "second_at", "second_agrees", "second_reason")
GIVEN_TO_A_FINDING = ("state", "score", "strength", "explanation", "classification", "reopened_at", "reopened_because")


def carry(finding: Finding, subject: Subject, entry: ListedEntry) -> Finding:
    """The finding at which `finding` goes on: about `subject` and `entry`, with the verdicts of both.

    Where the two were judged differently no verdict holds: it is open again, and says so.
    """
    given: dict[str, Any] = {name: getattr(finding, name) for name in GIVEN_TO_A_FINDING}
    onward, new = Finding.objects.get_or_create(
        subject=subject, entry=entry, defaults={**given, "found_at": finding.found_at, "carried_from": finding}
    )
    onward.team.add(*finding.team.all())
    own = None if new else onward.verdict
    theirs = finding.verdict
    for verdict in reversed(finding.verdicts.all()):
        _copy(verdict, onward)
    if not new:
        _agree(onward, own, finding, theirs)
    finding.state = State.CARRIED
    finding.save(update_fields=["state"])
    record("finding.carried", by=None, subject=onward)
    return onward


def _copy(verdict: Verdict, onward: Finding) -> None:
    kept: dict[str, Any] = {name: getattr(verdict, name) for name in KEPT_WITH_A_VERDICT}
    Verdict.objects.get_or_create(
        finding=onward, carried_from=verdict, defaults={**kept, "party": verdict.party, "entry": verdict.entry}
    )


def _agree(onward: Finding, own: Verdict | None, other: Finding, theirs: Verdict | None) -> None:
    """Where a finding stands when the verdict on another one comes beside its own."""
    if own is not None and theirs is not None and own.answer != theirs.answer:
        onward.state, onward.reopened_at = State.OPEN, timezone.now()
        onward.reopened_because = [
            {"side": "verdicts", "field": "verdicts", "before": [own.answer], "after": [theirs.answer]}
        ]
    elif theirs is not None and (own is None or other.state == State.DECIDED):
        onward.state, onward.reopened_at = other.state, other.reopened_at
        onward.reopened_because = other.reopened_because
    onward.save(update_fields=["state", "reopened_at", "reopened_because"])


def taken_back(onward: Finding, source: Subject) -> bool:
    """Take back what a finding had from `source`; whether it went, because nothing else of it remains."""
    carried = onward.verdicts.filter(carried_from__finding__subject=source)
    carried.exclude(pk__in=Verdict.objects.exclude(carried_from=None).values("carried_from")).delete()
    from_source = onward.carried_from is not None and onward.carried_from.subject_id == source.pk
    stays = onward.verdicts.exists() or Finding.objects.filter(carried_from=onward).exists()
    if from_source and not stays:
        onward.delete()
        return True
    return False
