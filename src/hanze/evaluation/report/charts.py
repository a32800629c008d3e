"""The charts of an evaluation, each with its table and a text alternative."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hanze.evaluation.report.material import Material
from hanze.evaluation.sections import line_title
from hanze.missions.models import Activity, Measure
from hanze.register.models import Organisation
from hanze.reporting import Chart, Column, Point, Table

_MOST_BARS = 60  # what still fits a page


def activities_by_month(material: Material) -> list[Chart]:
    """Activities by month and kind; by year when the period is longer than a year. None without activities."""
    found = material.records.activities
    if not found:
        return []
    by_year = material.records.scope.start.year != material.records.scope.end.year
    kinds = [kind for kind in Activity.Kind if any(each.kind == kind for each in found)]
    counts = Counter((_bucket(each.starts_on, by_year), each.kind) for each in found)
    buckets = _buckets(material.records.scope.start, material.records.scope.end, by_year)
    points = [Point(_named(day, by_year), counts[day, kind], str(kind.label)) for day in buckets for kind in kinds]
    title = _("Activities by year") if by_year else _("Activities by month")
    first = _("Year") if by_year else _("Month")
    return [_stacked("activities-by-month", title, first, points, _("Activities"))]


def attendances_by_kind(material: Material) -> list[Chart]:
    """Attendances by kind of party, for each activity that had any; for each month or year when those are many."""
    records = material.records
    attended = [(activity, parties) for activity in records.activities if (parties := records.own_parties(activity))]
    if not attended:
        return []
    first = _("Activity")
    rows = [(str(activity), Counter(each.kind for each in parties)) for activity, parties in attended]
    if len(rows) > _MOST_BARS:
        by_year = records.scope.start.year != records.scope.end.year
        first = _("Year") if by_year else _("Month")
        counts: defaultdict[date, Counter[str]] = defaultdict(Counter)
        for activity, parties in attended:
            counts[_bucket(activity.starts_on, by_year)].update(each.kind for each in parties)
        buckets = _buckets(records.scope.start, records.scope.end, by_year)
        rows = [(_named(day, by_year), counts[day]) for day in buckets if day in counts]
    kinds = [kind for kind in Organisation.Kind if any(counted[kind] for _label, counted in rows)]
    points = [Point(label, counted[kind], str(kind.label)) for label, counted in rows for kind in kinds]
    return [_stacked("attendances-by-kind", _("Attendances by kind of party"), first, points, _("Attendances"))]


def how_often(material: Material) -> list[Chart]:
    """How many parties took part once, twice and more often: the regulars and those around them."""
    records = material.records
    times = Counter(party.pk for activity in records.activities for party in records.own_parties(activity))
    parties = Counter(times.values())
    if len(parties) < 2:
        return []
    points = [Point(_("%(count)s ×") % {"count": count}, parties[count]) for count in sorted(parties)]
    title = _("How often parties took part")
    alt = _sentence(title, [f"{point.label}: {point.value}" for point in points])
    columns = (Column(_("Took part in")), Column(_("Parties"), "right"))
    table = Table("how-often", title, columns, tuple((point.label, int(point.value)) for point in points))
    return [Chart("how-often-chart", title, "bar", tuple(points), alt, table, _("Parties"))]


def measures_by_line(material: Material) -> list[Chart]:
    """Measures done, waived and open under each line of action that had any."""
    states = {"done": Measure.State.DONE, "waived": Measure.State.WAIVED, "open": Measure.State.OPEN}
    points: list[Point] = []
    for line in material.records.lines:
        keys = {name: f"line_{line.key}_{name}" for name in states}
        if material.counted(keys.values()):
            points += [
                Point(line_title(line), len(material.figures[key].rows), str(states[name].label))
                for name, key in keys.items()
            ]
    if not points:
        return []
    return [_stacked("measures-by-line", _("Measures by line of action"), _("Line of action"), points, _("Measures"))]


def _stacked(key: str, title: str, first: str, points: Sequence[Point], value_label: str) -> Chart:
    """A stacked chart with a table that has a column for each series."""
    labels = list(dict.fromkeys(point.label for point in points))
    series = list(dict.fromkeys(point.series for point in points))
    values = {(point.label, point.series): int(point.value) for point in points}
    columns = (Column(first, width=2.5), *(Column(name, "right") for name in series))
    rows = tuple((label, *(values[label, name] for name in series)) for label in labels)
    counted = [
        f"{label}: " + ", ".join(f"{name.lower()} {values[label, name]}" for name in series if values[label, name])
        for label in labels
        if any(values[label, name] for name in series)
    ]
    table = Table(f"{key}-table", title, columns, rows)
    return Chart(key, title, "stacked", tuple(points), _sentence(title, counted), table, value_label)


def _sentence(title: str, parts: Sequence[str]) -> str:
    return f"{title}. {'; '.join(parts)}."


def _buckets(start: date, end: date, by_year: bool) -> list[date]:
    if by_year:
        return [date(year, 1, 1) for year in range(start.year, end.year + 1)]
    return [date(start.year, month, 1) for month in range(start.month, end.month + 1)]


def _bucket(day: date, by_year: bool) -> date:
    return date(day.year, 1 if by_year else day.month, 1)


def _named(day: date, by_year: bool) -> str:
    return str(day.year) if by_year else date_format(day, "F").capitalize()
