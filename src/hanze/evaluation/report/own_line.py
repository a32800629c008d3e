"""The chapter on our own line: each line of action with how often it applied, what was done, waived and why."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hanze.evaluation.figures.lines import measures_under
from hanze.evaluation.figures.rows import activity_url
from hanze.evaluation.lines import Line
from hanze.evaluation.report import charts
from hanze.evaluation.report.material import Material
from hanze.evaluation.sections import line_section, line_title
from hanze.evaluation.words import in_english
from hanze.missions.models import Activity, Measure
from hanze.reporting import Block, Cell, Column, Linked, Prose, Section, Table

State = Measure.State
COUNTS = ("applied", "done", "waived", "open")


def sections(material: Material) -> list[Section]:
    """The chapter, with a part for each kind of line and a paragraph for each line."""
    overview = [_overview(material)] if material.records.lines else []
    blocks = [*material.prose("own-line"), *overview, *charts.measures_by_line(material)]
    found = [Section(_("Keeping to our own line"), tuple(blocks))]
    titles = {
        "economic": _("Economic measures"),
        "human-rights": _("Human rights measures"),
        "protocol": _("Protocol"),
        "precondition": _("Preconditions"),
    }
    for kind, title in titles.items():
        lines = [line for line in material.records.lines if line.kind == kind]
        if lines:
            found.append(Section(title, tuple(material.prose(kind)), level=2))
            found += [_line(material, line) for line in lines]
    return found


def _overview(material: Material) -> Table:
    columns = (
        Column(_("Line of action"), width=4),
        Column(_("Applied"), "right"),
        Column(_("Done"), "right"),
        Column(_("Waived"), "right"),
        Column(_("Open"), "right"),
    )
    rows = tuple(
        (line_title(line), *(material.cell(f"line_{line.key}_{name}") for name in COUNTS))
        for line in material.records.lines
    )
    note = _("Applied: decisions in which the line counted, and other activities with measures under it.")
    return Table("lines", _("The lines of action and their measures"), columns, rows, note)


def _line(material: Material, line: Line) -> Section:
    blocks: list[Block] = [*material.prose(line_section(line)), Prose(_in_short(material, line))]
    measures = measures_under(material.records, line)
    if measures:
        blocks.append(_measures(line, measures))
    if waived := [each for each in measures if each[0].state == State.WAIVED]:
        blocks.append(_waived(line, waived))
    if raised := _raised(material, line):
        blocks.append(raised)
    return Section(line_title(line), tuple(blocks), level=3)


def _in_short(material: Material, line: Line) -> str:
    """How often the line applied, in a sentence with the figure in it."""
    key = f"line_{line.key}_applied"
    times = len(material.figures[key].rows)
    if not material.records.is_recorded:
        return _("Not recorded.")
    if not times:
        return _("This line did not apply in this period.")
    sentence = ngettext("Applied in %(figure)s case.", "Applied in %(figure)s cases.", times)
    return sentence % {"figure": f"{{{{ {key} }}}}"}


def _measures(line: Line, measures: list[tuple[Measure, Activity]]) -> Table:
    """Each measure once, with how often it was done, waived and is open."""
    names = {measure.code: measure.label_en if in_english() else measure.label_nl for measure, _a in measures}
    counts = Counter((measure.code, measure.state) for measure, _a in measures)
    columns = (
        Column(_("Measure"), width=4),
        Column(_("Done"), "right"),
        Column(_("Waived"), "right"),
        Column(_("Open"), "right"),
    )
    states = (State.DONE, State.WAIVED, State.OPEN)
    rows = tuple((name, *(counts[code, state] for state in states)) for code, name in names.items())
    return Table(f"measures-{line.key}", _("Measures: %(line)s") % {"line": line_title(line)}, columns, rows)


def _waived(line: Line, waived: list[tuple[Measure, Activity]]) -> Table:
    columns = (Column(_("Measure"), width=3), Column(_("Activity"), width=3), Column(_("Waived because"), width=4))
    rows = tuple((str(measure), _linked(activity), measure.waived_because) for measure, activity in waived)
    return Table(f"waived-{line.key}", _("Waived, and why: %(line)s") % {"line": line_title(line)}, columns, rows)


def _raised(material: Material, line: Line) -> Table | None:
    """The topics under this line that were raised with partners."""
    raised = [
        (_linked(activity), str(topic), topic.raised_by or None)
        for topic, activity in material.records.topics_by_line.get(line.id, [])
        if activity.framework in ("", line.framework)
    ]
    if not raised:
        return None
    columns = (Column(_("Activity"), width=3), Column(_("Topic"), width=3), Column(_("Raised by"), width=2))
    title = _("Raised with partners: %(line)s") % {"line": line_title(line)}
    return Table(f"raised-{line.key}", title, columns, tuple(raised))


def _linked(activity: Activity) -> Cell:
    return Linked(str(activity), activity_url(activity))
