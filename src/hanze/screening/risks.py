"""Sector and technology risk: dated lists of themes, recognised in a text by words and in a case by codes.

What is recognised is a reason to ask, never an answer: a text without these words may still be about the risk.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, cast
from typing import Literal as OneOf

Status = OneOf["stated", "inferred"]
LANGUAGES = {"nl": "dutch_porter", "en": "english"}
WORD = re.compile(r"\w+", re.UNICODE)
LONG_ENOUGH = 3
Forms = frozenset[str]


class RiskListError(ValueError):
    """A risk list that cannot be used: file, place in it, and what to write."""


@dataclass(frozen=True, slots=True)
class RiskItem:
    """A technology or sector by which a theme is recognised: words by language, and codes of sectors."""

    id: str
    words: Mapping[str, tuple[str, ...]]
    codes: frozenset[str]
    status: Status


@dataclass(frozen=True, slots=True)
class RiskTheme:
    """A risk, with its name and what it is in Dutch and English."""

    id: str
    title: Mapping[str, str]
    help: Mapping[str, str]
    status: Status
    items: tuple[RiskItem, ...]


@dataclass(frozen=True, slots=True)
class RiskList:
    """A dated list of themes, with the document it rests on."""

    id: str
    version: date
    title: Mapping[str, str]
    document: str
    section: str
    themes: tuple[RiskTheme, ...]


@dataclass(frozen=True, slots=True)
class RiskMatch:
    """A theme that a case seems to be about: by which item, and by the words as written or the code that told it."""

    risks: RiskList
    theme: RiskTheme
    item: RiskItem
    words: tuple[str, ...]
    codes: tuple[str, ...]


def match_risks(text: str, codes: Collection[str], risks: RiskList) -> tuple[RiskMatch, ...]:
    """The items that a text (Dutch or English) or the codes of a case point to, in the order of the list.

    Whole words only, singular and plural alike; a phrase counts when its words stand next to each other.
    """
    written = [match.group() for match in WORD.finditer(text)]
    forms = {language: [_forms(word.casefold(), language) for word in written] for language in LANGUAGES}
    found: list[RiskMatch] = []
    for theme in risks.themes:
        for item in theme.items:
            words = tuple(dict.fromkeys(_found(item, written, forms)))
            hit = tuple(sorted(item.codes & set(codes)))
            if words or hit:
                found.append(RiskMatch(risks, theme, item, words, hit))
    return tuple(found)


def _found(item: RiskItem, written: Sequence[str], forms: Mapping[str, Sequence[Forms]]) -> Iterator[str]:
    for language, phrases in item.words.items():
        for phrase in phrases:
            wanted = _wanted(phrase, language)
            for at in range(len(written) - len(wanted) + 1):
                here = forms[language][at : at + len(wanted)]
                if all(one & other for one, other in zip(here, wanted, strict=True)):
                    yield " ".join(written[at : at + len(wanted)])


@cache
def _wanted(phrase: str, language: str) -> tuple[Forms, ...]:
    return tuple(_forms(match.group().casefold(), language) for match in WORD.finditer(phrase))


@lru_cache(maxsize=20_000)
def _forms(word: str, language: str) -> Forms:
    """The word and what is left of it without its ending: two words are alike when they share one of these."""
    stemmer = _stemmer(language)
    bare = word.removesuffix("s") if len(word) > LONG_ENOUGH else word
    stems = [cast(str, stemmer.stemWord(each)) for each in (word, bare)]
    single = [stem[:-1] for stem in stems if len(stem) > LONG_ENOUGH and stem[-1] == stem[-2]]
    return frozenset((word, bare, *stems, *single))


@cache
def _stemmer(language: str) -> Any:
    import snowballstemmer  # pyright: ignore[reportMissingTypeStubs]

    return cast(Any, snowballstemmer).stemmer(LANGUAGES[language])


@cache
def first_list() -> RiskList:
    """The list that comes with Hanze: what the sources name."""
    path = files("hanze.screening").joinpath("data", "risks.yaml")
    return _risk_list(path.read_text("utf-8"), "risks.yaml")


def read_risks(path: Path) -> RiskList:
    """A list of an organisation's own, in the form of `data/risks.yaml`. Raises RiskListError."""
    try:
        return _risk_list(path.read_text("utf-8"), path.name)
    except (OSError, UnicodeError) as error:
        raise RiskListError(f"{path.name} cannot be read: {error}") from None


def _risk_list(text: str, name: str) -> RiskList:
    import yaml

    try:
        said = _mapping(yaml.safe_load(text), name, "the list")
    except (yaml.YAMLError, RecursionError) as error:
        raise RiskListError(f"{name} is no YAML: {error}") from None
    source = _mapping(said.get("source"), name, "source")
    version = said.get("version")
    if not isinstance(version, date):
        raise RiskListError(f"{name}: version: write the day of the list, such as 2026-11-21.")
    themes = _mapping(said.get("themes"), name, "themes")
    return RiskList(
        id=str(said.get("list") or ""),
        version=version,
        title=_texts(said.get("title"), name, "title"),
        document=str(source.get("document") or ""),
        section=str(source.get("section") or ""),
        themes=tuple(_theme(str(key), value, name) for key, value in themes.items()),
    )


def _theme(key: str, value: object, name: str) -> RiskTheme:
    said = _mapping(value, name, f"themes: {key}")
    items = _mapping(said.get("items"), name, f"themes: {key}: items")
    return RiskTheme(
        id=key,
        title=_texts(said.get("title"), name, f"themes: {key}: title"),
        help=_texts(said.get("help"), name, f"themes: {key}: help"),
        status=_status(said.get("status"), name, f"themes: {key}"),
        items=tuple(_item(str(each), given, name, f"themes: {key}: {each}") for each, given in items.items()),
    )


def _item(key: str, value: object, name: str, place: str) -> RiskItem:
    said = _mapping(value, name, place)
    words = _mapping(said.get("words") or {}, name, f"{place}: words")
    for language in words:
        if language not in LANGUAGES:
            raise RiskListError(f"{name}: {place}: words: write nl and en, not {language!r}.")
    return RiskItem(
        id=key,
        words={language: tuple(str(word) for word in _items(given, name, place)) for language, given in words.items()},
        codes=frozenset(str(code) for code in _items(said.get("codes") or [], name, place)),
        status=_status(said.get("status"), name, place),
    )


def _mapping(value: object, name: str, place: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise RiskListError(f"{name}: {place}: write `key: value` lines here.")
    return cast("dict[str, object]", value)


def _items(value: object, name: str, place: str) -> list[object]:
    if not isinstance(value, list):
        raise RiskListError(f"{name}: {place}: write a list here: [a, b].")
    return cast("list[object]", value)


def _texts(value: object, name: str, place: str) -> Mapping[str, str]:
    said = _mapping(value, name, place)
    if set(said) != set(LANGUAGES):
        raise RiskListError(f"{name}: {place}: write it in both languages: {{nl: …, en: …}}.")
    return {language: str(text) for language, text in said.items()}


def _status(value: object, name: str, place: str) -> Status:
    if value in ("stated", "inferred"):
        return value
    raise RiskListError(f"{name}: {place}: write status: stated or status: inferred.")
