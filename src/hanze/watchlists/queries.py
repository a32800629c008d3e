"""Reads of the screening that more than one place needs. Each has applied the reader's rights."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from hanze.accounts.models import User
from hanze.register.models import Organisation, Person
from hanze.watchlists.models import Edition, Finding, ListedEntry, Look, Run, Subject, Verdict, Watchlist
from hanze.watchlists.people import worked_on_by

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
    last = Verdict.objects.filter(finding=OuterRef("pk")).order_by("-at", "-pk").values("by")[:1]
    waiting = finding_rows(reader).filter(state__in=OPEN).annotate(last_by=Subquery(last))
    return waiting.exclude(state=Finding.State.SECOND, last_by=reader.pk)


def next_to_decide(reader: User, after: Finding) -> Finding | None:
    """The finding that comes after this one in the queue, the first one at its end."""
    waiting = to_decide(reader).exclude(pk=after.pk)
    return waiting.filter(Q(score__lt=after.score) | Q(score=after.score, pk__gt=after.pk)).first() or waiting.first()


def goes_on_at(finding: Finding, reader: User) -> Finding | None:
    """The finding at which one goes on whose party or entry went up in another, when `reader` may see that one."""
    if finding.state != Finding.State.CARRIED:
        return None
    subject, entry = finding.subject, finding.entry
    onward = Finding.objects.visible_to(reader).filter(
        subject=subject.merged_into_id or subject.pk, entry=entry.absorbed_by_id or entry.pk
    )
    return onward.exclude(pk=finding.pk).first()


def lists() -> QuerySet[Watchlist]:
    """All lists, with how many entries are in force, how many editions wait, and the edition in force at hand."""
    listed = ListedEntry.objects.filter(watchlist=OuterRef("pk"), removed_by=None).order_by()
    waiting = Edition.objects.filter(watchlist=OuterRef("pk"), state=Edition.State.PREVIEW).order_by()
    in_force = Edition.objects.filter(state=Edition.State.IN_FORCE)
    return Watchlist.objects.annotate(
        entries_in_force=Coalesce(Subquery(_counted(listed)), 0), waiting=Coalesce(Subquery(_counted(waiting)), 0)
    ).prefetch_related(Prefetch("editions", in_force, to_attr="now_in_force"))


def _counted(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.values("watchlist").annotate(number=Count("pk")).values("number")


def standings(subjects: Iterable[Subject], reader: User) -> dict[int, Standing]:
    """Where each subject stands, by its key, with the findings that `reader` sees; in a fixed number of queries."""
    those = list(subjects)
    if not those:
        return {}
    latest = dict(
        Look.objects.filter(subject__in=those)
        .values("subject")
        .annotate(last=Max("run"))
        .values_list("subject", "last")
    )
    runs = {run.pk: run for run in Run.objects.filter(pk__in=latest.values()).prefetch_related("editions__watchlist")}
    now = set(Edition.objects.filter(state=Edition.State.IN_FORCE, watchlist__active=True).values_list("pk", flat=True))
    findings = Finding.objects.filter(subject__in=those).exclude(state=Finding.State.CARRIED)
    waiting = dict(findings.values_list("subject").annotate(number=Count("pk", filter=Q(state__in=OPEN))))
    seen: dict[int, list[Finding]] = {}
    # Most parties have no finding; what the reader may see is then not asked.
    for finding in finding_rows(reader).filter(pk__in=findings) if waiting else ():
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


@dataclass(frozen=True)
class Touched:
    """What an edition means for the parties that we know: those that the reader may be told of, each with the entries
    it is about, and how many others there are."""

    parties: tuple[tuple[Subject, tuple[dict[str, Any], ...]], ...]
    hidden: int


def touched(edition: Edition, reader: User) -> Touched:
    """The known parties that an edition touches. That a party looks like an entry is as confidential as a finding."""
    about: dict[int, list[dict[str, Any]]] = {}
    for each in edition.preview.get("touched", []):
        about.setdefault(each["subject"], []).append(each)
    told = Subject.objects.visible_to(reader).filter(pk__in=about)
    if not reader.has_perm("watchlists.view_every_party"):
        told = told.filter(worked_on_by(reader))
    if not reader.has_perm("watchlists.list_findings"):
        told = told.none()
    subjects = told.select_related("organisation", "person").in_bulk()
    shown = tuple((subjects[key], tuple(entries)) for key, entries in about.items() if key in subjects)
    return Touched(shown, len(about) - len(shown))


def entries_matching(watchlist: Watchlist, text: str) -> QuerySet[ListedEntry]:
    """The entries of a list, in force or not, whose name or number holds this text."""
    entries = watchlist.listed.select_related("added_by", "changed_by", "removed_by")
    return entries.filter(Q(name__icontains=text) | Q(entry_id__icontains=text)) if text else entries
