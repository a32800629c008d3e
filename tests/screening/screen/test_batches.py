"""Many parties at once get the answers that each gets alone: verdict, entry, score and explanation."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.screening.entries import Entry, ListedName, Party
from hanze.screening.index import Index
from hanze.screening.names import analyse
from hanze.screening.scoring.scorer import Scorer
from hanze.screening.scoring.tokens import Tokens
from hanze.screening.screen import Screener, Settings

WRITTEN = (
    "Abdul Rahman Abdulrahman Hussein Husayn Zaydan Sergey Sergei Petrov Petrovsky Petrovich Marina Voloshina S. V. "
    "al bin Ocean Star Trading Company Ltd Co. Wei Xiaoping Deng Li Kim Jong Un 12 Сергей Петров حسين زيدان 邓小平 "
    "김정은 NHOC"
)
WORDS = st.sampled_from(WRITTEN.split())
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
ENTRIES = st.lists(st.lists(NAMES, max_size=4), min_size=1, max_size=8)
PARTIES = st.lists(st.lists(NAMES, max_size=2), min_size=1, max_size=8)


def _entries(names: list[list[str]]) -> list[Entry]:
    return [
        Entry("list", str(at), "person" if at % 2 else "organisation", tuple(map(ListedName, own)))
        for at, own in enumerate(names)
    ]


def _parties(names: list[list[str]]) -> list[Party]:
    return [Party(str(at), tuple(map(ListedName, own)), "person") for at, own in enumerate(names)]


@given(ENTRIES, PARTIES)
@settings(max_examples=60, deadline=None)
def test_a_batch_gets_the_answers_that_each_party_gets_alone(listed: list[list[str]], asked: list[list[str]]) -> None:
    entries, parties = _entries(listed), _parties(asked)
    alone = Screener.build(entries)
    assert list(Screener.build(entries).screen_all(parties, workers=1)) == [alone.screen(party) for party in parties]


@given(ENTRIES, PARTIES)
@settings(max_examples=30, deadline=None)
def test_a_scorer_that_forgets_its_parts_scores_as_before(listed: list[list[str]], asked: list[list[str]]) -> None:
    index = Index.build(_entries(listed))
    kept, forgetful = (Scorer(Tokens(analyse, index.frequencies, index.names, limit=limit)) for limit in (200_000, 3))
    for entry in _entries(listed):
        for party in _parties(asked):
            assert forgetful.match(party, entry) == kept.match(party, entry)


@pytest.mark.parametrize("least", [0.0, 0.5])
def test_a_screener_made_ready_answers_as_one_that_is_not(least: float) -> None:
    entries = _entries([["Sergey Petrov", "Сергей Петров"], ["Abdulrahman Hussein"], ["Ocean Star Trading Ltd"]])
    party = Party("p", (ListedName("Petrov Sergei"), ListedName("Abdul Rahman Husayn")))
    ready = Screener.build(entries, Settings(least=least))
    ready.ready()
    assert ready.screen(party) == Screener.build(entries, Settings(least=least)).screen(party)
