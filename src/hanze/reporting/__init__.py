"""Reports as data: figures that carry their records, and the documents made from them. No Django, no network."""

from hanze.reporting.figures import Compared, Figure, FigureKeyError, Language, Row, Value, counted
from hanze.reporting.letters import Letter
from hanze.reporting.report import (
    Block,
    Cell,
    Chart,
    Column,
    FigureRef,
    Figures,
    Linked,
    Point,
    Prose,
    Report,
    Section,
    Span,
    Table,
)  # fmt: skip

__all__ = [
    "Block", "Cell", "Chart", "Column", "Compared", "Figure", "FigureKeyError", "FigureRef", "Figures", "Language",
    "Letter", "Linked", "Point", "Prose", "Report", "Row", "Section", "Span", "Table", "Value", "counted",
]  # fmt: skip
