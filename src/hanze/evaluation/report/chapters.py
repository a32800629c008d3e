"""The chapters of an evaluation, in the order of the document."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hanze.evaluation.figures.rows import recommendation_text
from hanze.evaluation.report import charts, own_line, tables
from hanze.evaluation.report.material import Material
from hanze.reporting import Block, Prose, Section

_MOST_IN_TEXT = 200  # a longer overview stands in the annex alone


def chapters(material: Material) -> tuple[Section, ...]:
    """Every chapter after the summary."""
    return (
        _recommendations(material),
        _what_was_done(material),
        _position_of_the_state(material),
        _demand(material),
        *own_line.sections(material),
        *_decisions(material),
        *_other_countries(material),
        *_comparison(material),
        _follow_up(material),
    )


def annexes(material: Material) -> tuple[Section, ...]:
    """The overview of activities, and the exploratory talks beside them."""
    found = [Section(_("Overview of activities and results"), (tables.activities_in_full(material),))]
    if material.counted(["exploratory_talks"]):
        found.append(Section(_("Exploratory talks"), (tables.exploratory_talks(material),)))
    return tuple(found)


def _recommendations(material: Material) -> Section:
    found = material.records.recommendations
    blocks = material.prose("recommendations")
    if found:
        blocks.append(Prose("\n".join(_item(each.number, recommendation_text(each)) for each in found)))
    else:
        blocks.append(Prose(_("No recommendations were recorded.")))
    return Section(_("Recommendations"), tuple(blocks))


def _item(number: int, text: str) -> str:
    """A numbered item of a Markdown list; what follows its first line stays in it."""
    mark = f"{number}. "
    return mark + text.strip().replace("\n", "\n" + " " * len(mark))


def _what_was_done(material: Material) -> Section:
    kinds = ("incoming_delegations", "outgoing_missions", "events", "talks", "working_visits")
    counted = [key for key in kinds if material.counted([key])]
    blocks: list[Block] = [
        *material.prose("activities"),
        material.band("activities", *counted, "exploratory_talks"),
        *([tables.activities(material)] if len(material.records.activities) <= _MOST_IN_TEXT else []),
        *charts.activities_by_month(material),
    ]
    return Section(_("What was done"), tuple(blocks))


def _position_of_the_state(material: Material) -> Section:
    blocks: list[Block] = [
        *material.prose("state"),
        material.band("national_contacts", "civil_society_contacts", "partner_contacts"),
    ]
    if material.counted(["national_contacts"]):
        blocks.append(tables.contacts(material))
    return Section(_("Position of the national government"), tuple(blocks))


def _demand(material: Material) -> Section:
    blocks: list[Block] = [
        *material.prose("demand"),
        material.band("distinct_parties", "attendances", "agreements", "withdrawals", "sectors"),
        *charts.attendances_by_kind(material),
        *charts.how_often(material),
    ]
    if material.counted(["withdrawals"]):
        blocks.append(tables.withdrawals(material))
    return Section(_("Demand from business"), tuple(blocks))


def _decisions(material: Material) -> list[Section]:
    blocks: list[Block] = [
        *material.prose("decisions"),
        material.band("requests", "decisions", "refused", "referred", "supported_investments"),
    ]
    if material.counted(["decisions"]):
        blocks.append(tables.decisions(material))
    advice: list[Block] = [material.band("advice_followed", "advice_departed")]
    if material.counted(["advice_departed"]):
        advice.append(tables.departures(material))
    return [
        Section(_("Decisions and grounds"), tuple(blocks)),
        Section(_("Advice and decision"), tuple(advice), level=2),
    ]


def _other_countries(material: Material) -> list[Section]:
    if material.records.scope.country is None:
        return []
    blocks: list[Block] = [
        *material.prose("other-countries"),
        material.band("other_country_activities", "other_country_incoming", "other_countries_outside_eu"),
    ]
    if material.counted(["other_country_activities"]):
        blocks.append(tables.other_countries(material))
    return [Section(_("Other countries"), tuple(blocks))]


def _comparison(material: Material) -> list[Section]:
    year = material.evaluation.compare_year
    if not year:
        return []
    blocks: list[Block] = [*material.prose("comparison"), tables.comparison(material)]
    if not material.records.scope.in_year(year).is_recorded():
        missing = _("The year %(year)s is not recorded in the register: its figures are unknown, not nil.")
        blocks.insert(-1, Prose(missing % {"year": year}))
    return [Section(_("Comparison with %(year)s") % {"year": year}, tuple(blocks))]


def _follow_up(material: Material) -> Section:
    year = material.records.scope.year - 1
    blocks = material.prose("follow-up")
    if material.records.previous_recommendations:
        blocks.append(tables.follow_up(material))
    else:
        missing = _("The recommendations of %(year)s are not recorded.")
        blocks.append(Prose(missing % {"year": year}))
    return Section(_("What became of the recommendations of %(year)s") % {"year": year}, tuple(blocks))
