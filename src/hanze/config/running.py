"""Setting up, checking and serving an installation: `hanze setup`, `hanze check`, `hanze serve`, `hanze account`."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils import translation

from hanze.config import safety, storage, working
from hanze.config.safety import Remark

Command = Callable[[argparse.Namespace], int]


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands of this module to the parser of `hanze`."""
    setup = commands.add_parser("setup", help="create or upgrade the database, places and static files")
    setup.set_defaults(run=lambda args: set_up())
    check = commands.add_parser("check", help="say in plain words what stands between this installation and production")
    check.add_argument("--sweep", action="store_true", help="remove kept files that belong to nothing")
    check.set_defaults(run=lambda args: check_deployment(args.sweep))
    serve = commands.add_parser("serve", help="run the web application")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default %(default)s)")
    serve.add_argument("--port", type=int, default=8000, help="port to listen on (default %(default)s)")
    serve.add_argument("--workers", type=int, default=1, help="processes (default %(default)s)")
    serve.set_defaults(run=lambda args: serve_web(args.host, args.port, args.workers))
    worker = commands.add_parser("worker", help="do the long work in the background (serve starts one by itself)")
    worker.set_defaults(run=lambda args: working.run_worker())
    account = commands.add_parser("account", help="create an account, for example the first administrator")
    account.add_argument("email")
    account.add_argument("--name", required=True)
    account.add_argument("--role", action="append", default=[], metavar="ROLE", help="may be given more than once")
    account.set_defaults(run=in_language(create_account))
    reset = commands.add_parser("reset-second-step", help="remove the second step of somebody who lost it")
    reset.add_argument("email")
    reset.add_argument("--because", required=True, metavar="REASON", help="stands in the log")
    reset.set_defaults(run=in_language(lambda args: reset_second_step(args.email, args.because)))
    for each in (account, reset):
        each.add_argument("--language", choices=("nl", "en"), help="of what is refused (default: that of LANG)")
    manage = commands.add_parser("manage", help="any Django management command")
    manage.add_argument("rest", nargs=argparse.REMAINDER)
    manage.set_defaults(run=_manage)


def in_language(command: Command) -> Command:
    """Let `command` say what an operation refuses in the language that was asked for, or in that of the terminal."""

    def run(arguments: argparse.Namespace) -> int:
        with translation.override(arguments.language or language_of(os.environ)):
            return command(arguments)

    return run


def language_of(environment: Mapping[str, str]) -> str:
    """Dutch when the locale of the terminal is Dutch, else English."""
    named = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "nl" if named.partition("_")[0].lower() == "nl" else "en"


def set_up(say: bool = True) -> int:
    """Bring the database, the places of the world and the static files up to this version. May be repeated."""
    from hanze.register.places import load_places

    Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
    steps = (
        ("Database", create_tables),
        ("Countries, regions and cities", load_places),
        ("Style sheets and fonts", lambda: call_command("collectstatic", verbosity=0, interactive=False)),
    )
    for label, step in steps:
        if say:
            print(f"  {label} …", flush=True)
        step()
    return 0


