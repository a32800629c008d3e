"""The second case: an initiative from its conditions and the import of its farms to the conclusion and a first plan."""

from __future__ import annotations

from typing import Any

from django.core.files import File

from hanze.accounts.models import User
from hanze.areas import operations
from hanze.areas.models import Indicator, Initiative, WillingParty
from hanze.areas.planning.assumptions import Assumptions
from hanze.demo.facts import Known, area_path, read_areas

INVENTED = {"provenance": "invented"}


def load(known: Known) -> Initiative:
    """Everything of the case, done by the people who would do it."""
    given = read_areas()
    by = known.people["officer"]
    initiative = operations.create_initiative(
        by=by, responsible=by, source_document=given["document"], **given["initiative"]
    )
    _conditions(initiative, given, by)
    for each in given["lists"]:
        _list(initiative, each["kind"], each["file"], by)
    _criteria(initiative, given, by)
    concluded = given["conclusion"]
    area = initiative.areas.get(code=concluded.pop("area"))
    operations.conclude(initiative, by=known.people["coordinator"], area=area, **concluded)
    asked = given["plan"]
    assumptions = Assumptions.of(asked.pop("assumptions"))
    plan = operations.make_plan(operations.ask_plan(initiative, by=by, assumptions=assumptions, **asked))
    _parties(initiative, given, by)
    on_the_table = {"plan": plan, "conclusion": initiative.conclusions.first()}
    operations.plan_meeting(initiative, by=by, **given["meeting"], **on_the_table, **INVENTED)
    return initiative


def _parties(initiative: Initiative, given: dict[str, Any], by: User) -> None:
    """Farms of the list by their place in it, and others; with what two of them want of each other."""
    farms = list(initiative.farms.order_by("code"))
    made: list[WillingParty] = []
    for each in given["parties"]:
        place = each.pop("farm", None)
        of_farm = {"farm": farms[place], "name": farms[place].name} if place is not None else {}
        fields = each | of_farm | INVENTED | {"since": given["meeting"]["on"]}
        made.append(operations.add_party(initiative, by=by, **fields))
    for each in given["wishes"]:
        one, other = (made[place] for place in each.pop("between"))
        operations.add_wish(initiative, by=by, one=one, other=other, **each)


def _stated(given: dict[str, Any], section: str) -> dict[str, str]:
    return {"provenance": "stated", "source_document": given["document"], "source_section": given[section]}


def _conditions(initiative: Initiative, given: dict[str, Any], by: User) -> None:
    made = [
        operations.add_condition(initiative, by=by, label=each["label"], added=added, **_stated(given, section))
        for name, section, added in (("conditions", "conditions_section", False), ("added", "added_section", True))
        for each in given[name]
    ]
    for each in given["advisers"]:
        points = each.pop("points")
        adviser = operations.add_adviser(initiative, by=by, **each)
        operations.cast_votes(adviser, by=by, points={one.pk: point for one, point in zip(made, points, strict=True)})


def _list(initiative: Initiative, kind: str, name: str, by: User) -> None:
    with area_path(name).open("rb") as opened:
        handed = operations.receive(initiative, by=by, kind=kind, file=File(opened, name=name), **INVENTED)
    operations.bring_in(operations.start_bringing_in(operations.look(handed), by=by))


def _criteria(initiative: Initiative, given: dict[str, Any], by: User) -> None:
    areas = {area.code: area for area in initiative.areas.all()}
    values: dict[str, dict[int, dict[str, Any]]] = {code: {} for code in areas}
    for each in given["criteria"]:
        weights = dict(zip(("weight_low", "weight_mode", "weight_high"), each["weight"], strict=True))
        stated = _stated(given, "criteria_section")
        criterion = operations.add_criterion(initiative, by=by, label=each["label"], **weights, **stated)
        for code in areas:
            numbers = dict(zip(("low", "mode", "high"), each[code], strict=True))
            values[code][criterion.pk] = numbers | {"status": Indicator.Status.INVENTED}
    for code, area in areas.items():
        operations.record_indicators(area, by=by, values=values[code])
