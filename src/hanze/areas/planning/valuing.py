"""What a plan is worth: people, planet and profit beside the situation without it, and over the years."""

from __future__ import annotations

from typing import Any

from hanze.areas.models import Stance
from hanze.areas.planning.assumptions import Assumptions
from hanze.areas.planning.gathering import Input
from hanze.clusters.estimates import ASSUMED, Estimate
from hanze.clusters.planning import Plan
from hanze.clusters.scenarios import Plan as Course
from hanze.clusters.scenarios import Scenario, growing, project, regret, what_matters
from hanze.clusters.value import Band, Coefficient, Result, balance, shipped_coefficients, shipped_lines

DRAWS = 10_000
ROUGHLY = 0.5
"""How far off the distance to what is bought elsewhere can be, as a share (assumed)."""
BENEFIT = "parcel_benefit_euro_per_ha_km"
FORMULA = f"joining * (price_level * exchange_saved + land_saved * {BENEFIT})"
READY = {"willing_parties": Stance.WILLING, "conditional_parties": Stance.CONDITIONAL}
"""The lines that count parties by their answer; where nobody was asked, `TAKING_PART` counts farms instead."""
TAKING_PART = "farms_taking_part"
Quantities = dict[str, Estimate]


def valued(given: Input, plan: Plan, asked: Assumptions, seed: int) -> dict[str, Any]:
    """The balance sheet; lines of which a quantity is not known are named with what they miss."""
    shipped = shipped_coefficients()
    without, with_ = quantities(given, plan, asked)
    coefficients = {id: one.estimate for id, one in shipped.items()}
    left_out = {TAKING_PART} if given.parties else set(READY)
    lines = [line for line in shipped_lines() if line.id not in left_out]
    found = balance(lines, without, with_, coefficients, draws=DRAWS, seed=seed)
    used = sorted({name for each in found.results for name in each.uses} | {BENEFIT})
    labels = {line.id: dict(line.label) for line in lines}
    return {
        "lines": [_line(each) for each in found.results],
        "missing": [{"id": id, "label": labels[id], "names": list(names)} for id, names in found.missing.items()],
        "coefficients": [_coefficient(shipped[id]) for id in used],
        "draws": found.draws,
        "seed": found.seed,
    }


def _line(found: Result) -> dict[str, Any]:
    line = found.line
    return {
        "id": line.id,
        "theme": line.theme,
        "unit": line.unit,
        "label": dict(line.label),
        "formula": line.formula,
        "better": line.better,
        "without": _band(found.without),
        "with": _band(found.with_),
        "difference": _band(found.difference),
        "certain": found.certain,
        "count": found.count,
        "uses": list(found.uses),
        "status": found.status,
    }


def _coefficient(shipped: Coefficient) -> dict[str, Any]:
    known = shipped.estimate
    return {
        "id": shipped.id,
        "label": dict(shipped.label),
        "unit": shipped.unit,
        "range": [known.low, known.mode, known.high],
        "source": known.source,
        "year": known.year,
        "status": known.status,
    }


def quantities(given: Input, plan: Plan, asked: Assumptions) -> tuple[Quantities, Quantities]:
    """Each quantity of the balance sheet, without the plan and with it; what is not known is left out."""
    land, exact = given.land, Estimate.exactly
    always = {
        "organic_ha": exact(float(land.area[land.organic].sum())),
        "land_ha": exact(float(land.area.sum())),
    }
    if given.cows is not None:
        always["dairy_cows"] = exact(given.cows)
    without = always | {
        "farms_in_cluster": exact(0),
        "farms_exchanging": exact(0),
        **dict.fromkeys((*READY, TAKING_PART), exact(0)),
        "land_ha_km": exact(plan.proposal.before),
    }
    with_ = always | {
        "farms_in_cluster": exact(int((plan.group >= 0).sum())),
        "farms_exchanging": exact(len(_exchanging(plan))),
        **{line: exact(len(ids)) for line, ids in ready(given).items()},
        TAKING_PART: exact(int((given.owners.takes_part & ~given.owners.bank).sum())),
        "land_ha_km": exact(plan.proposal.after),
    }
    if plan.exchanges:
        needed = sum(need.amount for need in given.trade.needs)
        unmet = sum(sum(each.unmet.values()) for _, each in plan.exchanges)
        here = sum(each.tonne_kilometres for _, each in plan.exchanges)
        without |= {
            "freight_tonne_km": _freight(0, needed * asked.elsewhere_km),
            "exchange_costs": exact(sum(each.alone for _, each in plan.exchanges)),
        }
        with_ |= {
            "freight_tonne_km": _freight(here, unmet * asked.elsewhere_km),
            "exchange_costs": exact(sum(each.cost for _, each in plan.exchanges)),
        }
    return without, with_


