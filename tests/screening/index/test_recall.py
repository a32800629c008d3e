"""Recall on public lists: small floors, so that a change that loses names does not pass. Full runs are benchmarks."""

from __future__ import annotations

import random

import pytest

subjects = pytest.importorskip("benchmarks.screening.subjects", reason="the benchmarks need pypinyin (extra: bench)")
if not subjects.DATA.exists():
    pytest.skip("the lists are not at ../shared/data/screening", allow_module_level=True)

from hanze.screening.entries import ListedName, Party  # noqa: E402
from hanze.screening.index import Index  # noqa: E402

FLOORS = {"latin": 0.995, "cyrillic": 0.99, "arabic": 0.95, "hanzi": 0.95, "hangul": 0.95}


@pytest.fixture(scope="module")
def found() -> dict[str, list[bool]]:
    entries, queries = subjects.everything(latin_count=400)
    index = Index.build(entries)
    keys = [subjects.key(entry) for entry in entries]
    hits: dict[str, list[bool]] = {}
    rng = random.Random(1)
    for query in rng.sample(queries, 1500) if len(queries) > 1500 else queries:
        party = Party(query.text, (ListedName(query.text),), query.kind)
        hit = any(keys[position] in query.wanted for position, _ in index.candidates(party, 20))
        hits.setdefault(query.group, []).append(hit)
    return hits


@pytest.mark.parametrize("group", FLOORS)
def test_whoever_is_listed_is_among_twenty_candidates(found, group):
    assert len(found[group]) >= 100
    assert sum(found[group]) / len(found[group]) >= FLOORS[group]
