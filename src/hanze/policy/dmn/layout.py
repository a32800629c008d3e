"""Where the parts of a model stand in its diagram: what is told below, what follows from it above, sources beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal as OneOf
from xml.etree.ElementTree import Element, SubElement

WIDTH, HEIGHT = 180, 80
ACROSS, UP = 220, 160
MARGIN = 80
MOST_IN_ROW = 8


@dataclass(frozen=True, slots=True)
class Requirement:
    """An arrow: its id, and the ids of what is required and of what requires it."""

    id: str
    required: str
    by: str


@dataclass(frozen=True, slots=True)
class Part:
    """Something in the diagram."""

    id: str
    kind: OneOf["input", "decision", "source"]


def add_diagram(definitions: Element, parts: Sequence[Part], requirements: Sequence[Requirement]) -> None:
    """Add the shapes of the parts and the edges of the requirements to the model."""
    places = _places(parts, requirements)
    diagram = SubElement(SubElement(definitions, "dmndi:DMNDI"), "dmndi:DMNDiagram", {"id": "diagram"})
    for part in parts:
        shape = SubElement(diagram, "dmndi:DMNShape", {"id": f"shape.{part.id}", "dmnElementRef": part.id})
        x, y = places[part.id]
        bounds = {"height": str(HEIGHT), "width": str(WIDTH), "x": str(x), "y": str(y)}
        SubElement(shape, "dc:Bounds", bounds)
    for each in requirements:
        edge = SubElement(diagram, "dmndi:DMNEdge", {"id": f"edge.{each.id}", "dmnElementRef": each.id})
        x, y = places[each.required]
        SubElement(edge, "di:waypoint", {"x": str(x + WIDTH // 2), "y": str(y)})
        x, y = places[each.by]
        SubElement(edge, "di:waypoint", {"x": str(x + WIDTH // 2), "y": str(y + HEIGHT)})


def _places(parts: Sequence[Part], requirements: Sequence[Requirement]) -> Mapping[str, tuple[int, int]]:
    """The upper left corner of each part, on a grid in which every row rests on those below it."""
    rows: dict[int, list[str]] = {}
    for part, level in _levels(parts, requirements).items():
        rows.setdefault(level, []).append(part)
    lines = [
        row[start : start + MOST_IN_ROW]
        for _, row in sorted(rows.items(), reverse=True)
        for start in range(0, len(row), MOST_IN_ROW)
    ]
    return {
        part: (MARGIN + column * ACROSS, MARGIN + row * UP)
        for row, line in enumerate(lines)
        for column, part in enumerate(line)
    }


def _levels(parts: Sequence[Part], requirements: Sequence[Requirement]) -> Mapping[str, int]:
    """How far each part stands above what is told; parts come after what they require."""
    required: dict[str, list[str]] = {part.id: [] for part in parts}
    for each in requirements:
        required[each.by].append(each.required)
    levels: dict[str, int] = {}
    for part in parts:
        levels[part.id] = 1 + max((levels[each] for each in required[part.id]), default=0)
    lowest = {part.id: 0 for part in parts if part.kind != "decision"}
    return {**levels, **lowest}
