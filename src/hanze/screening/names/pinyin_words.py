"""Names of Chinese organisations in pinyin: their business words and legal forms, known as they are in characters."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from hanze.screening.analysed import Form, NamePart
from hanze.screening.names.latin import role_and_weight

# One of these stands in nearly every such name; asked first, for no other name needs the tables.
_TELLTALE = re.compile(
    r"gongsi|youxian|jituan|gufen|yinhang|gongchang|huagong|maoyi|keji|daxue|xueyuan|yanjiu|xiehui|jijinhui"
)
_BEHIND_PLACES = (("shi", "city"), ("sheng", "province"))
_MOST_SYLLABLES = 8


@cache
def _words() -> dict[str, tuple[str, ...]]:
    """Joined pinyin -> English words, of the words of two characters or more; of homophones the first in the table.
    Names of places only with the word for city or province behind them: without it they are written as they are read.
    """
    from hanze.screening.names import han

    found: dict[str, tuple[str, ...]] = {}
    for word, (sort, english) in han.dictionary().items():
        if not 1 < len(word) <= _MOST_SYLLABLES:
            continue
        for form in han.spellings(word):
            if form.language == "pinyin" and sort == "word":
                found.setdefault(form.text, english)
            elif form.language == "pinyin":
                found |= {form.text + behind: (*english, as_said) for behind, as_said in _BEHIND_PLACES}
    return found


def in_english(parts: Sequence[NamePart]) -> tuple[NamePart, ...] | None:
    """The name with the words that the dictionary of characters knows read in English, or None when it has none.

    `youxian gongsi` is read as 有限公司 is, also as one word or by syllable. Takes the parts of a Latin name.
    """
    return _with_words_read(parts, lambda run: _english([part.forms[0].text for part in run]))


def lightened(parts: Sequence[NamePart]) -> tuple[NamePart, ...] | None:
    """The name as it is written, in which those words weigh what they weigh in English; None when it has none."""
    return _with_words_read(parts, _light)


def _with_words_read(
    parts: Sequence[NamePart], read: Callable[[Sequence[NamePart]], Sequence[NamePart]]
) -> tuple[NamePart, ...] | None:
    """The name with each stretch of it that is a word of the dictionary read so; None when it has none."""
    written = [part.forms[0].text for part in parts]
    if not _TELLTALE.search("".join(written)):
        return None
    taken: list[NamePart] = []
    at = 0
    while at < len(parts):
        end = _longest(written, at)
        taken += read(parts[at:end]) if end > at else [parts[at]]
        at = max(end, at + 1)
    return tuple(taken) if taken != list(parts) else None


def _longest(written: Sequence[str], start: int) -> int:
    """Where the longest word of the dictionary ends that begins here; `start` when none does."""
    ends = range(min(len(written), start + _MOST_SYLLABLES), start, -1)
    return next((end for end in ends if "".join(written[start:end]) in _words()), start)


def _english(written: Sequence[str]) -> list[NamePart]:
    text = "".join(written)
    english = _words()[text]
    own = (Form(text, "written"),) if len(english) == 1 else ()
    return [
        NamePart(" ".join(written), (Form(word, "dictionary", "hanzi-english"), *own), *role_and_weight(word))
        for word in english
    ]


def _light(run: Sequence[NamePart]) -> list[NamePart]:
    english = [role_and_weight(word) for word in _words()["".join(part.forms[0].text for part in run)]]
    role = "legal-form" if all(role == "legal-form" for role, _ in english) else "word"
    return [NamePart(part.written, part.forms, role, sum(weight for _, weight in english) / len(run)) for part in run]
