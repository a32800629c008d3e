"""YAML as a tree of nodes that know where they stand; nothing in the file is ever executed or resolved.

Scalars keep the text as it was written, so that the country code `NO` is no boolean and `1.10` stays 1.10. Tags,
anchors, aliases, double keys, several documents and absurd nesting are refused. Every problem of a file is collected
before one FrameworkError is raised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NoReturn, cast

import yaml

from hanze.policy.framework import FrameworkError, Problem

DEEPEST = 30
LARGEST = 4_000_000

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, with the place where it begins; `plain` when written without quotes, `block` after | or >."""

    text: str
    style: Literal["plain", "quoted", "block"]
    line: int
    column: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing was filled in."""
        return self.style == "plain" and self.text in ("", "~", "null")


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values, in the order of the file."""

    items: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    items: tuple[Node, ...]
    line: int
    column: int


Node = Scalar | Mapping | Sequence


class Problems:
    """The problems of one file while it is being read."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Problem] = []

    def add(self, node: Node, message: str, hint: str, offset: int = 0) -> None:
        """Note a problem at a node, `offset` characters into its text."""
        self.found.append(Problem(self.file, node.line, node.column + offset, message, hint))

    def stop(self, line: int, column: int, message: str, hint: str) -> NoReturn:
        """Raise at once: what follows in the file cannot be read."""
        raise FrameworkError([*self.found, Problem(self.file, line, column, message, hint)])

    def raise_if_any(self) -> None:
        """Raise one FrameworkError with all problems, in the order of the file."""
        if self.found:
            raise FrameworkError(sorted(self.found, key=lambda problem: (problem.line, problem.column)))


def read_bytes(path: Path) -> bytes:
    """The content of a file; raises FrameworkError when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"The file cannot be read: {error.strerror or error}."
        raise FrameworkError([Problem(str(path), 1, 1, message, "Check its name and rights.")]) from error


def compose(content: bytes, problems: Problems) -> Mapping:
    """The tree of a YAML document whose top level is a mapping; raises FrameworkError."""
    if len(content) > LARGEST:
        problems.stop(1, 1, f"The file is larger than {LARGEST} bytes.", "Split it into several frameworks.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problems.stop(line, 1, "The file is not UTF-8 text.", "Save it as UTF-8.")
    try:
        node = _Composer(text, problems).document()
    except yaml.MarkedYAMLError as error:
        _stop_at(error, text, problems)
    except (yaml.YAMLError, ValueError) as error:
        problems.stop(1, 1, f"The file is not YAML: {_first_line(error)}.", "Remove the character that it names.")
    if not isinstance(node, Mapping):
        problems.stop(node.line, node.column, "The file holds no keys with values.", "Begin with: framework: some-id")
    return node


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0].rstrip(".") if str(error) else type(error).__name__


def _stop_at(error: yaml.MarkedYAMLError, text: str, problems: Problems) -> NoReturn:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.splitlines()
    here = lines[line - 1] if line <= len(lines) else ""
    hint = "Look at the indentation, the colons and the quotes of this line."
    if re.search(r":\s*[>\[\]*&!%@`\-]", here):
        hint = 'Put a cell that begins with > [ ] - or another special sign between quotes: "> 0".'
    problems.stop(line, column, f"This is not YAML: {error.problem or error.context}.", hint)


class _Composer:
    """Builds the tree from the parser's events, so that depth and aliases are bounded before memory is."""

    def __init__(self, text: str, problems: Problems) -> None:
        self.events = cast(Iterator[Any], yaml.parse(text, Loader=_LOADER))
        self.problems = problems

    def document(self) -> Node:
        node: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if node is not None:
                    self._refuse(event, "The file holds more than one document.", "Write one framework per file.")
                node = self._node(self._next(), 0)
        if node is None:
            self.problems.stop(1, 1, "The file is empty.", "Begin with: framework: some-id")
        return node

    def _next(self) -> Any:
        return next(self.events)

    def _refuse(self, event: Any, message: str, hint: str) -> NoReturn:
        line, column = _place(event)
        self.problems.stop(line, column, message, hint)

    def _node(self, event: Any, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            self._refuse(event, "Anchors (&) and aliases (*) are not used here.", "Write the value out.")
        if event.tag not in (None, "!"):
            self._refuse(event, f"The tag {event.tag} is not used here.", "Leave the tag out.")
        if depth > DEEPEST:
            self._refuse(event, "This is nested too deep.", "A framework needs no more than ten levels.")
        line, column = _place(event)
        if isinstance(event, yaml.ScalarEvent):
            style = {"'": "quoted", '"': "quoted", "|": "block", ">": "block"}.get(cast(str, event.style), "plain")
            return Scalar(event.value, cast(Any, style), line, column)
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(tuple(self._items(depth)), line, column)
        return Mapping(tuple(self._pairs(depth)), line, column)

    def _items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            yield self._node(event, depth + 1)

    def _pairs(self, depth: int) -> Iterator[tuple[Scalar, Node]]:
        seen: set[str] = set()
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(self._next(), depth + 1)
            if not isinstance(key, Scalar):
                self.problems.add(key, "A key is a list or a mapping.", "Write a word before the colon.")
            elif key.text in seen:
                self.problems.add(key, f"The key “{key.text}” stands here twice.", "Remove one of the two.")
            else:
                seen.add(key.text)
                yield key, value


def _place(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1
