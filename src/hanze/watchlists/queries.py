"""Reads of the screening that more than one place needs. Each has applied the reader's rights."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet

from hanze.accounts.models import User
from hanze.register.models import Organisation, Person
from hanze.watchlists.models import Edition, Finding, ListedEntry, Look, Run, Subject, Watchlist

OPEN = (Finding.State.OPEN, Finding.State.SECOND)


@dataclass(frozen=True)
class Standing:
    """Where a party stands against the lists: its state, the editions it was last held against, and whether a newer
    edition is in force since."""

    subject: Subject
    screened_at: datetime | None
    editions: tuple[Edition, ...]
    behind: bool
    open_findings: int
    findings: tuple[Finding, ...]


def finding_rows(reader: User) -> QuerySet[Finding]:
    """The findings that `reader` sees, with what a list shows of them, those to be decided and the heaviest first."""
    return (
        Finding.objects.visible_to(reader)
        .select_related("subject__organisation", "subject__person", "entry__watchlist", "entry__removed_by")
        .prefetch_related("verdicts__by", "verdicts__second_by")
        .order_by("-score", "pk")
    )


def to_decide(reader: User) -> QuerySet[Finding]:
    """The findings that wait for a verdict, or for a second person who is not the one that gave it."""
    mine = Q(state=Finding.State.SECOND, verdicts__by=reader)
    return finding_rows(reader).filter(state__in=OPEN).exclude(mine)


def next_to_decide(reader: User, after: Finding) -> Finding | None:
    """The finding that comes after this one in the queue, the first one at its end."""
    waiting = to_decide(reader).exclude(pk=after.pk)
    return waiting.filter(Q(score__lt=after.score) | Q(score=after.score, pk__gt=after.pk)).first() or waiting.first()


def lists() -> QuerySet[Watchlist]:
    """All lists, with how many entries are in force and how many editions wait to be looked at."""
    return Watchlist.objects.annotate(
        entries_in_force=Count("listed", filter=Q(listed__removed_by=None), distinct=True),
        waiting=Count("editions", filter=Q(editions__state=Edition.State.PREVIEW), distinct=True),
    )


def standings(subjects: Iterable[Subject], reader: User) -> dict[int, Standing]:
    """Where each subject stands, by its key, with the findings that `reader` sees; in a fixed number of queries."""
    those = list(subjects)
    latest = dict(
        Look.objects.filter(subject__in=those)
        .values("subject")
        .annotate(last=Max("run"))
        .values_list("subject", "last")
    )
    runs = {run.pk: run for run in Run.objects.filter(pk__in=latest.values()).prefetch_related("editions__watchlist")}
    now = set(Edition.objects.filter(state=Edition.State.IN_FORCE, watchlist__active=True).values_list("pk", flat=True))
    waiting = dict(
        Finding.objects.filter(subject__in=those, state__in=OPEN).values_list("subject").annotate(Count("pk"))
    )
    seen: dict[int, list[Finding]] = {}
    for finding in finding_rows(reader).filter(subject__in=those):
        seen.setdefault(finding.subject_id, []).append(finding)
    made: dict[int, Standing] = {}
    for each in those:
        run = runs.get(latest.get(each.pk, 0))
        editions = tuple(run.editions.all()) if run else ()
        behind = bool(now - {edition.pk for edition in editions})
        found = tuple(seen.get(each.pk, ()))
        made[each.pk] = Standing(each, each.screened_at, editions, behind, waiting.get(each.pk, 0), found)
    return made


def record_if_visible(subject: Subject, reader: User) -> Organisation | Person | None:
    """The record in the register behind a subject, when the reader may open it."""
    record = subject.record
    if record is None:
        return None
    return type(record).objects.visible_to(reader).filter(pk=record.pk).first()


def known_parties(edition: Edition, reader: User) -> list[tuple[Subject, list[dict[str, object]]]]:
    """The known parties that an edition touches and that `reader` may see, each with the entries it is about."""
    by_subject: dict[int, list[dict[str, object]]] = {}
    for each in edition.preview.get("touched", []):
        by_subject.setdefault(each["subject"], []).append(each)
    subjects = Subject.objects.select_related("organisation", "person").in_bulk(by_subject)
    seen = {key: subject for key, subject in subjects.items() if may_name(subject, reader)}
    return [(seen[key], about) for key, about in by_subject.items() if key in seen]


def hidden_parties(edition: Edition, reader: User) -> int:
    """How many of the parties that an edition touches `reader` may not see."""
    touched = {each["subject"] for each in edition.preview.get("touched", [])}
    return len(touched) - len(known_parties(edition, reader))


def may_name(subject: Subject, reader: User) -> bool:
    """Whether a reader may be told who this is: the record is visible, or it is no more than a name."""
    return subject.record is None or record_if_visible(subject, reader) is not None


def entries_matching(watchlist: Watchlist, text: str) -> QuerySet[ListedEntry]:
    """The entries of a list, in force or not, whose name or number holds this text."""
    entries = watchlist.listed.select_related("added_by", "changed_by", "removed_by")
    return entries.filter(Q(name__icontains=text) | Q(entry_id__icontains=text)) if text else entries
