"""The capacitated p-median: as the p-median, but each hub holds only so much and serves each place whole."""

from __future__ import annotations

import time
from functools import partial

import numpy as np
from scipy.sparse import coo_array, csc_array

from hanze.clusters.arrays import Floats, Truths, Whole, size, upto
from hanze.clusters.problems import InputError, Problem
from hanze.clusters.progress import Progress, silent
from hanze.clusters.siting.answers import Siting, check_costs
from hanze.clusters.siting.assigning import Plan, Question, improve, recentre
from hanze.clusters.siting.packing import can_pack, pack
from hanze.clusters.siting.pricing import Pricing, price, pricings
from hanze.clusters.siting.swapping import Swapping, greedy
from hanze.clusters.solving import Program, minimise

SHARE_FOR_BOUND = 0.2
SHARE_FOR_PACKING = 0.2
FIRST_PACKING_STEP = 0.3
SHARE_FOR_ALLOTTING = 0.2
SHARE_FOR_REGROUPING = 0.3
SHARE_FOR_TRYING = 0.4
TRY_EVERY = 8
FEWEST_TOGETHER = 4
MORE_TOGETHER = 2
LONGEST_REGROUPING = 3.0
MOST_POSSIBLE = 0.3
NEAREST = 20
REACH = 8


def site_with_capacity(
    cost: Floats,
    demand: Floats,
    capacity: Floats,
    count: int,
    *,
    seconds: float = 50.0,
    seed: int = 0,
    progress: Progress = silent,
) -> Siting:
    """Choose `count` columns and give each row one of them, no column above its capacity, at the least total cost.

    `cost[j, i]` of serving row j from column i; `demand[j]`, `capacity[i]` in one unit. Searches until the answer is
    proven or `seconds` have passed. Raises InputError, also when no plan can hold everyone.
    """
    _check(cost, demand, capacity, count)
    started = time.perf_counter()
    question = Question(np.ascontiguousarray(cost, np.float64), demand.astype(float), capacity.astype(float), count)
    search = _Search(question, started, started + seconds, progress)
    search.start(np.random.default_rng(seed))
    search.bound_from_below()
    search.tighten()
    search.allot()
    search.regroup(np.random.default_rng(seed))
    search.finish()
    plan = search.best
    if plan is None:
        raise InputError(
            f"No plan was found in which {count} hubs hold everyone: ask for more hubs, more capacity or more time."
        )
    bound = min(search.bound, plan.value)
    hubs = tuple(sorted(int(hub) for hub in plan.hubs))
    return Siting(hubs, plan.assigned, plan.value, bound, time.perf_counter() - started, seed)


def _check(cost: Floats, demand: Floats, capacity: Floats, count: int) -> None:
    check_costs(cost, count)
    rows, sites = cost.shape
    if demand.shape != (rows,) or capacity.shape != (sites,):
        raise InputError(f"Give {rows} demands and {sites} capacities: one for each place.")
    for name, numbers in (("demand", demand), ("capacity", capacity)):
        wrong = np.flatnonzero(~np.isfinite(numbers) | (numbers < 0))
        if len(wrong):
            raise InputError(Problem(f"A {name} is missing or below zero.", int(row) + 1) for row in wrong[:20])
    most = float(np.sort(capacity)[-count:].sum())
    if demand.sum() > most:
        raise InputError(f"All demand together is {demand.sum():g}; {count} hubs hold {most:g} at most.")
    large = np.flatnonzero(demand > capacity.max())
    if len(large):
        raise InputError(
            Problem(f"The demand {demand[row]:g} is more than any hub holds ({capacity.max():g}).", int(row) + 1)
            for row in large[:20]
        )


