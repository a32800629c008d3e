"""`hanze screen`: parties in a file against lists in files, without a database."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from hanze.screening.cycles import without_collecting
from hanze.screening.entries import Entry, Party
from hanze.screening.lists import KINDS, Edition, ListError, read_edition
from hanze.screening.plain import explanation_to_json
from hanze.screening.scoring.wording import Language, explain
from hanze.screening.screen import Candidate, Screener, Screening, Settings

FORMATS = ("table", "csv", "jsonl")
COLUMNS = ("id", "name", "verdict", "list", "entry", "listed_name", "score", "candidate_verdict", "explanation")
WIDTHS = (12, 34, 8, 10, 34, 6)

Write = Callable[[Iterable[Screening], TextIO, Language], None]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `hanze screen` takes."""
    parser.add_argument("parties", type=Path, metavar="PARTIES", help="CSV or XLSX: id, name, type, country, …")
    parser.add_argument(
        "--list",
        action="append",
        required=True,
        dest="lists",
        metavar="KIND=PATH",
        help=f"a list; may be given more than once. Kinds: {', '.join(KINDS)}; without KIND= the file tells",
    )
    parser.add_argument("--format", choices=FORMATS, default="table", help="how to write what was found")
    parser.add_argument("--limit", type=int, default=5, help="candidates a party (default %(default)s)")
    parser.add_argument("--language", choices=("nl", "en"), default="en", help="of the explanations")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Screen and print; 0 when nothing was found, 1 when something was, 2 when a file cannot be read."""
    with without_collecting():
        return _run(arguments)


def _run(arguments: argparse.Namespace) -> int:
    try:
        editions = [read_given(given) for given in arguments.lists]
        parties = read_parties(arguments.parties)
    except ListError as error:
        print(f"hanze: {error}", file=sys.stderr)
        return 2
    for edition in editions:
        print(_about(edition), file=sys.stderr)
    entries = [entry for edition in editions for entry in edition.entries]
    screener = Screener.build(entries, Settings(limit=arguments.limit))
    found = False

    def noticed() -> Iterator[Screening]:
        nonlocal found
        for screening in screener.screen_all(parties):
            found = found or screening.verdict != "none"
            yield screening

    try:
        WRITERS[arguments.format](noticed(), sys.stdout, arguments.language)
    except BrokenPipeError:
        sys.stderr.close()
    return 1 if found else 0


def read_given(given: str) -> Edition:
    """The list that `KIND=PATH` or `PATH` stands for. Raises ListError."""
    kind, sign, path = given.partition("=")
    return read_edition(path, kind) if sign and kind in KINDS else read_edition(given)


def read_parties(path: Path) -> list[Party]:
    """The parties in a file with columns, under their usual names and in any order. Raises ListError (file, line)."""
    return [party_of(entry) for entry in read_edition(path, "own", list_id="parties").entries]


def party_of(entry: Entry) -> Party:
    """What an entry says, as a party that is screened itself."""
    return Party(entry.id, entry.names, entry.kind, entry.countries, entry.birth_dates, entry.gender, entry.identifiers)


def _about(edition: Edition) -> str:
    day = edition.edition_date or "no date in the file"
    return f"{edition.list_id}: {len(edition.entries)} entries, edition {day}, sha256 {edition.sha256[:12]}"


def _write_jsonl(screenings: Iterable[Screening], out: TextIO, language: Language) -> None:
    for screening in screenings:
        line: dict[str, Any] = {
            "id": screening.party.id,
            "name": screening.party.names[0].text,
            "verdict": screening.verdict,
            "candidates": [_candidate(candidate, language) for candidate in screening.candidates],
        }
        print(json.dumps(line, ensure_ascii=False), file=out, flush=True)


def _candidate(candidate: Candidate, language: Language) -> dict[str, Any]:
    return {
        "list": candidate.entry.list_id,
        "entry": candidate.entry.id,
        "name": candidate.entry.names[0].text,
        "score": round(candidate.score, 4),
        "verdict": candidate.verdict,
        "explanation": explain(candidate, language),
        "details": explanation_to_json(candidate.explanation),
    }


def _write_csv(screenings: Iterable[Screening], out: TextIO, language: Language) -> None:
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    for screening in screenings:
        party = (screening.party.id, screening.party.names[0].text, screening.verdict)
        for candidate in screening.candidates:
            entry = candidate.entry
            why = " ".join(explain(candidate, language))
            row = (
                *party,
                entry.list_id,
                entry.id,
                entry.names[0].text,
                f"{candidate.score:.4f}",
                candidate.verdict,
                why,
            )
            rows.writerow([_harmless(cell) for cell in row])
        if not screening.candidates:
            rows.writerow([*map(_harmless, party), "", "", "", "", "none", ""])


def _harmless(cell: str) -> str:
    """A text that a spreadsheet does not take for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _write_table(screenings: Iterable[Screening], out: TextIO, language: Language) -> None:
    _line(("id", "name", "list", "entry", "listed name", "score"), out)
    seen = {"hit": 0, "near": 0, "none": 0}
    for screening in screenings:
        seen[screening.verdict] += 1
        shown = [candidate for candidate in screening.candidates if candidate.verdict != "none"]
        for candidate in shown:
            entry, score = candidate.entry, f"{candidate.score:.2f}"
            name = screening.party.names[0].text
            _line((screening.party.id, name, entry.list_id, entry.id, entry.names[0].text, score), out)
            for sentence in explain(candidate, language):
                print(f"    {sentence}", file=out)
        if not shown:
            _line((screening.party.id, screening.party.names[0].text, "–", "", "", ""), out)
    print(f"\n{seen['hit']} with a hit, {seen['near']} near, {seen['none']} with nothing found.", file=out)


def _line(cells: tuple[str, ...], out: TextIO) -> None:
    print("  ".join(f"{cell:<{width}}" for cell, width in zip(cells, WIDTHS, strict=True)).rstrip(), file=out)


WRITERS: dict[str, Write] = {"table": _write_table, "csv": _write_csv, "jsonl": _write_jsonl}
