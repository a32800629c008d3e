"""Evaluations in the API: every figure with the records it was counted from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Router

from hanze.accounts.models import User
from hanze.connections.api import resources
from hanze.connections.api.caller import Caller, caller_of
from hanze.connections.api.problems import no_such_record
from hanze.connections.api.resources import Filters, Resource, checked, only_known
from hanze.connections.api.schemas import Answer, Day, Recorded, recorded
from hanze.evaluation import queries
from hanze.evaluation.figures import compute, compute_one
from hanze.evaluation.models import Evaluation
from hanze.evaluation.records import Records
from hanze.evaluation.scope import Scope
from hanze.reporting import Figure, FigureKeyError
from hanze.reporting.figures import KEY
from hanze.reporting.json import to_plain


class EvaluationAnswer(Recorded):
    title: str
    title_en: str
    period_start: Day
    period_end: Day
    country_code: str | None
    region_code: str | None
    framework: str
    compare_year: int | None
    figures: str


class EvaluationFilters(Filters):
    from_day: Day | None = None
    until_day: Day | None = None

    def narrow(self, rows: QuerySet[Any], reader: User) -> QuerySet[Any]:
        given = {"period_end__gte": self.from_day, "period_start__lte": self.until_day}
        return rows.filter(**{name: value for name, value in given.items() if value is not None})


class RowAnswer(Answer):
    """One record behind a figure: its kind, its key and its name."""

    type: str
    id: str
    label: str
    detail: str


class FigureSummary(Answer):
    """A figure. A value that was not recorded is null, never 0."""

    key: str
    label: str
    value: int | float | str | None
    note: str
    rows: int
    url: str


class FigureAnswer(Answer):
    """A figure with the records it was counted from, as far as the application may see them."""

    key: str
    label: str
    value: int | float | str | None
    note: str
    rows: list[RowAnswer]


class FiguresAnswer(Answer):
    count: int
    results: list[FigureSummary]


def show_evaluations(rows: Sequence[Evaluation], reader: User) -> list[EvaluationAnswer]:
    return [
        EvaluationAnswer(
            **recorded(each, EVALUATIONS.address(each.pk)),
            title=each.title_nl,
            title_en=each.title_en,
            period_start=each.period_start,
            period_end=each.period_end,
            country_code=each.country_id,
            region_code=each.region_id,
            framework=each.framework,
            compare_year=each.compare_year,
            figures=f"{EVALUATIONS.address(each.pk)}/figures",
        )
        for each in rows
    ]


EVALUATIONS = Resource(
    "evaluations",
    _("Read evaluations and their figures"),
    Evaluation,
    EvaluationAnswer,
    "evaluation.list_evaluations",
    lambda reader: queries.listed(reader).order_by("-period_end", "pk"),
    show_evaluations,
    EvaluationFilters,
    ("evaluation.",),
)
evaluations = resources.register(EVALUATIONS)
ROUTERS: dict[str, Router] = {"evaluations": evaluations}


@evaluations.get(
    "/{id}/figures",
    response=FiguresAnswer,
    operation_id="listFigures",
    summary=gettext_noop("Every figure, counted now"),
)
def list_figures(request: HttpRequest, id: int) -> Any:
    """Every figure of an evaluation, counted now, with how many records are behind it."""
    caller = caller_of(request)
    evaluation, records = _opened(request, caller, id)
    found = compute(records)
    results = [_summary(figure, evaluation) for figure in found.values()]
    return {"count": len(results), "results": results}


@evaluations.get(
    "/{id}/figures/{key}",
    response=FigureAnswer,
    operation_id="getFigure",
    summary=gettext_noop("One figure with the records behind it"),
)
def get_figure(request: HttpRequest, id: int, key: str) -> Any:
    """One figure with every record behind it."""
    caller = caller_of(request)
    _evaluation, records = _opened(request, caller, id)
    if not KEY.fullmatch(key):
        raise no_such_record()
    try:
        figure = compute_one(records, key)
    except FigureKeyError as error:
        raise no_such_record() from error
    rows = [RowAnswer(type=row.type, id=row.id, label=row.label, detail=row.detail) for row in figure.rows]
    return FigureAnswer(key=figure.key, label=figure.label, value=to_plain(figure.value), note=figure.note, rows=rows)


def _opened(request: HttpRequest, caller: Caller, pk: int) -> tuple[Evaluation, Records]:
    caller.needs("read:evaluations", "evaluation.list_evaluations")
    only_known(request, None)
    evaluation = EVALUATIONS.one(caller, checked(pk))
    caller.opened(evaluation)
    return evaluation, Records(Scope.of(evaluation), caller.reader, evaluation)


def _summary(figure: Figure, evaluation: Evaluation) -> FigureSummary:
    address = f"{EVALUATIONS.address(evaluation.pk)}/figures/{figure.key}"
    return FigureSummary(
        key=figure.key,
        label=figure.label,
        value=to_plain(figure.value),
        note=figure.note,
        rows=len(figure.rows),
        url=address,
    )
