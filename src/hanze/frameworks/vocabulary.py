"""The paths that a fact can come `from`, with the types that each gives.

The apps that hold the records register them; a framework that names another path is not used.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from hanze.policy import Framework, Problem
from hanze.policy.documents import Mapping as YamlMapping
from hanze.policy.documents import Node, Problems, Scalar, compose
from hanze.policy.fields import suggest

_paths: dict[str, tuple[str, ...]] = {}


def register(paths: Mapping[str, Collection[str]]) -> None:
    """Add paths, each with the types of fact that it can fill, the usual one first."""
    _paths.update({path: tuple(types) for path, types in paths.items()})


def paths() -> Mapping[str, tuple[str, ...]]:
    """Every path that is known, with its types."""
    return dict(sorted(_paths.items()))


def problems_in(framework: Framework, content: bytes) -> list[Problem]:
    """A problem for each fact that is to come from a path that nobody fills, or in another type than it gives."""
    found: list[Problem] = []
    for fact in framework.facts:
        if fact.source_path is None:
            continue
        types = _paths.get(fact.source_path)
        if types is None:
            message = f"The fact {fact.id} comes from “{fact.source_path}”, which does not exist."
            hint = suggest(fact.source_path, sorted(_paths))
        elif fact.type not in types:
            message = f"The fact {fact.id} is a {fact.type}; {fact.source_path} gives a {types[0]}."
            hint = f"Write type: {types[0]}."
        else:
            continue
        line, column = _places(content, str(framework.path)).get(fact.id, (1, 1))
        found.append(Problem(str(framework.path), line, column, message, hint))
    return found


def _places(content: bytes, name: str) -> Mapping[str, tuple[int, int]]:
    """Where each fact says where it comes from: line and column in the file."""
    facts = _child(compose(content, Problems(name)), "facts")
    items = facts.items if isinstance(facts, YamlMapping) else ()
    nodes = {fact.text: _child(node, "from") or fact for fact, node in items}
    return {fact: (node.line, node.column) for fact, node in nodes.items()}


def _child(node: Node | None, key: str) -> Node | None:
    pairs: tuple[tuple[Scalar, Node], ...] = node.items if isinstance(node, YamlMapping) else ()
    return next((value for name, value in pairs if name.text == key), None)
