"""Each line of action: how often it applied, and which measures were done, waived or are still open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hanze.casework.models import Decision
from hanze.evaluation.figures.registry import Definition, family, figure
from hanze.evaluation.figures.rows import activity_row, decision_row, measure_row, shown
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
    return records.measures_by_line.get((line.framework, line.id), [])


def _measures(records: Records, state: State, line: Line | None = None) -> Iterable[Row]:
    found = records.measures if line is None else measures_under(records, line)
    return shown(lambda both: measure_row(*both), (both for both in found if both[0].state == state))


def _applied(records: Records, line: Line) -> Iterable[Row]:
    """A case counts once: by its decision, or by its activity when it was not decided in this period."""
    decided = records.decisions_by_line.get((line.framework, line.id), [])
    cases = {each.request_id for each in decided}
    activities = {activity.pk: activity for _measure, activity in measures_under(records, line)}
    others = [each for each in activities.values() if each.request_id is None or each.request_id not in cases]
    return shown(_case_row, (*decided, *others))


def _case_row(case: Decision | Activity) -> Row:
    return activity_row(case) if isinstance(case, Activity) else decision_row(case)
