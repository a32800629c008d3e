"""Plain text files with numbers."""

from __future__ import annotations

from pathlib import Path

from hanze.clusters.problems import InputError, Problem


def read_text(path: Path) -> list[str]:
    """The lines of a text file; raises InputError naming it."""
    try:
        return path.read_text(encoding="ascii", errors="strict").splitlines()
    except OSError as error:
        raise InputError(Problem(f"cannot be read: {error.strerror}", source=str(path))) from error
    except UnicodeDecodeError as error:
        raise InputError(Problem("is not a plain text file with numbers.", source=str(path))) from error
