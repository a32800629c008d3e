"""The demo's cases: a request is received, screened, weighed, decided, carried out and closed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from hanze.audit.log import history_of
from hanze.casework import operations as casework
from hanze.casework.advice import advise
from hanze.casework.models import Request, RequestParticipant
from hanze.demo.facts import Known, read, sourced
from hanze.missions import operations as missions
from hanze.missions.models import Activity, Measure, Participation

OFFICE_HOUR = time(10, 30)
SCREENED_AFTER = timedelta(days=7)
REPORTED_AFTER = timedelta(days=14)


def load(known: Known) -> None:
    """Load `cases.yaml`: the requests and activities of the year."""
    files = read("cases")
    for case in files["cases"]:
        load_case(case, known, files["evidence"])
    shared = files["other_countries"]
    for activity in shared["activities"]:
        load_case(_other_country(activity, shared), known, files["evidence"])
    _exploratory_talks(files["exploratory_talks"], known)


def load_case(case: dict[str, Any], known: Known, evidence: dict[str, str]) -> Request:
    """One case from its request to the activity that came of it."""
    request = receive(case, known)
    if "decision" in case:
        weigh(request, case.get("answers", {}), case["decision"]["decided_on"], known)
        _decide(request, case["decision"], known)
    if "activity" in case:
        carry_out(case["activity"], request, known, evidence)
    if "decision" in case:
        with history_of(moment(_closing_day(case))):
            casework.close_request(request, by=request.responsible, on=_closing_day(case))
    return request


def receive(case: dict[str, Any], known: Known) -> Request:
    """The request with its participants, what their screening found, and the contact moments about it."""
    given = case["request"]
    fields = known.fields(given)
    by = fields.get("responsible") or known.people["coordinator"]
    with history_of(moment(given["received_on"])):
        request = casework.receive_request(by=by, **fields)
        made = [_participant(request, participant, known) for participant in case.get("participants", [])]
    with history_of(moment(given["received_on"] + SCREENED_AFTER)):
        for participant, found in zip(made, case.get("participants", []), strict=True):
            _screen(participant, found)
    for contact in case.get("contacts", []):
        with history_of(moment(contact["held_on"])):
            casework.record_contact(by=by, request=request, **known.fields(contact))
    return request


def _participant(request: Request, given: dict[str, Any], known: Known) -> RequestParticipant:
    fields = known.fields({name: value for name, value in given.items() if name not in {"screening", "note"}})
    return casework.add_participant(request, by=request.responsible, **fields)


def _screen(participant: RequestParticipant, given: dict[str, Any]) -> None:
    """What the screening found, if it was done; a finding is open before it is settled."""
    steps = {"resolved": ("open-finding", "resolved"), "confirmed": ("open-finding", "confirmed")}
    request = participant.request
    for screening in steps.get(given.get("screening", ""), (given.get("screening"),)):
        if screening:
            casework.set_screening(
                participant,
                by=request.responsible,
                screening=screening,
                note=given.get("note", ""),
                on=request.received_on + SCREENED_AFTER,
            )


def weigh(request: Request, answers: dict[str, Any], decided_on: date, known: Known, present: bool = True) -> None:
    """Answer what the framework asks and the records do not tell, and present the advice."""
    by, at = request.responsible, moment(decided_on - timedelta(days=3))
    casework.start_assessment(request, by=by, at=at)
    for fact, value in answers.items():
        weighing = advise(request, at.date())
        if weighing is None:
            raise LookupError(f"No framework applies to {request}.")
        if fact in weighing.facts and weighing.facts[fact].value is None:
            casework.answer_fact(request, fact, value, by=by, at=at)
    if present:
        casework.present(request, by=by, at=at)


def _decide(request: Request, given: dict[str, Any], known: Known) -> None:
    receipt = request.receipts.first()
    assert receipt is not None
    with history_of(moment(given["decided_on"])):
        casework.decide(
            request,
            by=known.people[given["by"]],
            outcome=given.get("outcome", receipt.outcome),
            motivation=given.get("motivation", ""),
            ground=given.get("ground", ""),
            referred_to=given.get("referred_to", ""),
            decided_on=given["decided_on"],
        )


def carry_out(given: dict[str, Any], request: Request | None, known: Known, evidence: dict[str, str]) -> Activity:
    """An activity that was held: who took part, what was raised, signed and done about the measures."""
    with history_of(moment(given["starts_on"] - timedelta(days=21))):
        activity = plan(given, request, known)
        missions.confirm_activity(activity, by=activity.responsible)
    with history_of(moment(given["ends_on"])):
        missions.hold_activity(activity, by=activity.responsible)
        for key in given.get("agreements", []):
            missions.add_agreement(activity, by=activity.responsible, agreement=known.agreements[key])
    settle(activity, {**evidence, **given.get("evidence", {})}, given.get("waive", {}), known)
    with history_of(moment(given["ends_on"] + REPORTED_AFTER)):
        if given.get("public_report"):
            texts = {"text": given["public_report"], "text_en": given.get("public_report_en", "")}
            missions.publish_report(activity, by=known.people["communications"], **texts)
        missions.close_activity(activity, by=activity.responsible)
    return activity


ACTIVITY_PARTS = frozenset(
    {
        "places",
        "attended",
        "attended_provenance",
        "stated",
        "withdrew",
        "organisers",
        "topics",
        "programme",
        "evidence",
        "waive",
        "agreements",
        "costs",
        "public_report",
        "public_report_en",
    }
)


def plan(given: dict[str, Any], request: Request | None, known: Known) -> Activity:
    """The activity with places, parties, topics, programme and costs."""
    fields = known.fields({name: value for name, value in given.items() if name not in ACTIVITY_PARTS})
    by = fields.get("responsible") or known.people["coordinator"]
    places = [known.fields(place) for place in given.get("places", [])]
    activity = missions.plan_activity(by=by, request=request, places=places, **fields)
    _parties(activity, given, known)
    for topic in given.get("topics", []):
        provenance = {
            "provenance": "stated",
            "source_document": sourced({**topic, "provenance": "stated"})["source_document"],
        }
        missions.raise_topic(activity, by=by, **{**provenance, **topic})
    for item in given.get("programme", []):
        missions.add_programme_item(activity, by=by, **item)
    for cost in given.get("costs", []):
        missions.add_cost(activity, by=by, **cost)
    return activity


def _parties(activity: Activity, given: dict[str, Any], known: Known) -> None:
    by = activity.responsible
    note = given.get("attended_provenance", {})
    for key in given.get("attended", []):
        source = {"provenance": "stated"} if key in given.get("stated", []) else note
        missions.add_participation(
            activity, by=by, organisation=known.organisations[key], **{**source, **sourced(source)}
        )
    for key in given.get("organisers", []):
        missions.add_participation(
            activity, by=by, organisation=known.organisations[key], role=Participation.Role.ORGANISER
        )
    for withdrawal in given.get("withdrew", []):
        source = {name: withdrawal[name] for name in ("provenance", "source_section") if name in withdrawal}
        made = missions.add_participation(
            activity, by=by, organisation=known.organisations[withdrawal["organisation"]], **source, **sourced(source)
        )
        missions.withdraw_participation(made, by=by, on=withdrawal["withdrew_on"], because=withdrawal["because"])


def settle(activity: Activity, evidence: dict[str, str], waive: dict[str, str], known: Known) -> None:
    """Settle every open measure with its evidence, or waive it with its reason."""
    days = {
        Measure.Moment.BEFORE: activity.starts_on - timedelta(days=5),
        Measure.Moment.DURING: activity.ends_on,
        Measure.Moment.AFTER: activity.ends_on + REPORTED_AFTER,
    }
    for measure in activity.measures.filter(state=Measure.State.OPEN):
        day = days[Measure.Moment(measure.moment)]
        with history_of(moment(day)):
            if measure.code in waive:
                missions.waive_measure(measure, by=known.people["coordinator"], because=waive[measure.code], on=day)
            else:
                missions.settle_measure(measure, by=activity.responsible, evidence=evidence[measure.code], on=day)


def _other_country(given: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    """A whole case from one line: a request, weighed by the framework of its day, and the activity."""
    kinds = {"incoming-delegation": Request.Kind.INCOMING_VISIT, "event": Request.Kind.EVENT, "talk": Request.Kind.TALK}
    received = given["starts_on"] - timedelta(days=30)
    both = {name: given[name] for name in ("title", "title_en", "country", "sector", "provenance")}
    both |= {name: shared[name] for name in ("source_section", "goals", "responsible")}
    return {
        "request": {
            **both,
            "kind": kinds[given["kind"]],
            "channel": Request.Channel.MAIL,
            "asked_by": given["asked_by"],
            "demand_from": shared["demand_from"],
            "received_on": received,
            "due_on": received + timedelta(days=28),
        },
        "participants": [{"organisation": given["asked_by"], "role": "delegate", "screening": "clear"}],
        "answers": shared["answers"],
        "decision": {"by": shared["decided_by"], "decided_on": received + timedelta(days=14)},
        "activity": {
            **both,
            "kind": given["kind"],
            "starts_on": given["starts_on"],
            "ends_on": given["starts_on"],
            "partners": [given["asked_by"]],
            "classification": "public",
        },
    }


def _exploratory_talks(given: dict[str, Any], known: Known) -> None:
    count, title, title_en = given.pop("count"), given.pop("title"), given.pop("title_en")
    by = known.people["coordinator"]
    for number in range(1, count + 1):
        titles = {"title": title.format(number=number), "title_en": title_en.format(number=number)}
        fields = {"kind": Activity.Kind.TALK, "is_exploratory": True, **titles, **known.fields(given)}
        with history_of(moment(given["ends_on"])):
            talk = missions.plan_activity(by=by, **fields)
            for step in (missions.confirm_activity, missions.hold_activity, missions.close_activity):
                step(talk, by=by)


def _closing_day(case: dict[str, Any]) -> date:
    activity = case.get("activity")
    return activity["ends_on"] + timedelta(days=30) if activity else case["decision"]["decided_on"] + REPORTED_AFTER


def moment(day: date) -> datetime:
    """Half past ten on that day, in the organisation's own time."""
    return timezone.make_aware(datetime.combine(day, OFFICE_HOUR))
