"""Decision memory: what a person decided about a party and an entry holds while both stay as they were.

A change on either side opens the question again, with the difference. A verdict is never thrown away: it goes along
when parties or entries turn out to be one, and when a list gives an entry another number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal as OneOf

from hanze.screening.entries import Entry, Party
from hanze.screening.identity import Change, changes

Answer = OneOf["same", "not-the-same", "cannot-tell"]
Side = OneOf["party", "list"]
Pair = tuple[str, str]
"""The id of a list and the id of an entry on it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `by` decided on a day, with the party and the entry as they were then.

    `second_by` confirmed it, where the list asks for a second pair of eyes. Raises ValueError without a reason, and
    when somebody would confirm the own verdict.
    """

    party: Party
    entry: Entry
    answer: Answer
    reason: str
    by: str
    on: date
    second_by: str = ""

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ValueError("a verdict has a reason")
        if self.second_by and self.second_by == self.by:
            raise ValueError("somebody else confirms a verdict")


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact on one side that is not what the verdict was about; `removed` when the entry left its list."""

    side: Side
    change: Change | None
    removed: bool = False


def reopening(party_then: Party, entry_then: Entry, party: Party, entry: Entry | None) -> tuple[Difference, ...]:
    """Why a verdict on `party_then` and `entry_then` no longer holds for what both are now; empty when it does.

    `entry` is None when it left its list.
    """
    ours = [Difference("party", change) for change in changes(party_then, party)]
    if entry is None:
        return (*ours, Difference("list", None, removed=True))
    return (*ours, *(Difference("list", change) for change in changes(entry_then, entry)))


@dataclass(frozen=True, slots=True)
class Carried:
    """The verdicts of what was merged, by entry, and the entries about which its parts had been judged differently."""

    verdicts: Mapping[Pair, Verdict]
    contradicting: Mapping[Pair, tuple[Verdict, ...]]


def merge(verdicts: Iterable[Verdict]) -> Carried:
    """Carry verdicts along where the parties, or the entries, that they are about turn out to be one (`follow` brings
    those about an entry to the one that goes on for it). The latest of those that agree is kept; where they do not
    agree none holds: the question is open again, and both stand beside it."""
    by_pair: dict[Pair, list[Verdict]] = {}
    for verdict in verdicts:
        by_pair.setdefault((verdict.entry.list_id, verdict.entry.id), []).append(verdict)
    kept: dict[Pair, Verdict] = {}
    contradicting: dict[Pair, tuple[Verdict, ...]] = {}
    for pair, said in by_pair.items():
        in_order = sorted(said, key=lambda verdict: verdict.on)
        if len({verdict.answer for verdict in said}) == 1:
            kept[pair] = in_order[-1]
        else:
            contradicting[pair] = tuple(in_order)
    return Carried(kept, contradicting)


def follow(verdict: Verdict, number: str) -> Verdict:
    """The same verdict at the number of the entry that goes on for the one that it was about. What it was decided on
    stays as it was then, so that `reopening` tells what that entry says besides."""
    return replace(verdict, entry=replace(verdict.entry, id=number))
