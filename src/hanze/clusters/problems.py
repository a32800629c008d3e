"""What is wrong with what was given: said with the file, the row and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake; `row` counts from 1 as the file shows it (the header of a table is row 1), None: the whole."""

    message: str
    row: int | None = None
    source: str = ""
    column: str = ""

    def __str__(self) -> str:
        where = [self.source] if self.source else []
        if self.row is not None:
            where.append(f"line {self.row}")
        if self.column:
            where.append(self.column)
        return f"{', '.join(where)}: {self.message}" if where else self.message


class InputError(ValueError):
    """The input cannot be used; nothing was done. `problems` holds every mistake that was found."""

    def __init__(self, problems: Iterable[Problem] | Problem | str) -> None:
        if isinstance(problems, str):
            problems = Problem(problems)
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Cancelled(Exception):  # noqa: N818 (not an error: somebody's wish)
    """Whoever asked for the work no longer wants it; raised by a `Progress` and never caught by the engine."""
