"""When two parties prove to be one: the findings and verdicts on the one go along to the other, and back on undo."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_datetime

from hanze.accounts.models import User
from hanze.audit.log import record
from hanze.register.models import Organisation, Person
from hanze.watchlists.models import Finding, Run, Subject, Verdict
from hanze.watchlists.operations.carrying import carry, taken_back
from hanze.watchlists.operations.screening import reopen_changed, screen
from hanze.watchlists.operations.subjects import settle, subject_of
from hanze.watchlists.parties import party_of
from hanze.watchlists.signals import subjects_screened

State = Finding.State
Carried = dict[str, Any]
"""What `merge_subjects` did, as JSON: hand it to `part_subjects` to undo it. Holds keys and states, and no names but in
`because` (why a finding was open)."""


@transaction.atomic
def merge_subjects(kept: Organisation | Person, gone: Organisation | Person, *, by: User | None) -> Carried:
    """Carry the screening of `gone` along to `kept`, once both records stand as they will stay.

    Each finding on `gone` goes on at `kept` with its verdicts; a verdict that no longer fits what `kept` is, is open
    again with the difference. `gone` is screened no more; its record stays. Asks for no permission: the merging does.
    """
    source = Subject.objects.filter(**{_field(gone): gone}).first()
    if source is None or source.merged_into_id is not None:
        return {}
    onto = subject_of(kept)
    moved = list(source.findings.exclude(state=State.CARRIED).select_related("entry"))
    same = {finding.entry_id: finding for finding in onto.findings.all()}
    before = [_as_it_stands(same[each.entry_id]) for each in moved if each.entry_id in same]
    carried: Carried = {
        "kept": onto.pk,
        "gone": source.pk,
        "findings": [{"finding": each.pk, "state": each.state} for each in moved],
        "before": before,
    }
    for finding in moved:
        carry(finding, onto, finding.entry)
    source.merged_into = onto
    source.save(update_fields=["merged_into"])
    reopen_changed(onto, party_of(onto))
    _settled(onto, by)
    record("subject.merged", by=by, subject=onto)
    if source.screened_at and not onto.screened_at:
        screen([onto], by=None, why=Run.Why.PARTY_CHANGED)
    return carried


@transaction.atomic
def part_subjects(carried: Carried, *, by: User | None) -> None:
    """Undo `merge_subjects`, also after later changes: the verdicts that were given since on the merged party stay with
    `kept`, what came along goes back. Does nothing when nothing was carried. Asks for no permission."""
    if not carried:
        return
    onto, source = (Subject.objects.select_for_update(of=("self",)).get(pk=carried[key]) for key in ("kept", "gone"))
    before = {each["finding"]: each for each in carried["before"]}
    source.merged_into = None
    source.save(update_fields=["merged_into"])
    for was in carried["findings"]:
        finding = Finding.objects.get(pk=was["finding"])
        for onward in onto.findings.filter(entry=finding.entry_id):
            if not taken_back(onward, source) and onward.pk in before:
                _restore(onward, before[onward.pk])
        if finding.state == State.CARRIED:
            finding.state = was["state"]
            finding.save(update_fields=["state"])
    for subject in (onto, source):
        reopen_changed(subject, party_of(subject))
        _settled(subject, by)
    record("subject.parted", by=by, subject=source)
    screen([each for each in (onto, source) if each.screened_at], by=None, why=Run.Why.PARTY_CHANGED)


def _as_it_stands(finding: Finding) -> Carried:
    last = finding.verdict
    return {
        "finding": finding.pk,
        "state": finding.state,
        "reopened_at": finding.reopened_at.isoformat() if finding.reopened_at else None,
        "because": finding.reopened_because,
        "verdict": last.pk if last else None,
    }


def _restore(finding: Finding, before: Carried) -> None:
    """As it stood before the merging, unless somebody decided about it since."""
    last: Verdict | None = finding.verdict
    if (last.pk if last else None) != before["verdict"]:
        return
    finding.state, finding.reopened_because = before["state"], before["because"]
    finding.reopened_at = parse_datetime(before["reopened_at"]) if before["reopened_at"] else None
    finding.save(update_fields=["state", "reopened_because", "reopened_at"])


def _settled(subject: Subject, by: User | None) -> None:
    if settle(subject):
        subjects_screened.send(sender=Subject, subjects=[subject], by=by)


def _field(party: Organisation | Person) -> str:
    return "organisation" if isinstance(party, Organisation) else "person"
