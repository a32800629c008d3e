"""Which part of one name goes with which part of another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from hanze.screening.scoring.folding import fold
from hanze.screening.scoring.similarity import LEAST, spelled_alike
from hanze.screening.scoring.tokens import Token, in_characters

JOINED = 0.97
"""What parts that were written apart on one side and as one on the other are worth at most."""
LONGEST_JOIN = 4
FORMS_JOINED = 2
"""How many forms of each part are tried in a joined word (`abd`, `abdul`)."""
ALIKE = 0.9
"""Parts that are more alike than this need no joining with their neighbours."""
LEAST_JOINED = 0.75

Likenesses = Sequence[Sequence[float]]
"""For each part of ours a row with the likeness to each part of theirs."""


class Pair(NamedTuple):
    """Parts of one name (usually one; more when written apart) that go with parts of the other, and how alike."""

    ours: tuple[int, ...]
    theirs: tuple[int, ...]
    value: float

    @property
    def joined(self) -> bool:
        """Whether the parts were written apart on one side and as one on the other."""
        return len(self.ours) != len(self.theirs)


def align(ours: Sequence[Token], theirs: Sequence[Token], likenesses: Likenesses) -> list[Pair]:
    """The pairs with the greatest likeness, weighed by how telling their parts are; order plays no role."""
    joined = _joined(ours, theirs, likenesses)
    taken_ours = {index for pair in joined for index in pair.ours}
    taken_theirs = {index for pair in joined for index in pair.theirs}
    options = [
        Pair((row,), (column,), value)
        for row, values in enumerate(likenesses)
        if row not in taken_ours
        for column, value in enumerate(values)
        if value >= LEAST and column not in taken_theirs
    ]
    return joined + _assign(options, ours, theirs)


def _gain(pair: Pair, ours: Sequence[Token], theirs: Sequence[Token]) -> float:
    return pair.value * (0.1 + ours[pair.ours[0]].weight + theirs[pair.theirs[0]].weight)


def _assign(options: list[Pair], ours: Sequence[Token], theirs: Sequence[Token]) -> list[Pair]:
    """The best assignment: parts without a rival at once, the others by trying."""
    rows: dict[int, list[Pair]] = {}
    columns: dict[int, int] = {}
    for pair in options:
        rows.setdefault(pair.ours[0], []).append(pair)
        columns[pair.theirs[0]] = columns.get(pair.theirs[0], 0) + 1
    sure: list[Pair] = []
    contested: list[list[Pair]] = []
    for choices in rows.values():
        if len(choices) == 1 and columns[choices[0].theirs[0]] == 1:
            sure.append(choices[0])
        else:
            contested.append(choices)
    if not contested:
        return sure
    if len(contested) > 6:
        return sure + _greedy([pair for choices in contested for pair in choices], ours, theirs)
    return sure + _try_all(contested, 0, 0, ours, theirs, {})[1]


def _greedy(options: list[Pair], ours: Sequence[Token], theirs: Sequence[Token]) -> list[Pair]:
    taken: list[Pair] = []
    rows: set[int] = set()
    columns: set[int] = set()
    for pair in sorted(options, key=lambda pair: -_gain(pair, ours, theirs)):
        if pair.ours[0] not in rows and pair.theirs[0] not in columns:
            rows.add(pair.ours[0])
            columns.add(pair.theirs[0])
            taken.append(pair)
    return taken


Tried = dict[tuple[int, int], tuple[float, list[Pair]]]


def _try_all(
    rows: list[list[Pair]], at: int, used: int, ours: Sequence[Token], theirs: Sequence[Token], tried: Tried
) -> tuple[float, list[Pair]]:
    """The best way to give each row from `at` on a column that is not `used` (bits), remembering what was tried."""
    if at == len(rows):
        return 0.0, []
    known = tried.get((at, used))
    if known is not None:
        return known
    best = _try_all(rows, at + 1, used, ours, theirs, tried)
    for pair in rows[at]:
        bit = 1 << pair.theirs[0]
        if not used & bit:
            rest, pairs = _try_all(rows, at + 1, used | bit, ours, theirs, tried)
            total = rest + _gain(pair, ours, theirs)
            if total > best[0]:
                best = total, [pair, *pairs]
    tried[at, used] = best
    return best


def _joined(ours: Sequence[Token], theirs: Sequence[Token], likenesses: Likenesses) -> list[Pair]:
    """Parts written apart on one side and as one on the other (`Abd al Rahman`, `Abdulrahman`)."""
    if not ours or not theirs:
        return []
    free_ours = [max(row) <= ALIKE for row in likenesses]
    free_theirs = [max(column) <= ALIKE for column in zip(*likenesses, strict=True)]
    if True not in free_ours or True not in free_theirs:
        return []
    pairs = [Pair(run, (at,), value) for run, at, value in _runs(ours, free_ours, theirs, free_theirs)]
    for pair in pairs:
        for index in pair.ours:
            free_ours[index] = False
        free_theirs[pair.theirs[0]] = False
    pairs += [Pair((at,), run, value) for run, at, value in _runs(theirs, free_theirs, ours, free_ours)]
    return pairs


Run = tuple[tuple[int, ...], int, float]


def _runs(
    apart: Sequence[Token], free: Sequence[bool], whole: Sequence[Token], free_whole: Sequence[bool]
) -> list[Run]:
    """Runs of neighbours in `apart` that together are one part of `whole`, most alike first, no part used twice."""
    if len(apart) < 2 or True not in free:
        return []
    targets = [
        (at, token)
        for at, token in enumerate(whole)
        if free_whole[at] and not token.light and token.role != "acronym" and len(token.first) > 3
    ]
    if not targets:
        return []
    found = [
        (run, at, JOINED * value)
        for run, text in _neighbours(apart, free, {form[0] for _, token in targets for form in token.forms})
        for at, token in targets
        if (value := _join_likeness(text, token)) > LEAST_JOINED and not _other_characters(run, apart, token)
    ]
    found.sort(key=lambda item: -item[2])
    kept: list[Run] = []
    for run, at, value in found:
        if not any(at == other or set(run) & set(taken) for taken, other, _ in kept):
            kept.append((run, at, value))
    return kept


def _neighbours(
    apart: Sequence[Token], free: Sequence[bool], beginnings: set[str]
) -> list[tuple[tuple[int, ...], str]]:
    """Runs of two to LONGEST_JOIN parts that found no part of their own (particles may have), and their joined text,
    where it can begin with one of these letters.
    """
    usable = [free[index] or token.light for index, token in enumerate(apart)]
    runs: list[tuple[tuple[int, ...], str]] = []
    for start in range(len(apart) - 1):
        if not usable[start] or not usable[start + 1] or apart[start].first[0] not in beginnings:
            continue
        end = start
        texts = [""]
        while end < len(apart) and end < start + LONGEST_JOIN and usable[end]:
            texts = [text + form for text in texts for form in islice(apart[end].forms, FORMS_JOINED)]
            end += 1
            if end > start + 1 and any(free[index] and not apart[index].light for index in range(start, end)):
                runs += [(tuple(range(start, end)), text) for text in texts]
    return runs


def _other_characters(run: Sequence[int], apart: Sequence[Token], token: Token) -> bool:
    """Whether both sides are in Chinese or Korean characters, and in other ones: these tell apart what sounds alike."""
    written = "".join(apart[index].written for index in run)
    return in_characters(written) and in_characters(token.written) and written != token.written


def _join_likeness(text: str, token: Token) -> float:
    if abs(len(text) - len(token.first)) > 3:
        return 0.0
    if text in token.forms:
        return 1.0
    if len(text) > 4 and fold(text) in token.folded:
        return 0.98
    return max(spelled_alike(text, form) for form in token.forms)
