"""A long table of a plan in portions: the first rows at once, the others by their page. Reports hold all of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict

ROWS = 100


@dataclass(frozen=True)
class Portion:
    """The page of `rows` that the address asks for under `name`, of pages of 100 rows; the first when it asks none."""

    name: str
    rows: Sequence[Any]
    query: QueryDict

    @cached_property
    def page(self) -> Page:
        return Paginator(self.rows, ROWS).get_page(self.query.get(self.name))

    def __iter__(self) -> Iterator[Any]:
        return iter(self.page)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def is_asked(self) -> bool:
        """Whether the reader leafs through this table, so that it has to be open."""
        return self.name in self.query

    @property
    def links(self) -> list[tuple[str, str]]:
        """Each page that can be gone to, as it is called and with its address; without one where pages are left out."""
        pages = self.page.paginator.get_elided_page_range(self.page.number)
        return [(str(each), self._to(each) if isinstance(each, int) else "") for each in pages]

    @property
    def current(self) -> str:
        return str(self.page.number)

    def _to(self, number: int) -> str:
        query = self.query.copy()
        query[self.name] = str(number)
        return f"?{query.urlencode()}#{self.name}"
