"""Conditions for a cluster: several people say what matters most, and how far they agree is measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from hanze.clusters.arrays import Floats
from hanze.clusters.problems import InputError, Problem


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of the inventory; `added`: the advisory group put it there."""

    id: str
    label: str
    source: str = ""
    added: bool = False


@dataclass(frozen=True, slots=True)
class Votes:
    """Points one person gives (more is more important; no points is 0). Ranks: give the first the most points."""

    person: str
    points: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`one` matters `times` as much as `other` (Saaty's scale goes from 1 to 9; below 1: it matters less)."""

    one: str
    other: str
    times: float


@dataclass(frozen=True, slots=True)
class Pairwise:
    """What one person says pair by pair; not every pair need be there, but every condition must be linked to the
    rest.
    """

    person: str
    comparisons: tuple[Comparison, ...]


Ballot = Votes | Pairwise


@dataclass(frozen=True, slots=True)
class Priority:
    """A condition with its share of the weight (all shares are 1), its mean rank over the people, and whether
    chosen.
    """

    condition: Condition
    weight: float
    mean_rank: float
    place: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Priorities:
    """The conditions, the most important first.

    `agreement`: Kendall's W, 0 (everyone else) to 1 (all the same), corrected for ties; `chance`: how probable it
    is that
    people without an opinion agree so much (chi-square); both None for fewer than two people or conditions.
    `inconsistency` per person with pairs: how far off the pairs are, on average, as a factor (1: they fit exactly).
    """

    rows: tuple[Priority, ...]
    people: int
    agreement: float | None
    chance: float | None
    inconsistency: Mapping[str, float]

    @property
    def chosen(self) -> tuple[Condition, ...]:
        return tuple(row.condition for row in self.rows if row.chosen)


def add_condition(conditions: Sequence[Condition], label: str, *, id: str, source: str = "") -> tuple[Condition, ...]:
    """The inventory with one condition by the advisory group. Raises InputError where the id is there already."""
    if any(condition.id == id for condition in conditions):
        raise InputError(f'There is a condition "{id}" already.')
    return (*conditions, Condition(id, label, source, added=True))


def prioritise(conditions: Sequence[Condition], ballots: Sequence[Ballot], *, choose: int = 4) -> Priorities:
    """Weigh the conditions by what people say, each person counting the same, and choose the first `choose`.

    Equal weights keep the order of the inventory. Raises InputError (unknown conditions, negative points, somebody
    twice).
    """
    ids = [condition.id for condition in conditions]
    _check(ids, ballots, choose)
    inconsistency: dict[str, float] = {}
    weights = np.zeros((len(ballots), len(ids)))
    for number, ballot in enumerate(ballots):
        if isinstance(ballot, Votes):
            points = np.array([float(ballot.points.get(id, 0.0)) for id in ids])
            weights[number] = points / points.sum() if points.sum() else 1 / len(ids)
        else:
            weights[number], inconsistency[ballot.person] = pairwise_weights(ids, ballot)
    mean = weights.mean(axis=0)
    ranks = _ranks(weights)
    order: list[int] = np.argsort(-mean, kind="stable").tolist()
    rows = tuple(
        Priority(conditions[at], float(mean[at]), float(ranks[:, at].mean()), place + 1, place < choose)
        for place, at in enumerate(order)
    )
    agreement, chance = kendalls_w(ranks)
    return Priorities(rows, len(ballots), agreement, chance, inconsistency)


def _check(ids: Sequence[str], ballots: Sequence[Ballot], choose: int) -> None:
    if not ids or not ballots:
        raise InputError("There are no conditions, or nobody has said what matters.")
    if not 1 <= choose <= len(ids):
        raise InputError(f"Choose 1 to {len(ids)} conditions, not {choose}.")
    problems: list[Problem] = []
    seen: set[str] = set()
    for row, ballot in enumerate(ballots, start=1):
        if ballot.person in seen:
            problems.append(Problem(f"{ballot.person} is there twice.", row))
        seen.add(ballot.person)
        problems += [Problem(f'"{id}" is not a condition.', row) for id in sorted(_named(ballot) - set(ids))]
        if isinstance(ballot, Votes):
            wrong = [id for id, points in ballot.points.items() if not (np.isfinite(points) and points >= 0)]
            problems += [Problem(f'The points for "{id}" must be a number of at least 0.', row) for id in wrong]
    if problems:
        raise InputError(problems)


def _named(ballot: Ballot) -> set[str]:
    if isinstance(ballot, Votes):
        return set(ballot.points)
    return {id for pair in ballot.comparisons for id in (pair.one, pair.other)}


def pairwise_weights(ids: Sequence[str], ballot: Pairwise) -> tuple[Floats, float]:
    """Weights that fit the pairs best (least squares of logarithms, Crawford and Williams 1985), and the mean
    factor off.

    With every pair given this is the geometric mean of the rows of Saaty's table.
    """
    place = {id: at for at, id in enumerate(ids)}
    table = np.zeros((len(ballot.comparisons) + 1, len(ids)))
    times = np.zeros(len(ballot.comparisons) + 1)
    for row, pair in enumerate(ballot.comparisons):
        if pair.one == pair.other or not (np.isfinite(pair.times) and pair.times > 0):
            raise InputError(Problem(f"{pair.one} against {pair.other}: compare two, with a number above 0.", row + 1))
        table[row, place[pair.one]], table[row, place[pair.other]] = 1, -1
        times[row] = np.log(pair.times)
    table[-1] = 1
    if np.linalg.matrix_rank(table) < len(ids):
        raise InputError(
            f"{ballot.person}: some conditions are not compared with the others; add a pair that links them."
        )
    logs = np.linalg.lstsq(table, times, rcond=None)[0]
    off = np.abs(table[:-1] @ logs - times[:-1])
    weights = np.exp(logs)
    return weights / weights.sum(), float(np.exp(off.mean()))


def _ranks(weights: Floats) -> Floats:
    """The place of each thing (columns) to each person (rows), the heaviest first; equals share the mean of theirs."""
    heavier = (weights[:, None, :] > weights[:, :, None]).sum(axis=2)
    equal = (weights[:, None, :] == weights[:, :, None]).sum(axis=2)
    return heavier + (equal + 1) / 2


def kendalls_w(ranks: Floats) -> tuple[float | None, float | None]:
    """Kendall's coefficient of concordance of ranks (people x things), corrected for ties, and its chi-square
    chance.
    """
    people, things = int(ranks.shape[0]), int(ranks.shape[1])
    if people < 2 or things < 2:
        return None, None
    spread = float(((ranks.sum(axis=0) - people * (things + 1) / 2) ** 2).sum())
    ties = sum(int((counts**3 - counts).sum()) for counts in (np.unique(row, return_counts=True)[1] for row in ranks))
    whole = people**2 * (things**3 - things) - people * ties
    if whole == 0:
        return None, None
    agreement = 12 * spread / whole
    from scipy.special import chdtrc  # takes long to load, and only two people or more need it

    return agreement, float(chdtrc(things - 1, people * (things - 1) * agreement))
