"""Exporting a list as it is shown: the same view, filters, order and rights, as XLSX or CSV. Every export is logged.

A list view asks `wanted(request)` and answers `export(…)` with the rows that it would have shown, all pages of them.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from html import unescape
from typing import Any, cast

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from hanze.accounts.language import language_in_force
from hanze.accounts.requests import reader_of
from hanze.audit.log import record
from hanze.reporting.listing import ListCell, Listing, listing_csv, listing_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = ("xlsx", "csv")
CHUNK = 1000
TYPED = (int, float, Decimal, date, datetime)


@dataclass(frozen=True)
class Column:
    """A column of an exported list: its heading and what a row holds in it."""

    label: Any
    value: Callable[[Any], Any]


def wanted(request: HttpRequest) -> str:
    """`xlsx` or `csv` when the address asks for the list as a file (`?export=`), else nothing."""
    asked = request.GET.get("export", "")
    return asked if asked in KINDS else ""


def export(
    request: HttpRequest, *, title: Any, columns: Sequence[Column], rows: Iterable[Any], form: Any = None
) -> HttpResponse:
    """The rows as the file that was asked for. `form` is that of the filters, which the file says in words.

    `rows` are those that the reader may see, in the order of the list.
    """
    labels = [str(column.label) for column in columns]
    cells = ([_cell(column.value(row)) for column in columns] for row in _in_chunks(rows))
    return _answer(request, str(title), labels, cells, form)


def export_table(request: HttpRequest, table: Any, *, title: Any, form: Any = None) -> HttpResponse:
    """A django-tables2 table as it is shown, sorted as the address asks; its `value_<column>(record)` methods say what
    a cell holds where that is not what it shows."""
    table.order_by = request.GET.getlist(table.prefixed_order_by_field) or table.order_by
    shown = [column for column in table.columns.iterall() if not column.column.exclude_from_export]
    labels = [str(column.header) for column in shown]
    cells = ([_table_cell(table, row, column) for column in shown] for row in table.rows)
    return _answer(request, str(title), labels, cells, form)


def filters_in_words(form: Any) -> str:
    """The filters that are set, as `Country: China; Kind: Business`."""
    if form is None or not form.is_bound:
        return ""
    form.is_valid()
    said = []
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name)
        if value not in (None, "", []):
            said.append(f"{field.label or name}: {_said(field, value)}")
    return "; ".join(said)


def _answer(
    request: HttpRequest, title: str, labels: Sequence[str], cells: Iterable[Sequence[ListCell]], form: Any
) -> HttpResponse:
    reader, kind = reader_of(request), wanted(request)
    language = language_in_force()
    filters = filters_in_words(form)
    now = timezone.localtime()
    made = _("exported on %(day)s by %(who)s") % {"day": f"{now.day}-{now.month}-{now.year}", "who": reader}
    listing = Listing(title, " · ".join(filter(None, (filters, made))), labels, cells, language)
    name = f"{slugify(title) or 'list'}-{now:%Y-%m-%d}.{kind}"
    record("list.exported", by=reader, subject=reader, list=title, kind=kind)
    response: StreamingHttpResponse | FileResponse
    if kind == "csv":
        response = StreamingHttpResponse(listing_csv(listing), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    else:
        file = tempfile.TemporaryFile()  # noqa: SIM115 -- the response closes it
        listing_xlsx(listing, file)
        file.seek(0)
        response = FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
    response["Cache-Control"] = "private, no-store"
    # A view of a list says that it answers with a page; a file is another kind of answer.
    return cast(HttpResponse, response)


def _in_chunks(rows: Any) -> Iterator[Any]:
    """Querysets are read in parts, so that a long list takes little memory."""
    return rows.iterator(chunk_size=CHUNK) if hasattr(rows, "iterator") else iter(rows)


def _table_cell(table: Any, row: Any, column: Any) -> ListCell:
    own = getattr(table, f"value_{column.name}", None)
    if own is not None:
        return _cell(own(row.record))
    raw = column.accessor.resolve(row.record, quiet=True) if column.accessor else None
    if isinstance(raw, TYPED) and not isinstance(raw, bool):
        return _cell(raw)
    return _cell(bare(str(row.get_cell(column.name))))


def bare(html: str) -> str:
    """The words of a cell without its markup; parts that stand apart have a comma between them."""
    text = re.sub(r"<(?:br|/?div|/?p|/?li|span class=\"small\")[^>]*>", "\n", html)
    words = [" ".join(unescape(re.sub(r"<[^>]*>", "", line)).split()) for line in text.split("\n")]
    found = ", ".join(word for word in words if word)
    return "" if found in ("–", "—", "-") else found


def _cell(value: Any) -> ListCell:
    if value is None or isinstance(value, str | bool | int | float | Decimal):
        return value
    if isinstance(value, datetime):
        return timezone.localtime(value) if timezone.is_aware(value) else value
    return value if isinstance(value, date) else str(value)


def _said(field: forms.Field, value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    choices = getattr(field, "choices", None)
    if choices is not None and not hasattr(field, "queryset"):
        return str(dict(_flat(choices)).get(value, dict(_flat(choices)).get(str(value), value)))
    if isinstance(value, date):
        return f"{value.day}-{value.month}-{value.year}"
    several = hasattr(value, "__iter__") and not isinstance(value, str)
    return ", ".join(str(each) for each in value) if several else str(value)


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label
