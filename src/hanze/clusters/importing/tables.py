# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeStubs=false, reportUnknownParameterType=false
# pyogrio and pyproj tell pyright little about their types.
"""A file with places as it is: columns, and shapes in the Dutch grid."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import pyogrio
import pyogrio.raw
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from shapely.geometry.base import BaseGeometry

from hanze.clusters.problems import InputError, Problem

GRID = "EPSG:28992"
"""Everything is brought into the Dutch grid (Amersfoort / RD New), in metres."""
FORMATS = (".gpkg", ".geojson", ".json", ".shp", ".zip", ".csv", ".xlsx", ".ods")
TABLES = (".csv", ".xlsx", ".ods")
WITHIN = (-7_000.0, 289_000.0, 300_000.0, 629_000.0)
"""Where the Dutch grid is meant for: x from, y from, x to, y to."""


@dataclass(frozen=True, slots=True)
class Source:
    """One layer or sheet: `columns` by name with a value (or None) a row, `shapes` in metres (None: a table without).

    `first_row`: the number of the first row as the file shows it; `sha256`: of the file, to know it again.
    """

    name: str
    columns: Mapping[str, tuple[Any, ...]]
    shapes: tuple[BaseGeometry | None, ...] | None
    first_row: int
    sha256: str
    crs: str

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), self.shapes or ()))


def layers(path: Path) -> tuple[str, ...]:
    """The layers or sheets of a file. Raises InputError."""
    try:
        return tuple(str(name) for name in pyogrio.list_layers(_dataset(path))[:, 0])
    except (DataSourceError, DataLayerError):
        raise _unreadable(path) from None


def read_source(path: Path, *, layer: str | None = None, crs: str | None = None) -> Source:
    """Read a layer (the first, unless told); shapes go to the Dutch grid.

    `crs`: the coordinate system of a file that does not say it (GeoJSON without one is longitude and latitude). Raises
    InputError: a file that cannot be read, no or an unknown coordinate system, shapes outside the Netherlands (which is
    what a wrong coordinate system looks like).
    """
    name = layer or layers(path)[0]
    dataset = _dataset(path)
    try:
        meta, _, shapes, fields = cast(
            tuple[dict[str, Any], object, Any, list[Any]],
            pyogrio.raw.read(dataset, layer=name, read_geometry=path.suffix.lower() not in TABLES),
        )
    except (DataSourceError, DataLayerError):
        raise _unreadable(path) from None
    columns = {
        str(column): tuple(_plain(value) for value in values)
        for column, values in zip(meta["fields"], fields, strict=True)
    }
    first_row = 2 if path.suffix.lower() in TABLES else 1
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if shapes is None or all(shape is None for shape in shapes):
        return Source(path.name, columns, None, first_row, digest, crs or "")
    known = meta["crs"] or crs
    if not known:
        message = "does not say its coordinate system: choose it (the Dutch grid is EPSG:28992)."
        raise InputError(Problem(message, source=path.name))
    placed = _to_grid(shapely.from_wkb(shapes), str(known), path.name)
    return Source(path.name, columns, tuple(placed), first_row, digest, str(known))


def _unreadable(path: Path) -> InputError:
    message = f"cannot be read as {path.suffix}: it is damaged, something else, or has no such layer."
    return InputError(Problem(message, source=path.name))


def _dataset(path: Path) -> str:
    if path.suffix.lower() not in FORMATS:
        raise InputError(Problem(f"is none of the forms that can be read: {', '.join(FORMATS)}.", source=path.name))
    if not path.is_file():
        raise InputError(Problem("is not there.", source=path.name))
    return f"/vsizip/{path.resolve()}" if path.suffix.lower() == ".zip" else str(path.resolve())


def _plain(value: Any) -> Any:
    """A value of numpy as one of Python; what is missing is None."""
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or value == "" or (isinstance(value, float) and np.isnan(value)):
        return None
    return value.strip() or None if isinstance(value, str) else value


def to_grid(x: Sequence[float], y: Sequence[float], crs: str) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Coordinates in the Dutch grid. Raises InputError where the system is not known."""
    try:
        system = CRS.from_user_input(crs)
    except CRSError:
        raise InputError(f'"{crs}" is not a coordinate system: write it as EPSG:28992.') from None
    if system == CRS.from_user_input(GRID):
        return np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    found = Transformer.from_crs(system, GRID, always_xy=True).transform(np.asarray(x), np.asarray(y))
    return np.asarray(found[0], dtype=np.float64), np.asarray(found[1], dtype=np.float64)


def outside(x: float, y: float) -> bool:
    """Whether a point in the Dutch grid is not in the Netherlands."""
    return not (WITHIN[0] <= x <= WITHIN[2] and WITHIN[1] <= y <= WITHIN[3])


def _to_grid(shapes: Any, crs: str, name: str) -> Any:
    def moved(points: Any) -> Any:
        return np.column_stack(to_grid(points[:, 0], points[:, 1], crs))

    placed = shapely.transform(shapes, moved)
    bounds = shapely.bounds(placed)
    known = np.isfinite(bounds).all(axis=1)
    strange = np.array([outside(*box[:2]) or outside(*box[2:]) for box in bounds.tolist()], dtype=bool)
    wrong = np.flatnonzero(known & strange)
    empty = np.flatnonzero(~known & ~(shapely.is_missing(placed) | shapely.is_empty(placed)))
    if len(wrong) or len(empty):
        rows = np.concatenate([wrong, empty])[:20]
        message = f"lies outside the Netherlands when read as {crs}: is that the right coordinate system?"
        raise InputError(Problem(message, int(row) + 1, name) for row in rows)
    return placed
