"""Which column of an own list holds what: said once by a person, remembered with the list for its next editions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.audit.log import record
from hanze.screening.lists import Columns, ColumnsError, ListError, columns_from
from hanze.screening.lists.columns import FIELDS, KINDS, recognise
from hanze.screening.lists.own import Sample, sample
from hanze.watchlists.models import Edition, Watchlist
from hanze.watchlists.operations.files import on_disk

State = Edition.State
CAN_BE_READ_ANEW = (State.COLUMNS, State.PREVIEW, State.REFUSED)
LONGEST_SEPARATOR = 3


def mapping_of(edition: Edition) -> Columns | None:
    """What the columns of a list are, as was said before; None when they are recognised by their usual names. Raises
    ListError for a mapping that cannot be used."""
    mapping: dict[str, Any] = edition.watchlist.mapping
    if edition.watchlist.publisher != "own" or not mapping:
        return None
    try:
        return columns_from(mapping)
    except ColumnsError as error:
        with on_disk(edition) as path:
            raise ListError(path, 0, str(error)) from None


def start_of(edition: Edition, heading: int | None = None) -> Sample:
    """The columns of a received file, with its first rows, as named in row `heading` (None: as was said for this list
    before, where that fits, else the likeliest). Raises ListError when it is no table or has no such row."""
    try:
        said = mapping_of(edition) if heading is None else None
    except ListError:
        said = None
    with on_disk(edition) as path:
        if said is not None and (as_said := _as_said(path, said)):
            return as_said
        return sample(path, heading=heading)


def _as_said(path: Path, said: Columns) -> Sample | None:
    """The start of a file whose columns are named where and as they were before; None for any other file."""
    try:
        start = sample(path, heading=said.heading)
    except ListError:
        return None
    return start if set(said.of.values()) <= set(start.columns) else None


def suggested(watchlist: Watchlist, columns: tuple[str, ...]) -> dict[str, str]:
    """Field by column: as was said for this list before, else by the usual names of columns."""
    kept: Mapping[str, str] = watchlist.mapping.get("of") or recognise(columns)
    return {column: field for field, column in kept.items() if column in columns}


def asks_for_columns(edition: Edition) -> bool:
    """Whether a person has to say what the columns are: of an own list whose mapping does not fit this file, or that
    has none and a column that nobody knows by its name. Raises ListError."""
    if edition.watchlist.publisher != "own":
        return False
    start, said = start_of(edition), mapping_of(edition)
    if said is not None:
        return start.heading != said.heading or not set(said.of.values()) <= set(start.columns)
    known = recognise(start.columns)
    return start.heading > 0 or len(known) < len(start.columns) or not {"name", "family"} & set(known)


@transaction.atomic
def say_columns(
    edition: Edition,
    *,
    by: User | None,
    of: Mapping[str, str],
    kind: str = "unknown",
    separator: str = ";",
    heading: int = 0,
) -> Edition:
    """Keep with the list which column holds which field, and in which row the columns are named (0: the first); the
    edition is to be read (anew) with it.

    Raises PermissionDenied; ValidationError keyed by `of`, `kind`, `separator` or `heading` (a field that does not
    exist, a column or row that the file does not have, no name), or without a key (no own list; the edition was decided
    about).
    """
    require(by, "watchlists.change_list", edition.watchlist)
    watchlist = Watchlist.objects.select_for_update().get(pk=edition.watchlist_id)
    edition.refresh_from_db(fields=["state"])
    if watchlist.publisher != "own":
        raise ValidationError(_("Only a list of our own asks what its columns are."), code="state")
    if edition.state not in CAN_BE_READ_ANEW:
        raise ValidationError(_("This edition was decided about; hand in another one."), code="state")
    _check(_columns_in(edition, heading), of, kind, separator)
    watchlist.mapping = {"of": dict(of), "kind": kind, "separator": separator, "heading": heading}
    watchlist.save(update_fields=["mapping"])
    edition.watchlist, edition.state, edition.problem = watchlist, State.READING, ""
    edition.save(update_fields=["state", "problem"])
    record("edition.columns", by=by, subject=edition, columns=dict(of))
    return edition


def _columns_in(edition: Edition, heading: int) -> tuple[str, ...]:
    try:
        return start_of(edition, heading).columns
    except ListError as error:
        raise ValidationError({"heading": str(error)}) from error


def _check(columns: tuple[str, ...], of: Mapping[str, str], kind: str, separator: str) -> None:
    wrong: dict[str, Any] = {}
    if any(field not in FIELDS for field in of) or not set(of.values()) <= set(columns):
        wrong["of"] = _("This file has no such column.")
    elif not {"name", "family"} & set(of):
        wrong["of"] = _("Say which column holds the name.")
    if kind not in KINDS.values():
        wrong["kind"] = _("Choose what the entries are.")
    if not separator or len(separator) > LONGEST_SEPARATOR:
        wrong["separator"] = _("Give one to three signs.")
    if wrong:
        raise ValidationError(wrong)
