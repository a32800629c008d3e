"""What a plan assumes, as it was asked on one form and as it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Codes of areas and farms, hectares, kilometres, metres (`reach`), euro, percentages, seconds.

    `areas`: empty means every farm of the initiative. `capacity`: hectares that a hub serves at most. `everybody`: all
    farms take part in swaps, also who did not say so; `joining`: the percentage of them that does in the end, drawn
    with the seed. `elsewhere_km`: how far what is bought elsewhere comes. `growth`, `prices`: percentages a year.
    `staying_low` to `price_high`: how far in percent the farms that take part and the prices may be off from 100.
    """

    areas: tuple[str, ...] = ()
    hubs: int = 1
    capacity: float | None = None
    reach: float = 2_500.0
    least: int = 5
    minimum: float = 250.0
    must: tuple[Pair, ...] = ()
    cannot: tuple[Pair, ...] = ()
    products: tuple[str, ...] = ()
    transport: float = 0.15
    handling: float = 2.0
    farthest: float | None = None
    elsewhere_km: float = 100.0
    everybody: bool = False
    joining: float = 100.0
    tolerance: float = 5.0
    banks: tuple[str, ...] = ()
    years: int = 10
    discount: float = 2.25
    growth: float = 3.0
    prices: float = 2.0
    staying_low: float = 70.0
    staying_high: float = 100.0
    price_low: float = 80.0
    price_high: float = 125.0
    hub_cost: float = 50_000.0
    swap_cost: float = 1_500.0
    seconds: int = 60

    def as_kept(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {name: _listed(value) for name, value in asdict(self).items()}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Assumptions:
        """From what was kept; what is not known (of another version) is left out."""
        ours = {field.name for field in fields(cls)}
        return cls(**{name: _fixed(value) for name, value in kept.items() if name in ours})


def _listed(value: Any) -> Any:
    return [_listed(each) for each in value] if isinstance(value, tuple | list) else value


def _fixed(value: Any) -> Any:
    return tuple(_fixed(each) for each in value) if isinstance(value, tuple | list) else value
