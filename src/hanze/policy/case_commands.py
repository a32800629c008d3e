"""`hanze policy replay`, `synthesise` and `verify`: what is done with many cases, and with one that was decided.

What they need for many cases is loaded only when they run, so that `hanze` itself starts at once.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from hanze.policy.facts import FactError
from hanze.policy.framework import Framework, FrameworkError
from hanze.policy.patching import read_patched
from hanze.policy.reading import read_framework, read_frameworks
from hanze.policy.receipts import verify_receipt

_Run = Callable[[argparse.Namespace], int]


def add_commands(verbs: Any) -> None:
    """Add the three verbs to `hanze policy` (what `add_subparsers` gave)."""
    replay = verbs.add_parser("replay", help="run cases through two versions and see which change, and why")
    replay.add_argument("old", type=Path, metavar="A", help="the framework file to begin from")
    replay.add_argument("new", type=Path, metavar="B", nargs="?", help="the other version (or give --patch)")
    replay.add_argument("--cases", type=Path, required=True, metavar="FILE", help="cases, as .parquet or .csv")
    replay.add_argument("--patch", type=Path, metavar="FILE", help="a what-if: a patch on B, or on A without B")
    replay.add_argument("--seed", type=int, default=0, help="draws the samples (default 0)")
    replay.add_argument("-o", "--out", type=Path, required=True, help="a folder to be made, or a .parquet file")
    replay.set_defaults(run=_guarded(_replay))

    synthesise = verbs.add_parser("synthesise", help="make cases up, from a framework's facts or like cases there are")
    synthesise.add_argument("framework", type=Path, metavar="FRAMEWORK", help="a framework file")
    synthesise.add_argument("-n", "--number", type=int, required=True, help="how many cases")
    synthesise.add_argument("--seed", type=int, default=0, help="the same seed gives the same cases (default 0)")
    synthesise.add_argument(
        "--like", type=Path, metavar="FILE", help="cases (.parquet, .csv) whose values to draw from"
    )
    synthesise.add_argument("--unknown", type=float, default=0.1, help="the share of unknown values (default 0.1)")
    synthesise.add_argument("-o", "--out", type=Path, required=True, help="a .parquet file")
    synthesise.set_defaults(run=_guarded(_synthesise))

    verify = verbs.add_parser("verify", help="compute a receipt again and say what differs")
    verify.add_argument("receipt", type=Path, metavar="RECEIPT", help="a receipt, as JSON")
    verify.add_argument(
        "--frameworks", type=Path, metavar="PATH", help="a framework file or folder (default: frameworks)"
    )
    verify.set_defaults(run=_guarded(_verify))


def _guarded(run: _Run) -> _Run:
    """What goes wrong in plain words, and exit code 1."""

    def guarded(given: argparse.Namespace) -> int:
        try:
            return run(given)
        except FactError as error:
            print(f"The cases cannot be weighed: {error}.", file=sys.stderr)
        except (FrameworkError, ValueError, OSError) as error:
            print(str(error), file=sys.stderr)
        except KeyboardInterrupt:
            print("\nCancelled; nothing was written.", file=sys.stderr)
        return 1

    return guarded


def _replay(given: argparse.Namespace) -> int:
    from hanze.policy.replaying.showing import Meter, show
    from hanze.policy.replaying.writing import replay_to_disk

    if given.new is None and given.patch is None:
        print("Give a second version, or --patch with a what-if.", file=sys.stderr)
        return 2
    old = read_framework(given.old)
    last = cast(Path, given.new or given.old)
    new = read_patched(last, given.patch) if given.patch else read_framework(last)
    found = replay_to_disk(old, new, given.cases, given.out, seed=given.seed, progress=Meter(sys.stderr))
    show(found, sys.stdout)
    print(f"\nEvery case, with the rules that hold, is in {given.out}.")
    return 0


def _synthesise(given: argparse.Namespace) -> int:
    from hanze.policy.synthetic import synthesise_to_file

    framework = read_framework(given.framework)
    synthesise_to_file(framework, given.number, given.out, seed=given.seed, unknown=given.unknown, like=given.like)
    print(f"{given.number:,} cases for {framework.id} {framework.version.isoformat()} are in {given.out}.")
    return 0


def _verify(given: argparse.Namespace) -> int:
    try:
        content: Any = json.loads(given.receipt.read_text("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{given.receipt} is not JSON: {error}.") from error
    if not isinstance(content, dict):
        raise ValueError(f"{given.receipt} is not a receipt: it holds no object.")
    receipt = cast(dict[str, Any], content)
    path = cast(Path, given.frameworks or Path("frameworks"))
    found = read_frameworks(path) if path.is_dir() else [read_framework(path)]
    framework = _named_in(receipt, found, path)
    differences = verify_receipt(receipt, framework)
    for difference in differences:
        print(difference)
    if not differences:
        outcome = cast(dict[str, Any], receipt["outcome"] or {"id": "nothing holds yet"})["id"]
        print(
            f"In order: {framework.id} {framework.version.isoformat()} gives this advice ({outcome}) for these facts."
        )
    return 1 if differences else 0


def _named_in(receipt: dict[str, Any], frameworks: list[Framework], path: Path) -> Framework:
    """The framework that a receipt names; the only one there is, when it names none that can be found."""
    named = receipt.get("framework")
    wanted = cast(dict[str, Any], named if isinstance(named, dict) else {})
    for framework in frameworks:
        if (framework.id, framework.version.isoformat()) == (wanted.get("id"), wanted.get("version")):
            return framework
    if len(frameworks) == 1:
        return frameworks[0]
    raise ValueError(f"In {path} there is no framework {wanted.get('id')} {wanted.get('version')}: give --frameworks.")
