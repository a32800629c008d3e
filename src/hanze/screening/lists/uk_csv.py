"""The UK lists in CSV: OFSI's consolidated list (ConList.csv) and the UK Sanctions List. The line above the header says
the day of the edition."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hanze.screening.entries import Entry
from hanze.screening.lists.columns import plain
from hanze.screening.lists.dates import parse_day
from hanze.screening.lists.draft import Draft
from hanze.screening.lists.source import Source
from hanze.screening.lists.tables import NO_CELLS, csv_rows, records
from hanze.screening.lists.uk_rows import ROLES, add_row

DAY = re.compile(r"\d{1,2}[-/]\w{2,9}[-/]\d{4}")


def read_uk_csv(source: Source) -> Iterator[Entry]:
    """The entries, once all rows are read: those of one target need not stand together."""
    rows = csv_rows(source.path, ",")
    line, header = next(rows, (0, NO_CELLS))
    if "Name 6" not in header:
        if day := DAY.search(" ".join(header)):
            source.edition_date = parse_day(day[0].replace("-", " " if day[0][3].isalpha() else "/"))
        line, header = next(rows, (line, NO_CELLS))
    columns = {plain(column) for column in header}
    if "name6" not in columns or not columns & set(ROLES["id"]):
        raise source.refuse(line, "this header is not that of a UK list (Name 6, Group ID or Unique ID …).")
    drafts: dict[str, Draft] = {}
    lines: dict[str, int] = {}
    for line, row in records(source.path, rows, header):
        source.rows += 1
        add_row(source, line, drafts, row)
        lines.setdefault(next(reversed(drafts)), line)
    for draft in drafts.values():
        if not draft.names:
            raise source.refuse(lines[draft.id], f"target {draft.id} has no name.")
        yield draft.build()
