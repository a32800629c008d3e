"""What is worked out on the way, each value once: named columns, in steps of which each looks only at earlier ones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

E = TypeVar("E")


class Steps(Generic[E]):
    """Collects named values; `taken` are the names that the cases' own columns have.

    Names that differ in capitals only are the same, as in databases.
    """

    def __init__(self, taken: Iterable[str]) -> None:
        self.columns: list[dict[str, E]] = []
        self._taken = {name.casefold() for name in taken}
        self._step_of: dict[str, int] = {}
        self._names: dict[str, str] = {}
        self._last: str | None = None

    def add(self, value: E, name: str, text: str | None, looks_at: Iterable[str]) -> str:
        """The column of a value: `name`, with a number behind it where that is taken.

        `text` is the same for values that are the same (None: like no other), `looks_at` are the columns in it.
        """
        if text is not None and text in self._names:
            return self._names[text]
        step = max((self._step_of.get(column, 0) for column in looks_at), default=0)
        if step == len(self.columns):
            self.columns.append({})
        alias = self._free(name)
        self.columns[step][alias] = value
        self._step_of[alias] = step + 1
        self._last = alias
        if text is not None:
            self._names[text] = alias
        return alias

    def rename(self, alias: str, name: str) -> str:
        """The name of a column: `name`, where that is free and the column was the last one to be added; only once."""
        if alias != self._last:
            return alias
        self._last = None
        if name.casefold() in self._taken:
            return alias
        step = self._step_of[name] = self._step_of.pop(alias)
        self.columns[step - 1] = {
            name if each == alias else each: code for each, code in self.columns[step - 1].items()
        }
        self._names = {text: name if each == alias else each for text, each in self._names.items()}
        self._taken.add(name.casefold())
        return name

    def _free(self, name: str) -> str:
        alias, number = name, 1
        while alias.casefold() in self._taken:
            number += 1
            alias = f"{name} {number}"
        self._taken.add(alias.casefold())
        return alias
