"""`hanze …`: everything that is done from the command line."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

DEFAULT_SETTINGS = "hanze.config.settings.production"


def _policy(parser: argparse.ArgumentParser) -> None:
    from hanze.policy import case_commands
    from hanze.policy import commands as policy
    from hanze.policy.dmn import commands as dmn
    from hanze.policy.dmn import tck_command
    from hanze.policy.executing import commands as executing

    verbs = parser.add_subparsers(required=True, metavar="VERB")
    check = verbs.add_parser("check", help="read frameworks and report every problem with its place")
    check.add_argument("--notes", action="store_true", help="say also how the rules of each table go together")
    check.set_defaults(run=lambda args: policy.check_path(args.path, sys.stdout, args.notes))
    test = verbs.add_parser("test", help="run the scenarios that lie beside the frameworks")
    test.set_defaults(run=lambda args: policy.test_path(args.path, sys.stdout))
    for sub in (check, test):
        sub.add_argument("path", type=Path, metavar="PATH", help="a framework file or a folder with frameworks")
    case_commands.add_commands(verbs)
    executing.add_commands(verbs)
    tck_command.add_command(verbs)
    dmn.add_commands(verbs)


def _screen(parser: argparse.ArgumentParser) -> None:
    from hanze.screening import commands as screening

    screening.add_arguments(parser)


def _clusters(parser: argparse.ArgumentParser) -> None:
    from hanze.clusters import commands as clusters

    clusters.add_commands(parser)


ENGINES: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "policy": ("check and test policy frameworks", _policy),
    "screen": ("hold the parties in a file against sanctions lists and other lists", _screen),
    "clusters": ("where to bring farms together, and what they exchange", _clusters),
}
"""The commands of the engines: they work without settings and without a database."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code (0 well, 1 something found, 2 misuse)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", DEFAULT_SETTINGS)
    given = list(sys.argv[1:] if arguments is None else arguments)
    command = given[0] if given else ""
    parsed = _parser(command).parse_args(given)
    return parsed.run(parsed) if command in ENGINES else _with_database(parsed)


def _with_database(parsed: argparse.Namespace) -> int:
    from django.db import DatabaseError

    try:
        return parsed.run(parsed)
    except DatabaseError as error:
        print(f"hanze: the database does not answer as it should: {str(error).strip()}", file=sys.stderr)
        print("Run first: hanze setup. Then: hanze check.", file=sys.stderr)
        return 1


def _parser(command: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hanze", description="International relations of cities and regions.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name, (text, fill) in ENGINES.items():
        parser_of_engine = commands.add_parser(name, help=text)
        # In full only when it is asked for: what an engine needs takes a while to load.
        if command == name:
            fill(parser_of_engine)
    if command not in ENGINES:
        _set_up_django()
        _add_running(commands)
        _add_evaluate(commands)
        _add_demo(commands)
    return parser


def _set_up_django() -> None:
    import django
    from environs import EnvError

    try:
        django.setup()
    except EnvError as error:
        sys.exit(f"hanze: a setting is missing or wrong: {error}. See docs/running.md.")


def _add_running(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    from hanze.config import running
    from hanze.config.backup import commands as backup

    running.add_commands(commands)
    backup.add_commands(commands)


def _add_evaluate(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    from hanze.config import running
    from hanze.evaluation import commands as evaluation

    parser = commands.add_parser("evaluate", help="compute an evaluation and write it as a document")
    evaluation.add_arguments(parser)
    parser.set_defaults(run=running.in_language(evaluation.run))


def _add_demo(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    from hanze.demo import commands as demo

    demo.add_commands(commands)


if __name__ == "__main__":
    sys.exit(main())
