"""`hanze policy dmn …`: a framework for other tools and back, and a model of others for one case."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from hanze.policy.dmn import run_command
from hanze.policy.framework import FrameworkError


def add_commands(verbs: Any) -> None:
    """Add `dmn` to `hanze policy` (what `add_subparsers` gave)."""
    parser = verbs.add_parser("dmn", help="write a framework as DMN 1.3 and read it back; run a model")
    kinds = parser.add_subparsers(required=True, metavar="WHAT")
    export = kinds.add_parser("export", help="write a framework as DMN")
    export.add_argument("framework", type=Path, metavar="FRAMEWORK.yaml", help="a framework file")
    export.set_defaults(run=_run, make=_exported)
    back = kinds.add_parser("import", help="read the framework in a DMN file that was exported")
    back.add_argument("framework", type=Path, metavar="FILE.dmn", help="a DMN file")
    back.set_defaults(run=_run, make=_imported)
    for each in (export, back):
        each.add_argument("-o", "--out", type=Path, metavar="FILE", help="where to write it (default: the screen)")
    run_command.add_command(kinds)


def _run(given: argparse.Namespace) -> int:
    try:
        made: bytes = given.make(given.framework)
        if given.out is None:
            sys.stdout.write(made.decode("utf-8"))
        else:
            given.out.write_bytes(made)
    except (FrameworkError, OSError) as error:
        print(str(error), file=sys.stderr)
        return 1
    return 0


def _exported(path: Path) -> bytes:
    from hanze.policy.dmn.exporting import framework_to_dmn
    from hanze.policy.reading import read_framework

    return framework_to_dmn(read_framework(path))


def _imported(path: Path) -> bytes:
    from hanze.policy.dmn.importing import framework_from_dmn
    from hanze.policy.writing import framework_to_yaml

    return framework_to_yaml(framework_from_dmn(path.read_bytes(), str(path))).encode("utf-8")
