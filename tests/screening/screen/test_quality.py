"""Screening public lists with public names keeps to what docs/screening-scores.md promises (floors, small samples)."""

from __future__ import annotations

import random

import pytest

from benchmarks.screening import quality, subjects
from hanze.screening.screen import Screener
from hanze.screening.thresholds import BY_KIND

pytestmark = pytest.mark.skipif(
    not subjects.DATA.is_dir(), reason="the public lists are not there: ../shared/data/screening"
)
HIT = BY_KIND["person"].hit


@pytest.fixture(scope="module")
def screened() -> tuple[Screener, list[subjects.Query]]:
    entries, queries = subjects.everything(200)
    return Screener.build(entries, quality.SEEN), queries


@pytest.fixture(scope="module")
def pairs() -> list[quality.Labelled]:
    return quality.read_pairs()


def test_labelled_pairs_are_told_apart(
    screened: tuple[Screener, list[subjects.Query]], pairs: list[quality.Labelled]
) -> None:
    labelled = [pair for pair in pairs if pair.source.startswith("nk_")]
    f1, _, at_ninety = quality.precision_and_recall(quality.pair_scores(screened[0], labelled))
    assert f1 >= 0.83
    assert at_ninety >= 0.72


def test_few_entries_that_are_known_to_differ_are_a_hit(
    screened: tuple[Screener, list[subjects.Query]], pairs: list[quality.Labelled]
) -> None:
    hard = [pair for pair in pairs if pair.source == "un_distinct_entities"]
    scores = [score for score, _ in quality.pair_scores(screened[0], hard)]
    assert quality.reached(scores, HIT) <= 0.08


@pytest.mark.parametrize(
    ("group", "least", "most_false"),
    [
        ("latin", 0.9, 0.01),
        ("cyrillic", 0.95, 0.01),
        ("arabic", 0.85, 0.03),
        ("hanzi", 0.85, 0.02),
        ("hanzi, OFAC", 0.75, 0.02),
        ("hangul", 0.95, 0.02),
    ],
)
def test_listed_parties_are_a_hit_and_others_are_not(
    screened: tuple[Screener, list[subjects.Query]], group: str, least: float, most_false: float
) -> None:
    """At the thresholds as they are shipped, from a name to the verdict."""
    screener, queries = screened
    chance = random.Random(3)
    asked = [query for query in [*queries, *quality.listed_hanzi()] if query.group == group]
    asked = chance.sample(asked, min(120, len(asked)))
    others = [name for name in quality.read_negatives() if quality.GROUPS[group][0](name)]
    others = chance.sample(others, min(150, len(others)))
    hit = quality.hit_threshold(group)
    assert quality.reached(quality.right_scores(screener, asked), hit) >= least
    assert quality.reached(quality.top_scores(screener, others), hit) <= most_false
