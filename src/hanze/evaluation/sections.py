"""The sections of a report in which an officer can write, each under its own key."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hanze.evaluation.lines import Line
from hanze.evaluation.records import Records

LINE_PREFIX = "line-"


@dataclass(frozen=True, slots=True)
class TextSection:
    """A place for a text: `key` stands in `EvaluationText.section`, `help` says what belongs there."""

    key: str
    title: str
    help: str = ""


def line_section(line: Line) -> str:
    """The key of the text under a line of action."""
    return f"{LINE_PREFIX}{line.key}"


def line_title(line: Line) -> str:
    """ "Economic 1. Strict selection of sectors", in the language in force."""
    kinds = {
        "economic": _("Economic"),
        "human-rights": _("Human rights"),
        "protocol": _("Protocol"),
        "precondition": _("Precondition"),
    }
    return f"{kinds[line.kind]} {line.number}. {line.title(get_language() or 'nl')}"


def text_sections(records: Records) -> list[TextSection]:
    """Every section of this evaluation in which a text can stand, in the order of the report."""
    fixed = [
        TextSection("summary", _("Summary"), _("What a council member should know after one page.")),
        TextSection("recommendations", _("Recommendations"), _("An introduction to the recommendations.")),
        TextSection("activities", _("What was done"), _("The year in outline.")),
        TextSection("state", _("Position of the national government"), _("Whether it still fits national policy.")),
        TextSection("demand", _("Demand from business"), _("What parties from the region asked for and found.")),
        TextSection("own-line", _("Keeping to our own line"), _("How the measures worked out as a whole.")),
        TextSection("economic", _("Economic measures")),
        TextSection("human-rights", _("Human rights measures")),
    ]
    lines = [TextSection(line_section(line), line_title(line)) for line in records.lines]
    after = [
        TextSection("decisions", _("Decisions and grounds")),
        TextSection("other-countries", _("Other countries")),
        TextSection("comparison", _("Comparison")),
        TextSection("follow-up", _("What became of the recommendations of last year")),
    ]
    return [*fixed, *lines, *after]
