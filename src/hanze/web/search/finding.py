"""Finding what a reader may see. Rights are asked of the records at the moment of searching, never of the index."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Cast

from hanze.accounts.models import User
from hanze.register.searching import SearchSource
from hanze.web.models import SearchEntry, SearchTerm
from hanze.web.search.indexing import sources
from hanze.web.search.words import fold, stems, words

SHORTEST_PREFIX = 3
MOST_WORDS = 8
AROUND = 90
PAGE = 20


@dataclass(frozen=True)
class Hit:
    """One record found: its title, where to open it, and the words around what was found as (text, is hit)."""

    kind: str
    title: str
    url: str
    excerpt: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Results:
    """`kinds` counts what the reader may see per kind of record as (type, label, count)."""

    hits: tuple[Hit, ...]
    total: int
    kinds: tuple[tuple[str, str, int], ...]


def find(reader: User, text: str, kind: str = "", page: int = 1) -> Results:
    """The records that contain all words of `text` (or words that begin so) and that `reader` may see, best first.

    `kind` narrows to one record type. A text without words finds nothing.
    """
    asked = words(text)[:MOST_WORDS]
    allowed = {label: source for label, source in sources().items() if reader.has_perm(source.permission)}
    if not asked or not allowed:
        return Results((), 0, ())
    entries = _matching(asked).filter(_visible(reader, allowed))
    kinds = tuple(
        (label, str(source.label), count)
        for label, source in allowed.items()
        if (count := entries.filter(record_type=label).count())
    )
    if kind:
        entries = entries.filter(record_type=kind)
    total = sum(count for label, _label, count in kinds if not kind or label == kind)
    ranked = entries.annotate(rank=Sum("terms__weight", filter=_any_word(asked, "terms__"))).order_by("-rank", "title")
    start = (max(page, 1) - 1) * PAGE
    return Results(tuple(_hits(ranked[start : start + PAGE], allowed, asked)), total, kinds)


def _matching(asked: list[str]) -> QuerySet[SearchEntry]:
    entries = SearchEntry.objects.all()
    for word in asked:
        entries = entries.filter(Exists(SearchTerm.objects.filter(_word(word, ""), entry=OuterRef("pk"))))
    return entries


def _word(word: str, prefix: str) -> Q:
    match = Q(**{f"{prefix}stem__in": stems(word)})
    if len(word) >= SHORTEST_PREFIX:
        match |= Q(**{f"{prefix}stem__startswith": word})
    return match


def _any_word(asked: Iterable[str], prefix: str) -> Q:
    matches = Q()
    for word in asked:
        matches |= _word(word, prefix)
    return matches


def _visible(reader: User, allowed: dict[str, SearchSource]) -> Q:
    seen = Q(pk__in=[])
    for label, source in allowed.items():
        records = source.model.objects.visible_to(reader)  # type: ignore[attr-defined]
        keys = records.order_by().annotate(search_key=Cast("pk", CharField())).values("search_key")
        seen |= Q(record_type=label, record_id__in=keys)
    return seen


def _hits(entries: Iterable[Any], allowed: dict[str, SearchSource], asked: list[str]) -> Iterable[Hit]:
    for entry in entries:
        source = allowed[entry.record_type]
        record = source.model._default_manager.filter(pk=entry.record_id).first()
        if record is not None:
            yield Hit(str(source.label), source.title(record), source.url(record), excerpt(source.text(record), asked))


def excerpt(text: str, asked: list[str]) -> tuple[tuple[str, bool], ...]:
    """The part of `text` around the first word that was asked for, in pieces with what was found marked."""
    forms = {form for word in asked for form in stems(word)}
    pieces = text.split()
    found = [_is_hit(piece, forms, asked) for piece in pieces]
    first = found.index(True) if True in found else 0
    start = max(0, first - AROUND // 10)
    shown: list[tuple[str, bool]] = [("… ", False)] if start else []
    length = 0
    for piece, hit in zip(pieces[start:], found[start:], strict=True):
        if length > 2 * AROUND:
            shown.append(("…", False))
            break
        shown.append((piece + " ", hit))
        length += len(piece) + 1
    return tuple(shown)


def _is_hit(piece: str, forms: set[str], asked: list[str]) -> bool:
    for word in words(piece):
        if stems(word) & forms or any(len(a) >= SHORTEST_PREFIX and word.startswith(a) for a in asked):
            return True
    return any(len(a) < SHORTEST_PREFIX and a in fold(piece) and not a.isascii() for a in asked)
