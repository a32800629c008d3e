"""Which risks the words and the sector of a request point to: a reason to ask, never an answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hanze.accounts.language import language_in_force
from hanze.casework.models import Request
from hanze.screening.risks import RiskList, RiskTheme, first_list, match_risks

FIELDS = ("title", "title_en", "technology", "description")
"""What of a request is read for words."""
THEMES_OF = {
    "dual_use": ("dual-use",),
    "high_grade_technology": ("high-grade-technology", "knowledge-transfer"),
    "knowledge_transfer": ("knowledge-transfer",),
    "strategic_dependency": ("strategic-dependency",),
}
"""At which question, by the id of its fact, which themes are pointed out."""


@dataclass(frozen=True)
class Pointer:
    """What in one part of a request points to a theme: the words as written there, or its sector."""

    theme: RiskTheme
    part: str
    words: tuple[str, ...] = ()
    sector: str = ""


def pointers(request: Request, risks: RiskList | None = None) -> tuple[Pointer, ...]:
    """What in a request points to which theme, in the order of the list and of the parts of a request."""
    risks = risks or first_list()
    found = [*_by_words(request, risks), *_by_sector(request, risks)]
    order = {theme.id: place for place, theme in enumerate(risks.themes)}
    return tuple(sorted(found, key=lambda each: order[each.theme.id]))


def themes(request: Request) -> tuple[str, ...] | None:
    """The ids of the themes that a request points to; None when nothing is recognised, which proves nothing."""
    return tuple(dict.fromkeys(each.theme.id for each in pointers(request))) or None


def hints(request: Request) -> dict[str, tuple[str, ...]]:
    """What to say at the question about a fact, by the fact's id, in the language in force."""
    found = pointers(request)
    said = {fact: tuple(_in_words(each) for each in found if each.theme.id in ids) for fact, ids in THEMES_OF.items()}
    return {fact: sentences for fact, sentences in said.items() if sentences}


def source() -> str:
    """The list by which words are recognised, with its day."""
    risks = first_list()
    return _("“%(list)s”, %(day)s") % {"list": risks.title[language_in_force()], "day": risks.version.isoformat()}


def _by_words(request: Request, risks: RiskList) -> Iterator[Pointer]:
    for name in FIELDS:
        words: dict[str, tuple[RiskTheme, list[str]]] = {}
        for match in match_risks(getattr(request, name), (), risks):
            words.setdefault(match.theme.id, (match.theme, []))[1].extend(match.words)
        part = str(Request._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        for theme, written in words.values():
            yield Pointer(theme, part, words=tuple(dict.fromkeys(word.casefold() for word in written)))


def _by_sector(request: Request, risks: RiskList) -> Iterator[Pointer]:
    matches = match_risks("", {request.sector}, risks)
    for theme in {match.theme.id: match.theme for match in matches}.values():
        yield Pointer(theme, "", sector=request.get_sector_display())


def _in_words(pointer: Pointer) -> str:
    theme = pointer.theme.title[language_in_force()]
    if pointer.sector:
        return _("The sector “%(sector)s” points to %(theme)s.") % {"sector": pointer.sector, "theme": theme}
    written = get_text_list([f"“{word}”" for word in pointer.words], _("and"))
    return ngettext(
        "The word %(words)s (%(part)s) points to %(theme)s.",
        "The words %(words)s (%(part)s) point to %(theme)s.",
        len(pointer.words),
    ) % {"words": written, "part": pointer.part, "theme": theme}
