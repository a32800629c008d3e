"""Legal forms in several words (`joint stock company`, `sp. z o.o.`) as their usual short form."""

from __future__ import annotations

import re
from functools import cache

from hanze.screening.names.tables import rows


@cache
def _phrases() -> tuple[re.Pattern[str], dict[str, str]]:
    short = dict[str, str](rows("legal_phrases"))
    longest_first = sorted(short, key=len, reverse=True)
    apart = r"[\s.,()-]+"
    pattern = "|".join(apart.join(map(re.escape, phrase.split())) for phrase in longest_first)
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE), short


_APART = re.compile(r"[\s.,()-]+")
# What every phrase of the table has; asked first, for most names have none of these.
_TELLTALE = re.compile(r"compan|partner|limit| co\b|naml|naaml|soci|sarl|gesellsch|z\W*o\W*o|c\W*v\b|akc|obs|общес|"
                       r"товар|terbat|berhad|irketi|vennoot|aktionern|ograni", re.IGNORECASE)  # fmt: skip


def shorten_legal_forms(text: str) -> str:
    """The name with each legal form in several words replaced by its short form; other text unchanged."""
    if not _TELLTALE.search(text):
        return text
    pattern, short = _phrases()
    return pattern.sub(lambda found: short[_APART.sub(" ", found[0].casefold()).strip()], text)
