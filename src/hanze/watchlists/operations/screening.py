"""Screening parties, and keeping what was seen: a finding is made or re-opened, never taken away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone

from hanze.accounts.classification import Classification
from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.audit.log import record
from hanze.screening.entries import Party
from hanze.screening.identity import fingerprint
from hanze.screening.plain import (
    entry_from_json,
    explanation_to_json,
    party_from_json,
    party_to_json,
    settings_to_json,
)
from hanze.screening.screen import Candidate, Screening, Settings
from hanze.screening.verdicts import Difference, reopening
from hanze.watchlists.engine import editions_in_force, screener
from hanze.watchlists.models import Edition, Finding, ListedEntry, Look, Run, Subject, Verdict
from hanze.watchlists.operations.subjects import state_of
from hanze.watchlists.parties import party_of
from hanze.watchlists.people import people_on
from hanze.watchlists.signals import subjects_screened

BATCH = 500
"""How many parties are kept at once: so often the page that follows a screening moves on."""


def screen(subjects: Iterable[Subject], *, by: User | None, why: str) -> Run | None:
    """Screen parties against every list in use; None when no list is in force (they stay unscreened), or when a
    participant has nobody to screen.

    Kept are the editions, the engine's version and settings, and all candidates that were looked at. Each batch is a
    transaction of its own, so that a run that is broken off keeps what it did. Raises PermissionDenied.
    """
    require(by, "watchlists.screen_party")
    editions = editions_in_force()
    if not editions:
        return None
    waiting = [each.pk for each in subjects if each.is_current]
    if not waiting and why == Run.Why.PARTICIPANT:
        return None
    engine = screener()
    run = _start(editions, engine.settings, by, why, len(waiting))
    for start in range(0, len(waiting), BATCH):
        keys = waiting[start : start + BATCH]
        batch = _at_hand(keys)
        seen = list(zip(batch, engine.screen_all([party_of(subject) for subject in batch]), strict=True))
        with transaction.atomic():
            changed = _keep(run, seen)
            run.screened += len(keys)
            run.save(update_fields=["screened"])
            if changed:
                subjects_screened.send(sender=Subject, subjects=changed, by=by)
    run.ended_at = timezone.now()
    run.save(update_fields=["ended_at"])
    record("screening.done", by=by, subject=run, parties=len(waiting))
    return run


def _at_hand(keys: list[int]) -> list[Subject]:
    """The parties with all that is compared, as they are now; in three queries."""
    current = Subject.objects.current().select_related("organisation", "person")
    return list(current.prefetch_related("organisation__identifiers").filter(pk__in=keys))


def _start(editions: list[Edition], settings: Settings, by: User | None, why: str, to_screen: int) -> Run:
    with transaction.atomic():
        run = Run.objects.create(
            why=why, by=by, engine_version=settings.engine, settings=settings_to_json(settings), to_screen=to_screen
        )
        run.editions.set(editions)
    return run


def _keep(run: Run, seen: list[tuple[Subject, Screening]]) -> list[Subject]:
    """Of each party the look, its findings, and where it stands now; those that stand elsewhere than before."""
    Look.objects.bulk_create(
        Look(
            run=run,
            subject=subject,
            party=party_to_json(screening.party),
            candidates=[asdict(each) for each in screening.looked_at],
        )
        for subject, screening in seen
    )
    stood = {subject.pk: subject.state for subject, _ in seen}
    with_findings = set(Finding.objects.filter(subject__in=stood).values_list("subject", flat=True))
    for subject, screening in seen:
        found = {(each.entry.list_id, each.entry.id): each for each in screening.candidates if each.verdict != "none"}
        subject.screened_at, subject.fingerprint = run.started_at, fingerprint(screening.party)
        subject.state = Subject.State.CLEAR
        if found or subject.pk in with_findings:
            _keep_findings(subject, found)
            reopen_changed(subject, screening.party)
            subject.state = state_of(subject)
    subjects = [subject for subject, _ in seen]
    Subject.objects.bulk_update(subjects, ["screened_at", "fingerprint", "state"], batch_size=200)
    return [subject for subject in subjects if subject.state != stood[subject.pk]]


def _keep_findings(subject: Subject, found: dict[tuple[str, str], Candidate]) -> None:
    listed = _listed(found)
    for key, candidate in found.items():
        _find(subject, listed[key], candidate)


def _listed(found: Iterable[tuple[str, str]]) -> dict[tuple[str, str], ListedEntry]:
    lists, ids = {key[0] for key in found}, {key[1] for key in found}
    entries = ListedEntry.objects.filter(watchlist__slug__in=lists, entry_id__in=ids).select_related("watchlist")
    return {(each.watchlist.slug, each.entry_id): each for each in entries}


def _find(subject: Subject, listed: ListedEntry, candidate: Candidate) -> None:
    words: dict[str, Any] = {
        "score": round(candidate.score, 4),
        "strength": candidate.verdict,
        "explanation": explanation_to_json(candidate.explanation),
        "classification": _classification(subject),
    }
    finding, new = Finding.objects.update_or_create(subject=subject, entry=listed, defaults=words)
    finding.team.add(*people_on(subject))
    if new:
        record("finding.found", by=None, subject=finding)
    elif finding.state == Finding.State.CARRIED:
        _comes_back(finding)


def _comes_back(finding: Finding) -> None:
    """An entry that had gone up in another one stands on the list by itself again."""
    finding.state = Finding.State.DECIDED if finding.verdicts.exists() else Finding.State.OPEN
    finding.save(update_fields=["state"])


def _classification(subject: Subject) -> str:
    """A finding is confidential, and as closed as the party that it is about."""
    closed = subject.record is not None and subject.record.classification == Classification.RESTRICTED
    return Classification.RESTRICTED if closed else Classification.CONFIDENTIAL


def reopen_changed(subject: Subject, party: Party) -> None:
    """Re-open each decided finding whose party or entry is another one than the verdict was about."""
    decided = subject.findings.filter(state__in=[Finding.State.DECIDED, Finding.State.SECOND])
    for finding in decided.select_related("entry").prefetch_related("verdicts"):
        verdict = finding.verdict
        if verdict is not None and verdict.party:
            reopen_if_changed(finding, verdict, party)


def reopen_if_changed(finding: Finding, verdict: Verdict, party: Party) -> bool:
    """Re-open a finding, with the differences, when either side is not what its verdict was about."""
    listed = finding.entry.entry if finding.entry.removed_by_id is None else None
    differences = reopening(party_from_json(verdict.party), entry_from_json(verdict.entry), party, listed)
    if not differences:
        return False
    finding.state = Finding.State.OPEN
    finding.reopened_at = timezone.now()
    finding.reopened_because = [_as_json(difference) for difference in differences]
    finding.save(update_fields=["state", "reopened_at", "reopened_because"])
    record("finding.reopened", by=None, subject=finding, because=finding.reopened_because)
    return True


def _as_json(difference: Difference) -> dict[str, Any]:
    if difference.change is None:
        return {"side": difference.side, "field": "listed", "before": ["✓"], "after": []}
    change = difference.change
    return {"side": difference.side, "field": change.field, "before": change.before, "after": change.after}