class _Search:
    """The best plan and the best bound so far."""

    def __init__(self, question: Question, started: float, until: float, progress: Progress) -> None:
        self.question, self.started, self.until, self.progress = question, started, until, progress
        self.best: Plan | None = None
        self.bound = 0.0
        self.pricing: Pricing | None = None
        self.packing: Pricing | None = None

    @property
    def value(self) -> float:
        return self.best.value if self.best else float(self.question.cost.max(axis=1).sum())

    @property
    def closed(self) -> bool:
        proven = self.best is not None and self.value - self.bound <= 1e-9 * max(1.0, self.value)
        return proven or time.perf_counter() >= self.until

    def tell(self) -> None:
        share = (time.perf_counter() - self.started) / max(1e-9, self.until - self.started)
        self.progress("hubs", min(1.0, share))

    def attempt(self, hubs: Whole) -> None:
        plan = improve(self.question, hubs, self.until)
        if plan and (self.best is None or plan.value < self.best.value):
            self.best = plan

    def start(self, random: np.random.Generator) -> None:
        """From the hubs without capacity, and from the largest; then a few at random until something fits."""
        question = self.question
        swapping = Swapping(question.cost, greedy(question.cost, question.count))
        swapping.descend(time.perf_counter() + 0.05 * (self.until - self.started))
        self.prices = swapping.next.copy()
        self.attempt(swapping.hubs)
        if self.best is None:
            self.attempt(np.argsort(-question.capacity, kind="stable")[: question.count])
        for _ in range(20):
            if self.best is not None:
                return
            self.attempt(random.choice(question.cost.shape[1], question.count, replace=False))

    def bound_from_below(self) -> None:
        stop = time.perf_counter() + SHARE_FOR_BOUND * (self.until - time.perf_counter())
        tried: set[bytes] = set()
        best: Pricing | None = None
        began, spent = time.perf_counter(), 0.0
        for number, pricing in enumerate(pricings(partial(price, self.question), self.prices, self.value)):
            if best is None or pricing.bound > best.bound:
                best = pricing
                self.bound = max(self.bound, pricing.bound)
            key = np.sort(pricing.hubs).tobytes()
            now = time.perf_counter()
            if number % TRY_EVERY == 0 and key not in tried and spent <= SHARE_FOR_TRYING * (now - began):
                tried.add(key)
                self.tell()
                self.attempt(pricing.hubs)
                spent += time.perf_counter() - now
            if self.closed or time.perf_counter() >= stop:
                break
        self.pricing = best

    def tighten(self) -> None:
        """Go on from the best prices with whole rows in each hub."""
        if self.closed or self.pricing is None or not can_pack(self.question):
            return
        stop = time.perf_counter() + SHARE_FOR_PACKING * (self.until - time.perf_counter())
        steps = pricings(partial(pack, self.question), self.pricing.prices, self.value, length=FIRST_PACKING_STEP)
        for packing in steps:
            if self.packing is None or packing.bound > self.packing.bound:
                self.packing = packing
                self.bound = max(self.bound, packing.bound)
            self.tell()
            if self.closed or time.perf_counter() >= stop:
                return

    def allot(self) -> None:
        """Serve everyone from the hubs that the prices point to (HiGHS), recentre, and again while it gains."""
        if self.closed or self.pricing is None:
            return
        hubs, value = np.sort((self.packing or self.pricing).hubs), np.inf
        stop = time.perf_counter() + SHARE_FOR_ALLOTTING * (self.until - time.perf_counter())
        while time.perf_counter() < stop:
            self.tell()
            plan = _allotted(self.question, hubs, stop - time.perf_counter())
            if plan is None or plan.value >= value:
                return
            value = plan.value
            hubs = np.sort(recentre(self.question, hubs, np.searchsorted(hubs, plan.assigned)))
            if plan.value < self.value:
                self.best = plan

    def regroup(self, random: np.random.Generator) -> None:
        """Solve a few neighbouring hubs with their rows anew, over and over; more at once where few gain nothing."""
        enough = time.perf_counter() + SHARE_FOR_REGROUPING * (self.until - time.perf_counter())
        fruitless: set[bytes] = set()
        together = FEWEST_TOGETHER
        while self.best is not None and together < self.question.count and not self.closed:
            if time.perf_counter() >= enough and self._mostly_decided():
                return
            groups = [self._neighbours(self.best, int(hub), together) for hub in random.permutation(self.best.hubs)]
            group = next((one for one in groups if one.tobytes() not in fruitless), None)
            if group is None:
                if self._mostly_decided():
                    return
                together += MORE_TOGETHER
                continue
            self.tell()
            left = min(LONGEST_REGROUPING, self.until - time.perf_counter())
            better = _regrouped(self.question, self.best, group, left)
            if better is None:
                fruitless.add(group.tobytes())
            else:
                self.best, together = better, FEWEST_TOGETHER

    def _mostly_decided(self) -> bool:
        """Whether so few pairs are left that HiGHS may finish the whole question."""
        return float(self._possible().mean()) <= MOST_POSSIBLE

    def _possible(self) -> Truths:
        """The pairs (row, hub) that an answer better than the best so far can hold."""
        possible = np.ones(self.question.cost.shape, dtype=bool)
        for pricing in (self.pricing, self.packing):
            if pricing is not None and self.best is not None:
                possible &= ~pricing.cannot_better(self.question, self.value)
        return possible

    def _neighbours(self, plan: Plan, hub: int, together: int) -> Whole:
        near = self.question.cost[plan.assigned == hub].mean(axis=0)[plan.hubs]
        return np.sort(plan.hubs[np.argsort(near, kind="stable")[:together]])

    def finish(self) -> None:
        """Let HiGHS decide among the pairs that can still be in a better plan: then its bound counts for all."""
        if self.closed:
            return
        self.tell()
        plan, bound = _decide(self.question, self._possible(), self.best, self.until - time.perf_counter())
        self.best = plan or self.best
        self.bound = max(self.bound, min(bound, self.value))


