"""Which part of one name goes with which part of another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hanze.screening.scoring.folding import fold
from hanze.screening.scoring.similarity import LEAST, Likeness, spelled_alike
from hanze.screening.scoring.tokens import Token

JOINED = 0.95
"""What parts that were written apart on one side and as one on the other are worth at most."""
LONGEST_JOIN = 4

Compare = Callable[[Token, Token], Likeness]


@dataclass(frozen=True, slots=True)
class Pair:
    """Parts of one name (usually one; more when written apart) that go with parts of the other, and how alike."""

    ours: tuple[int, ...]
    theirs: tuple[int, ...]
    likeness: Likeness


def align(ours: Sequence[Token], theirs: Sequence[Token], compare: Compare) -> list[Pair]:
    """The pairs with the greatest likeness, weighed by how telling their parts are; order plays no role."""
    joined = _joined(ours, theirs, compare)
    taken_ours = {index for pair in joined for index in pair.ours}
    taken_theirs = {index for pair in joined for index in pair.theirs}
    options = [
        Pair((row,), (column,), value)
        for row, our in enumerate(ours)
        if row not in taken_ours
        for column, their in enumerate(theirs)
        if column not in taken_theirs and (value := compare(our, their)).value >= LEAST
    ]
    return joined + _assign(options, ours, theirs)


def _gain(pair: Pair, ours: Sequence[Token], theirs: Sequence[Token]) -> float:
    return pair.likeness.value * (0.1 + ours[pair.ours[0]].weight + theirs[pair.theirs[0]].weight)


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


def _joined(ours: Sequence[Token], theirs: Sequence[Token], compare: Compare) -> list[Pair]:
    """Parts written apart on one side and as one on the other (`Abd al Rahman`, `Abdulrahman`)."""
    alone_ours = [not any(compare(our, their).value > 0.9 for their in theirs) for our in ours]
    alone_theirs = [not any(compare(our, their).value > 0.9 for our in ours) for their in theirs]
    pairs: list[Pair] = []
    if len(ours) > 1 and any(alone_theirs):
        pairs += [Pair(run, (at,), value) for run, at, value in _runs(ours, alone_ours, theirs, alone_theirs)]
    if len(theirs) > 1 and any(alone_ours):
        taken_ours = {index for pair in pairs for index in pair.ours}
        taken_theirs = {index for pair in pairs for index in pair.theirs}
        alone_ours = [free and index not in taken_ours for index, free in enumerate(alone_ours)]
        alone_theirs = [free and index not in taken_theirs for index, free in enumerate(alone_theirs)]
        pairs += [Pair((at,), run, value) for run, at, value in _runs(theirs, alone_theirs, ours, alone_ours)]
    return pairs


def _runs(
    apart: Sequence[Token], alone_apart: Sequence[bool], whole: Sequence[Token], alone_whole: Sequence[bool]
) -> list[tuple[tuple[int, ...], int, Likeness]]:
    """Runs of neighbours in `apart` that together are one part of `whole`, longest likeness first, none used twice."""
    found: list[tuple[tuple[int, ...], int, Likeness]] = []
    for start in range(len(apart) - 1):
        for end in range(start + 2, min(start + LONGEST_JOIN, len(apart)) + 1):
            run = tuple(range(start, end))
            if not (alone_apart[start] or apart[start].light) or not (alone_apart[end - 1] or apart[end - 1].light):
                continue
            if not any(alone_apart[index] and not apart[index].light for index in run):
                continue
            text = "".join(next(iter(apart[index].forms)) for index in run)
            for at, token in enumerate(whole):
                if alone_whole[at] and not token.light and (value := _join_likeness(text, token)) > 0.75:
                    found.append((run, at, Likeness(JOINED * value, "joined")))
    found.sort(key=lambda item: -item[2].value)
    kept: list[tuple[tuple[int, ...], int, Likeness]] = []
    used: set[int] = set()
    used_whole: set[int] = set()
    for run, at, value in found:
        if not used.intersection(run) and at not in used_whole:
            used.update(run)
            used_whole.add(at)
            kept.append((run, at, value))
    return kept


def _join_likeness(text: str, token: Token) -> float:
    if text in token.forms:
        return 1.0
    folded = fold(text)
    if folded in token.folded and len(folded) > 3:
        return 0.98
    if abs(len(text) - len(token.written)) > 2:
        return 0.0
    return max((spelled_alike(text, form) for form in token.forms), default=0.0)
