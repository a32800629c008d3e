"""How the parties of an initiative stand, and what they want of each other, as a plan takes it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hanze.areas.models import Initiative, Stance, WillingParty, Wish
from hanze.reporting import Chart, Column, Point, Table

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Wishes:
    """Pairs of farm numbers: `must` want to be in one cluster, `cannot` do not; `left_out`: those without two farms."""

    must: tuple[Pair, ...]
    cannot: tuple[Pair, ...]
    left_out: tuple[Wish, ...]


def wishes(initiative: Initiative) -> Wishes:
    """What the parties want of each other, for those that have a farm of the initiative."""
    must: list[Pair] = []
    cannot: list[Pair] = []
    left_out: list[Wish] = []
    for wish in initiative.wishes.select_related("one__farm", "other__farm"):
        if wish.one.farm is None or wish.other.farm is None:
            left_out.append(wish)
        else:
            pairs = must if wish.kind == Wish.Kind.TOGETHER else cannot
            pairs.append((wish.one.farm.code, wish.other.farm.code))
    return Wishes(tuple(must), tuple(cannot), tuple(left_out))


@dataclass(frozen=True, slots=True)
class Standing:
    """The parties with one answer."""

    stance: Stance
    parties: tuple[WillingParty, ...]


def standings(initiative: Initiative) -> tuple[Standing, ...]:
    """The parties by their latest answer, in the order of the answers; an answer that nobody gave too."""
    parties = list(initiative.parties.select_related("farm"))
    return tuple(Standing(stance, tuple(each for each in parties if each.stance == stance)) for stance in Stance)


def chart_of(found: tuple[Standing, ...]) -> Chart:
    """How many parties gave each answer."""
    title = _("How the parties stand")
    points = tuple(Point(str(each.stance.label), len(each.parties)) for each in found)
    columns = (Column(_("Answer"), width=3), Column(_("Parties"), "right"))
    table = Table("standings", title, columns, tuple((point.label, int(point.value)) for point in points))
    told = "; ".join(f"{point.label}: {point.value}" for point in points)
    return Chart("standings-chart", title, "bar", points, f"{title}. {told}.", table, _("Parties"))