def _decide(
    question: Question, possible: Truths, start: Plan | None, seconds: float, gap: float = 0.0
) -> tuple[Plan | None, float]:
    """The best plan of the pairs that are possible, None if none is better than `start`; and a bound on such plans."""
    rows, columns = np.nonzero(possible)
    given = None
    if start is not None:
        opened = np.zeros(question.cost.shape[1])
        opened[start.hubs] = 1.0
        given = np.concatenate([(start.assigned[rows] == columns).astype(float), opened])
    outcome = minimise(_program(question, rows, columns), seconds=seconds, start=given, gap=gap)
    bound = np.inf if outcome.infeasible else outcome.bound
    if outcome.values is None:
        return None, bound
    chosen = np.flatnonzero(outcome.values[: len(rows)] > 0.5)
    assigned = np.empty(len(question.cost), dtype=np.intp)
    assigned[rows[chosen]] = columns[chosen]
    value = float(question.cost[np.arange(len(assigned)), assigned].sum())
    if start is not None and value >= start.value - 1e-9 * max(1.0, start.value):
        return None, bound
    return Plan(np.flatnonzero(outcome.values[len(rows) :] > 0.5), assigned, value), bound


def _allotted(question: Question, hubs: Whole, seconds: float) -> Plan | None:
    """The best way to serve everyone from these hubs (to 0.2 %); None where none was found."""
    part = Question(question.cost[:, hubs], question.demand, question.capacity[hubs], len(hubs))
    reach = np.sort(part.cost, axis=1)[:, min(REACH, len(hubs)) - 1]
    plan, _ = _decide(part, part.cost <= reach[:, None], None, seconds, gap=0.002)
    return plan and Plan(hubs, hubs[plan.assigned], plan.value)


def _regrouped(question: Question, plan: Plan, group: Whole, seconds: float) -> Plan | None:
    """The plan with these hubs and their rows solved anew; None where that gains nothing."""
    rows = np.flatnonzero(np.isin(plan.assigned, group))
    everywhere = upto(question.cost.shape[1])
    free = np.setdiff1d(everywhere, np.setdiff1d(plan.hubs, group))
    near = np.argsort(question.cost[np.ix_(rows, free)], axis=1, kind="stable")[:, :NEAREST]
    sites = np.union1d(free[near], group)
    part = Question(question.cost[np.ix_(rows, sites)], question.demand[rows], question.capacity[sites], len(group))
    inside = np.searchsorted(sites, plan.assigned[rows])
    value = float(part.cost[np.arange(len(rows)), inside].sum())
    start = Plan(np.searchsorted(sites, group), inside, value)
    better, _ = _decide(part, np.ones(part.cost.shape, dtype=bool), start, seconds)
    if better is None:
        return None
    assigned = plan.assigned.copy()
    assigned[rows] = sites[better.assigned]
    hubs = np.union1d(np.setdiff1d(plan.hubs, group), sites[better.hubs])
    return Plan(hubs, assigned, float(question.cost[np.arange(len(assigned)), assigned].sum()))


def _program(question: Question, rows: Whole, columns: Whole) -> Program:
    """x: one for each pair that is left, y: one for each hub; hubs keep within capacity and serve only when open."""
    places, sites = size(question.cost)
    pairs = len(rows)
    x, y = upto(pairs), pairs + upto(sites)
    full, link = places + columns, places + sites + 1 + x
    parts: list[tuple[Whole, Whole, Floats]] = [
        (rows, x, np.ones(pairs)),
        (full, x, question.demand[rows]),
        (places + np.arange(sites), y, -question.capacity),
        (np.full(sites, places + sites), y, np.ones(sites)),
        (link, x, np.ones(pairs)),
        (link, pairs + columns, -np.ones(pairs)),
    ]
    index = np.concatenate([part[0] for part in parts])
    variable = np.concatenate([part[1] for part in parts])
    number = np.concatenate([part[2] for part in parts])
    height = places + sites + 1 + pairs
    matrix = csc_array(coo_array((number, (index, variable)), shape=(height, pairs + sites)))
    low: Floats = np.concatenate([np.ones(places), np.full(sites, -np.inf), [question.count], np.full(pairs, -np.inf)])
    high: Floats = np.concatenate([np.ones(places), np.zeros(sites), [question.count], np.zeros(pairs)])
    cost = np.concatenate([question.cost[rows, columns], np.zeros(sites)])
    width = pairs + sites
    return Program(cost, np.zeros(width), np.ones(width), matrix, low, high, np.ones(width, dtype=bool))
