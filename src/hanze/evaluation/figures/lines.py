"""Each line of action: how often it applied, and which measures were done, waived or are still open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hanze.evaluation.figures.registry import Definition, family, figure
from hanze.evaluation.figures.rows import activity_row, decision_row, measure_row
from hanze.evaluation.lines import Line
from hanze.evaluation.records import Records
from hanze.evaluation.words import in_english
from hanze.missions.models import Activity, Measure
from hanze.reporting import Row

State = Measure.State
STATES = {State.DONE: "done", State.WAIVED: "waived", State.OPEN: "open"}


@figure("measures_done", gettext_lazy("Measures done"), depends="activity measure organisation")
def measures_done(records: Records) -> Iterable[Row]:
    return _measures(records, State.DONE)


@figure("measures_waived", gettext_lazy("Measures waived"), depends="activity measure organisation")
def measures_waived(records: Records) -> Iterable[Row]:
    return _measures(records, State.WAIVED)


@figure("measures_open", gettext_lazy("Measures still open"), depends="activity measure organisation")
def measures_open(records: Records) -> Iterable[Row]:
    return _measures(records, State.OPEN)


@family
def by_line(records: Records) -> Iterator[Definition]:
    """`line_<id>_applied`, `_done`, `_waived` and `_open` for each line of action."""
    for line in records.lines:
        title = line.title("en" if in_english() else "nl")
        yield Definition(
            f"line_{line.key}_applied",
            _("%(line)s: applied") % {"line": title},
            frozenset({"activity", "measure", "request", "decision", "organisation"}),
            lambda found, line=line: _applied(found, line),
            _("Decisions in which the line counted, and other activities with measures under it."),
            minor=True,
        )
        for state, name in STATES.items():
            yield Definition(
                f"line_{line.key}_{name}",
                _("%(line)s: %(state)s") % {"line": title, "state": state.label},
                frozenset({"activity", "measure", "organisation"}),
                lambda found, line=line, state=state: _measures(found, state, line),
                minor=True,
            )


def measures_under(records: Records, line: Line) -> list[tuple[Measure, Activity]]:
    """The measures under a line, each with its activity."""
    return [
        (measure, activity)
        for activity in records.took_place
        for measure in activity.measures.all()
        if (measure.line, measure.framework) == (line.id, line.framework)
    ]


def _measures(records: Records, state: State, line: Line | None = None) -> Iterable[Row]:
    if line is not None:
        found = measures_under(records, line)
    else:
        found = [(measure, activity) for activity in records.took_place for measure in activity.measures.all()]
    return (measure_row(measure, activity) for measure, activity in found if measure.state == state)


def _applied(records: Records, line: Line) -> Iterator[Row]:
    """A case counts once: by its decision, or by its activity when it was not decided in this period."""
    decided = [each for each in records.decisions if _counted_in(each.receipt.content, line, each.receipt.framework)]
    yield from (decision_row(each) for each in decided)
    cases = {each.request_id for each in decided}
    activities = {activity.pk: activity for _measure, activity in measures_under(records, line)}
    for activity in activities.values():
        if activity.request_id is None or activity.request_id not in cases:
            yield activity_row(activity)


def _counted_in(receipt: dict[str, object], line: Line, framework: str) -> bool:
    states = {each.get("table"): each.get("state") for each in receipt.get("lines", [])}  # type: ignore[attr-defined,union-attr]
    return framework == line.framework and states.get(line.id) == "applied"
