"""What the chapters of a report are written from: records, figures and the officer's texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hanze.evaluation.models import Evaluation
from hanze.evaluation.records import Records
from hanze.reporting import Block, Cell, Figure, FigureRef, Figures, Prose
from hanze.reporting.figures import recorded
from hanze.reporting.words import word


@dataclass(frozen=True)
class Material:
    """Everything that a chapter needs, for one reader and in one language (which is in force).

    `minor` are the keys of the figures that stay out of the report when they counted nothing and nobody names them.
    """

    evaluation: Evaluation
    records: Records
    figures: Mapping[str, Figure]
    texts: Mapping[str, str]
    language: str
    minor: frozenset[str]

    def prose(self, section: str) -> list[Block]:
        """The officer's text of a section, if there is one."""
        text = self.texts.get(section, "")
        return [Prose(text)] if text else []

    def band(self, *keys: str) -> Figures:
        """A band of those of the figures that the scope has."""
        return Figures(tuple(key for key in keys if key in self.figures))

    def cell(self, key: str, empty: Cell = 0) -> Cell:
        """A cell that opens the figure; `empty` where nothing was counted, words where it was not recorded."""
        figure = self.figures.get(key)
        if figure is None or not recorded(figure.value):
            return self.not_recorded
        return FigureRef(key) if figure.rows else empty

    @property
    def not_recorded(self) -> str:
        return word("not_recorded", "en" if self.language == "en" else "nl")

    def counted(self, keys: Iterable[str]) -> bool:
        """Whether at least one of the figures counted something."""
        return any(self.figures[key].rows for key in keys if key in self.figures)
