"""Names taken apart across scripts: `analyse` is the one door; `keys` holds what spellings of one name share."""

from __future__ import annotations

from functools import lru_cache

from hanze.screening.analysed import AnalysedName, Form, NamePart, Script
from hanze.screening.entries import Kind
from hanze.screening.names import latin, organisations, pinyin, pinyin_words
from hanze.screening.names.latin import role_and_weight
from hanze.screening.names.normal import ascii_words, main_script, words

__all__ = ["analyse"]

_MOST_READINGS = 6
_Parts = tuple[NamePart, ...]


@lru_cache(maxsize=60_000)
def analyse(text: str, kind: Kind = "unknown") -> AnalysedName:
    """A name in any script as parts with their Latin forms, roles and weights.

    Never raises; a text without a letter or digit gives no parts. `kind` helps where a script does not say where the
    surname ends: a person's name in Han characters or Hangul is read surname first. Only an organisation has numbers
    in words, states in short and initials that it goes by.
    """
    found = _analysed(text, kind)
    return organisations.as_organisation(found) if kind == "organisation" else found


def _analysed(text: str, kind: Kind) -> AnalysedName:
    if text.isascii():
        return _latin_name(text, tuple(ascii_words(text)), kind)
    found = words(text)
    script = main_script(found)
    if script == "latin" and all(s == "latin" for _, s in found):
        return _latin_name(text, tuple(w for w, _ in found), kind)
    readings = _readings(found, kind)
    return AnalysedName(text, script, readings[0], tuple(readings[1:_MOST_READINGS]))


def _latin_name(text: str, found: tuple[str, ...], kind: Kind) -> AnalysedName:
    parts = latin.analysed(found, person=kind != "organisation")
    apart = latin.compounds_apart(parts)
    readings = [apart] if apart else []
    if kind in ("organisation", "unknown") and (read := pinyin_words.in_english(parts)):
        readings.append(read)
        parts = pinyin_words.lightened(parts) or parts
    if kind != "organisation" and 2 <= len(parts) <= 3:
        readings += _joined_pinyin(parts) + _wade_giles(parts)
    return AnalysedName(text, "latin", parts, tuple(readings[:_MOST_READINGS]))


def _joined_pinyin(parts: _Parts) -> list[_Parts]:
    """`deng xiaoping` as deng, xiao, ping, when one word is a Chinese surname and another is joined pinyin."""
    texts = [part.forms[0].text for part in parts]
    if not any(text in pinyin.surname_pinyins() for text in texts):
        return []
    taken: list[NamePart] = []
    for part, text in zip(parts, texts, strict=True):
        syllables = pinyin.apart(text)
        pieces = [latin.part(s) for s in syllables] if len(syllables) > 1 else [part]
        taken += [piece for piece in pieces if piece]
    return [tuple(taken)] if len(taken) > len(parts) else []


def _wade_giles(parts: _Parts) -> list[_Parts]:
    """`mao tse tung` as mao, ze, dong: when all words are Wade-Giles and not all are pinyin."""
    texts = [part.forms[0].text for part in parts]
    if any(len(text) > 6 for text in texts) or all(map(pinyin.is_syllable, texts)):
        return []
    read = [pinyin.from_wade_giles(text) for text in texts]
    if not all(read):
        return []
    forms = [tuple(Form(syllable, "reading", "pinyin") for syllable in options) for options in read]
    return [tuple(NamePart(part.written, own) for part, own in zip(parts, forms, strict=True))]


def _runs(found: list[tuple[str, Script]]) -> list[tuple[Script, tuple[str, ...]]]:
    """Neighbouring words of one script together; Han and kana stay apart."""
    runs: list[tuple[Script, tuple[str, ...]]] = []
    for word, script in found:
        if runs and runs[-1][0] == script:
            runs[-1] = (script, (*runs[-1][1], word))
        else:
            runs.append((script, (word,)))
    return runs


def _readings(found: list[tuple[str, Script]], kind: Kind) -> list[_Parts]:
    """Every way to read the whole name: the first way of each run, and the other ways of one run at a time."""
    runs = [options for script, run in _runs(found) if (options := _run(script, run, kind))]
    if not runs:
        return [()]
    first: list[_Parts] = [tuple(part for options in runs for part in options[0])]
    for at, options in enumerate(runs):
        for other in options[1:]:
            chosen = [other if i == at else own[0] for i, own in enumerate(runs)]
            first.append(tuple(part for parts in chosen for part in parts))
    return first


def _run(script: Script, run: tuple[str, ...], kind: Kind) -> list[_Parts]:
    """The readings of a stretch of words in one script, the likeliest first."""
    # Each script's tables are read when the script first turns up: most runs see two or three.
    if script == "han":
        from hanze.screening.names import han

        return _with_forms(han.readings(run, kind))
    if script == "hangul":
        from hanze.screening.names import hangul

        return _with_forms(hangul.readings(run, kind))
    parts = tuple(part for word in run for part in _word(word, script))
    return [parts] if parts else []


def _with_forms(readings: list[_Parts]) -> list[_Parts]:
    """Readings without the signs that stand for no sound."""
    kept = [tuple(part for part in parts if part.forms) for parts in readings]
    return [parts for parts in kept if parts]


def _word(word: str, script: Script) -> _Parts:
    if script == "latin":
        part = latin.part(word)
        return (part,) if part else ()
    if script == "arabic":
        from hanze.screening.names import arabic

        return arabic.parts(word)
    if script == "kana":
        from hanze.screening.names import kana

        part = kana.part(word)
        return (part,) if part else ()
    if script == "cyrillic":
        from hanze.screening.names import cyrillic

        forms = cyrillic.forms(word)
    else:
        from hanze.screening.names import other

        forms = other.forms(word, script)
    if not forms:
        return ()
    role, weight = role_and_weight(forms[0].text)
    return (NamePart(word, forms, role, weight),)
