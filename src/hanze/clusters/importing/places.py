"""Farms, parcels and areas out of the columns of a file: every row that cannot be used is named, and then nothing
is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from hanze.clusters.importing.tables import GRID, Source, outside, to_grid
from hanze.clusters.land import Land, Owners
from hanze.clusters.problems import InputError, Problem

Mapped = Mapping[str, str]
"""Which column of the file holds which of ours: {"id": "bedrijfsnummer", "x": "x_rd", …}."""
MOST_PROBLEMS = 1000
MOST_SEASONS = 1000
OFFER, NEED = {"offer", "aanbod", "biedt", "supply"}, {"need", "vraag", "vraagt", "demand"}
YES, NO = {"yes", "ja", "true", "1", "y", "j", "waar", "x"}, {"no", "nee", "false", "0", "n", "onwaar"}
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Farm:
    """A farm; `x`, `y` in metres of the Dutch grid; `more`: the columns that are not ours."""

    id: str
    x: float
    y: float
    name: str = ""
    sector: str = ""
    organic: bool = False
    takes_part: bool = False
    more: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Parcel:
    """A parcel of a farm (its id); `area` in hectares, `value` in euro."""

    id: str
    farm: str
    shape: BaseGeometry
    area: float
    value: float
    organic: bool = False
    more: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Area:
    """A candidate area."""

    id: str
    name: str
    shape: BaseGeometry
    more: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Good:
    """What a farm (its id) has or needs: `side` is "offer" or "need"; the other fields as `hanze.clusters.exchanging`.

    `lowest`: of an offer its quality, of a need the least it takes; `highest`: the most a need takes; None: no matter.
    """

    id: str
    farm: str
    side: str
    product: str
    amount: float
    price: float
    lowest: float | None = None
    highest: float | None = None
    season: int = 0
    more: Mapping[str, Any] = field(default_factory=dict[str, Any])


def read_farms(source: Source, columns: Mapped, *, crs: str = GRID) -> tuple[Farm, ...]:
    """Columns: id, and x and y where the file has no points; name, sector, organic, takes_part if any.

    `crs`: of x and y. Raises InputError with every row that cannot be used.
    """
    rows = _Rows(source, columns, ("id",) if source.shapes else ("id", "x", "y"))

    def farm(row: int) -> Farm:
        if source.shapes:
            point = rows.shape(row).centroid
            x, y = float(point.x), float(point.y)
        else:
            at = to_grid([rows.number(row, "x")], [rows.number(row, "y")], crs)
            x, y = float(at[0][0]), float(at[1][0])
            if not math.isfinite(x + y) or outside(x, y):
                raise _RowError(f"lies outside the Netherlands when read as {crs}: is that right?", "x")
        organic, takes_part = rows.truth(row, "organic"), rows.truth(row, "takes_part")
        name, sector = rows.text(row, "name"), rows.text(row, "sector")
        return Farm(rows.key(row), x, y, name, sector, organic, takes_part, rows.more(row))

    return rows.read(farm)


def read_parcels(
    source: Source, columns: Mapped, farms: Sequence[Farm], *, value_per_hectare: float | None = None
) -> tuple[Parcel, ...]:
    """Columns: id, farm (the id of a farm in the list); area (hectares; else measured), value (euro), organic if any.

    `value_per_hectare`: for parcels without a value. Raises InputError with every row that cannot be used: no or an
    invalid shape, an area or value below zero, a farm that is not in the list, a missing value.
    """
    rows = _Rows(source, columns, ("id", "farm"), shapes=True)
    known = {farm.id for farm in farms}

    def parcel(row: int) -> Parcel:
        owner = rows.text(row, "farm", wanted=True)
        if owner not in known:
            raise _RowError(f"the farm {owner} is not in the list of farms.", "farm")
        shape = rows.shape(row, "polygon")
        area = rows.number(row, "area") if rows.has(row, "area") else float(shape.area) / 10_000
        if not area > 0:
            raise _RowError(f"the area must be above zero, found {area:g}.", "area")
        value = _value(rows, row, area, value_per_hectare)
        return Parcel(rows.key(row), owner, shape, area, value, rows.truth(row, "organic"), rows.more(row))

    return rows.read(parcel)


def _value(rows: _Rows, row: int, area: float, per_hectare: float | None) -> float:
    if rows.has(row, "value"):
        value = rows.number(row, "value")
        if value < 0:
            raise _RowError(f"the value must be at least zero, found {value:g}.", "value")
        return value
    if per_hectare is None:
        raise _RowError("the value is missing: give one, or a value for each hectare.", "value")
    return area * per_hectare


def read_areas(source: Source, columns: Mapped) -> tuple[Area, ...]:
    """Columns: id; name if any. Raises InputError with every row that cannot be used."""
    rows = _Rows(source, columns, ("id",), shapes=True)

    def area(row: int) -> Area:
        id = rows.key(row)
        return Area(id, rows.text(row, "name") or id, rows.shape(row, "polygon"), rows.more(row))

    return rows.read(area)


def read_goods(source: Source, columns: Mapped, farms: Iterable[str]) -> tuple[Good, ...]:
    """Columns: id, farm (the id of a farm in the list), side (offer or need), product, amount, price; lowest, highest
    and season if any. Raises InputError with every row that cannot be used.
    """
    rows = _Rows(source, columns, ("id", "farm", "side", "product", "amount", "price"))
    known = set(farms)

    def good(row: int) -> Good:
        farm, said = rows.text(row, "farm", wanted=True), rows.text(row, "side", wanted=True).lower()
        if farm not in known:
            raise _RowError(f"the farm {farm} is not in the list of farms.", "farm")
        if said not in OFFER | NEED:
            raise _RowError(f"side must be offer or need, found {said}.", "side")
        amount, season = rows.number(row, "amount"), rows.number(row, "season") if rows.has(row, "season") else 0.0
        if amount < 0:
            raise _RowError(f"the amount must be at least zero, found {amount:g}.", "amount")
        if season < 0 or season != int(season) or season > MOST_SEASONS:
            raise _RowError(f"the season must be a whole number from 0, found {season:g}.", "season")
        lowest, highest = (rows.number(row, name) if rows.has(row, name) else None for name in ("lowest", "highest"))
        side, product = "offer" if said in OFFER else "need", rows.text(row, "product", wanted=True)
        price, more = rows.number(row, "price"), rows.more(row)
        return Good(rows.key(row), farm, side, product, amount, price, lowest, highest, int(season), more)

    return rows.read(good)


def to_land(farms: Sequence[Farm], parcels: Sequence[Parcel], *, banks: Sequence[str] = ()) -> tuple[Land, Owners]:
    """What `hanze.clusters.land` works on; `banks`: ids of farms in the list that are land banks (distance does not
    count).
    """
    place = {farm.id: at for at, farm in enumerate(farms)}
    points = np.array([(farm.x, farm.y) for farm in farms], dtype=np.float64).reshape(-1, 2)
    points[[place[bank] for bank in banks]] = np.nan
    owners = Owners(
        tuple(farm.id for farm in farms),
        points,
        np.array([farm.takes_part for farm in farms], dtype=bool),
        np.array([farm.organic for farm in farms], dtype=bool),
    )
    centres = [parcel.shape.centroid for parcel in parcels]
    land = Land(
        tuple(parcel.id for parcel in parcels),
        np.array([place[parcel.farm] for parcel in parcels], dtype=np.intp),
        np.array([(centre.x, centre.y) for centre in centres], dtype=np.float64).reshape(-1, 2),
        np.array([parcel.area for parcel in parcels]),
        np.array([parcel.value for parcel in parcels]),
        np.array([parcel.organic for parcel in parcels], dtype=bool),
        np.array([parcel.shape.length for parcel in parcels]),
    )
    return land, owners


class _RowError(Exception):
    def __init__(self, message: str, column: str) -> None:
        super().__init__(message)
        self.message, self.column = message, column


class _Rows:
    """The rows of a source through a mapping of columns."""

    def __init__(self, source: Source, columns: Mapped, wanted: tuple[str, ...], shapes: bool = False) -> None:
        self.source, self.columns = source, columns
        missing = [name for name in wanted if name not in columns]
        if missing:
            raise InputError(Problem(f"say which column holds: {', '.join(missing)}.", source=source.name))
        gone = [column for column in columns.values() if column not in source.columns]
        if gone:
            there = ", ".join(source.columns)
            message = f"there is no column {', '.join(gone)}; there are: {there}."
            raise InputError(Problem(message, source=source.name))
        if shapes and source.shapes is None:
            raise InputError(Problem("has no shapes: give a GeoPackage, GeoJSON or shapefile.", source=source.name))
        self.seen: set[str] = set()

    def read(self, one: Callable[[int], Read]) -> tuple[Read, ...]:
        """Every row, or InputError with every row that cannot be used."""
        found: list[Read] = []
        problems: list[Problem] = []
        for row in range(len(self.source)):
            try:
                found.append(one(row))
            except _RowError as error:
                at = row + self.source.first_row
                problems.append(Problem(error.message, at, self.source.name, self.columns.get(error.column, "")))
                if len(problems) == MOST_PROBLEMS:
                    break
        if not found and not problems:
            raise InputError(Problem("holds no rows.", source=self.source.name))
        if problems:
            raise InputError(problems)
        return tuple(found)

    def value(self, row: int, name: str) -> Any:
        return self.source.columns[self.columns[name]][row] if name in self.columns else None

    def has(self, row: int, name: str) -> bool:
        return self.value(row, name) is not None

    def text(self, row: int, name: str, wanted: bool = False) -> str:
        value = self.value(row, name)
        if value is None and wanted:
            raise _RowError(f"{name} is missing.", name)
        return "" if value is None else str(value)

    def key(self, row: int) -> str:
        key = self.text(row, "id", wanted=True)
        if key in self.seen:
            raise _RowError(f"the id {key} is there twice.", "id")
        self.seen.add(key)
        return key

    def number(self, row: int, name: str) -> float:
        """A number; a comma may be the decimal sign."""
        value = self.value(row, name)
        if value is None:
            raise _RowError(f"{name} is missing.", name)
        try:
            number = float(value.replace(",", ".") if isinstance(value, str) else value)
        except (TypeError, ValueError):
            raise _RowError(f"{name} must be a number, found {value}.", name) from None
        if not math.isfinite(number):
            raise _RowError(f"{name} must be a number, found {value}.", name)
        return number

    def truth(self, row: int, name: str) -> bool:
        value = self.value(row, name)
        if value is None or isinstance(value, bool):
            return bool(value)
        word = str(value).lower()
        if word not in YES | NO:
            raise _RowError(f"{name} must be yes or no, found {value}.", name)
        return word in YES

    def shape(self, row: int, kind: str = "") -> BaseGeometry:
        shape = self.source.shapes[row] if self.source.shapes else None
        if shape is None or shape.is_empty:
            raise _RowError("the shape is missing.", "shape")
        if not shape.is_valid:
            raise _RowError(f"the shape is not valid: {shapely.is_valid_reason(shape)}.", "shape")
        if kind == "polygon" and shape.geom_type not in ("Polygon", "MultiPolygon"):
            raise _RowError(f"the shape must be a polygon, found a {shape.geom_type}.", "shape")
        return shape

    def more(self, row: int) -> dict[str, Any]:
        ours = set(self.columns.values())
        return {name: values[row] for name, values in self.source.columns.items() if name not in ours}
