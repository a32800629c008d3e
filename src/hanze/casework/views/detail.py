"""The page of a request: everything that is known of it, for this reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hanze.accounts.models import User
from hanze.audit.reading import read
from hanze.casework import queries, screenings
from hanze.casework.assessment import assessment_of
from hanze.casework.forms.requests import ParticipantForm, ScreeningForm
from hanze.casework.models import Request, RequestParticipant
from hanze.casework.progress import steps
from hanze.casework.sending import lines_as_sent
from hanze.casework.states import State, can_move
from hanze.casework.views.opening import is_inside, open_request, reader_of
from hanze.register.forms.documents import DocumentForm
from hanze.register.models import Organisation, Person
from hanze.register.panels import panels
from hanze.watchlists.queries import Standing
from hanze.watchlists.queries import standings as standings_of
from hanze.watchlists.reading import seen


@dataclass(frozen=True)
class ParticipantRow:
    """A participant as the reader may know it: without the names of records that are hidden from her."""

    participant: RequestParticipant
    organisation: Organisation | None
    person: Person | None
    form: ScreeningForm | None
    screening: str
    standings: list[Standing]

    @property
    def screening_label(self) -> str:
        return str(RequestParticipant.Screening(self.screening).label)

    def __str__(self) -> str:
        known = [str(each) for each in (self.person, self.organisation) if each]
        return ", ".join(known) or self.participant.name_text


def request_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the request stands, who and what it is about, what was done, and the advice beside it."""
    case = open_request(request, pk)
    read(request.user, case)
    return render(request, "casework/request/detail.html", page_of(request, case))


def page_of(request: HttpRequest, case: Request, **bound: forms.BaseForm) -> dict[str, Any]:
    """The context of the case page. `bound` forms with errors stand in for the empty ones, by their name."""
    reader = reader_of(request)
    may = _permissions(case, reader)
    people = list(case.participants.select_related("screened_by"))
    contacts = list(queries.contacts_about(case, reader))
    parties = [case.asked_by_id, case.on_behalf_of_id, *(each.organisation_id for each in [*people, *contacts])]
    organisations = _visible(Organisation.objects.all(), reader, parties)
    return {
        "case": case,
        "may": may,
        "steps": steps(case),
        "asked_by": organisations.get(case.asked_by_id),
        "on_behalf_of": organisations.get(case.on_behalf_of_id),
        "inside": is_inside(reader),
        "assessment": assessment_of(case, reader),
        "decision": getattr(case, "decision", None),
        "demand_from": Organisation.objects.visible_to(reader).filter(demands=case),
        "participants": participant_rows(case, reader, people, organisations, bound.get("screening_form")),
        "participant_form": bound.get("participant_form") or ParticipantForm(reader=reader),
        "documents": case.documents.select_related("uploaded_by"),
        "document_form": bound.get("document_form") or DocumentForm(),
        "contacts": [(each, organisations.get(each.organisation_id)) for each in contacts],
        "earlier": queries.earlier_requests(case, reader),
        "lines_as_sent": lines_as_sent(case) if is_inside(reader) else [],
        "panels": panels(request, case),
    }


def participant_rows(
    case: Request,
    reader: User,
    people: list[RequestParticipant],
    organisations: dict[int | None, Organisation],
    bound: Any = None,
) -> list[ParticipantRow]:
    """The participants with their screening. `organisations` are those that `reader` sees, by their key; `bound` is the
    one screening form that was sent with an error."""
    persons = _visible(Person.objects.all(), reader, [each.person_id for each in people])
    may_screen = _may_screen(case, reader)
    subjects = screenings.subjects_of(people)
    standings = standings_of([each for those in subjects.values() for each in those], reader)
    seen(reader, (finding for each in standings.values() for finding in each.findings))
    return [
        ParticipantRow(
            each,
            organisations.get(each.organisation_id),
            persons.get(each.person_id),
            _screening_form(each, bound) if may_screen else None,
            screenings.standing(each, subjects[each.pk]),
            [standings[subject.pk] for subject in subjects[each.pk]],
        )
        for each in people
    ]


def _permissions(case: Request, reader: User) -> dict[str, bool]:
    changes = reader.has_perm("casework.change_request", case)
    return {
        "change": changes and case.state not in (State.WITHDRAWN, State.CLOSED),
        "add": changes and case.is_open,
        "withdraw": can_move(case, State.WITHDRAWN) and reader.has_perm("casework.withdraw_request", case),
        "close": changes and can_move(case, State.CLOSED),
        "screen": _may_screen(case, reader),
        "contact": reader.has_perm("casework.add_contact") and changes,
    }


def _may_screen(case: Request, reader: User) -> bool:
    over = case.state in (State.WITHDRAWN, State.CLOSED)
    return not over and reader.has_perm("casework.screen_participant", case)


def _screening_form(participant: RequestParticipant, bound: Any) -> ScreeningForm:
    fresh = ScreeningForm(participant=participant)
    return bound if bound is not None and bound.prefix == fresh.prefix else fresh


def _visible(records: QuerySet[Any], reader: User, keys: list[Any]) -> dict[Any, Any]:
    """Those of the records with these keys that the reader sees, by their key."""
    wanted = {key for key in keys if key is not None}
    return records.visible_to(reader).in_bulk(wanted) if wanted else {}  # type: ignore[attr-defined]
