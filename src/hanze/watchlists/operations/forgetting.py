"""What the screening forgets: everything that names an erased person, and looks that found nothing after a while."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone

from hanze.accounts.models import User
from hanze.audit.log import record
from hanze.audit.personal import ERASED
from hanze.register.models import Organisation, Person
from hanze.watchlists.models import Finding, Look, Run, Subject, Verdict


@transaction.atomic
def forget(person: Person, *, by: User | None) -> None:
    """Leave no name of a person who is being erased in the screening; call it while her record still has her names.

    That something was found and decided, when, by whom and on which entry of which list stays. She is screened no more.
    A name as written with a request counts as hers when it is one of her names. Asks for no permission: that is for
    the erasing.
    """
    names = {" ".join(name.split()).casefold() for name in (person.name, person.native_name)} - {""}
    written = Subject.objects.exclude(name_text="").only("pk", "name_text")
    hers = [each.pk for each in written.iterator() if each.name_text.casefold() in names]
    subjects = Subject.objects.filter(Q(person=person) | Q(pk__in=hers))
    findings = Finding.objects.filter(subject__in=subjects)
    Look.objects.filter(subject__in=subjects).delete()
    Verdict.objects.filter(finding__in=findings).update(party={}, reason=ERASED, second_reason="")
    findings.update(explanation={}, reopened_because=[])
    now = timezone.now()
    for subject in subjects:
        subject.name_text = f"{ERASED} {subject.pk}" if subject.name_text else ""
        subject.fingerprint, subject.forgotten_at = "", now
        subject.save(update_fields=["name_text", "fingerprint", "forgotten_at"])


@transaction.atomic
def remove_old_looks(*, by: User | None) -> int:
    """Remove what was kept of looks that found nothing and are past their term (`HANZE_SCREENING_KEEP_DAYS`); how many
    looks went.

    A look stays while its party has a finding (it is the proof of what was compared), and the last one of each party
    always does: it says on which editions the party is clear. A screening of which no look is left goes too.
    """
    until = timezone.now() - timedelta(days=settings.SCREENING_KEEP_DAYS)
    last = Look.objects.values("subject").annotate(last=Max("pk")).values("last")
    old = Look.objects.filter(run__started_at__lt=until).exclude(pk__in=last)
    old = old.exclude(Exists(Finding.objects.filter(subject=OuterRef("subject"))))
    removed = old.order_by().delete()[0]
    runs = Run.objects.filter(started_at__lt=until, looks=None).exclude(ended_at=None)
    newest = runs.first()
    if newest is not None:
        record("screening.removed", by=by, subject=newest, looks=removed, runs=runs.count())
        runs.delete()
    return removed


@transaction.atomic
def leave(parties: Sequence[Organisation | Person]) -> None:
    """Screen parties of one kind no more whose records are about to go, because they were never meant to be there; what
    looks at them saw goes along. A party about which something was found stays under screening, and so its record
    cannot go."""
    field = "organisation__in" if isinstance(parties[0], Organisation) else "person__in"
    subjects = Subject.objects.filter(**{field: parties})
    found = Finding.objects.filter(subject__in=subjects).values("subject")
    merged = Subject.objects.filter(merged_into__in=subjects).values("merged_into")
    free = list(subjects.exclude(pk__in=found).exclude(pk__in=merged).values_list("pk", flat=True))
    Look.objects.filter(subject__in=free).delete()
    Subject.objects.filter(pk__in=free).delete()
