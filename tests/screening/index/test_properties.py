"""What holds for any names: many at once are found as each by itself, and no near spelling is missed."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from hanze.screening.entries import Entry, ListedName, Party
from hanze.screening.index import Index
from hanze.screening.indexing.spellings import Spellings, allowed_errors
from hanze.screening.screen import Screener

LETTERS = st.text("abdehimnorsu", min_size=1, max_size=12)
WORDS = st.one_of(LETTERS, st.sampled_from(("ahmed", "mohammed", "abdul", "rahman", "bin", "ltd", "trading", "wang")))
OTHERWISE = st.sampled_from(("محمد عبد الرحمن", "Иван Петров", "王小明", "김정은", "", "van der Berg", "J. R. Smith"))
NAMES = st.one_of(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), OTHERWISE)


@given(st.lists(NAMES, min_size=1, max_size=12), st.lists(NAMES, min_size=1, max_size=12), st.sampled_from((0.0, 0.55)))
@settings(max_examples=60, deadline=None)
def test_many_at_once_have_the_candidates_that_each_has_alone(
    listed: list[str], asked: list[str], least: float
) -> None:
    index = Index.build([Entry("list", str(at), "person", (ListedName(name),)) for at, name in enumerate(listed)])
    parties = [Party(str(at), (ListedName(name),), "person") for at, name in enumerate([*asked, *listed])]
    assert list(index.candidates_of_all(parties, 5, least)) == [index.candidates(one, 5, least) for one in parties]


@given(st.lists(NAMES, min_size=1, max_size=12), st.lists(NAMES, min_size=1, max_size=12))
@settings(max_examples=40, deadline=None)
def test_many_at_once_are_judged_and_explained_as_each_is_alone(listed: list[str], asked: list[str]) -> None:
    entries = [Entry("list", str(at), "person", (ListedName(name),)) for at, name in enumerate(listed)]
    parties = [Party(str(at), (ListedName(name),), "person") for at, name in enumerate([*asked, *listed])]
    together = list(Screener.build(entries).screen_all(parties, workers=1))
    assert together == [Screener.build(entries).screen(one) for one in parties]


@given(st.lists(LETTERS, min_size=1, max_size=30, unique=True), st.lists(LETTERS, min_size=1, max_size=30))
@settings(max_examples=150, deadline=None)
def test_every_word_within_the_allowed_errors_is_found_with_its_likeness(words: list[str], asked: list[str]) -> None:
    found = Spellings(words).near(asked)
    for word in asked:
        near = {at: OSA.distance(word, other) for at, other in enumerate(words)}
        longest = {at: max(len(word), len(other)) for at, other in enumerate(words)}
        wanted = {
            at: 1 - near[at] / longest[at]
            for at in near
            if allowed_errors(len(word)) and near[at] <= allowed_errors(len(word))
        }
        assert dict(found[word]) == wanted
