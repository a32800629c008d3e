"""Something to do today: invented requests and activities around the day of loading, so that a newcomer can start."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hanze.audit.log import history_of
from hanze.casework import operations as casework
from hanze.casework.models import Receipt, Request
from hanze.demo.cases import moment, plan, receive, weigh
from hanze.demo.facts import Known, read
from hanze.evaluation import operations as evaluation
from hanze.missions import operations as missions
from hanze.register import operations as register

INVENTED = {"provenance": "invented"}


def load(known: Known, today: date) -> None:
    """Load `present.yaml`; a value such as `+12` or `-3` (with key ending in `_day`) is a day from `today`."""
    files = read("present")
    evaluation.record_year(today.year, by=None, note=files["year_note"], **INVENTED)
    for case in files["cases"]:
        _load_case(_dated(case, today), known, today)
    for agreement in files["agreements"]:
        register.create_agreement(
            by=known.people["coordinator"], **known.fields({**_dated(agreement, today), **INVENTED})
        )


def _load_case(case: dict[str, Any], known: Known, today: date) -> None:
    case["request"] = {**case["request"], **INVENTED}
    request = receive(case, known)
    reached = case["reached"]
    if reached == "received":
        return
    decided = case.get("decision", {}).get("decided_on", today)
    weigh(request, case.get("answers", {}), decided, known, present=reached != "in-assessment")
    if reached in {"in-assessment", "advised"}:
        return
    receipt = request.receipts.first()
    assert receipt is not None
    with history_of(moment(decided)):
        _decide_and_plan(case, request, receipt, decided, known)


def _decide_and_plan(case: dict[str, Any], request: Request, receipt: Receipt, decided: date, known: Known) -> None:
    decision = {name: value for name, value in case["decision"].items() if name not in {"decided_on", "by"}}
    casework.decide(
        request,
        by=known.people[case["decision"]["by"]],
        decided_on=decided,
        **{"outcome": receipt.outcome, **decision},
    )
    if "activity" in case:
        _plan(case["activity"], request, known)


def _plan(given: dict[str, Any], request: Request, known: Known) -> None:
    done = given.pop("done", {})
    activity = plan({**given, **INVENTED}, request, known)
    missions.confirm_activity(activity, by=activity.responsible)
    for measure in activity.measures.filter(code__in=done):
        limit = done[measure.code].get("count")
        if limit is None or limit > 0:
            missions.settle_measure(measure, by=activity.responsible, evidence=done[measure.code]["evidence"])
            if limit is not None:
                done[measure.code]["count"] = limit - 1


def _dated(given: Any, today: date) -> Any:
    """The same data with every `…_day: n` replaced by the field without `_day` and the date n days from today."""
    if isinstance(given, list):
        return [_dated(each, today) for each in given]
    if not isinstance(given, dict):
        return given
    return {
        name.removesuffix("_day") if name.endswith("_day") else name: (
            today + timedelta(days=value) if name.endswith("_day") else _dated(value, today)
        )
        for name, value in given.items()
    }
