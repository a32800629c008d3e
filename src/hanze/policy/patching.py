"""A what-if: a patch in YAML that changes a framework without touching its file.

    patch: some-framework
    changes:
      - set: rules/C-many/when/people
        to: "> 20"
      - add: tables/care/rules
        item: {id: C-new, when: {…}, then: {…}, because: {…}, source: {…}, status: inferred}
        before: C-many
      - remove: lists/watched/items/AA

A path names what stands in the framework's file, from the top, its parts apart by `/`; items of lists go by their `id`
(values of a parameter by their `from`), and `rules/…` finds a rule in whatever table it stands. The patched framework
is read and checked as any other; a problem names the line of the patch or of the framework.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from hanze.policy.documents import Mapping, Node, Problems, Scalar, Sequence, compose, read_bytes
from hanze.policy.fields import Fields, suggest
from hanze.policy.framework import Framework, Problem
from hanze.policy.reading import read_framework_tree

_NAMES = ("id", "from")
_Change = Callable[[Node, "_Step"], Node]


def read_patched(path: Path | str, patch_path: Path | str) -> Framework:
    """A framework file with a patch file on it. Raises FrameworkError with the problems of both files."""
    path, patch_path = Path(path), Path(patch_path)
    return patched(read_bytes(path), path, read_bytes(patch_path), patch_path)


def patched(content: bytes, path: Path, patch: bytes, patch_path: Path) -> Framework:
    """The content of a framework file with the content of a patch on it. Raises FrameworkError."""
    problems = _PatchedProblems(str(path), str(patch_path))
    tree: Node = compose(content, Problems(str(path)))
    written = compose(patch, Problems(str(patch_path)))
    problems.is_of_patch(written)
    top = Fields(written, problems, "The patch", ("patch", "changes"), ("version", "because"))
    framework = Fields(tree, Problems(str(path)), "", (), ("framework", "version"))
    for key, known in (("patch", framework.text("framework")), ("version", framework.text("version"))):
        if top.get(key) is not None and top.text(key) != known:
            problems.add(top.place(key), f"The patch is for {top.text(key)}, and this is {known}.", "Take the other.")
    for node in top.items("changes"):
        tree = _changed(tree, node, problems)
    problems.raise_if_any()
    return read_framework_tree(tree, problems, path)


class _PatchedProblems(Problems):
    """Problems of a framework of which some nodes come from a patch."""

    def __init__(self, file: str, patch_file: str) -> None:
        super().__init__(file)
        self._patch_file = patch_file
        self._of_patch: dict[int, Node] = {}

    def is_of_patch(self, node: Node) -> None:
        """From now on a problem at this node, or in it, is one of the patch."""
        self._of_patch[id(node)] = node
        for inner in _inside(node):
            self.is_of_patch(inner)

    def add(self, node: Node, message: str, hint: str, offset: int = 0) -> None:
        file = self._patch_file if id(node) in self._of_patch else self.file
        self.found.append(Problem(file, node.line, node.column + offset, message, hint))


def _inside(node: Node) -> Iterator[Node]:
    if isinstance(node, Mapping):
        for key, value in node.items:
            yield from (key, value)
    elif isinstance(node, Sequence):
        yield from node.items


class _PatchError(Exception):
    """A change that cannot be made: what is the matter, and what to write instead."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def _not_there(name: str, known: list[str]) -> _PatchError:
    return _PatchError(f"there is no “{name}” here", suggest(name, known) if known else "Leave this change out.")


@dataclass(frozen=True, slots=True)
class _Step:
    """The last part of a path, and what a change does there: the new value, and before which item it comes."""

    key: Scalar
    value: Node | None
    before: str | None

    @property
    def name(self) -> str:
        return self.key.text


