"""The lines of action of policy frameworks, by which an evaluation accounts for what was done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from hanze.frameworks import library
from hanze.policy import Framework

KINDS = ("economic", "human-rights", "protocol", "precondition")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of action; `key` names it in figures: its id, with the framework's where two frameworks share it."""

    id: str
    framework: str
    kind: str
    number: int
    title_nl: str
    title_en: str
    key: str = ""

    def title(self, language: str) -> str:
        """The title in the language, Dutch where that is asked for."""
        return self.title_nl if language.startswith("nl") else self.title_en


def lines_of(framework_ids: Iterable[str], on: date) -> list[Line]:
    """The lines of the frameworks as they stood on that day, economic ones first, each with its key."""
    found = [line for each in sorted(framework_ids) if (held := _as_it_stood(each, on)) for line in _lines(held)]
    found.sort(key=lambda line: (KINDS.index(line.kind), line.framework, line.number))
    shared = Counter(line.id for line in found)
    return [replace(line, key=line.id if shared[line.id] == 1 else f"{line.framework}.{line.id}") for line in found]


def _as_it_stood(framework_id: str, on: date) -> Framework | None:
    """The version in force on that day, else the newest one; None when it is not installed any more."""
    if framework := library.in_force(on).get(framework_id):
        return framework
    return next(iter(library.versions(framework_id)), None)


def _lines(framework: Framework) -> list[Line]:
    return [
        Line(table.id, framework.id, table.kind, table.number, table.line.nl, table.line.en)
        for table in framework.tables
    ]
