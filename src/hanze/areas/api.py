"""Initiatives in the API: their conditions, candidate areas and ranking, and the figures of plans with their rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Query, Router

from hanze.accounts.models import User
from hanze.areas import comparing, priorities, queries
from hanze.areas.models import Conclusion, Initiative, PlanRun
from hanze.areas.planning.figures import figures
from hanze.areas.planning.reading import Reading
from hanze.clusters.ranking.methods import Method
from hanze.connections.api import resources
from hanze.connections.api.caller import caller_of
from hanze.connections.api.problems import no_such_record
from hanze.connections.api.resources import Resource, checked, only_known
from hanze.connections.api.schemas import Answer, Moment, Question, Recorded, recorded
from hanze.reporting.json import to_plain


class InitiativeAnswer(Recorded):
    title: str
    aim: str
    farms: int
    parcels: int
    areas: int
    preferred_area: str | None


class ConditionAnswer(Answer):
    """A condition; without votes it has no place, share or choice."""

    label: str
    added_by_advisory_group: bool
    source: str
    place: int | None
    share: float | None
    chosen: bool | None


class ConditionsAnswer(Answer):
    count: int
    agreement: float | None
    results: list[ConditionAnswer]


class IndicatorAnswer(Answer):
    criterion: str
    unit: str
    low: float
    mode: float
    high: float
    source: str
    year: int | None
    status: str


class AreaAnswer(Answer):
    code: str
    name: str
    indicators: list[IndicatorAnswer]


class AreasAnswer(Answer):
    count: int
    results: list[AreaAnswer]


class PlacedAnswer(Answer):
    """An area with its place; `shares`: the share of draws (0 to 1) in which it takes each place, the first first."""

    code: str
    name: str
    place: int
    score: float
    shares: list[float]


class RankingAnswer(Answer):
    """Empty while something is not known yet: then the areas cannot be compared."""

    method: str
    draws: int
    seed: int
    results: list[PlacedAnswer]


class RankingQuestion(Question):
    method: Method = comparing.DEFAULT


class PlanAnswer(Answer):
    """A plan that was made, with what it needs to be made again."""

    id: int
    title: str
    made_at: Moment | None
    seed: int
    fingerprint: str
    software: dict[str, str]
    figures: str


class PlansAnswer(Answer):
    count: int
    results: list[PlanAnswer]


class PlanRowAnswer(Answer):
    type: str
    id: str
    label: str
    detail: str


class PlanFigureAnswer(Answer):
    """A figure of a plan with the rows behind it. A value that was not recorded is null, never 0."""

    key: str
    label: str
    value: int | float | str | None
    note: str
    rows: list[PlanRowAnswer]


class PlanFiguresAnswer(Answer):
    count: int
    results: list[PlanFigureAnswer]


def show_initiatives(rows: Sequence[Any], reader: User) -> list[InitiativeAnswer]:
    drawn = Conclusion.objects.filter(initiative__in=[each.pk for each in rows]).select_related("area")
    preferred = {each.initiative_id: each.area.name for each in drawn.order_by("at", "pk")}  # the latest stays
    return [
        InitiativeAnswer(
            **recorded(each, INITIATIVES.address(each.pk)),
            title=each.title,
            aim=each.aim,
            farms=each.farm_count,
            parcels=each.parcel_count,
            areas=each.area_count,
            preferred_area=preferred.get(each.pk),
        )
        for each in rows
    ]


INITIATIVES = Resource(
    "initiatives",
    _("Read initiatives: conditions, areas, rankings and plans"),
    Initiative,
    InitiativeAnswer,
    "areas.list_initiatives",
    lambda reader: queries.listed(reader).order_by("pk"),
    show_initiatives,
    events=(
        *("initiative.", "areas.", "condition.", "adviser.", "criterion.", "area.", "places.", "plan."),
        *("party.", "wish.", "meeting.", "follow-up."),
    ),
)
initiatives = resources.register(INITIATIVES)
ROUTERS: dict[str, Router] = {"initiatives": initiatives}


@initiatives.get(
    "/{id}/conditions",
    response=ConditionsAnswer,
    operation_id="listConditions",
    summary=gettext_noop("The conditions, the most important first"),
)
def list_conditions(request: HttpRequest, id: int) -> Any:
    """The conditions of an initiative as the advisory group weighs them."""
    initiative = _opened(request, id)
    result = priorities.outcome(initiative)
    weighed = {row.condition.pk: row for row in result.rows} if result else {}
    rows = [row.condition for row in result.rows] if result else list(initiative.conditions.all())
    answers = [
        ConditionAnswer(
            label=each.label,
            added_by_advisory_group=each.added,
            source=each.source,
            place=weighed[each.pk].place if weighed else None,
            share=weighed[each.pk].share if weighed else None,
            chosen=weighed[each.pk].chosen if weighed else None,
        )
        for each in rows
    ]
    return {"count": len(answers), "agreement": result.agreement if result else None, "results": answers}


@initiatives.get(
    "/{id}/areas",
    response=AreasAnswer,
    operation_id="listAreas",
    summary=gettext_noop("The candidate areas with what is known of them"),
)
def list_areas(request: HttpRequest, id: int) -> Any:
    """The candidate areas of an initiative, each value with its range, source and status."""
    initiative = _opened(request, id)
    answers = [
        AreaAnswer(
            code=area.code,
            name=area.name,
            indicators=[
                IndicatorAnswer(
                    criterion=each.criterion.label,
                    unit=each.criterion.unit,
                    low=each.low,
                    mode=each.mode,
                    high=each.high,
                    source=each.source,
                    year=each.year,
                    status=each.status,
                )
                for each in area.indicators.all()
            ],
        )
        for area in initiative.areas.defer("shape").prefetch_related("indicators__criterion")
    ]
    return {"count": len(answers), "results": answers}


@initiatives.get(
    "/{id}/ranking",
    response=RankingAnswer,
    operation_id="getRanking",
    summary=gettext_noop("The areas ranked by a method, and how sure that is"),
)
def get_ranking(request: HttpRequest, id: int, asked: Query[RankingQuestion]) -> Any:
    """The areas, the best first, with how often each takes each place. The method advises; a person concludes."""
    initiative = _opened(request, id, RankingQuestion)
    result = comparing.compare(initiative, comparing.method_of(asked.method))
    rows = [
        PlacedAnswer(code=row.area.code, name=row.area.name, place=row.place, score=row.score, shares=list(row.shares))
        for row in (result.rows if result else ())
    ]
    return {"method": asked.method, "draws": comparing.DRAWS, "seed": comparing.SEED, "results": rows}


@initiatives.get(
    "/{id}/plans",
    response=PlansAnswer,
    operation_id="listPlans",
    summary=gettext_noop("The plans that were made, the latest first"),
)
def list_plans(request: HttpRequest, id: int) -> Any:
    """The plans of an initiative that were made, with seed, software and the fingerprint of the result."""
    initiative = _opened(request, id)
    answers = [
        PlanAnswer(
            id=run.pk,
            title=run.title,
            made_at=run.done_at,
            seed=run.seed,
            fingerprint=run.fingerprint,
            software=run.software,
            figures=f"{INITIATIVES.address(initiative.pk)}/plans/{run.pk}/figures",
        )
        for run in initiative.plans.filter(state=PlanRun.State.DONE).defer("result", "drawing")
    ]
    return {"count": len(answers), "results": answers}


@initiatives.get(
    "/{id}/plans/{plan}/figures",
    response=PlanFiguresAnswer,
    operation_id="listPlanFigures",
    summary=gettext_noop("Every figure of a plan with the rows behind it"),
)
def list_plan_figures(request: HttpRequest, id: int, plan: int) -> Any:
    """Every figure of a plan that was made, with its rows."""
    initiative = _opened(request, id)
    run = initiative.plans.filter(pk=checked(plan), state=PlanRun.State.DONE).first()
    if run is None:
        raise no_such_record()
    answers = [
        PlanFigureAnswer(
            key=each.key,
            label=each.label,
            value=to_plain(each.value),
            note=each.note,
            rows=[PlanRowAnswer(type=row.type, id=row.id, label=row.label, detail=row.detail) for row in each.rows],
        )
        for each in figures(Reading(run))
    ]
    return {"count": len(answers), "results": answers}


def _opened(request: HttpRequest, pk: int, asked: type[Question] | None = None) -> Initiative:
    caller = caller_of(request)
    caller.needs("read:initiatives", INITIATIVES.permission)
    only_known(request, asked)
    initiative: Initiative = INITIATIVES.one(caller, checked(pk))
    caller.opened(initiative)
    return initiative
