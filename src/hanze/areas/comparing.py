"""Which area suits best, how sure that is, and which weight would change it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.utils.translation import gettext as _

from hanze.areas.models import Area, Criterion, Indicator, Initiative
from hanze.areas.models.conclusions import METHODS
from hanze.clusters import ranking as engine
from hanze.clusters.estimates import Estimate
from hanze.clusters.problems import InputError
from hanze.clusters.ranking.methods import Method
from hanze.reporting import Chart, Column, Point, Table

DRAWS, SEED = 10_000, 0
MOST_IN_CHART, MOST_PLACES = 12, 6
DEFAULT: Method = "topsis"


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

    @property
    def percents(self) -> tuple[int | float, ...]:
        return tuple(percent(share) for share in self.shares)


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
        engine.Criterion(
            str(each.pk),
            each.label,
            each.weight,
            "less" if each.better == "less" else "more",
            each.unit,
            each.indifferent,
            each.prefers,
        )
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


def method_of(asked: object) -> Method:
    """The method with this name; the usual one where there is none."""
    return cast("Method", asked) if asked in METHODS else DEFAULT


def percent(share: float) -> int | float:
    """A share as percent; what is not nothing and not all does not read as if it were."""
    whole = round(share * 100)
    return round(share * 100, 1) if whole in (0, 100) and 0 < share < 1 else whole


def shares_table(result: Compared) -> Table:
    """Every area with the share of the draws in which it takes each place, in percent."""
    places = range(1, len(result.rows) + 1)
    columns = (Column(_("Area"), width=3), *(Column(_("Place %(place)s") % {"place": n}, "right") for n in places))
    rows = tuple((row.area.name, *(percent(share) for share in row.shares)) for row in result.rows)
    note = _("In percent of %(draws)s draws of weights and values within their ranges.") % {"draws": result.draws}
    return Table("shares", _("How often each area takes each place"), columns, rows, note)


def chart_of(result: Compared) -> Chart:
    """How often each area takes each place, in percent of the draws; the last places are drawn as one."""
    title = _("How often each area takes each place")
    names = [_("Place %(place)s") % {"place": n} for n in range(1, len(result.rows) + 1)]
    if len(names) > MOST_PLACES:
        names = [*names[: MOST_PLACES - 1], _("Place %(place)s or lower") % {"place": MOST_PLACES}]
    points = tuple(
        Point(row.area.name, percent(share), name)
        for row in result.rows[:MOST_IN_CHART]
        for name, share in zip(names, _drawn(row.shares, len(names)), strict=True)
    )
    told = "; ".join(f"{row.area.name}: {percent(row.first)} %" for row in result.rows[:MOST_IN_CHART])
    alt = _("%(title)s. First: %(told)s.") % {"title": title, "told": told}
    return Chart("shares-chart", title, "stacked", points, alt, shares_table(result), _("Percent of the draws"))


def _drawn(shares: tuple[float, ...], places: int) -> tuple[float, ...]:
    return (*shares[: places - 1], sum(shares[places - 1 :]))
