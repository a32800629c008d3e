"""Lists in every form: which form a file has, its entries, and the edition that it is."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path

from hanze.screening.entries import Entry
from hanze.screening.lists.columns import Columns
from hanze.screening.lists.source import ListError, Source

Reader = Callable[[Source], Iterator[Entry]]
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Form:
    """A form in which a list comes: its kind (who publishes it), how it is written, and its reader by module and name
    (loaded when needed, so that a command starts fast)."""

    kind: str
    module: str
    reader: str

    def load(self) -> Reader:
        """The reader itself."""
        return getattr(import_module(f"hanze.screening.lists.{self.module}"), self.reader)


FORMS: dict[str, Form] = {
    "ofac-csv": Form("ofac", "ofac_csv", "read_ofac_csv"),
    "ofac-xml": Form("ofac", "ofac_xml", "read_ofac_xml"),
    "ofac-advanced-xml": Form("ofac", "ofac_advanced", "read_ofac_advanced_xml"),
    "un-xml": Form("un", "un", "read_un_xml"),
    "eu-xml": Form("eu", "eu_xml", "read_eu_xml"),
    "eu-csv": Form("eu", "eu_csv", "read_eu_csv"),
    "uk-csv": Form("uk", "uk_csv", "read_uk_csv"),
    "uk-xml": Form("uk", "uk_xml", "read_uk_xml"),
    "nl-ods": Form("nl", "nl", "read_nl_sheet"),
    "us-csl-csv": Form("us-csl", "us_csl", "read_us_csl"),
    "opensanctions-jsonl": Form("opensanctions", "opensanctions", "read_opensanctions"),
    "own-csv": Form("own", "own", "read_own_csv"),
    "own-sheet": Form("own", "own", "read_own_sheet"),
}
KINDS = tuple(dict.fromkeys(form.kind for form in FORMS.values()))
ROOTS = {
    "sdnList": "ofac-xml",
    "Sanctions": "ofac-advanced-xml",
    "CONSOLIDATED_LIST": "un-xml",
    "export": "eu-xml",
    "ArrayOfFinancialSanctionsTarget": "uk-xml",
    "Designations": "uk-xml",
}
OFAC_FILES = ("sdn.csv", "cons_prim.csv")


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a list: its entries, its day where the file says it (else None), how many rows or records the
    files hold (those of aliases and addresses too), and the hash of the files, which tells two editions apart."""

    list_id: str
    kind: str
    form: str
    edition_date: date | None
    rows: int
    sha256: str
    entries: tuple[Entry, ...]


def read_list(
    path: Path | str, kind: str | None = None, *, list_id: str | None = None, columns: Columns | None = None
) -> Iterator[Entry]:
    """The entries of a list, one by one.

    `kind` is a publisher (`ofac`, `un`, …, `own`) or a form (`eu-csv`, …); without it the file tells. `columns` says
    which column of an own list holds what. Raises ListError (file, line, reason) when the list cannot be read whole;
    what was given by then must not be used.
    """
    source, form = _source(Path(path), kind, list_id, columns)
    return _entries(source, form)


def read_edition(
    path: Path | str, kind: str | None = None, *, list_id: str | None = None, columns: Columns | None = None
) -> Edition:
    """A whole edition. Raises ListError, also when the list holds no entry at all."""
    source, form = _source(Path(path), kind, list_id, columns)
    entries = tuple(_entries(source, form))
    return Edition(
        source.list_id, FORMS[form].kind, form, source.edition_date, source.rows, sha256_of(source.path), entries
    )


def detect(path: Path | str) -> str:
    """The form of a list by what the file holds, not by its name (OFAC's CSV apart). Raises ListError."""
    path = Path(path)
    if path.is_dir() or path.name.casefold() in OFAC_FILES:
        return "ofac-csv"
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise ListError(path, 0, f"this file cannot be read: {error.strerror}.") from None
    if head.startswith(b"PK"):
        return _sheet_form(path)
    start = head.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace").lstrip(
        "\ufeff \r\n\t"
    )
    if start.startswith("<"):
        return _xml_form(path)
    if start.startswith("{"):
        return "opensanctions-jsonl"
    return _csv_form(start)


def sha256_of(path: Path) -> str:
    """The hash of the file; of a folder, that of the names and hashes of the files in it that make up the list."""
    if path.is_dir() or path.name.casefold() in OFAC_FILES:
        from hanze.screening.lists.ofac_csv import trios

        files = [
            file for trio in trios(path) for file in (trio.main, trio.aliases, trio.addresses, trio.comments) if file
        ]
        lines = "".join(f"{file.name.casefold()} {_sha256(file)}\n" for file in files)
        return hashlib.sha256(lines.encode()).hexdigest()
    return _sha256(path)


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ListError(path, 0, f"this file cannot be read: {error.strerror}.") from None


def _source(path: Path, kind: str | None, list_id: str | None, columns: Columns | None) -> tuple[Source, str]:
    if not path.exists():
        raise ListError(path, 0, "there is no such file.")
    if kind is not None and kind not in KINDS and kind not in FORMS:
        raise ListError(path, 0, f"{kind!r} is no kind of list. Write one of: {', '.join(KINDS)}.")
    form = kind if kind in FORMS else _own_form(path) if kind == "own" or columns else detect(path)
    wanted = FORMS[kind].kind if kind in FORMS else kind or FORMS[form].kind
    if FORMS[form].kind != wanted:
        raise ListError(path, 0, f"this is no list of kind {wanted}; it looks like {form}.")
    named = list_id or (path.stem if wanted == "own" else wanted)
    return Source(path, named, columns), form


def _entries(source: Source, form: str) -> Iterator[Entry]:
    found = 0
    try:
        for entry in FORMS[form].load()(source):
            found += 1
            yield entry
    except RecursionError:
        raise source.refuse(0, "this file is nested too deep to be a list.") from None
    if not found:
        raise source.refuse(0, "this list holds no entry. An empty edition is never taken for a list.")


def _own_form(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return "own-sheet" if file.read(2) == b"PK" else "own-csv"
    except OSError as error:
        raise ListError(path, 0, f"this file cannot be read: {error.strerror}.") from None


def _xml_form(path: Path) -> str:
    from hanze.screening.lists.trees import root_of

    root, _ = root_of(path)
    if root not in ROOTS:
        raise ListError(path, 1, f"<{root}> is the root of no list that is known: {', '.join(ROOTS)}.")
    return ROOTS[root]


def _sheet_form(path: Path) -> str:
    from hanze.screening.lists.nl import is_dutch_list

    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError) as error:
        raise ListError(path, 0, f"this file cannot be unpacked: {error}.") from None
    return "nl-ods" if "content.xml" in names and is_dutch_list(path) else "own-sheet"


def _csv_form(start: str) -> str:
    first = start.partition("\n")[0].strip().strip('"')
    if first.startswith(("Date_file;", "Date_filexxxx;", "fileGenerationDate;")):
        return "eu-csv"
    if first.startswith(("Last Updated,", "Report Date:", "Name 6,")):
        return "uk-csv"
    if first.startswith(("_id,", '_id",', "\ufeff_id")) and "source" in first:
        return "us-csl-csv"
    return "own-csv"
