"""The chapters that stand apart from the plan: what it is about, the conditions, the areas, and who wants to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from hanze.areas import comparing, priorities, willing
from hanze.areas.models import Criterion, Indicator, Meeting
from hanze.areas.report.material import Material
from hanze.reporting import Block, Column, Figures, Prose, Section, Table, written, written_date


def escaped(text: str) -> str:
    """Words that somebody typed, as Markdown that says them and nothing else."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]<>#+-.!|" else sign for sign in " ".join(text.split()))


def paragraphs(text: str) -> str:
    """Several paragraphs that somebody typed."""
    return "\n\n".join(escaped(part) for part in text.replace("\r\n", "\n").split("\n\n") if part.strip())


def about(material: Material) -> Section:
    """The aim, and the area that is preferred, with who concluded it and why."""
    blocks: list[Block] = []
    if material.initiative.aim:
        blocks.append(Prose(paragraphs(material.initiative.aim)))
    found = material.conclusion
    if found is not None:
        said = _("**%(area)s is the preferred area.** %(who)s concluded this on %(day)s, for this reason:") % {
            "area": escaped(found.area.name),
            "who": escaped(str(found.by or "Hanze")),
            "day": written_date(found.at.date(), material.language),
        }
        advice = _("The areas could not be compared by a method then.")
        if found.advised:
            advice = _("The method (%(method)s) named %(area)s first; a person concluded.") % {
                "method": found.get_method_display(),
                "area": escaped(found.advised[0]["name"]),
            }
        blocks.append(Prose(f"{said}\n\n{paragraphs(found.because)}\n\n{advice}"))
    return Section(_("What it is about"), tuple(blocks or [Prose(_("Nobody wrote this down yet."))]))


def conditions(material: Material) -> Section:
    """What weighs most for the advisory group, and how far it agrees."""
    found = material.outcome
    if found is None:
        rows = tuple((each.label, each.source) for each in material.initiative.conditions.all())
        table = Table("conditions", _("Conditions"), (Column(_("Condition"), width=3), Column(_("Source"))), rows)
        return Section(_("Conditions"), (Prose(_("The advisory group gave no points yet.")), table))
    agreed = found.agreement_in_words
    if found.agreement is not None and found.chance is not None:
        told = {
            "agreement": written(round(found.agreement, 2), material.language),
            "chance": written(round(found.chance, 3), material.language),
        }
        agreed += (
            " " + _("Kendall's W is %(agreement)s; without opinions it is so high with a chance of %(chance)s.") % told
        )
    rows = tuple(
        (
            row.place,
            row.condition.label + (f" ({_('added by the advisory group')})" if row.condition.added else ""),
            round(100 * row.share),
            _("Yes") if row.chosen else _("No"),
        )
        for row in found.rows
    )
    columns = (
        Column(_("Place"), "right"),
        Column(_("Condition"), width=4),
        Column(_("Percent"), "right"),
        Column(_("Chosen")),
    )
    table = Table("conditions", _("Every condition with its place"), columns, rows)
    chart = replace(priorities.chart_of(found, material.language), table=table)
    return Section(_("Conditions"), (Figures(("conditions", "advisers")), Prose(agreed), chart))


def areas(material: Material) -> Section:
    """Which area suits best, how sure that is, and what would change it."""
    found = material.compared
    if found is None:
        return Section(_("Preferred areas"), (Prose(_("The areas cannot be compared yet: not everything is known.")),))
    first = found.rows[0]
    told = {
        "area": escaped(first.area.name),
        "method": comparing.METHODS[material.method],
        "share": written(comparing.percent(first.first), material.language),
        "draws": written(found.draws, material.language),
    }
    said = _(
        "By %(method)s, **%(area)s** suits best. Weights and values are ranges; in %(share)s percent of %(draws)s "
        "draws within them it comes first."
    )
    overturns = tuple(
        (each.criterion.label, round(100 * each.now), round(100 * each.at), each.area.name) for each in found.overturns
    )
    columns = (
        Column(_("Criterion"), width=3),
        Column(_("Weight now, in percent"), "right"),
        Column(_("Another is first at, in percent"), "right"),
        Column(_("Then first"), width=2),
    )
    change: Block = Table("overturns", _("What would change the first place"), columns, overturns)
    if not overturns:
        change = Prose(_("No other weight of a single criterion brings another area to the first place."))
    return Section(_("Preferred areas"), (Prose(said % told), comparing.chart_of(found), change))


