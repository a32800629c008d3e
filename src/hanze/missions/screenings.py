"""Who takes part in an activity is held against the lists."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from hanze.accounts.models import User
from hanze.missions.models import Activity, Participation
from hanze.watchlists.models import Finding, Run, Subject
from hanze.watchlists.operations import screen, subject_of
from hanze.watchlists.queries import Standing, standings


def screen_participation(participation: Participation) -> None:
    """Hold a party of an activity against the lists in force; without a list it stays as it is."""
    parties = [each for each in (participation.organisation, participation.person) if each is not None]
    screen([subject_of(each) for each in parties], by=None, why=Run.Why.PARTICIPANT)


def standings_by_party(participations: Iterable[Participation], reader: User) -> dict[int, list[Standing]]:
    """Where the organisation and the person of each participation stand, by its key."""
    rows = list(participations)
    subjects = Subject.objects.filter(
        Q(organisation__in=[each.organisation_id for each in rows if each.organisation_id])
        | Q(person__in=[each.person_id for each in rows if each.person_id])
    )
    found = standings(subjects, reader)
    return {row.pk: [each for each in found.values() if _is(row, each.subject)] for row in rows}


def activities_of(finding: Finding, reader: User) -> dict[str, object]:
    """For the page of a finding: the activities in which its party takes part, as far as `reader` sees them."""
    subject = finding.subject
    condition = Q(participations__organisation=subject.organisation_id) if subject.organisation_id else Q()
    condition |= Q(participations__person=subject.person_id) if subject.person_id else Q()
    none = Activity.objects.none()
    return {"activities": Activity.objects.visible_to(reader).filter(condition).distinct() if condition else none}


def _is(row: Participation, subject: Subject) -> bool:
    if subject.organisation_id:
        return subject.organisation_id == row.organisation_id
    return subject.person_id is not None and subject.person_id == row.person_id
