"""How long a large spreadsheet takes: read, compared, brought in, undone, in an SQLite database of its own.

`python benchmarks/sheets/bring_in.py ROWS FOLDER`; the folder must be empty.
"""

from __future__ import annotations

import os
import random
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
import xlsxwriter

SYLLABLES = (
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "je",
    "ki",
    "lo",
    "mu",
    "na",
    "pe",
    "ro",
    "su",
    "zon",
    "mer",
    "dal",
    "kust",
)
HEADINGS = ["Naam", "Soort", "Land", "Plaats", "Website", "Opmerkingen", "KvK"]


def write(path: Path, rows: int) -> None:
    """A workbook with that many made-up organisations."""
    chance = random.Random(1)
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Organisaties")
        sheet.write_row(0, 0, HEADINGS)
        for row in range(rows):
            name = " ".join("".join(chance.choices(SYLLABLES, k=k)).title() for k in (4, 3))
            kind, country = chance.choice(["Bedrijf", "Gemeente"]), chance.choice(["China", "Frankrijk", "NL"])
            cells = [f"{name} BV", kind, country, "", f"www.x{row}.example", f"regel {row}", f"{10_000_000 + row}"]
            sheet.write_row(row + 1, 0, cells)


def timed(label: str, work: Callable[[], Any]) -> None:
    start, worked = time.perf_counter(), time.process_time()
    work()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    took = f"{time.process_time() - worked:.1f} s of the processor, {time.perf_counter() - start:.1f} s"
    print(f"{label}: {took}, peak {peak} MB, load {os.getloadavg()[0]:.1f}", flush=True)


def main(rows: int, folder: Path) -> None:
    os.environ |= {"DJANGO_SETTINGS_MODULE": "hanze.config.settings.demo", "HANZE_DATA_DIR": str(folder)}
    django.setup()
    from django.core.files import File
    from django.core.management import call_command

    from hanze.accounts.operations import create_user
    from hanze.register.places import load_places
    from hanze.sheets import operations

    call_command("migrate", verbosity=0)
    load_places()
    by = create_user(by=None, email="a@b.example", name="A B", roles={"coordinator"})
    write(folder / "big.xlsx", rows)
    with (folder / "big.xlsx").open("rb") as file:
        imported = operations.receive_import(by=by, file=File(file, name="big.xlsx"))
    timed("read", lambda: operations.read_received(imported))
    operations.start_comparing(imported, by=by)
    timed("compare", lambda: operations.compare(imported))
    operations.choose_all(imported, by=by, choice="new")
    operations.start_bringing_in(imported, by=by)
    timed("bring in", lambda: operations.bring_in(imported))
    print(imported.state, imported.problem)
    operations.start_undoing(imported, by=by)
    timed("undo", lambda: operations.undo(imported))
    print(imported.state, imported.problem)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
