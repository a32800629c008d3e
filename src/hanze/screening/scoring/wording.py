"""An explanation in plain sentences for a policy officer, in Dutch or English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal as OneOf
from typing import Protocol

from hanze.screening.scoring.findings import Agreement, Contradiction, Explanation, Missing, PartMatch
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
        *(_part(part, phrases) for part in explanation.parts),
        *(_agreement(agreement, phrases) for agreement in explanation.agreements),
        *(_contradiction(contradiction, phrases) for contradiction in explanation.contradictions),
        *_missing(explanation.missing, phrases),
    ]


def _names(explanation: Explanation, phrases: Mapping[str, str]) -> Iterator[str]:
    listed = explanation.listed_name
    if not listed.text:
        yield phrases["no-name"]
        return
    kind = phrases[f"name-{listed.kind}"]
    key = "compared-equal" if explanation.party_name.text.casefold() == listed.text.casefold() else "compared"
    yield phrases[key].format(party=explanation.party_name.text, listed=listed.text, kind=kind)


def _part(part: PartMatch, phrases: Mapping[str, str]) -> str:
    by = "close" if part.by == "spelling" and part.likeness < 0.9 else part.by
    return phrases[f"part-{by}"].format(party=part.party, listed=part.listed)


def _agreement(agreement: Agreement, phrases: Mapping[str, str]) -> str:
    key = f"agrees-{agreement.aspect}"
    if agreement.aspect == "birth-date":
        key = f"{key}-{agreement.how}"
    return phrases[key].format(
        party=_value(agreement.aspect, agreement.party, phrases),
        listed=_value(agreement.aspect, agreement.listed, phrases),
    )


def _contradiction(contradiction: Contradiction, phrases: Mapping[str, str]) -> str:
    aspect = contradiction.aspect
    return phrases[f"differs-{aspect}"].format(
        party=_value(aspect, contradiction.party, phrases), listed=_value(aspect, contradiction.listed, phrases)
    )


def _missing(missing: tuple[Missing, ...], phrases: Mapping[str, str]) -> Iterator[str]:
    """Name parts that one side leaves out in one sentence a side; the rest one by one."""
    for side in ("party", "list"):
        parts = [item.what for item in missing if item.aspect == "name-part" and item.side == side]
        if parts:
            yield phrases[f"missing-name-part-{side}"].format(what=", ".join(parts))
    for item in missing:
        if item.aspect != "name-part":
            yield phrases[f"missing-{item.aspect}-{item.side}"].format(what=item.what)


def _value(aspect: str, value: str, phrases: Mapping[str, str]) -> str:
    """Genders and kinds have words of their own; names, dates, countries and numbers stand as they are."""
    return phrases[f"{aspect}-{value}"] if aspect in ("gender", "kind") else value