def create_tables() -> None:
    """Create or upgrade the tables, that of the cache too."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def serve_web(host: str, port: int, workers: int) -> int:
    """Serve the web application with granian, and a worker beside it, until it is stopped."""
    from granian import Granian
    from granian.constants import Interfaces

    server = Granian(
        "hanze.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        log_access=False,
    )
    with working.worker_beside():
        server.serve()
    return 0


def create_account(arguments: argparse.Namespace) -> int:
    """Create an account, asking for the password twice."""
    from django.core.exceptions import ValidationError

    from hanze.accounts.models import Role
    from hanze.accounts.operations import create_user

    unknown = [role for role in arguments.role if role not in Role.values]
    if unknown:
        print(f"hanze: no such role: {', '.join(unknown)}. Roles: {', '.join(Role.values)}.", file=sys.stderr)
        return 2
    password = getpass.getpass("Password: ")
    if password != getpass.getpass("Again: "):
        print("hanze: the two passwords differ.", file=sys.stderr)
        return 2
    try:
        create_user(by=None, email=arguments.email, name=arguments.name, roles=set(arguments.role), password=password)
    except ValidationError as error:
        print("hanze: " + " ".join(error.messages), file=sys.stderr)
        return 2
    print(f"{arguments.email} can sign in now.")
    return 0


def reset_second_step(email: str, because: str) -> int:
    """Remove the second step of an account; for when no administrator can."""
    from django.core.exceptions import ValidationError

    from hanze.accounts import second_step
    from hanze.accounts.models import User

    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        print(f"hanze: there is no account with the address {email}.", file=sys.stderr)
        return 2
    try:
        second_step.reset(user, by=None, because=because)
    except ValidationError as error:
        print("hanze: " + " ".join(error.messages), file=sys.stderr)
        return 2
    print(f"{user.email} signs in without a second step now.")
    return 0


def _manage(arguments: argparse.Namespace) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["hanze manage", *arguments.rest])
    return 0


def check_deployment(sweep: bool = False) -> int:
    """Print what stands between this installation and production; 0 when nothing does.

    With `sweep` kept files that belong to nothing are removed first.
    """
    if sweep:
        print(f"{storage.sweep()} files that belonged to nothing were removed.")
    remarks = [*_files(), *_database(), *_migrations(), *safety.unsafe_settings(), *_frameworks(), *_organisation()]
    remarks += [*safety.backups(), *safety.kept_files()]
    for remark in remarks:
        print(f"{'✗' if remark.stops else '!'} {remark.what}\n  → {remark.mend}")
    blocking = [remark for remark in remarks if remark.stops]
    if not remarks:
        print("✓ Everything is in order.")
    elif not blocking:
        print("✓ Ready to run; the remarks above are advice.")
    return 1 if blocking else 0


def _database() -> list[Remark]:
    from django.db import DatabaseError, connection

    try:
        connection.ensure_connection()
    except DatabaseError as error:
        return [Remark(f"The database cannot be reached: {error}", "Check DATABASE_URL and that the server runs.")]
    if connection.vendor == "sqlite":
        return [
            Remark(
                "The database is SQLite.",
                "Fine for one organisation on one machine; set DATABASE_URL to PostgreSQL for more.",
                stops=False,
            )
        ]
    return []


def _migrations() -> list[Remark]:
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
    except DatabaseError:
        return []
    cache_table = settings.CACHES["default"]["LOCATION"]
    if (
        executor.migration_plan(executor.loader.graph.leaf_nodes())
        or cache_table not in connection.introspection.table_names()
    ):
        return [Remark("The database is not at this version.", "Run: hanze setup")]
    return []


def _files() -> list[Remark]:
    remarks = []
    data = Path(settings.DATA_DIR)
    probe = data / ".write-test"
    try:
        data.mkdir(parents=True, exist_ok=True)
        probe.write_text("x")
        probe.unlink()
    except OSError as error:
        remarks.append(
            Remark(f"The folder for files cannot be written: {error}", "Set HANZE_DATA_DIR to one that can.")
        )
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        remarks.append(Remark("Style sheets are not in place.", "Run: hanze setup"))
    return remarks


def _frameworks() -> list[Remark]:
    from django.db import DatabaseError

    from hanze.frameworks import library

    try:
        installed, wrong = library.installed(), library.problems()
    except DatabaseError:
        return []
    problems = [
        Remark(str(problem), "Mend the file; until then this framework is not used.", stops=False) for problem in wrong
    ]
    if not installed:
        problems.append(Remark("No policy framework is installed.", "Put one in HANZE_FRAMEWORKS_DIR."))
    return problems


def _organisation() -> list[Remark]:
    from django.db import DatabaseError

    from hanze.accounts.models import Role, User
    from hanze.register.queries import home

    try:
        remarks = []
        if home() is None:
            remarks.append(
                Remark("Hanze does not know which organisation it works for.", "Open Administration, Our organisation.")
            )
        if not User.objects.filter(is_active=True, roles_held__role=Role.ADMINISTRATOR).exists():
            remarks.append(
                Remark(
                    "Nobody is administrator.", "Run: hanze account you@region.example --name You --role administrator"
                )
            )
        return remarks
    except DatabaseError:
        return []
