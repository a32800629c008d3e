"""Activities in the API."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import F, Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from ninja import Status

from hanze.accounts.classification import hidden_among
from hanze.accounts.models import User
from hanze.casework.models import Request
from hanze.claims.api.changing import changed_shape, say
from hanze.claims.api.past import add_past
from hanze.claims.api.sources import from_application
from hanze.connections import scopes
from hanze.connections.api import resources
from hanze.connections.api.caller import caller_of
from hanze.connections.api.problems import ProblemError
from hanze.connections.api.resources import References, Resource
from hanze.connections.api.schemas import Question, Text, recorded
from hanze.connections.api.writing import attempt, change
from hanze.missions import operations
from hanze.missions.api.shapes import (
    ActivityAnswer,
    ActivityChange,
    ActivityFilters,
    ActivityNew,
    MeasureAnswer,
    ParticipationAnswer,
    ParticipationNew,
    PlaceAnswer,
)
from hanze.missions.models import Activity, Measure
from hanze.register.models import Agreement, Organisation, Person

# fmt: off
AS_KEPT = (
    "title", "title_en", "kind", "state", "is_exploratory", "framework", "framework_version", "starts_on",
    "ends_on", "date_precision", "sector", "aim", "aim_en", "results", "results_en", "cancelled_because",
    "publication", "public_report", "public_report_en", "updated_at",
)
OF_MEASURE = ("id", "code", "label_nl", "label_en", "moment", "due_on", "state", "settled_on")
# fmt: on


class Cancellation(Question):
    because: Text


def activity_rows(reader: User) -> QuerySet[Activity]:
    rows = Activity.objects.visible_to(reader).select_related("leader", "responsible")
    rows = rows.prefetch_related(
        Prefetch("partners", Organisation.objects.only("name")),
        Prefetch("agreements", Agreement.objects.only("title")),
        # Within one activity: an order by the activities themselves would look them all up again.
        Prefetch("measures", Measure.objects.order_by(F("due_on").asc(nulls_last=True), "pk")),
        *("goals", "themes", "places", "participations"),
    )
    return rows.order_by("-starts_on", "-pk")


def show_activities(rows: Sequence[Activity], reader: User) -> list[ActivityAnswer]:
    parts = [part for each in rows for part in each.participations.all()]
    organisations = {part.organisation_id for part in parts}
    organisations |= {party.pk for each in rows for party in each.partners.all()}
    organisations |= {measure.organisation_id for each in rows for measure in each.measures.all()}
    wanted: dict[Any, Any] = {
        Organisation: organisations,
        Person: {part.person_id for part in parts},
        Agreement: {signed.pk for each in rows for signed in each.agreements.all()},
        Request: {each.request_id for each in rows},
    }
    names = References(reader, wanted)
    return [_shown(each, names) for each in rows]


def _shown(each: Activity, names: References) -> ActivityAnswer:
    return ActivityAnswer(
        **recorded(each, ACTIVITIES.address(each.pk)),
        **{name: getattr(each, name) for name in AS_KEPT},
        request=names.of(Request, each.request_id),
        country_code=each.country_id,
        leader=str(each.leader) if each.leader else None,
        responsible=str(each.responsible) if each.responsible else None,
        partners=names.each(Organisation, [party.pk for party in each.partners.all()]),
        agreements=names.each(Agreement, [signed.pk for signed in each.agreements.all()]),
        goals=[goal.code for goal in each.goals.all()],
        themes=[theme.code for theme in each.themes.all()],
        places=[
            PlaceAnswer(
                country_code=place.country_id, region_code=place.region_id, city_id=place.city_id, venue=place.venue
            )
            for place in each.places.all()
        ],
        participants=[
            ParticipationAnswer(
                id=part.pk,
                role=part.role,
                state=part.state,
                organisation=names.of(Organisation, part.organisation_id),
                person=names.of(Person, part.person_id),
                withdrew_on=part.withdrew_on,
            )
            for part in each.participations.all()
        ],
        measures=[_measure(measure, names) for measure in each.measures.all()],
    )


def _measure(measure: Measure, names: References) -> MeasureAnswer:
    party = names.of(Organisation, measure.organisation_id)
    is_told = party is not None or measure.organisation_id is None
    return MeasureAnswer(
        **{name: getattr(measure, name) for name in OF_MEASURE},
        organisation=party,
        evidence=measure.evidence if is_told else None,
        waived_because=measure.waived_because if is_told else None,
    )


ACTIVITIES = Resource(
    "activities",
    _("Read activities"),
    Activity,
    ActivityAnswer,
    "missions.list_activities",
    activity_rows,
    show_activities,
    ActivityFilters,
    ("activity.", "participation.", "measure.", "programme-item."),
    ("title", "title_en"),
)
activities = resources.register(ACTIVITIES)
add_past(activities, ACTIVITIES)
scopes.register("write:activities", _("Plan and change activities"), "missions.add_activity")


@activities.post(
    "", response={201: ActivityAnswer}, operation_id="planActivity", summary=gettext_noop("Plan an activity")
)
def plan_activity(request: HttpRequest, body: ActivityNew) -> Status[Any]:
    """Plan an activity on its own, or from a request that was taken up, with the measures of its advice."""
    caller = caller_of(request)
    caller.needs("write:activities", "missions.add_activity")

    def carry_out() -> Activity:
        return operations.plan_activity(by=caller.reader, **from_application(body.fields(caller.reader), caller))

    made = attempt(body, carry_out)
    return Status(201, ACTIVITIES.answer(caller, made.pk))


@activities.patch(
    "/{id}",
    response=changed_shape(ACTIVITIES),
    operation_id="changeActivity",
    summary=gettext_noop("Change the fields that are sent"),
)
def change_activity(request: HttpRequest, id: int, body: ActivityChange) -> Any:
    """Change the fields that are sent; the others stay as they are. A fact on which another source says otherwise is
    not overwritten: both are kept until somebody decides, and `facts` says so. Partners
    that are hidden from you stay."""

    def fields(found: Activity, reader: User) -> dict[str, Any]:
        given = body.fields(reader)
        if body.seen is not None and given.pop("seen") != found.updated_at:
            raise ProblemError(409, gettext("Somebody else changed this record meanwhile. Get it again and compare."))
        if "partners" in given:
            given["partners"] += hidden_among(found.partners.all(), reader)
        return given

    return say(request, ACTIVITIES, id, body, fields)


@activities.post(
    "/{id}/participants",
    response={201: ActivityAnswer},
    operation_id="addActivityParticipant",
    summary=gettext_noop("Add a party"),
)
def add_participant(request: HttpRequest, id: int, body: ParticipationNew) -> Status[Any]:
    """Add a party, with the measures that come with it; it is held against the lists at once."""
    return moved(request, id, body, lambda found, by: operations.add_participation(found, by=by, **body.fields(by)))


@activities.post(
    "/{id}/confirmation",
    response={201: ActivityAnswer},
    operation_id="confirmActivity",
    summary=gettext_noop("Record that it takes place"),
)
def confirm(request: HttpRequest, id: int) -> Status[Any]:
    """Record that it is certain that it takes place."""
    return moved(request, id, Question(), lambda found, by: operations.confirm_activity(found, by=by))


@activities.post(
    "/{id}/holding",
    response={201: ActivityAnswer},
    operation_id="holdActivity",
    summary=gettext_noop("Record that it took place"),
)
def hold(request: HttpRequest, id: int) -> Status[Any]:
    """Record that it took place; who was registered took part."""
    return moved(request, id, Question(), lambda found, by: operations.hold_activity(found, by=by))


@activities.post(
    "/{id}/closing",
    response={201: ActivityAnswer},
    operation_id="closeActivity",
    summary=gettext_noop("Close it with its results"),
)
def close(request: HttpRequest, id: int) -> Status[Any]:
    """Close it: its results are known and nothing is open."""
    return moved(request, id, Question(), lambda found, by: operations.close_activity(found, by=by))


@activities.post(
    "/{id}/cancellation",
    response={201: ActivityAnswer},
    operation_id="cancelActivity",
    summary=gettext_noop("Record that it does not take place"),
)
def cancel(request: HttpRequest, id: int, body: Cancellation) -> Status[Any]:
    """Record that it does not take place, and why."""
    return moved(request, id, body, lambda found, by: operations.cancel_activity(found, by=by, because=body.because))


def moved(request: HttpRequest, pk: int, body: Question, carry_out: Callable[[Activity, User], Any]) -> Status[Any]:
    """The activity after an operation on it."""
    return Status(201, change(request, ACTIVITIES, pk, body, carry_out)[0])