def ready(given: Input) -> dict[str, list[int]]:
    """The keys of the parties behind each line that counts them by their answer."""
    return {line: [party.pk for party in given.parties if party.stance == stance] for line, stance in READY.items()}


def _exchanging(plan: Plan) -> set[str]:
    return {farm for _, each in plan.exchanges for one in each.matches for farm in (one.offer.farm, one.need.farm)}


def _freight(here: float, elsewhere: float) -> Estimate:
    low, high = here + (1 - ROUGHLY) * elsewhere, here + (1 + ROUGHLY) * elsewhere
    return Estimate(low, here + elsewhere, high, status=ASSUMED)


def _band(band: Band) -> list[float]:
    return [band.mode, band.low, band.median, band.high]


def in_years(plan: Plan, asked: Assumptions, seed: int) -> dict[str, Any]:
    """Nothing, exchanges, swaps or both, in five futures; what could be regretted; which assumption matters most."""
    exchanged = sum(each.saving for _, each in plan.exchanges)
    courses = _courses(exchanged, plan.proposal.saving, asked, len(plan.proposal.moves))
    futures = _futures(asked)
    coefficients = {BENEFIT: shipped_coefficients()[BENEFIT].estimate}
    years, discount = asked.years, asked.discount / 100
    found = project(FORMULA, courses, futures, coefficients, years=years, discount=discount)
    missed = regret(found.present)
    effects = what_matters(FORMULA, courses[-1], futures[0], coefficients, years=years, discount=discount, seed=seed)
    names = [course.id for course in courses]
    return {
        "years": years,
        "discount": asked.discount,
        "formula": FORMULA,
        "courses": names,
        "futures": [future.id for future in futures],
        "investment": [course.investment for course in courses],
        "yearly": found.yearly[-1].tolist(),
        "present": found.present.tolist(),
        "regret": missed.regret.tolist(),
        "worst": missed.worst.tolist(),
        "least_regret": names[missed.least_regret],
        "safest": names[missed.safest],
        "likeliest": names[missed.likeliest],
        "effects": [{"name": each.name, "strength": each.strength, "mean": each.mean} for each in effects],
        "assumed": {name: [each.low, each.mode, each.high] for name, each in ranges(asked).items()},
    }


def ranges(asked: Assumptions) -> Quantities:
    """How far the farms that take part and the prices can be off, as factors around 1."""
    asked_for = {
        "joining": (asked.staying_low, asked.staying_high),
        "price_level": (asked.price_low, asked.price_high),
    }
    return {name: Estimate(low / 100, 1, high / 100, status=ASSUMED) for name, (low, high) in asked_for.items()}


def _courses(exchanged: float, nearer: float, asked: Assumptions, moves: int) -> list[Course]:
    hubs, swaps = asked.hubs * asked.hub_cost, moves * asked.swap_cost
    same = ranges(asked)

    def course(id: str, saved: float, land: float, investment: float) -> Course:
        named = {"exchange_saved": Estimate.exactly(saved), "land_saved": Estimate.exactly(land)}
        return Course(id, id, named | same, investment)

    return [
        course("nothing", 0, 0, 0),
        course("exchanges", exchanged, 0, hubs),
        course("swaps", 0, nearer, swaps),
        course("both", exchanged, nearer, hubs + swaps),
    ]


def _futures(asked: Assumptions) -> list[Scenario]:
    growth, prices, years = asked.growth / 100, asked.prices / 100, asked.years
    changes = {
        "unchanged": {},
        "more-join": {"joining": growing(growth, years)},
        "fewer-join": {"joining": growing(-growth, years)},
        "dearer": {"price_level": growing(prices, years)},
        "cheaper": {"price_level": growing(-prices, years)},
    }
    return [Scenario(id, id, factors) for id, factors in changes.items()]
