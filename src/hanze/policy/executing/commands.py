"""`hanze policy sql`: a framework as one query, for who has the cases in a database."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, TextIO

from hanze.policy.framework import FrameworkError
from hanze.policy.reading import read_framework


def add_commands(verbs: Any) -> None:
    """Add the verb to `hanze policy` (what `add_subparsers` gave)."""
    parser = verbs.add_parser("sql", help="write a framework as one SQL query over a table of cases")
    parser.add_argument("framework", type=Path, metavar="FRAMEWORK", help="a framework file")
    parser.add_argument("--dialect", choices=("postgres", "duckdb", "spark"), required=True, help="whose SQL")
    parser.add_argument("--derived", action="store_true", help="only the parameters and derived facts of each case")
    parser.add_argument("--table", action="store_true", help="the statement that makes the table of cases")
    parser.set_defaults(run=_run)


def _run(given: argparse.Namespace) -> int:
    return sql_path(given.framework, given.dialect, given.derived, given.table, sys.stdout)


def sql_path(path: Path, dialect: str, derived: bool, table: bool, out: TextIO) -> int:
    """Print the SQL of a framework file; gives 1 when it cannot be used or the dialect cannot do it exactly."""
    from hanze.policy.executing import sql
    from hanze.policy.executing.operations import CannotExecuteError

    write = sql.cases_table if table else sql.derived_to_sql if derived else sql.framework_to_sql
    try:
        print(f"{write(read_framework(path), dialect)};", file=out)
    except FrameworkError as error:
        for problem in error.problems:
            print(str(problem), file=sys.stderr)
        return 1
    except CannotExecuteError as error:
        print(f"{path}: {error}", file=sys.stderr)
        return 1
    return 0
