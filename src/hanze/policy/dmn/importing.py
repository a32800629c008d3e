"""From an export of `exporting` to the framework again; refused when its tables say something else than its text.

The framework is read from the YAML text in the file. What other tools show and change are the tables beside it: they
are held against a new export of that text, so that a cell that was changed in another tool is never passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hanze.policy.dmn.exporting import framework_to_dmn
from hanze.policy.dmn.marking import WHOLE
from hanze.policy.dmn.namespaces import HANZE, MODELS
from hanze.policy.dmn.problems import DmnError, Problems
from hanze.policy.dmn.reading import definitions_of
from hanze.policy.dmn.xml import Element, parse
from hanze.policy.framework import Framework, FrameworkError, Problem
from hanze.policy.reading import read_framework_text

MOST_DIFFERENCES = 20

_DEFAULTS = {"hitPolicy": "UNIQUE", "isCollection": "false", "preferredOrientation": "Rule-as-Row"}
_OF_TOOLS = {"id", "exporter", "exporterVersion", "expressionLanguage", "typeLanguage"}
_NAMED = {
    "rule": "the rule",
    "input": "the column",
    "output": "the result column",
    "inputEntry": "cell",
    "outputEntry": "result",
    "decision": "the decision",
    "inputData": "the input",
    "itemDefinition": "the type",
    "knowledgeSource": "the source",
}


def framework_from_dmn(data: bytes, name: str) -> Framework:
    """The framework of a DMN file that was exported from one; `name` is what to call the file.

    Raises DmnError with each place where a table was changed, and when the file holds no framework; FrameworkError
    when its text cannot be read.
    """
    root = definitions_of(data, name)
    problems = Problems(name)
    whole = _whole(root)
    if whole is None:
        hint = "Import a file that hanze policy dmn export wrote; any other model is run as it is."
        problems.stop(root, "This DMN model was not exported from a framework.", hint)
    framework = _read(whole, name)
    exported = parse(framework_to_dmn(framework))
    for place, message in _differences(exported, root, ""):
        hint = "Change it in the framework and export that again, or put it back."
        problems.add(place, message, hint)
        if len(problems.found) == MOST_DIFFERENCES:
            break
    problems.raise_if_any()
    return framework


def _whole(root: Element) -> Element | None:
    extensions = root.first("extensionElements")
    within = extensions.children if extensions else []
    return next((each for each in within if each.name == WHOLE and each.namespace == HANZE), None)


def _read(whole: Element, name: str) -> Framework:
    try:
        return read_framework_text(whole.text.encode("utf-8"), Path(name))
    except FrameworkError as error:
        before = (whole.text_place or whole.place).line - 1
        moved = [
            Problem(name, each.line + before, each.column, f"In the text of the framework: {each.message}", each.hint)
            for each in error.problems
        ]
        raise DmnError(moved) from None


def _differences(wanted: Element, found: Element, where: str) -> Iterator[tuple[Element, str]]:
    """Where an element says something else than the export, in words, with the element."""
    if wanted.name == WHOLE and wanted.namespace == HANZE:
        return
    here = _words(wanted, where)
    theirs, ours = _attributes(found), _attributes(wanted)
    for key in sorted({*theirs, *ours}):
        if theirs.get(key) != ours.get(key):
            yield found, f"{here}: {key} is “{theirs.get(key, '')}”, in the framework “{ours.get(key, '')}”."
    if _text(wanted) != _text(found):
        yield found, f"{here}: here stands “{_text(found)}”, in the framework “{_text(wanted)}”."
    yield from _children(wanted, found, here)


def _children(wanted: Element, found: Element, here: str) -> Iterator[tuple[Element, str]]:
    ours, theirs = _counted(wanted), _counted(found)
    for key, child in ours.items():
        if key in theirs:
            yield from _differences(child, theirs[key], here)
        elif _says_something(child):
            yield found, f"{_words(child, here)} is missing; it is in the framework."
    for key, child in theirs.items():
        if key not in ours and _says_something(child):
            yield child, f"{_words(child, here)} is not in the framework."
    order = [key for key in theirs if key in ours]
    if wanted.name == "decisionTable" and order != [key for key in ours if key in theirs]:
        yield found, f"{here}: the rules or columns stand in another order than in the framework."


def _counted(element: Element) -> dict[tuple[str, str], Element]:
    """The children that have a meaning here, by their ids, else by their place among those of their kind."""
    counted: dict[tuple[str, str], Element] = {}
    for child in element.children:
        if child.namespace not in MODELS and child.namespace != HANZE:
            continue
        key = child.name, child.get("id") or str(sum(1 for kind, _ in counted if kind == child.name))
        while key in counted:
            key = child.name, f"{key[1]} again"
        counted[key] = child
    return counted


def _says_something(element: Element) -> bool:
    """Whether it holds more than tools write for nothing, such as an empty description."""
    return bool(element.attributes or _text(element) or any(_says_something(each) for each in element.children))


def _attributes(element: Element) -> dict[str, str]:
    """What the attributes say, without those of tools and those that say what goes without saying."""
    return {
        key: value.strip()
        for key, value in element.attributes.items()
        if not key.startswith("{") and key not in _OF_TOOLS and _DEFAULTS.get(key) != value.strip()
    }


def _text(element: Element) -> str:
    return "" if element.children else element.text.strip()


def _words(element: Element, where: str) -> str:
    """Where an element stands: the decision, the rule, the cell."""
    if element.name not in _NAMED:
        return where or "The model"
    name = element.get("name") or element.get("id").rpartition(".")[2]
    own = f"{_NAMED[element.name]} {name}"
    return f"{where}, {own}" if where and where != "The model" else own[0].upper() + own[1:]
