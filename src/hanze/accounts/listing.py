"""Long lists: pages of them that cost no more further on, counts that end somewhere, and tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import django_tables2 as tables
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django_tables2.data import TableQuerysetData

from hanze.accounts.remembering import key_of, remembered

CEILING = 10_000
"""As far as a number beside the list itself is counted."""


def part_of(rows: QuerySet[Any], part: slice) -> list[Any]:
    """These of the ordered `rows`. Their keys first: what a row shows is then worked out for them alone.

    They are put in order here: asked in order, a database may look through the whole list for them again.
    """
    keys = list(rows.values_list("pk", flat=True)[part])
    found = {row.pk: row for row in rows.order_by().filter(pk__in=keys)}
    return [found[key] for key in keys if key in found]


def count_up_to_ceiling(rows: QuerySet[Any]) -> int:
    """How many rows there are, or one more than CEILING when there are more than that."""
    return remembered(("up to ceiling", CEILING, key_of(rows)), rows.order_by()[: CEILING + 1].count)


def total(rows: QuerySet[Any]) -> int:
    """How many rows there are, which for long lists takes longer than showing a page of them."""
    return remembered(("total", key_of(rows)), rows.order_by().count)


class KeysFirstPaginator(Paginator[Any]):
    """A paginator of a queryset whose last page is as quick as its first, and which counts it no more than needed."""

    @cached_property
    def count(self) -> int:
        return total(self.object_list)  # type: ignore[arg-type]

    def page(self, number: int | str) -> Any:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        return self._get_page(part_of(self.object_list, slice(first, first + self.per_page)), number, self)  # type: ignore[arg-type]


class _Rows(TableQuerysetData):
    @cached_property
    def _total(self) -> int:
        return total(self.data)

    def __len__(self) -> int:
        return self._total

    def __getitem__(self, key: Any) -> Any:
        return part_of(self.data, key) if isinstance(key, slice) else super().__getitem__(key)


class Table(tables.Table):
    """As the library's, with the keys of a page first, and rows that are drawn quickly."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(_Rows(data) if isinstance(data, QuerySet) else data, *args, **kwargs)

    def body(self) -> SafeString:
        """The rows of this page, of columns that are each a `Cell`.

        The library works out anew for each cell what holds for its whole column, which takes longer than the cell.
        """
        columns = [(column.column.draw, column.attrs["td"].as_html()) for column in self.columns]
        rows = []
        for number, record in enumerate(self.paginated_rows.data):
            cells = "".join(f"<td {names}>{conditional_escape(draw(record))}</td>" for draw, names in columns)
            rows.append(f'<tr class="{"odd" if number % 2 else "even"}">{cells}</tr>')
        return mark_safe("\n".join(rows))


class Cell(tables.Column):
    """A column whose cells are drawn by a function of the row's record: safe HTML, or text that is escaped here."""

    empty_values = ()

    def __init__(self, draw: Callable[[Any], Any], **options: Any) -> None:
        super().__init__(**options)
        self.draw = draw

    def render(self, record: Any) -> Any:  # type: ignore[override]
        return self.draw(record)


def or_dash(value: Any) -> Any:
    """The value, or a dash where there is none."""
    return "–" if value is None or value == "" else value
