"""Real editions of real lists, through the product: handed in, looked at, brought into force, findings re-opened."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hanze.casework import operations as casework
from hanze.watchlists import operations as ops
from hanze.watchlists.models import Edition, Finding, ListedEntry, Run, Subject
from tests import factories
from tests.watchlists import making

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "screening"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not SHARED.exists(), reason="the real editions are not beside this checkout (../shared/data)"),
]


def ofac(year: int) -> SimpleUploadedFile:
    """The three files of an edition as one zip, as the publisher's page says to hand them in."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("sdn.csv", "alt.csv", "add.csv"):
            archive.write(SHARED / f"ofac-{year}" / name, name)
    return SimpleUploadedFile(f"ofac-{year}.zip", packed.getvalue())


def un(month: str) -> SimpleUploadedFile:
    name = f"un_consolidated_{month}.xml"
    return SimpleUploadedFile(name, (SHARED / "un" / name).read_bytes())


def read(watchlist, upload) -> Edition:
    edition = ops.read_received(ops.receive_edition(watchlist, upload, by=None))
    assert edition.problem == ""
    return edition


def everybody() -> Run:
    run = ops.screen(Subject.objects.all(), by=None, why=Run.Why.LIST_CHANGED)
    assert run is not None
    return run


def participant(name: str, kind: str = "organisation") -> Subject:
    party = factories.person(name=name) if kind == "person" else factories.organisation(name=name)
    casework.add_participant(factories.request(), by=None, **{kind: party})
    return ops.subject_of(party)


def changed_and_new(watchlist, edition: Edition) -> tuple[ListedEntry, dict[str, str]]:
    """An entry in force whose name the new edition changes, and one that only the new edition has."""
    changed = {
        each["id"] for each in edition.preview["changed"] if "names" in {one["field"] for one in each["changes"]}
    }
    entry = watchlist.listed.filter(entry_id__in=changed, content__kind="organisation").first()
    entry = entry or watchlist.listed.filter(entry_id__in=changed).first()
    return entry, edition.preview["added"][0]


def walk(watchlist, older: SimpleUploadedFile, newer: SimpleUploadedFile) -> tuple[Edition, Subject, Subject]:
    """From one edition in force to the next, with a party that the old one names and one that only the new one has.

    Returns the newer edition, looked at with both parties known and the first decided, and the two parties.
    """
    ops.bring_into_force(read(watchlist, older), by=None)
    looked_at = read(watchlist, newer)
    entry, new = changed_and_new(watchlist, looked_at)
    ops.discard(looked_at, by=None)
    known = participant(entry.name, "person" if entry.content["kind"] == "person" else "organisation")
    finding = known.findings.get(entry=entry)
    ops.decide(finding, by=None, answer="not-the-same", reason="Another one, says the register")
    unknown = participant(new["name"], "person" if new["kind"] == "person" else "organisation")
    assert not unknown.findings.filter(entry__entry_id=new["id"]).exists()
    newer.seek(0)
    return read(watchlist, newer), known, unknown


@pytest.mark.parametrize(
    ("publisher", "entries", "counts"),
    [
        ("ofac", (7000, 7000), {"added": 1000, "changed": 300, "removed": 200}),
        ("un", (700, 700), {"added": 5, "changed": 5, "removed": 1}),
    ],
)
def test_a_real_update_is_previewed_comes_into_force_and_opens_findings_again(publisher, entries, counts):
    watchlist = making.watchlist(publisher, publisher=publisher)
    older, newer = (ofac(2019), ofac(2021)) if publisher == "ofac" else (un("2025-04"), un("2026-02"))
    started = time.monotonic()

    edition, known, unknown = walk(watchlist, older, newer)

    first = watchlist.edition
    assert first.entries > entries[0]
    assert edition.entries > entries[1]
    for what, least in counts.items():
        assert edition.preview["counts"][what] >= least, edition.preview["counts"]
    touched = {each["subject"] for each in edition.preview["touched"]}
    assert {known.pk, unknown.pk} <= touched

    ops.bring_into_force(edition, by=None)
    run = everybody()

    assert ListedEntry.objects.in_force().count() == edition.entries
    assert run.screened == 2
    again = Finding.objects.get(subject=known, entry__in=[each.entry for each in known.findings.exclude(verdicts=None)])
    assert again.state == Finding.State.OPEN
    assert again.reopened_because
    unknown.refresh_from_db()
    assert unknown.state == Subject.State.OPEN
    took = time.monotonic() - started
    print(f"{publisher}: {first.entries} → {edition.entries}, {edition.preview['counts']}, {took:.1f} s")


def test_the_participants_of_the_demo_year_are_on_no_list_of_the_united_nations():
    from hanze.demo.loading import load

    load(lambda said: None)
    watchlist = making.watchlist("un", publisher="un")
    ops.bring_into_force(read(watchlist, un("2026-02")), by=None)

    run = everybody()

    findings = Finding.objects.filter(entry__watchlist=watchlist)
    assert run.screened == Subject.objects.count() > 50
    assert [str(each) for each in findings.filter(strength="hit")] == []
    print([(str(each), each.score) for each in findings])
