"""Who is screened, and where that party stands."""

from __future__ import annotations

from hanze.register.models import Organisation, Person
from hanze.watchlists.models import Finding, Subject, Verdict

State = Subject.State
Answer = Verdict.Answer


def subject_of(party: Organisation | Person | str) -> Subject:
    """The party under screening for a record of the register, or for a name as it was written; made when new."""
    if isinstance(party, str):
        return Subject.objects.get_or_create(name_text=" ".join(party.split()))[0]
    subjects = Subject.objects.select_related("merged_into")
    if isinstance(party, Organisation):
        found = subjects.get_or_create(organisation=party)[0]
    else:
        found = subjects.get_or_create(person=party)[0]
    while found.merged_into is not None:
        found = found.merged_into
    return found


def state_of(subject: Subject) -> str:
    """Where a screened subject stands: what is confirmed goes first, then what is still open.

    A verdict that nobody could tell leaves the finding open.
    """
    findings = list(subject.findings.exclude(state=Finding.State.CARRIED).prefetch_related("verdicts"))
    decided = {finding.verdict.answer for finding in findings if _is_decided(finding) and finding.verdict}
    if Answer.SAME in decided:
        return State.CONFIRMED
    if Answer.CANNOT_TELL in decided or not all(_is_decided(finding) for finding in findings):
        return State.OPEN
    if findings:
        return State.RESOLVED
    return State.CLEAR if subject.screened_at else State.NOT_SCREENED


def _is_decided(finding: Finding) -> bool:
    return finding.state == Finding.State.DECIDED


def settle(subject: Subject) -> bool:
    """Bring the state of a subject up to date with its findings; whether it is another one now."""
    before, subject.state = subject.state, state_of(subject)
    subject.save(update_fields=["state"])
    return before != subject.state
