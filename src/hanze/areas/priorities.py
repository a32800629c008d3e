"""What the advisory group finds most important, and how far its members agree."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hanze.areas.models import Condition, Initiative
from hanze.clusters import conditions as engine
from hanze.reporting import Chart, Column, Point, Table, written
from hanze.reporting.figures import Language

# Kendall's W as it is commonly read: below the first hardly any agreement, from the second on strong.
WEAK, STRONG = 0.3, 0.7


@dataclass(frozen=True, slots=True)
class Weighed:
    """A condition with its place, its share of all points (0 to 1), its mean rank, and whether it is chosen."""

    condition: Condition
    place: int
    share: float
    mean_rank: float
    chosen: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """The conditions, the most important first; `agreement` (Kendall's W) and `chance` are None for one member."""

    rows: tuple[Weighed, ...]
    people: int
    agreement: float | None
    chance: float | None

    @property
    def agreement_in_words(self) -> str:
        if self.agreement is None:
            return _("One member voted, so there is nothing to agree on.")
        if self.agreement >= STRONG:
            return _("The members agree strongly.")
        return _("The members agree in part.") if self.agreement >= WEAK else _("The members hardly agree.")


def outcome(initiative: Initiative) -> Outcome | None:
    """The conditions weighed by every member who voted, each counting the same; None before the first vote."""
    found = {str(condition.pk): condition for condition in initiative.conditions.all()}
    ballots = [
        engine.Votes(str(adviser.pk), {str(vote.condition_id): float(vote.points) for vote in adviser.votes.all()})
        for adviser in initiative.advisers.prefetch_related("votes")
    ]
    ballots = [ballot for ballot in ballots if ballot.points]
    if not found or not ballots:
        return None
    inventory = [engine.Condition(key, one.label, one.source, one.added) for key, one in found.items()]
    result = engine.prioritise(inventory, ballots, choose=min(initiative.choose, len(found)))
    rows = tuple(
        Weighed(found[row.condition.id], row.place, row.weight, row.mean_rank, row.chosen) for row in result.rows
    )
    return Outcome(rows, result.people, result.agreement, result.chance)


def chart_of(result: Outcome, language: Language) -> Chart:
    """The share of all points that each condition got, as a chart with its table."""
    title = _("What the advisory group finds most important")
    points = tuple(Point(row.condition.label, round(row.share * 100)) for row in result.rows)
    columns = (Column(_("Condition"), width=3), Column(_("Share of the points, in percent"), "right"))
    table = Table("priorities-table", title, columns, tuple((point.label, int(point.value)) for point in points))
    told = "; ".join(f"{point.label}: {written(point.value, language)} %" for point in points)
    return Chart("priorities", title, "bar", points, f"{title}. {told}.", table, _("Share of the points, in percent"))
