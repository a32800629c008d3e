"""Every change of an import."""

from hanze.sheets.operations.bringing import bring_in, start_bringing_in
from hanze.sheets.operations.choosing import choose, choose_all, choose_columns, compare, start_comparing
from hanze.sheets.operations.receiving import discard, read_received, receive_import, refuse
from hanze.sheets.operations.undoing import start_undoing, undo

__all__ = [
    "bring_in",
    "choose",
    "choose_all",
    "choose_columns",
    "compare",
    "discard",
    "read_received",
    "receive_import",
    "refuse",
    "start_bringing_in",
    "start_comparing",
    "start_undoing",
    "undo",
]
