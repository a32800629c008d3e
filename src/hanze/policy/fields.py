"""Typed access to a YAML mapping: each wrong or missing field becomes a problem with its place, and reading goes on."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date
from typing import TypeVar, cast

from hanze.policy.documents import Mapping, Node, Problems, Scalar, Sequence
from hanze.policy.framework import Text
from hanze.policy.suggesting import suggest

NOTHING = Text("", "")

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_Word = TypeVar("_Word", bound=str)


class Fields:
    """The fields of one mapping in a file.

    Unknown keys and missing required keys are noted when it is made. Reading a field that is absent or wrong gives an
    empty value; the problem that was noted keeps it from being used.
    """

    def __init__(
        self, node: Node, problems: Problems, what: str, required: Collection[str], optional: Collection[str] = ()
    ) -> None:
        self.node = node
        self.problems = problems
        self.what = what
        self.values: dict[str, Node] = {}
        if not isinstance(node, Mapping):
            problems.add(node, f"{what} is not a set of keys with values.", f"Write: {', '.join(required)}.")
            return
        for key, value in node.items:
            if key.text in required or key.text in optional:
                self.values[key.text] = value
            else:
                problems.add(key, f"{what} has no key “{key.text}”.", suggest(key.text, sorted({*required, *optional})))
        for key in required:
            if self._is_missing(key):
                problems.add(node, f"{what} has no {key}.", f"Add: {key}: …")

    def _is_missing(self, key: str) -> bool:
        node = self.values.get(key)
        return node is None or (isinstance(node, Scalar) and (node.is_empty or not node.text.strip()))

    def get(self, key: str) -> Node | None:
        """The node of a field, or None when it was left out or left empty."""
        return None if self._is_missing(key) else self.values[key]

    def place(self, key: str) -> Node:
        """Where to point for a problem with this field."""
        return self.values.get(key, self.node)

    def scalar(self, key: str) -> Scalar | None:
        """The scalar of a field."""
        node = self.get(key)
        if node is None or isinstance(node, Scalar):
            return node
        hint = "Write one value; put it between quotes when it holds brackets or braces."
        self.problems.add(node, f"{self.what}: {key} is a list or a mapping.", hint)
        return None

    def text(self, key: str) -> str:
        """A text on one line or several."""
        scalar = self.scalar(key)
        return " ".join(scalar.text.split()) if scalar else ""

    def identifier(self, key: str) -> str:
        """A name to refer to: letters, digits, - and _."""
        scalar = self.scalar(key)
        if scalar is None:
            return ""
        check_identifier(scalar, self.problems)
        return scalar.text

    def one_of(self, key: str, allowed: tuple[_Word, ...], default: _Word | None = None) -> _Word:
        """One of the allowed words; the first of them (or the default) when it was left out or wrong."""
        scalar = self.scalar(key)
        fallback = default if default is not None else allowed[0]
        if scalar is None:
            return fallback
        if scalar.text not in allowed:
            self.problems.add(scalar, f"{self.what}: {key} cannot be “{scalar.text}”.", suggest(scalar.text, allowed))
            return fallback
        return cast(_Word, scalar.text)

    def reference(self, key: str, known: Collection[str], kind: str) -> str | None:
        """The id of something that the framework declares, or None when it was left out."""
        scalar = self.scalar(key)
        if scalar is not None:
            check_reference(scalar, known, kind, self.problems)
        return scalar.text if scalar else None

    def date(self, key: str) -> date | None:
        """A date as 2024-09-11, or None when it was left out."""
        scalar = self.scalar(key)
        if scalar is None:
            return None
        try:
            if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", scalar.text):
                raise ValueError
            return date.fromisoformat(scalar.text)
        except ValueError:
            self.problems.add(scalar, f"{self.what}: {key} is not a date.", "Write it as 2024-09-11.")
            return None

    def whole_number(self, key: str) -> int | None:
        """A whole number, or None when it was left out."""
        scalar = self.scalar(key)
        if scalar is None:
            return None
        if not re.fullmatch(r"-?[0-9]{1,9}", scalar.text):
            self.problems.add(scalar, f"{self.what}: {key} is not a whole number.", "Write digits only: 30.")
            return None
        return int(scalar.text)

    def both_languages(self, key: str) -> Text | None:
        """A text in Dutch and English, or None when it was left out."""
        node = self.get(key)
        return None if node is None else read_text(node, self.problems, f"{self.what}: {key}")

    def text_or_both(self, key: str) -> Text:
        """A text in Dutch and English, or one that is the same in both (“3.2”)."""
        if isinstance(self.get(key), Scalar):
            return Text(self.text(key), self.text(key))
        return self.needed_text(key)

    def needed_text(self, key: str) -> Text:
        """A required text in both languages."""
        return self.both_languages(key) or NOTHING

    def fields(self, key: str, what: str, required: Collection[str], optional: Collection[str] = ()) -> Fields:
        """A mapping inside this one; an empty one when it was left out."""
        node = self.get(key)
        if node is None:
            return Fields(Mapping((), self.node.line, self.node.column), Problems(self.problems.file), what, (), ())
        return Fields(node, self.problems, what, required, optional)

    def items(self, key: str) -> tuple[Node, ...]:
        """The items of a list."""
        node = self.get(key)
        if node is None:
            return ()
        if isinstance(node, Sequence):
            return node.items
        self.problems.add(node, f"{self.what}: {key} is not a list.", "Begin each item with - or write [a, b].")
        return ()

    def pairs(self, key: str) -> tuple[tuple[Scalar, Node], ...]:
        """The keys and values of a mapping with free keys."""
        node = self.get(key)
        if node is None:
            return ()
        if isinstance(node, Mapping):
            return node.items
        self.problems.add(node, f"{self.what}: {key} is not a set of keys with values.", "Write: name: value")
        return ()

    def named(self, key: str) -> Iterator[tuple[str, Node]]:
        """The keys (checked as ids) and values of a mapping with free keys."""
        for name, node in self.pairs(key):
            check_identifier(name, self.problems)
            yield name.text, node


def read_text(node: Node, problems: Problems, what: str) -> Text:
    """A text in Dutch and English."""
    fields = Fields(node, problems, what, ("nl", "en"))
    return Text(fields.text("nl"), fields.text("en"))


def check_identifier(scalar: Scalar, problems: Problems) -> None:
    """Note a problem when a name cannot serve as an id."""
    if not _ID.fullmatch(scalar.text):
        problems.add(scalar, f"“{scalar.text}” cannot be a name.", "Use letters, digits, - and _ only.")


def check_reference(scalar: Scalar, known: Collection[str], kind: str, problems: Problems) -> None:
    """Note a problem when a name refers to nothing."""
    if scalar.text not in known:
        problems.add(scalar, f"There is no {kind} “{scalar.text}”.", suggest(scalar.text, known))
