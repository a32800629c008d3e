"""Sanctions lists and own lists, in every form in which they are published. See docs/screening-lists.md."""

from hanze.screening.lists.columns import Columns, ColumnsError, columns_from, read_columns
from hanze.screening.lists.reading import FORMS, KINDS, Edition, detect, read_edition, read_list, sha256_of
from hanze.screening.lists.source import ListError

__all__ = [
    "FORMS",
    "KINDS",
    "Columns",
    "ColumnsError",
    "Edition",
    "ListError",
    "columns_from",
    "detect",
    "read_columns",
    "read_edition",
    "read_list",
    "sha256_of",
]
