"""`hanze policy tck`: how much of the standard's own kit an executor passes."""

from __future__ import annotations

import argparse
import atexit
import os
import sys
from pathlib import Path
from typing import Any


def add_command(verbs: Any) -> None:
    """Add `tck` to `hanze policy` (what `add_subparsers` gave)."""
    kit = verbs.add_parser("tck", help="run the Technology Compatibility Kit of DMN")
    kit.add_argument("folder", type=Path, metavar="DIR", help="the kit, or a part of it")
    kit.add_argument("--backend", choices=("python", "polars", "sql"), default="python", help="default: python")
    kit.add_argument(
        "-o", "--out", type=Path, default=Path("tck_results.csv"), help="the results (default: tck_results.csv here)"
    )
    kit.set_defaults(run=_run)


def _run(given: argparse.Namespace) -> int:
    from hanze.policy.dmn.tck import print_kit

    if not given.folder.is_dir():
        print(f"hanze: {given.folder} is no folder.", file=sys.stderr)
        return 2
    if given.backend == "sql":
        atexit.register(_silence)
    return print_kit(given.folder, given.backend, sys.stdout, given.out)


def _silence() -> None:
    """DuckDB's binding lists its own leaks when the process ends; they would stand after `passed/total`."""
    sys.stderr.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
