"""Long lists: pages of them that cost no more further on, counts that end somewhere, and tables."""

from __future__ import annotations

from functools import cache
from inspect import signature
from typing import Any

import django_tables2 as tables
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.template import Context, Template
from django.template.loader import get_template
from django_tables2.data import TableQuerysetData

CEILING = 10_000
"""As far as a number beside the list itself is counted."""


def part_of(rows: QuerySet[Any], part: slice) -> QuerySet[Any]:
    """These of the ordered `rows`. Their keys first: what a row shows is then worked out for them alone."""
    return rows.filter(pk__in=list(rows.values_list("pk", flat=True)[part]))


def count_up_to_ceiling(rows: QuerySet[Any]) -> int:
    """How many rows there are, or one more than CEILING when there are more than that."""
    return rows.order_by()[: CEILING + 1].count()


class KeysFirstPaginator(Paginator[Any]):
    """A paginator of a queryset whose last page is as quick as its first."""

    def page(self, number: int | str) -> Any:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        return self._get_page(part_of(self.object_list, slice(first, first + self.per_page)), number, self)  # type: ignore[arg-type]


class _Rows(TableQuerysetData):
    def __getitem__(self, key: Any) -> Any:
        return part_of(self.data, key) if isinstance(key, slice) else super().__getitem__(key)


class Table(tables.Table):
    """As the library's, with the keys of a page first."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(_Rows(data) if isinstance(data, QuerySet) else data, *args, **kwargs)


class TemplateColumn(tables.TemplateColumn):
    """As the library's, but its template is compiled once rather than for each cell, and a template with a name too
    is drawn in the context of the page."""

    def render(self, record: Any, table: Any, value: Any, bound_column: Any, **kwargs: Any) -> Any:
        page: Context = getattr(table, "context", None) or Context()
        cell = self.get_context_data(record=record, table=table, value=value, bound_column=bound_column, **kwargs)
        with page.update(cell | {"request": getattr(table, "request", None)}):
            return _compiled(self.template_code, self.template_name).render(page)

    # The library asks for it again at each cell.
    render.__signature__ = signature(render)  # type: ignore[attr-defined]


@cache
def _compiled(code: str | None, name: str | None) -> Template:
    return Template(code) if code else get_template(str(name)).template
