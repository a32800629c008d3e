"""That somebody was shown findings is logged, also where they stand in a list or in a case."""

from __future__ import annotations

from collections.abc import Iterable

from hanze.accounts.models import User
from hanze.audit.log import record
from hanze.watchlists.models import Edition, Finding, Run, Subject


def seen(reader: User, findings: Iterable[Finding]) -> None:
    """Log which findings a page showed to `reader`; nothing when it showed none. One finding by itself is logged as
    every confidential record is (`hanze.audit.reading`)."""
    keys = sorted({finding.pk for finding in findings})
    if keys:
        record("findings.seen", by=reader, subject=reader, findings=keys)


def seen_touched(reader: User, edition: Edition, subjects: Iterable[Subject]) -> None:
    """Log of which parties `reader` was told that an edition touches them; nothing when of none."""
    keys = sorted({subject.pk for subject in subjects})
    if keys:
        record("record.read", by=reader, subject=edition, parties=keys)


def seen_run(reader: User, run: Run) -> None:
    """Log that `reader` opened a screening."""
    record("record.read", by=reader, subject=run)