def _changed(tree: Node, node: Node, problems: _PatchedProblems) -> Node:
    """The tree with one change of a patch; a problem is noted when it cannot be made."""
    verbs: dict[str, tuple[tuple[str, ...], tuple[str, ...], _Change]] = {
        "set": (("set", "to"), (), _set),
        "add": (("add", "item"), ("before",), _add),
        "remove": (("remove",), (), _remove),
    }
    keys = [key.text for key, _ in node.items] if isinstance(node, Mapping) else []
    verb = next((each for each in verbs if each in keys), None)
    if verb is None:
        problems.add(node, "A change says neither set, add nor remove.", "Write: set: rules/… with to: …")
        return tree
    required, optional, change = verbs[verb]
    fields = Fields(node, problems, "The change", required, optional)
    path = fields.scalar(verb)
    value = fields.get(required[1]) if len(required) > 1 else None
    if path is None or (len(required) > 1 and value is None):
        return tree
    key = replace(path, text=path.text.strip("/").split("/")[-1], style="quoted")
    problems.is_of_patch(key)
    step = _Step(key, value, fields.text("before") or None)
    try:
        parts = _whole_path(tree, path.text.strip("/").split("/"))
        return _at(tree, parts[:-1], change, step)
    except _PatchError as error:
        problems.add(path, f"{path.text}: {error.message}.", error.hint)
        return tree


def _whole_path(tree: Node, parts: list[str]) -> list[str]:
    """`rules/X` with the table in which the rule stands."""
    if parts[0] != "rules" or len(parts) < 2:
        return parts
    tables = _child(tree, "tables")
    known: list[str] = []
    for table in tables.items if isinstance(tables, Sequence) else ():
        rules = _child(table, "rules") if isinstance(table, Mapping) else None
        if isinstance(rules, Sequence):
            names = _names(rules)
            known += names
            if parts[1] in names:
                return ["tables", _name(table), *parts]
    raise _not_there(parts[1], known)


def _child(node: Node, key: str) -> Node | None:
    return next((value for name, value in node.items if name.text == key), None) if isinstance(node, Mapping) else None


def _name(node: Node) -> str:
    """By which a path finds an item of a list."""
    if isinstance(node, Scalar):
        return node.text
    for key in _NAMES:
        named = _child(node, key)
        if isinstance(named, Scalar):
            return named.text
    return ""


def _names(node: Node) -> list[str]:
    if isinstance(node, Mapping):
        return [key.text for key, _ in node.items]
    return [_name(item) for item in node.items] if isinstance(node, Sequence) else []


def _at(node: Node, parts: list[str], change: _Change, step: _Step) -> Node:
    """The node with a change made in the part of it to which the path leads."""
    if not parts:
        return change(node, step)
    return _replaced(node, parts[0], lambda inner: _at(inner, parts[1:], change, step))


def _replaced(node: Node, name: str, make: Callable[[Node], Node]) -> Node:
    """The node with the part of this name made anew."""
    names = _names(node)
    if name not in names or isinstance(node, Scalar):
        raise _not_there(name, names)
    place = names.index(name)
    if isinstance(node, Mapping):
        key, value = node.items[place]
        return replace(node, items=(*node.items[:place], (key, make(value)), *node.items[place + 1 :]))
    return replace(node, items=(*node.items[:place], make(node.items[place]), *node.items[place + 1 :]))


def _set(node: Node, step: _Step) -> Node:
    assert step.value is not None
    value = step.value
    if isinstance(node, Mapping) and step.name not in _names(node):
        return replace(node, items=(*node.items, (step.key, value)))
    return _replaced(node, step.name, lambda _: value)


def _add(node: Node, step: _Step) -> Node:
    return _replaced(node, step.name, lambda items: _with_item(items, step))


def _with_item(node: Node, step: _Step) -> Node:
    if not isinstance(node, Sequence) or step.value is None:
        raise _PatchError("this is not a list of items", "Write set: and to: for something with a key.")
    names = _names(node)
    if step.before is not None and step.before not in names:
        raise _not_there(step.before, names)
    place = names.index(step.before) if step.before is not None else len(names)
    return replace(node, items=(*node.items[:place], step.value, *node.items[place:]))


def _remove(node: Node, step: _Step) -> Node:
    names = _names(node)
    if step.name not in names or isinstance(node, Scalar):
        raise _not_there(step.name, names)
    place = names.index(step.name)
    return replace(node, items=(*node.items[:place], *node.items[place + 1 :]))
