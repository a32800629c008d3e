"""The file of an edition on disk, for the readers of lists; several files in a zip as a folder."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hanze.register import documents
from hanze.screening.lists import ListError
from hanze.watchlists.models import Edition

LARGEST_UNPACKED = 500_000_000


@contextmanager
def on_disk(edition: Edition) -> Iterator[Path]:
    """The file of an edition on disk, for as long as the block lasts; several files in a zip as a folder."""
    with documents.on_disk(edition.file, edition.file_name) as path:
        yield unpacked(path) if path.suffix.casefold() == ".zip" else path


def unpacked(archive: Path) -> Path:
    """The CSV and XML files of a zip in a folder beside it; a single one as itself. Raises ListError."""
    folder = archive.with_suffix("")
    folder.mkdir()
    try:
        with zipfile.ZipFile(archive) as packed:
            members = [each for each in packed.infolist() if each.filename.casefold().endswith((".csv", ".xml"))]
            if sum(each.file_size for each in members) > LARGEST_UNPACKED:
                raise ListError(archive, 0, "what is in this file is too large to be a list.")
            for each in members:
                (folder / Path(each.filename).name).write_bytes(packed.read(each))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
        raise ListError(archive, 0, f"this file cannot be unpacked: {error}.") from None
    files = sorted(folder.iterdir())
    return files[0] if len(files) == 1 else folder
