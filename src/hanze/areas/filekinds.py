"""What may be handed in as a file with places, by its contents: the reader of maps goes by those, whatever the name."""

from __future__ import annotations

import io
import json
import sqlite3
import tempfile
import zipfile
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _

from hanze.register.documents import check_size
from hanze.register.sniffing import RefusedError, check_contents

TABLES = (".csv", ".xlsx", ".ods")
MAPS = (".gpkg", ".geojson", ".json", ".zip")
ENDINGS = (*MAPS, *TABLES)
SHAPEFILE = {".shp", ".shx", ".dbf", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".xml", ".qmd"}
MOST_UNPACKED = 2 * 2**30


def check_places(file: File) -> None:
    """Raise ValidationError on `file` for a kind that is not read, and for contents that are not what the name says.

    The reader of maps would follow a description of other files, or a database that calls on them: both are refused.
    """
    ending = PurePosixPath(file.name or "").suffix.lower()
    if ending not in ENDINGS:
        kinds = ", ".join(each.lstrip(".") for each in ENDINGS)
        raise ValidationError({"file": _("A file of this kind cannot be read. Use: %(kinds)s.") % {"kinds": kinds}})
    check_size(file)
    try:
        if ending in TABLES:
            check_contents(file, file.name or "")  # type: ignore[arg-type]
        file.seek(0)
        if not _is_what_it_says(file, ending):
            raise RefusedError(
                _("The contents of this file are not those of a %(kind)s file.") % {"kind": ending.lstrip(".").upper()}
            )
    except RefusedError as error:
        raise ValidationError({"file": str(error)}) from error
    finally:
        file.seek(0)


def _is_what_it_says(file: File, ending: str) -> bool:
    if ending == ".gpkg":
        return _is_geopackage(file)
    if ending in (".geojson", ".json"):
        return _is_geojson(file)
    if ending == ".zip":
        return _is_shapefile(file)
    return ending != ".csv" or not file.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _is_geopackage(file: File) -> bool:
    """A database with the tables of a GeoPackage, of which no table reaches outside it."""
    if file.read(16) != b"SQLite format 3\x00":
        return False
    with tempfile.NamedTemporaryFile(suffix=".gpkg") as copy:
        file.seek(0)
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        try:
            opened = sqlite3.connect(f"file:{copy.name}?mode=ro&immutable=1", uri=True)
            try:
                made = [(name, sql or "") for name, sql in opened.execute("SELECT name, sql FROM sqlite_master")]
            finally:
                opened.close()
        except sqlite3.Error:
            return False
    virtual = [
        " ".join(sql.lower().split()) for _name, sql in made if sql.lower().lstrip().startswith("create virtual")
    ]
    return "gpkg_contents" in {name for name, _sql in made} and all(" using rtree" in sql for sql in virtual)


def _is_geojson(file: File) -> bool:
    try:
        read = json.loads(file.read())
    except (ValueError, RecursionError):
        return False
    return isinstance(read, dict) and read.get("type") == "FeatureCollection"


def _is_shapefile(file: File) -> bool:
    """A zip with one shapefile and nothing but its parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(file.read())) as package:
            parts = [each for each in package.infolist() if not each.is_dir()]
    except zipfile.BadZipFile:
        return False
    endings = [PurePosixPath(part.filename).suffix.lower() for part in parts]
    return (
        set(endings) <= SHAPEFILE
        and {".shp", ".dbf"} <= set(endings)
        and sum(part.file_size for part in parts) <= MOST_UNPACKED
    )
