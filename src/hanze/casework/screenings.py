"""Where a participant stands in the screening: what the lists gave together with what people found elsewhere.

The heavier of the two counts, so that a clean list never covers up what somebody found, nor the reverse.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from hanze.accounts.models import User
from hanze.casework.models import Request, RequestParticipant
from hanze.casework.states import facts_changed
from hanze.watchlists.models import Finding, Run, Subject
from hanze.watchlists.operations import screen, subject_of
from hanze.watchlists.people import Cases

Screening = RequestParticipant.Screening

LIGHT_TO_HEAVY: tuple[str, ...] = (
    Screening.NOT_DONE,
    Screening.CLEAR,
    Screening.RESOLVED,
    Screening.OPEN_FINDING,
    Screening.CONFIRMED,
)
ON_LISTS: dict[str, str] = {
    Subject.State.NOT_SCREENED: Screening.NOT_DONE,
    Subject.State.CLEAR: Screening.CLEAR,
    Subject.State.RESOLVED: Screening.RESOLVED,
    Subject.State.OPEN: Screening.OPEN_FINDING,
    Subject.State.CONFIRMED: Screening.CONFIRMED,
}


def screen_participants(participants: Iterable[RequestParticipant]) -> None:
    """Hold participants against the lists in force; without a list they stay as they are."""
    screen([each for one in participants for each in _new_subjects(one)], by=None, why=Run.Why.PARTICIPANT)


def subjects_of(participants: Iterable[RequestParticipant]) -> dict[int, list[Subject]]:
    """The parties under screening behind each participant, by the participant's key; in two queries."""
    people = list(participants)
    organisations = {each.organisation_id for each in people if each.organisation_id}
    persons = {each.person_id for each in people if each.person_id}
    names = {_written(each) for each in people if _written(each)}
    subjects = Subject.objects.filter(
        Q(organisation_id__in=organisations) | Q(person_id__in=persons) | Q(name_text__in=names)
    ).select_related("organisation", "person")
    found: dict[int, list[Subject]] = {each.pk: [] for each in people}
    for subject in subjects:
        for each in people:
            if _is(each, subject):
                found[each.pk].append(subject)
    return found


def standing(participant: RequestParticipant, subjects: Iterable[Subject]) -> str:
    """How a participant stands, of `RequestParticipant.Screening`: the heaviest of the lists and of other sources."""
    stands = [participant.screening, *(ON_LISTS[subject.state] for subject in subjects)]
    return max(stands, key=LIGHT_TO_HEAVY.index)


def standings(participants: Iterable[RequestParticipant]) -> dict[int, str]:
    """How each participant stands, by its key."""
    people = list(participants)
    subjects = subjects_of(people)
    return {each.pk: standing(each, subjects[each.pk]) for each in people}


def participants_who_are(subjects: Iterable[Subject]) -> QuerySet[RequestParticipant]:
    """The participants of requests behind which one of these parties stands."""
    return RequestParticipant.objects.filter(is_one_of(Subject.objects.filter(pk__in=[each.pk for each in subjects])))


def is_one_of(subjects: QuerySet[Subject]) -> Q:
    """The condition under which one of these parties stands behind a participant of a request."""
    names = subjects.exclude(name_text="").values("name_text")
    return (
        Q(organisation__in=subjects.exclude(organisation=None).values("organisation"))
        | Q(person__in=subjects.exclude(person=None).values("person"))
        | Q(name_text__in=names, organisation=None, person=None)
    )


def people_on(subject: Subject) -> list[User]:
    """Who works on the open requests in which the subject would take part."""
    requests = Request.objects.open().filter(participants__in=participants_who_are([subject]))
    return list(
        User.objects.filter(is_active=True)
        .filter(
            Q(requests_responsible__in=requests)
            | Q(pk__in=Request.team.through.objects.filter(request__in=requests).values("user"))
        )
        .distinct()
    )


def worked_on_by(reader: User) -> Q:
    """The condition under which a subject would take part in an open request that `reader` works on."""
    on_it = Exists(Request.team.through.objects.filter(user=reader.pk, request=OuterRef("pk")))
    mine = Request.objects.open().filter(Q(responsible=reader.pk) | Q(on_it), pk=OuterRef("request_id"))
    rows = RequestParticipant.objects.filter(Exists(mine))
    return (
        Q(Exists(rows.filter(organisation=OuterRef("organisation_id"))))
        | Q(Exists(rows.filter(person=OuterRef("person_id"))))
        | Q(Exists(rows.filter(name_text=OuterRef("name_text"), organisation=None, person=None)))
    )


def name_is_hidden(reader: User) -> Q:
    """The condition under which the name of a subject stands only with requests that `reader` may not see."""
    written = RequestParticipant.objects.filter(name_text=OuterRef("name_text"), organisation=None, person=None)
    seen = Request.objects.visible_to(reader).filter(pk=OuterRef("request_id"))
    return Q(Exists(written)) & ~Q(Exists(written.filter(Exists(seen))))


CASES = Cases(people_on, worked_on_by, name_is_hidden)


def on_screened(sender: type[Subject], subjects: Iterable[Subject], by: User | None, **_: object) -> None:
    """Take the advised requests of these parties back into assessment: the screening says something else now."""
    advised = Request.objects.filter(state=Request.State.ADVISED, participants__in=participants_who_are(subjects))
    for request in advised.distinct():
        facts_changed(request, by=by)


def cases_of(finding: Finding, reader: User) -> dict[str, object]:
    """For the page of a finding: the requests in which its party would take part, as far as `reader` sees them."""
    cases = Request.objects.visible_to(reader).filter(participants__in=participants_who_are([finding.subject]))
    return {"cases": cases.distinct(), "may_escalate": reader.has_perm("casework.add_contact")}


def _new_subjects(participant: RequestParticipant) -> list[Subject]:
    parties = [each for each in (participant.organisation, participant.person) if each is not None]
    return [subject_of(each) for each in parties or [participant.name_text]]


def _written(participant: RequestParticipant) -> str:
    linked = participant.organisation_id or participant.person_id
    return "" if linked else " ".join(participant.name_text.split())


def _is(participant: RequestParticipant, subject: Subject) -> bool:
    if subject.organisation_id:
        return subject.organisation_id == participant.organisation_id
    if subject.person_id:
        return subject.person_id == participant.person_id
    return subject.name_text == _written(participant)
