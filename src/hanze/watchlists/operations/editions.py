"""From a received file to the edition in force: read, looked at, brought into force; then all are screened anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.audit.log import record
from hanze.screening.editions import Changed, Difference, difference
from hanze.screening.entries import Entry
from hanze.screening.identity import fingerprint
from hanze.screening.lists import Edition as ReadEdition
from hanze.screening.lists import ListError, read_edition
from hanze.screening.plain import entry_to_json
from hanze.screening.screen import KnownParties, Screener
from hanze.watchlists.engine import settings_of
from hanze.watchlists.models import Edition, Finding, ListedEntry, Subject, Watchlist
from hanze.watchlists.operations.carrying import carry
from hanze.watchlists.operations.columns import asks_for_columns, mapping_of
from hanze.watchlists.operations.files import on_disk
from hanze.watchlists.operations.screening import reopen_changed
from hanze.watchlists.operations.subjects import settle
from hanze.watchlists.parties import party_of
from hanze.watchlists.signals import subjects_screened

State = Edition.State
SAMPLE = 200
"""How many entries of each sort a preview shows."""
WRITTEN = ("entry_id", "name", "content", "fingerprint", "changed_by", "removed_by", "absorbed_by")


def read_received(edition: Edition) -> Edition:
    """Read a received file: ready to be looked at, or refused with line and reason. The edition in force stays.

    A list of our own whose columns nobody knows waits until somebody says what they are.
    """
    try:
        if asks_for_columns(edition):
            return _wait_for_columns(edition)
        read = contents(edition)
    except ListError as error:
        return refuse(edition, str(error))
    changed = difference(in_force(edition.watchlist), read.entries)
    with transaction.atomic():
        edition.state, edition.problem = State.PREVIEW, ""
        edition.edition_date, edition.rows, edition.entries = read.edition_date, read.rows, len(read.entries)
        edition.preview = _preview(edition.watchlist, changed, read.entries)
        edition.save()
    return edition


def _wait_for_columns(edition: Edition) -> Edition:
    edition.state = State.COLUMNS
    edition.save(update_fields=["state"])
    return edition


def refuse(edition: Edition, problem: str) -> Edition:
    """Keep why an edition could not be read; the edition in force stays in force."""
    with transaction.atomic():
        edition.state, edition.problem = State.REFUSED, problem
        edition.save(update_fields=["state", "problem"])
        record("edition.refused", by=None, subject=edition, reason=problem)
    return edition


@transaction.atomic
def discard(edition: Edition, *, by: User | None) -> Edition:
    """Do not take a received edition into use. Raises PermissionDenied, ValidationError (it does not wait)."""
    require(by, "watchlists.change_list", edition.watchlist)
    _must_be(edition, State.PREVIEW, State.COLUMNS)
    edition.state = State.DISCARDED
    edition.save(update_fields=["state"])
    record("edition.discarded", by=by, subject=edition)
    return edition


def bring_into_force(edition: Edition, *, by: User | None) -> Difference:
    """Take an edition into use: its entries come into force all at once, and what left the list is kept as left.

    Findings on an entry that left or changed are re-opened when parties are screened anew. Other editions that waited
    were compared with what was in force: they are to be read again. Raises PermissionDenied, ValidationError (it is no
    preview, or its file is gone).
    """
    require(by, "watchlists.bring_into_force", edition)
    _must_be(edition, State.PREVIEW)
    # Read before anything is locked: whoever else writes waits as long as the transaction lasts.
    try:
        entries = contents(edition).entries
    except (ListError, OSError) as error:
        raise ValidationError(_("The file cannot be read any more: %(error)s") % {"error": error}) from error
    return _take_into_use(edition, entries, by)


@transaction.atomic
def _take_into_use(edition: Edition, entries: Sequence[Entry], by: User | None) -> Difference:
    watchlist = Watchlist.objects.select_for_update().get(pk=edition.watchlist_id)
    _must_be(edition, State.PREVIEW)
    changed = difference(in_force(watchlist), entries)
    _apply(watchlist, edition, changed)
    now = timezone.now()
    watchlist.editions.filter(state=State.IN_FORCE).update(state=State.SUPERSEDED, in_force_until=now)
    edition.state, edition.in_force_from, edition.in_force_by = State.IN_FORCE, now, by
    edition.save(update_fields=["state", "in_force_from", "in_force_by"])
    watchlist.editions.filter(state=State.PREVIEW).update(state=State.READING)
    record(
        "edition.in-force",
        by=by,
        subject=edition,
        added=len(changed.added),
        changed=len(changed.changed),
        removed=len(changed.removed),
    )
    return changed


def in_force(watchlist: Watchlist) -> list[Entry]:
    """The entries of a list that are in force."""
    return [listed.entry for listed in watchlist.listed.filter(removed_by=None).iterator(chunk_size=2000)]


def contents(edition: Edition) -> ReadEdition:
    """What stands in the file of an edition, its entries under the short name of our list, whatever the publisher
    calls the list. Raises ListError with file, line and reason."""
    watchlist = edition.watchlist
    columns = mapping_of(edition)
    with on_disk(edition) as path:
        read = read_edition(path, watchlist.publisher or None, list_id=watchlist.slug, columns=columns)
    return replace(read, entries=tuple(replace(entry, list_id=watchlist.slug) for entry in read.entries))


def _preview(watchlist: Watchlist, changed: Difference, entries: Sequence[Entry]) -> dict[str, Any]:
    """What the new edition would do: counts, the entries that differ, and the known parties that are touched."""
    return {
        "added": [_line(entry) for entry in changed.added[:SAMPLE]],
        "removed": [_line(entry) for entry in changed.removed[:SAMPLE]],
        "changed": [{**_line(each.after), "changes": _from_to(each)} for each in changed.changed[:SAMPLE]],
        "renumbered": [{**_line(each.after), "before": each.before.id} for each in changed.renumbered[:SAMPLE]],
        "absorbed": [{**_line(each.before), "into": _line(each.into)} for each in changed.absorbed[:SAMPLE]],
        "counts": {
            "added": len(changed.added),
            "removed": len(changed.removed),
            "changed": len(changed.changed),
            "renumbered": len(changed.renumbered),
            "absorbed": len(changed.absorbed),
        },
        "touched": _touched(watchlist, changed, entries),
    }


def _line(entry: Entry) -> dict[str, Any]:
    return {"id": entry.id, "name": entry.names[0].text, "kind": entry.kind}


def _from_to(changed: Changed) -> list[dict[str, Any]]:
    """Of each field that differs what left it and what came, not what stayed."""
    return [
        {
            "field": each.field,
            "before": [text for text in each.before if text not in each.after],
            "after": [text for text in each.after if text not in each.before],
        }
        for each in (*changed.changes, *changed.texts)
    ]


def _touched(watchlist: Watchlist, changed: Difference, entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """The known parties that new or changed entries look like, and those with a finding on what changed or left."""
    subjects = (
        Subject.objects.current().select_related("organisation", "person").prefetch_related("organisation__identifiers")
    )
    known = KnownParties.build(party_of(subject) for subject in subjects)
    fresh = [*changed.added, *(each.after for each in changed.changed)]
    screener = Screener.build(entries, settings_of([watchlist]))
    looks_like = [
        {"subject": int(each.party.id), "entry": each.candidate.entry.id, "name": each.candidate.entry.names[0].text}
        | {"score": round(each.candidate.score, 4), "strength": each.candidate.verdict}
        for each in screener.screen_change(fresh, known)
    ]
    gone = [*(each.id for each in changed.removed), *(each.before.id for each in changed.changed)]
    found = Finding.objects.filter(entry__watchlist=watchlist, entry__entry_id__in=gone).select_related("entry")
    with_a_finding = {(each.subject_id, each.entry.entry_id): each.entry.name for each in found}
    alike = {(each["subject"], each["entry"]) for each in looks_like}
    return [each | {"found": (each["subject"], each["entry"]) in with_a_finding} for each in looks_like] + [
        {"subject": subject, "entry": entry, "name": name, "found": True}
        for (subject, entry), name in with_a_finding.items()
        if (subject, entry) not in alike
    ]


def _apply(watchlist: Watchlist, edition: Edition, changed: Difference) -> None:
    """Write the entries of a new edition. Findings stay with their entry, under another number too; they go along to
    the entry that took up theirs."""
    listed = {each.entry_id: each for each in watchlist.listed.all()}
    left = [entry.id for entry in changed.removed]
    onward = {each.before.id: each.into.id for each in changed.absorbed}
    written: dict[str, Entry] = {each.before.id: each.after for each in changed.changed}
    for each in changed.renumbered:
        if each.after.id in listed:  # its row is still there, of an entry that left the list earlier: that one goes on
            onward[each.before.id] = each.after.id
            left.append(each.before.id)
            written[each.after.id] = each.after
        else:
            written[each.before.id] = each.after
    written |= {entry.id: entry for entry in changed.added if entry.id in listed}
    for number, entry in written.items():
        _write(listed[number], entry, edition)
        listed[number].removed_by = listed[number].absorbed_by = None
    for number in left:
        listed[number].removed_by = edition
    ListedEntry.objects.bulk_update([listed[each] for each in (*written, *left)], WRITTEN, batch_size=500)
    new = [_row(watchlist, edition, entry) for entry in changed.added if entry.id not in listed]
    ListedEntry.objects.bulk_create(new, batch_size=500)
    _carry_along(watchlist, onward)


def _carry_along(watchlist: Watchlist, onward: Mapping[str, str]) -> None:
    """Take findings and verdicts along from each entry to the one that goes on for it; by the numbers of both."""
    rows = {each.entry_id: each for each in watchlist.listed.filter(entry_id__in={*onward, *onward.values()})}
    for before, after in onward.items():
        rows[before].absorbed_by = rows[after]
        rows[before].save(update_fields=["absorbed_by"])
        for finding in rows[before].findings.exclude(state=Finding.State.CARRIED).select_related("subject"):
            carry(finding, finding.subject, rows[after])
    touched = Subject.objects.current().filter(findings__entry__in=[rows[after].pk for after in onward.values()])
    moved = [subject for subject in touched.distinct() if _is_elsewhere(subject)]
    if moved:
        subjects_screened.send(sender=Subject, subjects=moved, by=None)


def _is_elsewhere(subject: Subject) -> bool:
    reopen_changed(subject, party_of(subject))
    return settle(subject)


def _write(row: ListedEntry, entry: Entry, edition: Edition) -> None:
    row.entry_id, row.name, row.content = entry.id, entry.names[0].text[:500], entry_to_json(entry)
    row.fingerprint, row.changed_by = fingerprint(entry), edition


def _row(watchlist: Watchlist, edition: Edition, entry: Entry) -> ListedEntry:
    return ListedEntry(
        watchlist=watchlist,
        entry_id=entry.id,
        name=entry.names[0].text[:500],
        content=entry_to_json(entry),
        fingerprint=fingerprint(entry),
        added_by=edition,
    )


def _must_be(edition: Edition, *states: str) -> None:
    edition.refresh_from_db(fields=["state", "preview"])
    if edition.state not in states:
        raise ValidationError(_("This edition does not wait to be taken into use."), code="state")
