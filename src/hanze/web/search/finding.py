"""Finding what a reader may see. Rights are asked of the records at the moment of searching, never of the index."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice

from django.db.models import OuterRef, Q, QuerySet, Sum

from hanze.accounts.models import User
from hanze.register.narrowing import has_one
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


@dataclass(frozen=True)
class Found:
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
    found = list(islice(_visible(reader, allowed, _ranked(asked)), MOST_FOUND + 1))
    best = sorted(found[:MOST_FOUND], key=lambda each: (-each.rank, each.title))
    counted = Counter(each.record_type for each in best)
    kinds = tuple((label, str(source.label), counted[label]) for label, source in allowed.items() if counted[label])
    chosen = [each for each in best if not kind or each.record_type == kind]
    start = (max(page, 1) - 1) * PAGE
    hits = tuple(_hits(chosen[start : start + PAGE], allowed, asked))
    return Results(hits, len(chosen), kinds, more=len(found) > MOST_FOUND)


def _ranked(asked: Sequence[str]) -> Iterator[list[Found]]:
    """What has all the words, in portions: by the rarest word, first where that weighs most."""
    often = {word: _often(word, COMMON) for word in asked}
    common = min(often.values()) == COMMON
    rarest = min(asked, key=lambda word: _often(word, VERY_COMMON) if common and len(often) > 1 else often[word])
    others = [word for word in dict.fromkeys(asked) if word != rarest]
    entries = _everywhere(rarest, others) if common else _by_weight(rarest, others)
    while portion := dict(islice(entries, MOST_FOUND)):
        # Of a common word only the form by which the index found it was weighed.
        weights = Counter({} if common else portion)
        for word in [rarest, *others] if common else others:
            weights.update(_weights(word, portion))
        known = SearchEntry.objects.filter(pk__in=portion).values_list("pk", "title", "record_type", "record_id")
        yield [Found(weights[key], title, record_type, record_id) for key, title, record_type, record_id in known]


def _everywhere(word: str, others: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The entries with a word that very many have, as an index has them by weight: those with its own forms and, only
    when somebody asks on, those with words that begin so."""
    seen: set[int] = set()
    for forms in (lambda: sorted(stems(word)), lambda: _beginning(word)):
        heaviest = [_in_portions(_with_all(SearchTerm.objects.filter(stem=form), others)) for form in forms()]
        for entry, weight in merge(*heaviest, key=lambda found: (-found[1], found[0])):
            if entry not in seen:
                seen.add(entry)
                yield entry, weight
    yield from (found for found in _by_weight(word, others) if found[0] not in seen)


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


def _beginning(word: str) -> list[str]:
    """The first words of the index that begin with `word`, each found by a look at one row."""
    found: list[str] = []
    while len(word) >= SHORTEST_PREFIX and len(found) < MOST_BEGINNINGS:
        rest = SearchTerm.objects.filter(stem__begins=word, stem__gt=found[-1] if found else "")
        following = rest.order_by("stem").values_list("stem", flat=True).first()
        if following is None:
            break
        found.append(following)
    return found


def _by_weight(word: str, others: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The entries that have all the words, by the weight of the first of them."""
    found = _with_all(_terms(word), others).values_list("entry").annotate(rank=Sum("weight"))
    yield from found.order_by("-rank", "entry")


def _with_all(terms: QuerySet[SearchTerm], words: Sequence[str]) -> QuerySet[SearchTerm]:
    for word in words:
        has_it = Q()
        for forms in _forms(word):
            has_it |= Q(has_one(SearchTerm.objects.filter(forms, entry=OuterRef("entry")), "entry"))
        terms = terms.filter(has_it)
    return terms


def _weights(word: str, entries: Iterable[int]) -> dict[int, int]:
    """How much the word weighs in each of these entries."""
    weights: Counter[int] = Counter()
    for forms in _forms(word):
        found = SearchTerm.objects.filter(forms, entry__in=list(entries)).values_list("entry")
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


def _visible(reader: User, allowed: Mapping[str, SearchSource], portions: Iterator[list[Found]]) -> Iterator[Found]:
    for portion in portions:
        keys = defaultdict[str, list[str]](list)
        for each in portion:
            keys[each.record_type].append(each.record_id)
        seen = {
            (label, str(key))
            for label in keys.keys() & allowed.keys()
            for key in allowed[label]
            .model.objects.visible_to(reader)  # type: ignore[attr-defined]
            .filter(pk__in=keys[label])
            .values_list("pk", flat=True)
        }
        yield from (each for each in portion if (each.record_type, each.record_id) in seen)


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
