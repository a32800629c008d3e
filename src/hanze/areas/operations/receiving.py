"""A file with places is handed in, looked at, and its columns are chosen; or it is not brought in after all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.areas import columns
from hanze.areas.filekinds import check_places
from hanze.areas.models import Initiative, PlaceList
from hanze.areas.words import as_kept
from hanze.audit.log import record
from hanze.clusters.problems import InputError
from hanze.register.documents import fingerprint, on_disk

if TYPE_CHECKING:
    from hanze.clusters.importing import Source

State = PlaceList.State
LONGEST_NAME = 200
LONGEST_CRS = 40
SAMPLES, LONGEST_SAMPLE = 3, 60


@transaction.atomic
def receive(initiative: Initiative, *, by: User | None, kind: str, file: File, **source: str) -> PlaceList:
    """Keep a file with farms, parcels or areas; `look` looks at it. `source`: the fields of `Sourced`.

    Raises PermissionDenied, ValidationError (kind, size, contents).
    """
    require(by, "areas.change_initiative", initiative)
    name = Path((file.name or "").replace("\\", "/")).name
    check_places(file)
    made = PlaceList(initiative=initiative, by=by, kind=kind, sha256=fingerprint(file), **source)
    made.file_name = Path(name).stem[:LONGEST_NAME] + Path(name).suffix.lower()
    made.file = File(file, name=made.file_name)
    made.full_clean()
    made.save()
    record("places.received", by=by, subject=made, case=initiative, sha256=made.sha256)
    return made


def look(handed: PlaceList) -> PlaceList:
    """Read layers and columns and guess which is which. Does nothing when that was done before."""
    if handed.state != State.LOOKING:
        return handed
    from hanze.clusters.importing import GRID, layers  # only the worker loads what reads maps

    try:
        with on_disk(handed.file, handed.file_name) as path:
            handed.layers = list(layers(path))
            handed.layer = handed.layer if handed.layer in handed.layers else handed.layers[0]
            source = read(path, handed)
    except InputError as error:
        return refuse(handed, error)
    handed.columns = list(source.columns)
    handed.samples = {name: _samples(values) for name, values in source.columns.items()}
    handed.has_shapes = source.shapes is not None
    said = source.crs if len(source.crs) <= LONGEST_CRS else ""
    handed.crs = handed.crs or said or ("" if handed.has_shapes else GRID)
    handed.rows_found, handed.problems = len(source), []
    kept = {name: column for name, column in handed.mapping.items() if column in handed.columns}
    handed.mapping = kept or columns.guess(handed.kind, handed.columns, handed.has_shapes)
    handed.state = State.CHOOSING
    handed.save()
    return handed


def read(path: Path, handed: PlaceList) -> Source:
    """The chosen layer. Raises InputError."""
    from hanze.clusters.importing import read_source

    return read_source(path, layer=handed.layer or None, crs=handed.crs or None)


@transaction.atomic
def refuse(handed: PlaceList, error: InputError) -> PlaceList:
    """Keep every problem of a file that was not brought in; its columns can be chosen again."""
    handed.state, handed.share = State.REFUSED, 0
    handed.problems = [as_kept(problem) for problem in error.problems]
    handed.save()
    record("places.refused", by=None, subject=handed, case=handed.initiative, problems=len(handed.problems))
    return handed


@transaction.atomic
def choose_columns(
    handed: PlaceList,
    *,
    by: User | None,
    mapping: Mapping[str, str],
    layer: str = "",
    crs: str = "",
    value_per_hectare: float | None = None,
) -> PlaceList:
    """Say what the columns hold. Another layer or coordinate system sends the file back to be looked at.

    Raises PermissionDenied, ValidationError (a needed column that is not chosen, a column chosen twice, too late).
    """
    opened(handed, by)
    looked = (handed.layer, handed.crs)
    handed.layer, handed.crs = layer or handed.layer, crs.strip().upper() or handed.crs
    handed.mapping = {name: column for name, column in mapping.items() if column}
    handed.value_per_hectare = value_per_hectare
    if (handed.layer, handed.crs) != looked or not handed.columns:
        handed.state = State.LOOKING
    else:
        check_columns(handed)
    handed.full_clean()
    handed.save()
    return handed


@transaction.atomic
def discard(handed: PlaceList, *, by: User | None) -> PlaceList:
    """Do not bring in a file after all. Raises PermissionDenied, ValidationError (too late)."""
    opened(handed, by)
    handed.state = State.DISCARDED
    handed.save(update_fields=["state"])
    record("places.discarded", by=by, subject=handed, case=handed.initiative)
    return handed


def opened(handed: PlaceList, by: User | None) -> None:
    require(by, "areas.change_initiative", handed.initiative)
    handed.refresh_from_db()
    if not handed.is_open:
        raise ValidationError(_("This file is busy, or was brought in before."))


def check_columns(handed: PlaceList) -> None:
    wrong: dict[str, str] = {}
    for column in columns.asked(handed.kind, handed.has_shapes):
        if (column.needed or column.without_shapes) and column.name not in handed.mapping:
            wrong[f"column-{column.name}"] = _("Choose the column that holds this.")
    taken: set[str] = set()
    for name, column in handed.mapping.items():
        if column in taken:
            wrong[f"column-{name}"] = _("This column was chosen for something else too.")
        taken.add(column)
    if wrong:
        raise ValidationError(wrong)


def _samples(values: tuple[object, ...]) -> list[str]:
    """A few of the cells that hold something."""
    shown: list[str] = []
    for value in values:
        text = "" if value is None else str(value)[:LONGEST_SAMPLE]
        if text and text not in shown:
            shown.append(text)
        if len(shown) == SAMPLES:
            break
    return shown
