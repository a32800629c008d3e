"""A file that is being read as a list: what readers report to it, and how they refuse it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from hanze.screening.lists.columns import Columns


class ListError(ValueError):
    """A list that cannot be read: the file, the line (0 when no line is to blame) and the reason in plain words."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        self.path, self.line, self.reason = path, line, reason
        place = f"{path.name}, line {line}" if line else path.name
        super().__init__(f"{place}: {reason}")


@dataclass(slots=True)
class Source:
    """A list as a reader meets it: where it is and what it is called; readers count `rows` and find `edition_date`.

    `columns` says which columns of an own list hold what; None to recognise them by their usual names.
    """

    path: Path
    list_id: str
    columns: Columns | None = None
    rows: int = 0
    edition_date: date | None = None
    files: list[Path] = field(default_factory=list[Path])

    def refuse(self, line: int, reason: str, path: Path | None = None) -> ListError:
        """The error to raise for this list."""
        return ListError(path or self.path, line, reason)
