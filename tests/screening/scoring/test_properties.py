"""What holds for the score of any two names."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.screening.scoring.folding import fold
from hanze.screening.scoring.similarity import spelled_alike
from hanze.screening.scoring.wording import explain
from tests.screening.scoring.comparing import entry, match, party, score, scorer

LETTERS = st.text("abcdefghiklmnoprstuvyz", min_size=1, max_size=9)
WRITTEN = st.lists(LETTERS, min_size=1, max_size=4).map(" ".join)
ANYTHING = st.text(max_size=40)


@given(ANYTHING, ANYTHING)
@settings(max_examples=150, deadline=None)
def test_any_two_texts_have_a_score_between_nothing_and_one_and_sentences(ours: str, theirs: str) -> None:
    found = match(party(ours), entry(theirs))
    assert 0.0 <= found.score <= 1.0
    assert explain(found, "nl")
    assert explain(found, "en")


@given(WRITTEN)
@settings(max_examples=100, deadline=None)
def test_a_name_and_itself_score_one(name: str) -> None:
    assert score(name, name) == 1.0


@given(WRITTEN, WRITTEN)
@settings(max_examples=150, deadline=None)
def test_which_side_a_name_is_on_does_not_matter(ours: str, theirs: str) -> None:
    assert abs(score(ours, theirs) - score(theirs, ours)) < 1e-9


@given(st.lists(LETTERS.filter(lambda part: len(part) > 2), min_size=2, max_size=4), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_order_of_the_parts_of_a_name_matters_hardly(parts: list[str], random: object) -> None:
    shuffled = list(parts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert score(" ".join(parts), " ".join(shuffled)) >= 0.9


@given(WRITTEN, LETTERS.filter(lambda part: len(part) > 2))
@settings(max_examples=100, deadline=None)
def test_a_part_more_never_makes_a_name_more_alike_than_itself(name: str, extra: str) -> None:
    assert score(f"{name} {extra}", name) <= score(name, name)


@given(LETTERS, LETTERS)
def test_spellings_are_alike_both_ways_and_fully_only_with_themselves(ours: str, theirs: str) -> None:
    assert spelled_alike(ours, theirs) == spelled_alike(theirs, ours)
    assert 0.0 <= spelled_alike(ours, theirs) <= 1.0


@given(LETTERS)
def test_folding_leaves_something_of_every_word(text: str) -> None:
    assert fold(text)


@given(WRITTEN, st.lists(WRITTEN, min_size=1, max_size=5), st.floats(0.2, 0.9))
@settings(max_examples=100, deadline=None)
def test_names_that_cannot_be_the_best_are_left_out_without_changing_the_match(
    ours: str, theirs: list[str], least: float
) -> None:
    full = scorer().rate(party(ours), entry(*theirs))
    quick = scorer().rate(party(ours), entry(*theirs), least)
    if quick.names is not None:
        assert quick.match() == full.match()
