"""The item definitions of a DMN model as types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from hanze.policy.cells import Cell
from hanze.policy.decisions import BasicType, Type
from hanze.policy.dmn.problems import Problems
from hanze.policy.dmn.xml import Element
from hanze.policy.parsing import CellError, Scope, parse_test

BASIC: Mapping[str, BasicType] = {
    "string": "text",
    "number": "number",
    "boolean": "boolean",
    "date": "date",
    "time": "time",
    "dateTime": "date-time",
    "date and time": "date-time",
    "dayTimeDuration": "days-duration",
    "days and time duration": "days-duration",
    "yearMonthDuration": "months-duration",
    "years and months duration": "months-duration",
    "Any": "any",
    "context": "context",
}
ANY = Type("any")


def text_of(element: Element | None) -> str:
    """The content of the `text` element within an element, without white space around it."""
    inside = element.first("text") if element else None
    return inside.text.strip() if inside else ""


@dataclass
class Types:
    """The types that a model defines, each read when something refers to it."""

    definitions: Mapping[str, Element]
    problems: Problems
    _known: dict[str, Type] = field(default_factory=dict[str, Type])
    _reading: list[str] = field(default_factory=list[str])

    def named(self, reference: str, where: Element) -> Type:
        """The type that a `typeRef` names; without one anything goes. A name that nothing defines is a problem."""
        name = reference.strip()
        if not name:
            return ANY
        for candidate in (name, name.rpartition(":")[2], name.rpartition(".")[2]):
            if candidate in self.definitions:
                return self._defined(candidate, where)
            if candidate in BASIC:
                return Type(BASIC[candidate])
        self.problems.add(where, f"The type “{name}” is not defined.", "Define it as an itemDefinition.")
        return ANY

    def all(self) -> Mapping[str, Type]:
        """Every defined type, by name."""
        return {name: self._defined(name, element) for name, element in self.definitions.items()}

    def _defined(self, name: str, where: Element) -> Type:
        if name in self._known:
            return self._known[name]
        if name in self._reading:
            circle = " → ".join([*self._reading[self._reading.index(name) :], name])
            self.problems.stop(where, f"These types are made of each other: {circle}.", "Take one of them apart.")
        self._reading.append(name)
        made = self._item(self.definitions[name])
        self._reading.pop()
        self._known[name] = made
        return made

    def _item(self, element: Element) -> Type:
        many = element.get("isCollection") == "true"
        components = list(element.all("itemComponent"))
        if components:
            return Type("context", many, {each.get("name"): self._item(each) for each in components})
        reference = element.first("typeRef")
        base = self.named(reference.text if reference else "", element)
        allowed = self._allowed(element, base) or base.allowed
        return replace(base, is_list=many or base.is_list, allowed=allowed)

    def _allowed(self, element: Element, base: Type) -> Cell | None:
        values = element.first("allowedValues")
        if values is None or not text_of(values):
            return None
        return read_test(values, base, Scope(), self.problems)


def read_test(element: Element, type: Type, scope: Scope, problems: Problems) -> Cell | None:
    """The unary tests in the text of an element; a problem at its place when they are not in the grammar."""
    text = text_of(element)
    try:
        return parse_test(text or "-", type, scope, dmn=True)
    except CellError as error:
        note(element, text, error, problems)
        return None


def note(element: Element, text: str, error: CellError, problems: Problems) -> None:
    """Note what a text of the language is refused for, at its place in the file."""
    inside = element.first("text") or element
    lead = len(inside.text) - len(inside.text.lstrip())
    problems.add(inside.within(lead + error.span.start), f"“{text[:80]}”: {error.message}", error.hint)