def parties(material: Material) -> Section:
    """Who was asked, what they answered, bring and ask, and who wants to be with whom."""
    if not material.parties:
        return Section(_("Who wants to take part"), (Prose(_("No party was asked yet.")),))
    columns = (
        Column(_("Party"), width=2),
        Column(_("Answer"), width=1.4),
        Column(_("What it brings"), width=2.4),
        Column(_("What it asks"), width=2.4),
    )
    rows = tuple(
        (
            party.name,
            str(each.stance.label) + (f": {party.conditions}" if party.conditions else ""),
            party.brings or None,
            party.asks or None,
        )
        for each in material.standings
        for party in each.parties
    )
    blocks: list[Block] = [Figures(("parties", "parties-willing", "parties-conditional", "parties-declined"))]
    blocks += [willing.chart_of(material.standings), Table("parties", _("The parties"), columns, rows)]
    wishes = [
        f"- {escaped(str(each.one))} {_('and')} {escaped(str(each.other))} {each.get_kind_display()}"
        + (f": {escaped(each.because)}" if each.because else "")
        for each in material.initiative.wishes.select_related("one", "other")
    ]
    if wishes:
        blocks.append(Prose(_("Who wants to be with whom, as the plan keeps to it:") + "\n\n" + "\n".join(wishes)))
    return Section(_("Who wants to take part"), tuple(blocks))


def meetings(material: Material) -> Iterator[Section]:
    """The meetings with the answers that were given, what was concluded and what follows."""
    if not material.meetings:
        return
    yield Section(_("Regional meetings"))
    for meeting in material.meetings:
        yield _meeting(meeting, material)


def _meeting(meeting: Meeting, material: Material) -> Section:
    where = ", ".join(part for part in (written_date(meeting.on, material.language), meeting.place) if part)
    blocks: list[Block] = [Prose(escaped(where))]
    answers = list(meeting.answers.all())
    if answers:
        columns = (
            Column(_("Party"), width=2),
            Column(_("Was there")),
            Column(_("Answer"), width=1.4),
            Column(_("What was said"), width=3),
        )
        rows = tuple(
            (each.party.name, _("Yes") if each.present else _("No"), str(each.get_answer_display()), each.said or None)
            for each in answers
        )
        blocks.append(Table(f"answers-{meeting.pk}", _("Answers"), columns, rows))
    if meeting.concluded:
        blocks.append(Prose(f"**{_('What was concluded')}.** {paragraphs(meeting.concluded)}"))
    todo = tuple(
        (each.what, str(each.owner or each.who) or None, each.due_on, each.done_on) for each in meeting.follow_ups.all()
    )
    if todo:
        columns = (
            Column(_("What is to be done"), width=3),
            Column(_("Who"), width=1.5),
            Column(_("By")),
            Column(_("Done")),
        )
        blocks.append(Table(f"follow-ups-{meeting.pk}", _("What is to be done"), columns, todo))
    return Section(meeting.title, tuple(blocks), level=2)


BOX, LINE = "☐", "…" * 54
"""What is ticked and written on by hand."""


def answer_form() -> Section:
    """A page on which a party writes its answer at the meeting."""
    columns = (
        Column(_("Your answer"), width=2),
        Column(_("Tick"), width=0.6),
        Column(_("What you add, or on what conditions"), width=4),
    )
    answers = (_("We take part"), _("We take part under conditions"), _("We do not take part"), _("We do not know yet"))
    rows = tuple((answer, BOX, LINE) for answer in answers)
    asked = _("You give the answer: is working together a chance here? Write your name and farm beside it.")
    return Section(_("Your answer"), (Prose(asked), Table("your-answer", _("Your answer"), columns, rows)))


def values(material: Material) -> Section:
    """Every criterion with its weight, and what is known of each area, with its source and status."""
    criteria = tuple(
        (each.label, each.unit or None, str(each.get_better_display()), _range(each), each.source or None)
        for each in material.initiative.criteria.all()
    )
    weighed = Table(
        "criteria",
        _("Criteria and their weights"),
        (
            Column(_("Criterion"), width=2.5),
            Column(_("Unit")),
            Column(_("What is better"), width=1.3),
            Column(_("Weight")),
            Column(_("Source"), width=2),
        ),
        criteria,
    )
    rows = tuple(
        (
            each.area.name,
            each.criterion.label,
            _numbers(each.low, each.mode, each.high, material),
            _source(each),
            str(each.get_status_display()),
        )
        for each in Indicator.objects.filter(area__initiative=material.initiative)
        .select_related("area", "criterion")
        .order_by("area__name", "criterion__pk")
    )
    columns = (
        Column(_("Area"), width=1.5),
        Column(_("Criterion"), width=2.2),
        Column(_("Low, most likely, high"), width=1.5),
        Column(_("Source"), width=2),
        Column(_("Status"), width=1.2),
    )
    return Section(
        _("What is known of each area"), (weighed, Table("indicators", _("Values of the areas"), columns, rows))
    )


def _range(criterion: Criterion) -> str:
    low, mode, high = criterion.weight_low, criterion.weight_mode, criterion.weight_high
    return f"{mode:g}" if low == high else f"{low:g} / {mode:g} / {high:g}"


def _numbers(low: float, mode: float, high: float, material: Material) -> str:
    parts = [mode] if low == high else [low, mode, high]
    return " / ".join(written(round(part, 2), material.language) for part in parts)


def _source(indicator: Indicator) -> str | None:
    year = f" ({indicator.year})" if indicator.year else ""
    return f"{indicator.source}{year}".strip() or None
