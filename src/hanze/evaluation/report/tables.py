"""The tables of an evaluation."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hanze.casework.models import ContactMoment, Decision
from hanze.evaluation.figures.decisions import GROUND_KEYS
from hanze.evaluation.figures.rows import (
    activity_url,
    long_day,
    recommendation_text,
    request_label,
    request_url,
)
from hanze.evaluation.models import Recommendation
from hanze.evaluation.report.material import Material
from hanze.evaluation.words import in_english
from hanze.missions.models import Activity, Participation
from hanze.register.models.relations import DatePrecision
from hanze.reporting import Cell, Column, Linked, Table
from hanze.reporting.words import written_comparison

COMPARED = (
    *("activities", "incoming_delegations", "outgoing_missions", "events", "talks", "exploratory_talks"),
    *("distinct_parties", "attendances", "withdrawals", "agreements", "requests", "decisions", "refused"),
    *("refused_high_risk", "national_contacts", "civil_society_contacts", "other_country_activities"),
)


def activities(material: Material) -> Table:
    """The activities in short."""
    columns = (
        Column(_("Month"), width=1.3),
        Column(_("Activity"), width=3),
        Column(_("Topics"), width=3),
        Column(_("Parties"), "right", 0.9),
        Column(_("Signed"), "right", 0.9),
    )
    rows = tuple(
        (_month(material, each), _linked(each), _topics(material, each), *_results(material, each))
        for each in material.records.activities
    )
    return Table("activities", _("Activities in the period"), columns, rows)


def activities_in_full(material: Material) -> Table:
    """The activities with the columns of a yearly overview: month, activity, aim, topics and results."""
    columns = (
        Column(_("Month"), width=1.3),
        Column(_("Activity"), width=2.4),
        Column(_("Aim"), width=3.4),
        Column(_("Topics"), width=2.8),
        Column(_("Parties"), "right", 0.9),
        Column(_("Signed"), "right", 0.9),
    )
    rows = tuple(
        (
            _month(material, each),
            _linked(each),
            each.in_language("aim"),
            _topics(material, each),
            *_results(material, each),
        )
        for each in material.records.activities
    )
    note = _(
        "Parties: different organisations from our region. Signed: agreements signed there. A dash means none. "
        "Exploratory talks are listed apart."
    )
    return Table("activities-in-full", _("Overview of activities and results"), columns, rows, note)


def exploratory_talks(material: Material) -> Table:
    columns = (Column(_("Month"), width=1), Column(_("Talk"), width=3), Column(_("Aim"), width=4))
    talks = [each for each in material.records.took_place if each.is_exploratory]
    rows = tuple((_month(material, each), _linked(each), each.in_language("aim")) for each in talks)
    return Table("exploratory-talks", _("Exploratory talks"), columns, rows)


def contacts(material: Material) -> Table:
    """The contact moments with the national government."""
    columns = (
        Column(_("Date"), width=1.3),
        Column(_("With"), width=2),
        Column(_("About"), width=3),
        Column(_("Fits national policy"), width=1.3),
    )
    fits = {True: pgettext("fits national policy", "Yes"), False: pgettext("fits national policy", "No")}
    names = material.records.contact_names
    national = [each for each in material.records.contacts if each.counterpart in ContactMoment.NATIONAL]
    rows = tuple(
        (
            long_day(each.held_on),
            names.get(each.organisation_id) or str(each.get_counterpart_display()),
            each.subject,
            fits.get(each.fits_national_policy),
        )
        for each in national
    )
    note = _("A dash means that this was not discussed.")
    return Table("contacts", _("Contact with the national government"), columns, rows, note)


def withdrawals(material: Material) -> Table:
    columns = (Column(_("Party"), width=2), Column(_("Activity"), width=2), Column(_("Reason"), width=4))
    rows = tuple(
        (str(each.organisation or each.person), _linked(activity), each.withdrew_because or None)
        for activity in material.records.activities
        for each in material.records.participations[activity.pk]
        if each.state == Participation.State.WITHDREW
    )
    return Table("withdrawals", _("Parties that withdrew, and why"), columns, rows)


def decisions(material: Material) -> Table:
    """Decisions by outcome, and by ground where there is one."""
    columns = (
        Column(_("Decision"), width=2),
        Column(_("Ground"), width=3),
        Column(pgettext("how many", "Number"), "right"),
    )
    outcomes = {
        Decision.Outcome.TAKE_UP: "taken_up",
        Decision.Outcome.WITH_MEASURES: "taken_up_with_measures",
        Decision.Outcome.REFER: "referred",
        Decision.Outcome.REFUSE: "refused",
    }
    rows: list[tuple[Cell, ...]] = []
    for outcome, key in outcomes.items():
        rows.append((str(outcome.label), None, material.cell(key)))
        for ground, name in GROUND_KEYS.items():
            by_ground = f"{key}_{name}"
            named = material.counted([by_ground]) or by_ground == "refused_high_risk"
            if by_ground in material.figures and named:
                rows.append((_("of which"), str(ground.label), material.cell(by_ground)))
    return Table("decisions", _("Decisions by outcome and ground"), columns, tuple(rows))


def departures(material: Material) -> Table:
    """The decisions that were other than the advice, and why."""
    columns = (
        Column(_("Request"), width=3),
        Column(_("Advice"), width=2),
        Column(_("Decision"), width=2),
        Column(_("Motivation"), width=4),
    )
    rows = tuple(
        (_case(each), _advice(material, each), str(each.get_outcome_display()), each.motivation)
        for each in material.records.decisions
        if each.differs
    )
    return Table("departures", _("Decisions other than advised"), columns, rows)


def other_countries(material: Material) -> Table:
    columns = (
        Column(_("Month"), width=1),
        Column(_("Country"), width=1.3),
        Column(_("Activity"), width=4),
        Column(_("Kind"), width=2),
        Column(_("Sector"), width=2),
    )
    rows = tuple(
        (
            _month(material, each),
            str(each.country),
            _linked(each),
            str(each.get_kind_display()),
            str(each.get_sector_display()),
        )
        for each in material.records.other_activities
    )
    return Table("other-countries", _("Activities with other countries"), columns, rows)


def comparison(material: Material) -> Table:
    """The main figures beside those of the year of comparison; what was not recorded is said in words."""
    year = str(material.evaluation.compare_year)
    columns = (
        Column(_("Figure"), width=3),
        Column(str(material.records.scope.year), "right"),
        Column(year, "right"),
    )
    rows: list[tuple[Cell, ...]] = []
    for key in COMPARED:
        figure = material.figures[key]
        if figure.compared:
            then = written_comparison(figure.compared, "en" if in_english() else "nl")
            rows.append((figure.label, material.cell(key), then.removeprefix(f"{figure.compared.label}: ")))
    return Table("comparison", _("Compared with %(year)s") % {"year": year}, columns, tuple(rows))


def follow_up(material: Material) -> Table:
    """The recommendations of last year with what became of them."""
    columns = (
        Column(_("No."), "right", 0.5),
        Column(_("Recommendation"), width=4),
        Column(_("State"), width=1.4),
        Column(_("What became of it"), width=4),
    )
    rows = tuple(
        (each.number, recommendation_text(each), str(each.get_follow_up_display()), _became(each))
        for each in material.records.previous_recommendations
    )
    title = _("The recommendations of %(year)s") % {"year": material.records.scope.year - 1}
    return Table("follow-up", title, columns, rows)


def month_of(day_of: Activity, with_year: bool) -> str:
    """The month in which an activity began; a year where no more is known."""
    if day_of.date_precision == DatePrecision.YEAR:
        return str(day_of.starts_on.year)
    return date_format(day_of.starts_on, "F Y" if with_year else "F").capitalize()


def _month(material: Material, activity: Activity) -> str:
    return month_of(activity, with_year=len(material.records.scope.years) > 1)


def _linked(activity: Activity) -> Cell:
    return Linked(str(activity), activity_url(activity))


def _topics(material: Material, activity: Activity) -> str | None:
    return ", ".join(str(topic) for topic in material.records.topics[activity.pk]) or None


def _results(material: Material, activity: Activity) -> tuple[Cell, Cell]:
    return (
        material.cell(f"activity_{activity.pk}_parties", empty=None),
        material.cell(f"activity_{activity.pk}_agreements", empty=None),
    )


def _case(decision: Decision) -> Cell:
    return Linked(request_label(decision.request), request_url(decision.request))


def _advice(material: Material, decision: Decision) -> str | None:
    """The outcome that was advised, in the words of the receipt."""
    outcome = material.records.advised_otherwise.get(decision.pk) or {}
    labels = outcome.get("label") or {}
    return labels.get("en" if in_english() else "nl") or decision.receipt.outcome or None


def _became(recommendation: Recommendation) -> str | None:
    english = recommendation.follow_up_en if in_english() else ""
    return english or recommendation.follow_up_nl or None
