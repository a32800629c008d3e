"""Finding what a reader may see. Rights are asked of the records at the moment of searching, never of the index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import NamedTuple

from django.db.models import BigIntegerField, Q, QuerySet, Sum
from django.db.models.functions import Cast

from hanze.accounts.among import Among, KeyIn
from hanze.accounts.models import User
from hanze.register.searching import SearchSource
from hanze.web.models import SearchEntry, SearchTerm
from hanze.web.search.indexing import sources
from hanze.web.search.words import fold, stems, words

SHORTEST_PREFIX = 3
MOST_WORDS = 8
AROUND = 90
PAGE = 20
MOST_FOUND = 1000
"""So many records are shown at most, the best; who looks for another one adds a word."""
MOST_BEGINNINGS = 12
SPARE, LARGEST = 100, 4000
"""So many more are looked at than are asked for, because some may not be seen; never more than the largest at once."""
AT_A_TIME = 200
COMMON = 5000
"""A word that the index has so many times is common: of its entries only the best are looked at."""
VERY_COMMON = 50_000
"""Words that the index has more often are taken to be in as many entries."""


@dataclass(frozen=True)
class Hit:
    """One record found: its title, where to open it, and the words around what was found as (text, is hit)."""

    kind: str
    title: str
    url: str
    excerpt: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Results:
    """`kinds` counts what the reader may see per kind of record as (type, label, count); `more` says that there is
    more than `MOST_FOUND`, of which this is the best."""

    hits: tuple[Hit, ...]
    total: int
    kinds: tuple[tuple[str, str, int], ...]
    more: bool = False


class Found(NamedTuple):
    """A record in the index that has the words, and how much these weigh in it."""

    rank: int
    title: str
    record_type: str
    record_id: str


def find(reader: User, text: str, kind: str = "", page: int = 1) -> Results:
    """The records that contain all words of `text` (or words that begin so) and that `reader` may see, best first.

    `kind` narrows to one record type. A text without words finds nothing.
    """
    asked = words(text)[:MOST_WORDS]
    allowed = {label: source for label, source in sources().items() if reader.has_perm(source.permission)}
    if not asked or not allowed:
        return Results((), 0, ())
    found = list(islice(_ranked(reader, allowed, asked), MOST_FOUND + 1))
    best = sorted(found[:MOST_FOUND], key=lambda each: (-each.rank, each.title))
    counted = Counter(each.record_type for each in best)
    kinds = tuple((label, str(source.label), counted[label]) for label, source in allowed.items() if counted[label])
    chosen = [each for each in best if not kind or each.record_type == kind]
    start = (max(page, 1) - 1) * PAGE
    hits = tuple(_hits(chosen[start : start + PAGE], allowed, asked))
    return Results(hits, len(chosen), kinds, more=len(found) > MOST_FOUND)


def _ranked(reader: User, allowed: Mapping[str, SearchSource], asked: Sequence[str]) -> Iterator[Found]:
    """What has all the words and `reader` may see: by the rarest word, first where that weighs most."""
    rarest, common = _rarest(asked)
    others = [word for word in dict.fromkeys(asked) if word != rarest]
    entries = _everywhere(rarest) if common else _by_weight(rarest)
    may_see = SearchEntry.objects.filter(_visible(reader, allowed))
    looked_at = shown = 0
    while portion := dict(islice(entries, _next_size(looked_at, shown) if looked_at else MOST_FOUND + SPARE)):
        found = [portion]
        for word in others:
            found.append(_weights(word, found[-1]))
        rows = may_see.filter(KeyIn("pk", found[-1])).values_list("pk", "title", "record_type", "record_id")
        seen = {key: said for key, *said in rows}
        # Of a common word only the form by which the index found it was weighed.
        known = [_weights(rarest, seen), *found[1:]] if common else found
        yield from (Found(sum(weights[key] for weights in known), *seen[key]) for key in portion if key in seen)
        looked_at, shown = looked_at + len(portion), shown + len(seen)


def _visible(reader: User, allowed: Mapping[str, SearchSource]) -> Q:
    """The condition under which the record that an entry stands for is of a kind and class that `reader` may see."""
    key = Cast("record_id", BigIntegerField())
    condition = Q(pk__in=())
    for label, source in allowed.items():
        rows = source.model.objects.visible_to  # type: ignore[attr-defined]
        condition |= Q(record_type=label) & Q(Among(rows, reader, key))
    return condition


def _rarest(asked: Sequence[str]) -> tuple[str, bool]:
    """The word that the index has least, and whether even that is common."""
    rarest = asked[0]
    for most in (COMMON, VERY_COMMON):
        often = {word: _often(word, most) for word in asked}
        rarest = min(often, key=lambda word: often[word])
        if often[rarest] < most or len(often) == 1:
            return rarest, most > COMMON or often[rarest] == COMMON
    return rarest, True


def _next_size(looked_at: int, seen: int) -> int:
    """How many entries are looked at next: as many as give what still lacks, when they are as those before."""
    lacking = max(MOST_FOUND + 1 - seen, 0) * looked_at // max(seen, 1)
    return min(lacking + SPARE, LARGEST)


def _everywhere(word: str) -> Iterator[tuple[int, int]]:
    """The entries with a word that very many have, as an index has them by weight: those with its own forms and, only
    when somebody asks on, those with words that begin so."""
    seen: set[int] = set()
    forms: list[str] = []
    for forms_of in (_own_forms, _beginning):
        forms = forms_of(word)
        heaviest = [_in_portions(SearchTerm.objects.filter(stem=form)) for form in forms]
        for entry, weight in merge(*heaviest, key=lambda found: (-found[1], found[0])):
            if entry not in seen:
                seen.add(entry)
                yield entry, weight
    if len(forms) == MOST_BEGINNINGS:
        yield from (found for found in _by_weight(word) if found[0] not in seen)


def _in_portions(terms: QuerySet[SearchTerm]) -> Iterator[tuple[int, int]]:
    """Entry and weight of these terms, heaviest first, each time twice as many.

    Not by an iterator: for that PostgreSQL works out all there is.
    """
    heaviest, after, size = terms.order_by("-weight", "entry").values_list("entry", "weight"), Q(), AT_A_TIME
    while portion := list(heaviest.filter(after)[:size]):
        yield from portion
        if len(portion) < size:
            return
        entry, weight = portion[-1]
        after, size = Q(weight__lt=weight) | Q(weight=weight, entry__gt=entry), 2 * size


def _own_forms(word: str) -> list[str]:
    return sorted(stems(word))


def _beginning(word: str) -> list[str]:
    """The first words of the index that begin with `word`, each found by a look at one row."""
    found: list[str] = []
    while len(word) >= SHORTEST_PREFIX and len(found) < MOST_BEGINNINGS:
        rest = Q(stem__begins_after=(word, found[-1])) if found else Q(stem__begins=word)
        following = SearchTerm.objects.filter(rest).order_by("stem").values_list("stem", flat=True).first()
        if following is None:
            break
        found.append(following)
    return found


def _by_weight(word: str) -> Iterator[tuple[int, int]]:
    """The entries that have the word, by its weight."""
    found = _terms(word).values_list("entry").annotate(rank=Sum("weight"))
    yield from found.order_by("-rank", "entry")


def _weights(word: str, entries: Iterable[int]) -> dict[int, int]:
    """How much the word weighs in those of these entries that have it."""
    weights: Counter[int] = Counter()
    for forms in _forms(word):
        found = SearchTerm.objects.filter(forms, KeyIn("entry", entries)).values_list("entry")
        weights.update(dict(found.annotate(Sum("weight"))))
    return weights


def _often(word: str, most: int) -> int:
    """How many terms stand for the word, counted up to `most`; by their entries, so that an index has all it takes."""
    found = 0
    for forms in _forms(word):
        found += SearchTerm.objects.filter(forms).values("entry")[: most - found].count()
    return found


def _terms(word: str) -> QuerySet[SearchTerm]:
    matches = Q()
    for forms in _forms(word):
        matches |= forms
    return SearchTerm.objects.filter(matches)


def _forms(word: str) -> list[Q]:
    """The conditions under which a term stands for the word: as one of its forms, or because it begins so. No term
    meets two of them, and each is one look into an index, which an `or` of them is not."""
    if len(word) < SHORTEST_PREFIX:
        return [Q(stem__in=stems(word))]
    others = [form for form in stems(word) if not form.startswith(word)]
    return [Q(stem__begins=word), *([Q(stem__in=others)] if others else [])]


def _hits(found: Sequence[Found], allowed: Mapping[str, SearchSource], asked: list[str]) -> Iterator[Hit]:
    records = {}
    for label in {each.record_type for each in found}:
        keys = [each.record_id for each in found if each.record_type == label]
        of_kind = allowed[label].model._default_manager.prefetch_related(*allowed[label].prefetch)
        records |= {(label, str(record.pk)): record for record in of_kind.filter(pk__in=keys)}
    for each in found:
        record, source = records.get((each.record_type, each.record_id)), allowed[each.record_type]
        if record is not None:
            yield Hit(str(source.label), source.title(record), source.url(record), excerpt(source.text(record), asked))


def excerpt(text: str, asked: list[str]) -> tuple[tuple[str, bool], ...]:
    """The part of `text` around the first word that was asked for, in pieces with what was found marked."""
    forms = {form for word in asked for form in stems(word)}
    pieces = text.split()
    known = {piece: _is_hit(piece, forms, asked) for piece in set(pieces)}
    found = [known[piece] for piece in pieces]
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
