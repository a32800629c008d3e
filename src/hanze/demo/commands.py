"""`hanze demo load` and `hanze demo run`."""

from __future__ import annotations

import argparse
import os
import sys

from hanze.demo import loading


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `demo` with its verbs to the parser of `hanze`."""
    parser = commands.add_parser("demo", help="the demo: a real year of a province, with invented people")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    load = verbs.add_parser("load", help="fill an empty database with the demo")
    load.add_argument("--quiet", action="store_true")
    load.set_defaults(run=lambda args: load_demo(quiet=args.quiet))
    run = verbs.add_parser("run", help="set up, load where empty, and start the web application")
    run.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
    run.set_defaults(run=lambda args: run_demo(args.port))


def load_demo(quiet: bool = False) -> int:
    """Create the tables where needed and load the demo; 1 when the database is not empty."""
    from hanze.config.running import create_tables

    create_tables()
    try:
        loading.load(say=(lambda line: None) if quiet else _say)
    except loading.NotEmptyError:
        print("hanze: the database holds records already; the demo only goes into an empty one.", file=sys.stderr)
        return 1
    return 0


def run_demo(port: int) -> int:
    """Bring everything up and serve it; may be repeated, and keeps what was done in the demo."""
    from django.conf import settings

    from hanze.config.running import serve_web, set_up

    if "hanze.demo" not in settings.INSTALLED_APPS:
        print("hanze: the demo runs with DJANGO_SETTINGS_MODULE=hanze.config.settings.demo only.", file=sys.stderr)
        return 2
    if not _is_free(port):
        print(f"hanze: port {port} is in use. Choose another, for example: make demo PORT={port + 1}", file=sys.stderr)
        return 1
    print("Setting up")
    set_up()
    if loading.is_empty():
        print("Loading the demo")
        loading.load(say=_say)
    _print_accounts(port)
    return serve_web("127.0.0.1", port, workers=1)


def _say(line: str) -> None:
    print(f"  {line} …", flush=True)


def _is_free(port: int) -> bool:
    import socket

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _print_accounts(port: int) -> None:
    from hanze.demo.accounts import pickable

    print(f"\nHanze is at http://localhost:{port}/   (stop with Ctrl-C)\n\nPick an account on the sign-in page:\n")
    for account in pickable():
        print(f"  {account.name:<16} {account.what}")
    print(flush=True)
