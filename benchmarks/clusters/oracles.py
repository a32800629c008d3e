"""Hanze beside pymcdm (rankings) and SALib (Morris): `python -m benchmarks.clusters.oracles` (extra `bench`)."""

from __future__ import annotations

import numpy as np
from pymcdm.methods import PROMETHEE_II, TOPSIS, WSM
from pymcdm.normalizations import minmax_normalization, vector_normalization
from SALib.analyze import morris as analyze
from SALib.sample import morris as sample

from hanze.clusters.estimates import Estimate
from hanze.clusters.ranking import Criterion, Table, rank
from hanze.clusters.scenarios import effects

TABLES = 50


def rankings() -> float:
    """The largest difference in score over random tables, three methods each."""
    worst = 0.0
    for seed in range(TABLES):
        random = np.random.default_rng(seed)
        areas, criteria = int(random.integers(3, 40)), int(random.integers(2, 13))
        values = random.uniform(1, 100, (areas, criteria))
        weights = random.uniform(0.1, 1, criteria)
        types = random.choice([-1, 1], criteria)
        table = Table(
            tuple(map(str, range(areas))),
            tuple(
                Criterion(str(k), str(k), Estimate.exactly(w), "more" if t > 0 else "less")
                for k, (w, t) in enumerate(zip(weights, types, strict=True))
            ),
            values,
            values,
            values,
        )
        shares = weights / weights.sum()
        # pymcdm turns criteria of which less is better round in its vector normalisation (1 - x), which Hwang and Yoon
        # do not; so TOPSIS is compared where more is better.
        gains = np.where(types > 0, values, 101 - values)
        turned = Table(table.areas, tuple(Criterion(c.id, c.label, c.weight) for c in table.criteria), *([gains] * 3))
        pairs = (
            (rank(table, "weighted-sum").score, WSM(minmax_normalization)(values, shares, types)),
            (rank(table, "promethee").score, PROMETHEE_II("usual")(values, shares, types)),
            (rank(turned, "topsis").score, TOPSIS(vector_normalization)(gains, shares, np.ones(criteria))),
        )
        worst = max(worst, *(float(np.abs(ours - theirs).max()) for ours, theirs in pairs))
    return worst


def ishigami(x: dict[str, np.ndarray]) -> np.ndarray:
    """The usual test function of sensitivity analysis."""
    return np.sin(x["a"]) + 7 * np.sin(x["b"]) ** 2 + 0.1 * x["c"] ** 4 * np.sin(x["a"])


def morris() -> dict[str, tuple[float, float]]:
    """μ* by Hanze and by SALib, per input, each from 5,000 walks of its own."""
    ranges = dict.fromkeys("abc", (-np.pi, np.pi))
    ours = {one.name: one.strength for one in effects(ishigami, ranges, trajectories=5_000)}
    problem = {"num_vars": 3, "names": list("abc"), "bounds": [list(ranges[name]) for name in "abc"]}
    points = sample.sample(problem, 5_000, num_levels=4, seed=1)
    found = analyze.analyze(problem, points, ishigami(dict(zip("abc", points.T, strict=True))), num_levels=4)
    return {name: (ours[name], float(theirs)) for name, theirs in zip("abc", found["mu_star"], strict=True)}


if __name__ == "__main__":
    print(f"rankings: {rankings():.2e} is the largest difference with pymcdm")
    print(f"Morris (Hanze, SALib): {morris()}")
