"""Paths into a framework's YAML as they stand in the names and ids of fields: `tables/0/rules/2/when/sector`."""

from __future__ import annotations

from hanze.policy import FrameworkError
from hanze.policy.editing import Path, Plain, plain, value_at

SECTIONS = ("tables", "facts", "lists", "measures", "sources", "head", "scenarios", "source")
STRUCTURE = {"tables", "rules", "when", "then", "nl", "en", "values", "table"}
_OF_SECTION = {
    **{key: key for key in ("tables", "facts", "lists", "measures", "sources")},
    "derived": "facts",
    "parameters": "facts",
}


def written(path: Path) -> str:
    """A path as one word."""
    return "/".join(str(key).replace("~", "~0").replace("/", "~1") for key in path)


def read(pointer: str, data: Plain) -> Path:
    """The path that a word stands for, in this data: a number is a position where there is a list."""
    path: list[str | int] = []
    for part in pointer.split("/"):
        name = part.replace("~1", "/").replace("~0", "~")
        key = int(name) if isinstance(data, list) and name.isdigit() else name
        path.append(key)
        data = value_at(data, (key,))
    return tuple(path)


def section_of(path: Path) -> str:
    """The page of the editor on which a path is edited."""
    return _OF_SECTION.get(str(path[0]), "head") if path else "source"


def named(pointer: str, text: str) -> str:
    """A place in words that outlast a change of order: `E1-list, sector` for the cell of a rule."""
    try:
        here = plain(text)
    except FrameworkError:
        return ""
    names: list[str] = []
    for key in read(pointer, here) if pointer else ():
        here = value_at(here, (key,))
        own = str(here.get("id", "")) if isinstance(here, dict) else ""
        if own or not (isinstance(key, int) or key in STRUCTURE):
            names.append(own or str(key))
    return ", ".join(names[-2:])
