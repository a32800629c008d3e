"""OFAC's lists in CSV: the SDN list (sdn, alt, add) and the consolidated list (cons_prim, cons_alt, cons_add).

Form after OFAC's data specification: no header; `-0-` stands for nothing; alt and add refer to the first column of the
main file; sdn_comments and cons_comments go on where remarks are longer than a cell may be. The files say no date.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hanze.screening.entries import Entry, Kind, NameKind
from hanze.screening.lists.draft import Draft
from hanze.screening.lists.ofac_remarks import read_remarks
from hanze.screening.lists.source import ListError, Source
from hanze.screening.lists.tables import csv_rows

NOTHING = "-0-"
KINDS: dict[str, Kind] = {"": "organisation", "individual": "person", "vessel": "vessel", "aircraft": "aircraft"}
MAIN = {"id": 0, "name": 1, "type": 2, "programme": 3, "remarks": 11}
KEPT = (
    (4, "title"),
    (5, "call sign"),
    (6, "vessel type"),
    (7, "tonnage"),
    (8, "gross registered tonnage"),
    (10, "vessel owner"),
)
ALIAS_KINDS: dict[str, NameKind] = {"aka": "alias", "fka": "former", "nka": "alias"}


@dataclass(frozen=True, slots=True)
class Trio:
    """The files of one OFAC list; `comments` may be absent."""

    list_id: str
    main: Path
    aliases: Path
    addresses: Path
    comments: Path | None


def trios(path: Path) -> list[Trio]:
    """The lists in a folder, or the one that this main file belongs to. Raises ListError when alt or add is absent:
    without them aliases would be missed in silence."""
    folder = path if path.is_dir() else path.parent
    try:
        names = {file.name.casefold(): file for file in folder.iterdir()}
    except OSError as error:
        raise ListError(path, 0, f"this folder cannot be read: {error.strerror}.") from None
    found: list[Trio] = []
    for list_id, main, prefix in (("ofac-sdn", "sdn.csv", ""), ("ofac-consolidated", "cons_prim.csv", "cons_")):
        if main not in names or (path.is_file() and path.name.casefold() != main):
            continue
        for needed in (f"{prefix}alt.csv", f"{prefix}add.csv"):
            if needed not in names:
                raise ListError(
                    path, 0, f"{needed} is missing beside {main}; without it aliases or addresses are missed."
                )
        comments = names.get("cons_comments.csv" if prefix else "sdn_comments.csv")
        found.append(Trio(list_id, names[main], names[f"{prefix}alt.csv"], names[f"{prefix}add.csv"], comments))
    if not found:
        raise ListError(path, 0, "there is no sdn.csv or cons_prim.csv here.")
    return found


def read_ofac_csv(source: Source) -> Iterator[Entry]:
    """The entries of every OFAC list in the folder (or of the one main file), each under its own list id."""
    for trio in trios(source.path):
        aliases = _by_entry(source, trio.aliases, 5)
        addresses = _by_entry(source, trio.addresses, 6)
        comments = _by_entry(source, trio.comments, 2) if trio.comments else {}
        known: set[str] = set()
        for line, cells in _rows(source, trio.main, 12):
            number = cells[MAIN["id"]]
            if number in known:
                raise source.refuse(line, f"entry {number} stands in this file twice.", trio.main)
            known.add(number)
            yield _entry(
                source, trio, line, cells, aliases.pop(number, ()), addresses.pop(number, ()), comments.get(number, ())
            )
        orphans = [*aliases, *addresses]
        if orphans:
            raise source.refuse(
                0, f"alt or add speak of entry {orphans[0]}, which is absent. Is the file cut off?", trio.main
            )


def _entry(
    source: Source, trio: Trio, line: int, cells: list[str], aliases: Rows, addresses: Rows, comments: Rows
) -> Entry:
    kind = KINDS.get(cells[MAIN["type"]].casefold())
    if kind is None:
        raise source.refuse(
            line, f"{cells[MAIN['type']]!r} is no type of entry (individual, vessel, aircraft).", trio.main
        )
    draft = Draft(trio.list_id, cells[MAIN["id"]], kind)
    _name(draft, cells[MAIN["name"]], "primary")
    if not draft.names:
        raise source.refuse(line, "this entry has no name.", trio.main)
    for _, _, alias_kind, name, remark in aliases:
        _name(draft, name, ALIAS_KINDS.get(alias_kind.casefold(), "alias"))
        draft.keep("alias remark", remark)
    for programme in cells[MAIN["programme"]].replace("] [", ";").strip("[]").split(";"):
        draft.programme(programme)
    for at, label in KEPT:
        draft.keep(label, cells[at])
    draft.country(cells[9])
    for _, _, street, city, country, remark in addresses:
        draft.country(country)
        draft.keep("address", ", ".join(filter(None, (street, city, country))))
        draft.keep("address remark", remark)
    remarks = "".join([cells[MAIN["remarks"]], *(f" {row[1]}" for row in comments)]).strip()
    if remarks:
        read_remarks(draft, remarks)
    return draft.build()


Rows = list[list[str]] | tuple[()]


def _name(draft: Draft, text: str, kind: NameKind) -> None:
    """Names of persons are written `FAMILY, Given`."""
    family, comma, given = text.partition(", ")
    if draft.kind == "person" and comma:
        draft.name(text, kind, given, family)
    else:
        draft.name(text, kind)


def _by_entry(source: Source, path: Path, width: int) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for _, cells in _rows(source, path, width):
        found.setdefault(cells[0], []).append(cells)
    return found


def _rows(source: Source, path: Path, width: int) -> Iterator[tuple[int, list[str]]]:
    for line, cells in csv_rows(path, ","):
        if len(cells) != width:
            raise source.refuse(
                line, f"this row has {len(cells)} cells where OFAC's form has {width}. Is it cut off?", path
            )
        if not (cells[0].isascii() and cells[0].isdigit()):
            raise source.refuse(line, f"{cells[0][:40]!r} is no entry number.", path)
        source.rows += 1
        yield line, ["" if cell == NOTHING else cell for cell in cells]
