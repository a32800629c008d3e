"""From text as it was typed to plain words, each in one script."""

# ruff: noqa: SIM905 - tables read better as one row of words
from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from functools import lru_cache

from hanze.screening.analysed import Script

# Where a script begins, by code point; everything up to the next line belongs to it.
_STARTS: tuple[tuple[int, Script], ...] = (
    (0x0000, "latin"), (0x0370, "greek"), (0x0400, "cyrillic"), (0x0530, "armenian"), (0x0590, "hebrew"),
    (0x0600, "arabic"), (0x0700, "other"), (0x0750, "arabic"), (0x0780, "other"), (0x08A0, "arabic"),
    (0x0900, "other"), (0x10A0, "georgian"), (0x1100, "hangul"), (0x1200, "other"), (0x1C80, "cyrillic"),
    (0x1C90, "georgian"), (0x1CC0, "other"), (0x1D00, "latin"), (0x1F00, "greek"), (0x2000, "latin"),
    (0x2D00, "georgian"), (0x2D30, "other"), (0x2DE0, "cyrillic"), (0x2E00, "latin"), (0x2E80, "han"),
    (0x3040, "kana"), (0x3100, "other"), (0x3130, "hangul"), (0x3190, "han"), (0x31F0, "kana"), (0x3200, "other"),
    (0x3400, "han"), (0xA000, "other"), (0xA640, "cyrillic"), (0xA6A0, "other"), (0xA720, "latin"),
    (0xA800, "other"), (0xAC00, "hangul"), (0xD7B0, "other"), (0xF900, "han"), (0xFB00, "latin"),
    (0xFB13, "armenian"), (0xFB1D, "hebrew"), (0xFB50, "arabic"), (0xFE00, "other"), (0xFE70, "arabic"),
    (0xFF00, "latin"), (0xFF66, "kana"), (0xFFA0, "hangul"), (0xFFE0, "other"), (0x20000, "han"), (0x32000, "other"),
)  # fmt: skip
_POINTS = [start for start, _ in _STARTS]

# Letters that look like a Latin one, so that a word in which they are mixed in is read as the typist saw it.
_LOOKALIKES = dict(
    zip("авекмнорстухіјѕԁԛԝһαβεικνορτυχ", "abekmhopctyxijsdqwhabeikvoptux", strict=True)
) | {"ո": "n", "ս": "u", "օ": "o"}  # fmt: skip
_TO_LATIN = str.maketrans(_LOOKALIKES)
_TO_CYRILLIC = str.maketrans({latin: other for other, latin in _LOOKALIKES.items() if "а" <= other <= "ԝ"})

_APOSTROPHES = "'`´‘’‚‛ʼʻʽʾʿ＇′ˈ׳՚"
_DROPPED = _APOSTROPHES + "\u00ad\u0640·ʹʺ"
_ASCII: dict[int, str | None] = {
    **{code: " " for code in range(128) if not chr(code).isalnum()},
    **{code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)},
    **{ord("'"): None, ord("`"): None, ord("&"): " and "},
}
_ASCII_WITH_DOTS = _ASCII | {ord("."): "."}
_DOTTED = re.compile(r"(?<![a-z0-9.])(?:[a-z]\.){2,}[a-z]?(?![a-z0-9])")
# Dotted letters that are one word and no row of initials.
_JOINED_LETTERS = frozenset(
    "plc llc llp sa sas sarl srl spa sl slu sprl nv bv ag kg ohg gmbh oy oyj ab as asa aps kft zrt nyrt doo dd ad ood"
    " ooo oao zao pao tov sro spzoo pt pte pty bhd fze fzco fzc jsc ojsc pjsc cjsc ltd inc usa uk uae ussr dprk prc eu"
    " un rok phd md ii iii iv mv mt mme".split()
)


def script_of(character: str) -> Script:
    """The script of one character; punctuation and digits count as Latin."""
    return _STARTS[bisect_right(_POINTS, ord(character)) - 1][1]


def _dots(match: re.Match[str]) -> str:
    letters = match[0].replace(".", "")
    return letters if letters in _JOINED_LETTERS else " ".join(letters)


def ascii_words(text: str) -> list[str]:
    """Lower-case words of an ASCII text; apostrophes vanish, other signs part. `S.A.` is one word and `J.R.` two."""
    if "." not in text:
        return text.translate(_ASCII).split()
    return _DOTTED.sub(_dots, text.translate(_ASCII_WITH_DOTS)).replace(".", " ").split()


def _keeps(character: str) -> bool:
    category = unicodedata.category(character)
    return category not in ("Cf", "Co", "Cs", "Cn")


@lru_cache(maxsize=4096)
def _plain_character(character: str) -> str:
    """What becomes of one character after NFKC and case folding: itself, a space, or nothing."""
    if character in _DROPPED or not _keeps(character):
        return ""
    if character == "&":
        return " and "
    if character.isalnum() or character == "." or character in "ー々ゝ゛":
        return character
    category = unicodedata.category(character)
    if category == "Mn" and script_of(character) in ("arabic", "hebrew"):
        return ""
    return character if category in ("Mn", "Mc") else " "


def plain(text: str) -> str:
    """The text in one width, one case and one kind of apostrophe, without invisible signs; punctuation is a space.

    Idempotent, and the same for texts that are the same under NFKC.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(unicodedata.normalize("NFC", "".join(map(_plain_character, folded))).split())


def _one_script(word: str) -> list[tuple[str, Script]]:
    """A word cut where the script changes; a few lookalike letters of another alphabet are read as the majority's."""
    scripts: list[Script] = [script_of(c) for c in word]
    counts = Counter(s for c, s in zip(word, scripts, strict=True) if c.isalpha())
    if len(counts) <= 1:
        return [(word, script_of(next(filter(str.isalpha, word), " ")))]
    if counts.keys() <= {"latin", "cyrillic", "greek", "armenian"}:
        table = _TO_LATIN if counts["latin"] >= max(counts.values()) else _TO_CYRILLIC
        swapped = word.translate(table)
        if len({script_of(c) for c in swapped if c.isalpha()}) == 1:
            return [(swapped, script_of(next(c for c in swapped if c.isalpha())))]
    runs: list[tuple[str, Script]] = []
    for character, script in zip(word, scripts, strict=True):
        if runs and (runs[-1][1] == script or not character.isalpha()):
            runs[-1] = (runs[-1][0] + character, runs[-1][1])
        else:
            runs.append((character, script))
    return runs


def words(text: str) -> list[tuple[str, Script]]:
    """The words of a text in any script, each with its script: `李明 Corp.` gives (李明, han), (corp, latin)."""
    found: list[tuple[str, Script]] = []
    for word in _DOTTED.sub(_dots, plain(text)).replace(".", " ").split():
        if word.isascii():
            found.append((word, "latin"))
        else:
            found += _one_script(word)
    return found


def main_script(found: list[tuple[str, Script]]) -> Script:
    """The script in which most letters of a name are written."""
    counts: Counter[Script] = Counter()
    for word, script in found:
        # A Han or Hangul character says as much as two letters.
        counts[script] += len(word) * (2 if script in ("han", "hangul") else 1)
    return counts.most_common(1)[0][0] if counts else "other"
