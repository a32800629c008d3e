"""What is seen of parts and names in arrays agrees with what a full look finds."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.screening.names import analyse
from hanze.screening.scoring import estimating, similarity
from hanze.screening.scoring.estimating import Estimator, Names
from hanze.screening.scoring.tokens import Tokens
from tests.screening.scoring.comparing import COMMON, NAMES

LETTERS = st.text("abcdehiklmnorstuvyz", min_size=1, max_size=14)
WORDS = LETTERS | st.sampled_from(
    ["mohammed", "muhammad", "محمد", "Сергей", "sergei", "邓", "deng", "김", "kim", "12", "j", "trading", "comm", "ü"]
)
SEVERAL = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


@given(st.lists(st.tuples(LETTERS, LETTERS), min_size=1, max_size=20))
@settings(deadline=None)
def test_many_spellings_at_once_are_as_alike_as_one_by_one(pairs: list[tuple[str, str]]) -> None:
    ours, theirs = [one for one, _ in pairs], [other for _, other in pairs]
    alone = [similarity.spelled_alike(one, other) for one, other in pairs]
    counted = [value if value >= similarity.LEAST else 0.0 for value in alone]
    assert estimating.spelled_alike(ours, theirs).tolist() == counted


@given(st.lists(st.tuples(SEVERAL, SEVERAL), min_size=1, max_size=6))
@settings(deadline=None)
def test_parts_in_a_batch_are_as_alike_as_a_full_look_says(pairs: list[tuple[str, str]]) -> None:
    tokens = Tokens(analyse, COMMON, NAMES)
    sides = [tuple(Names.of([tokens.prepare(text, "person")]) for text in pair) for pair in pairs]
    found = Estimator(tokens.traits).estimates([(one, other) for one, other in sides])
    for at, (ours, theirs) in enumerate(sides):
        for mine, reading in enumerate(ours.names[0].readings):
            for other, their in enumerate(theirs.names[0].readings):
                full = [[similarity.likeness(a, b).value for b in their.tokens] for a in reading.tokens]
                assert found.likenesses(at, mine, other) == full
