"""An explanation in plain sentences for a policy officer, in Dutch or English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Literal as OneOf
from typing import Protocol

from babel import Locale

from hanze.screening.scoring.findings import Agreement, Aspect, Contradiction, Explanation, Missing, PartMatch
from hanze.screening.scoring.phrases import PHRASES

Language = OneOf["nl", "en"]


class Explained(Protocol):
    """Whatever carries an explanation: a match, a candidate."""

    @property
    def explanation(self) -> Explanation: ...


def explain(match: Explained, language: Language) -> list[str]:
    """The sentences that say why: which names were compared, which parts match by what, what agrees, what contradicts,
    and what is merely missing, in that order.
    """
    phrases, explanation = PHRASES[language], match.explanation
    return [
        *_names(explanation, phrases),
        *(_agreement(agreement, phrases, language) for agreement in explanation.agreements),
        *(_contradiction(contradiction, phrases, language) for contradiction in explanation.contradictions),
        *_missing(explanation.missing, phrases, language),
    ]


def _names(explanation: Explanation, phrases: Mapping[str, str]) -> Iterator[str]:
    """The two names, and part by part what differs in them; what is equal throughout needs one sentence."""
    party, listed = explanation.party_name.text, explanation.listed_name.text
    if not listed:
        yield phrases["no-name"]
        return
    kind = phrases[f"name-{explanation.listed_name.kind}"]
    if party.casefold() == listed.casefold():
        yield phrases["compared-equal"].format(party=party, listed=listed, kind=kind)
        return
    yield phrases["compared"].format(party=party, listed=listed, kind=kind)
    if len(explanation.parts) > 1 and all(map(_written_alike, explanation.parts)):
        yield phrases["parts-equal"].format(what=", ".join(f"“{part.party}”" for part in explanation.parts))
    else:
        yield from (_part(part, phrases) for part in explanation.parts)


def _written_alike(part: PartMatch) -> bool:
    return part.by == "same" and part.party.casefold() == part.listed.casefold()


def _part(part: PartMatch, phrases: Mapping[str, str]) -> str:
    by = "close" if part.by == "spelling" and part.likeness < 0.9 else part.by
    return phrases[f"part-{by}"].format(party=part.party, listed=part.listed)


def _agreement(agreement: Agreement, phrases: Mapping[str, str], language: Language) -> str:
    key = f"agrees-{agreement.aspect}"
    if agreement.aspect == "birth-date":
        key = f"{key}-{agreement.how}"
    return phrases[key].format(**_sides(agreement, phrases, language))


def _contradiction(contradiction: Contradiction, phrases: Mapping[str, str], language: Language) -> str:
    return phrases[f"differs-{contradiction.aspect}"].format(**_sides(contradiction, phrases, language))


def _sides(found: Agreement | Contradiction, phrases: Mapping[str, str], language: Language) -> dict[str, str]:
    return {
        "party": _value(found.aspect, found.party, phrases, language),
        "listed": _value(found.aspect, found.listed, phrases, language),
    }


def _missing(missing: Sequence[Missing], phrases: Mapping[str, str], language: Language) -> Iterator[str]:
    """Name parts that one side leaves out in one sentence a side; the rest one by one."""
    for side in ("party", "list"):
        parts = [item.what for item in missing if item.aspect == "name-part" and item.side == side]
        if parts:
            yield phrases[f"missing-name-part-{side}"].format(what=", ".join(parts))
    for item in missing:
        if item.aspect != "name-part":
            what = _value(item.aspect, item.what, phrases, language)
            yield phrases[f"missing-{item.aspect}-{item.side}"].format(what=what)


def _value(aspect: Aspect, value: str, phrases: Mapping[str, str], language: Language) -> str:
    """Genders, kinds and countries have words of their own; names, dates and numbers stand as they are."""
    if aspect in ("gender", "kind"):
        return phrases[f"{aspect}-{value}"]
    if aspect == "country":
        names = _country_names(language)
        return ", ".join(names.get(code, code) for code in value.split(", "))
    return value


@cache
def _country_names(language: Language) -> Mapping[str, str]:
    """The names of CLDR by ISO 3166 alpha-2 code."""
    return dict(Locale.parse(language).territories)
