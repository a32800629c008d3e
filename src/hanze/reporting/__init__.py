"""Reports as data: figures that carry their records, and the documents made from them. No Django, no network."""

from hanze.reporting.docx import to_docx
from hanze.reporting.figures import Compared, Figure, FigureKeyError, Language, Row, Rows, Value, counted, recorded
from hanze.reporting.html import prose_html, to_html
from hanze.reporting.json import to_json
from hanze.reporting.letters import Letter, letter_docx
from hanze.reporting.pdf import to_pdf
from hanze.reporting.prose import TextProblem, insert_figures
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
)
from hanze.reporting.words import written, written_date
from hanze.reporting.xlsx import to_xlsx

__all__ = [
    "Block",
    "Cell",
    "Chart",
    "Column",
    "Compared",
    "Figure",
    "FigureKeyError",
    "FigureRef",
    "Figures",
    "Language",
    "Letter",
    "Linked",
    "Point",
    "Prose",
    "Report",
    "Row",
    "Rows",
    "Section",
    "Span",
    "Table",
    "TextProblem",
    "Value",
    "counted",
    "insert_figures",
    "letter_docx",
    "prose_html",
    "recorded",
    "to_docx",
    "to_html",
    "to_json",
    "to_pdf",
    "to_xlsx",
    "written",
    "written_date",
]
