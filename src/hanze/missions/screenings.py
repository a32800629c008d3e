"""Who takes part in an activity is held against the lists."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from hanze.accounts.models import User
from hanze.missions.models import Activity, Participation
from hanze.watchlists.models import Finding, Run, Subject
from hanze.watchlists.operations import screen, subject_of
from hanze.watchlists.people import Cases
from hanze.watchlists.queries import Standing, standings
from hanze.watchlists.reading import seen

UNDER_WAY = (Activity.State.PLANNED, Activity.State.CONFIRMED, Activity.State.HELD)


def screen_participation(participation: Participation) -> None:
    """Hold a party of an activity against the lists in force; without a list it stays as it is."""
    parties = [each for each in (participation.organisation, participation.person) if each is not None]
    screen([subject_of(each) for each in parties], by=None, why=Run.Why.PARTICIPANT)


def standings_by_party(participations: Iterable[Participation], reader: User) -> dict[int, list[Standing]]:
    """Where the organisation and the person of each participation stand, by its key; it is logged what `reader` saw."""
    rows = list(participations)
    subjects = Subject.objects.filter(
        Q(organisation__in=[each.organisation_id for each in rows if each.organisation_id])
        | Q(person__in=[each.person_id for each in rows if each.person_id])
    )
    found = standings(subjects, reader)
    seen(reader, (finding for each in found.values() for finding in each.findings))
    return {row.pk: [each for each in found.values() if _is(row, each.subject)] for row in rows}


def people_on(subject: Subject) -> list[User]:
    """Who works on the activities that are still to come or to be reported on, in which the subject takes part."""
    activities = Activity.objects.filter(state__in=UNDER_WAY).filter(_takes_part(subject))
    team = Activity.team.through.objects.filter(activity__in=activities.values("pk")).values("user")
    responsible = activities.exclude(responsible=None).values("responsible")
    return list(User.objects.filter(is_active=True).filter(Q(pk__in=responsible) | Q(pk__in=team)))


def worked_on_by(reader: User) -> Q:
    """The condition under which a subject takes part in such an activity of `reader`."""
    on_it = Exists(Activity.team.through.objects.filter(user=reader.pk, activity=OuterRef("pk")))
    mine = Activity.objects.filter(Q(responsible=reader.pk) | Q(on_it), pk=OuterRef("activity_id"), state__in=UNDER_WAY)
    rows = Participation.objects.filter(Exists(mine))
    return Q(Exists(rows.filter(organisation=OuterRef("organisation_id")))) | Q(
        Exists(rows.filter(person=OuterRef("person_id")))
    )


CASES = Cases(people_on, worked_on_by)


def activities_of(finding: Finding, reader: User) -> dict[str, object]:
    """For the page of a finding: the activities in which its party takes part, as far as `reader` sees them."""
    return {"activities": Activity.objects.visible_to(reader).filter(_takes_part(finding.subject)).distinct()}


def _takes_part(subject: Subject) -> Q:
    if subject.organisation_id:
        return Q(participations__organisation=subject.organisation_id)
    return Q(participations__person=subject.person_id) if subject.person_id else Q(pk__in=[])


def _is(row: Participation, subject: Subject) -> bool:
    if subject.organisation_id:
        return subject.organisation_id == row.organisation_id
    return subject.person_id is not None and subject.person_id == row.person_id
