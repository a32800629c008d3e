"""Which area suits best, how sure that is, and which weight would change it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hanze.areas.models import Area, Criterion, Indicator, Initiative
from hanze.clusters import ranking as engine
from hanze.clusters.estimates import Estimate
from hanze.clusters.problems import InputError
from hanze.clusters.ranking.methods import Method
from hanze.reporting import Chart, Column, Point, Table

DRAWS, SEED = 10_000, 0
MOST_IN_CHART = 12


@dataclass(frozen=True, slots=True)
class Placed:
    """An area with its place and score, and the share of draws (0 to 1) in which it takes each place."""

    area: Area
    place: int
    score: float
    shares: tuple[float, ...]

    @property
    def first(self) -> float:
        return self.shares[0]


@dataclass(frozen=True, slots=True)
class Overturned:
    """`criterion` weighs `now` (share of all weights, 0 to 1); at `at`, `area` takes the first place."""

    criterion: Criterion
    now: float
    at: float
    area: Area


@dataclass(frozen=True, slots=True)
class Compared:
    """The areas, the best first; `error`: the standard error of a share. `draws` and `seed` give the same again."""

    rows: tuple[Placed, ...]
    overturns: tuple[Overturned, ...]
    error: float
    draws: int = DRAWS
    seed: int = SEED


def missing(initiative: Initiative) -> list[tuple[Area, Criterion]]:
    """What is not known yet: an area is not compared by what nobody recorded."""
    known = set(Indicator.objects.filter(area__initiative=initiative).values_list("area", "criterion"))
    criteria = list(initiative.criteria.all())
    return [(area, each) for area in initiative.areas.all() for each in criteria if (area.pk, each.pk) not in known]


def compare(initiative: Initiative, method: Method) -> Compared | None:
    """The areas ranked; None while there are fewer than two, no criteria, or something is not known yet."""
    areas, criteria = list(initiative.areas.all()), list(initiative.criteria.all())
    if len(areas) < 2 or not criteria or missing(initiative):
        return None
    cells = {(each.area_id, each.criterion_id): each for each in Indicator.objects.filter(area__in=areas)}
    columns = [
        engine.Criterion(str(each.pk), each.label, each.weight, "less" if each.better == "less" else "more", each.unit)
        for each in criteria
    ]
    values = [[_estimate(cells[area.pk, each.pk]) for each in criteria] for area in areas]
    try:
        table = engine.Table.of([str(area.pk) for area in areas], columns, values)
    except InputError:  # all weights are 0: then nothing can be compared
        return None
    ranked = engine.rank(table, method)
    drawn = engine.acceptability(table, method, draws=DRAWS, seed=SEED)
    rows = tuple(
        Placed(areas[at], place, float(ranked.score[at]), tuple(drawn.shares[at].tolist()))
        for place, at in enumerate(ranked.order.tolist(), start=1)
    )
    overturns = tuple(
        Overturned(criteria[one.criterion], one.now, one.at, areas[one.to]) for one in engine.overturns(table, method)
    )
    return Compared(rows, overturns, drawn.error)


def _estimate(indicator: Indicator) -> Estimate:
    return Estimate(indicator.low, indicator.mode, indicator.high, indicator.source, indicator.year, indicator.status)


def chart_of(result: Compared) -> Chart:
    """How often each area takes the first place, in percent of the draws, with the same as a table."""
    title = _("How often each area comes first")
    points = tuple(Point(row.area.name, round(row.first * 100)) for row in result.rows[:MOST_IN_CHART])
    columns = (Column(_("Area"), width=3), Column(_("First, in percent of the draws"), "right"))
    table = Table("first-table", title, columns, tuple((point.label, int(point.value)) for point in points))
    told = "; ".join(f"{point.label}: {point.value} %" for point in points)
    return Chart("first", title, "bar", points, f"{title}. {told}.", table, _("First, in percent of the draws"))
