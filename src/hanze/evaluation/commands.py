"""`hanze evaluate`: compute an evaluation and write it to a file or to standard output."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from hanze.evaluation.documents import FORMATS
from hanze.evaluation.evaluate import EvaluateError, Wanted, evaluate
from hanze.evaluation.scope import PeriodError

BINARY = ("pdf", "docx", "xlsx")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `hanze evaluate`."""
    parser.add_argument("--period", required=True, help="2024, 2024-Q2, 2024-05 or 2024-01-01..2024-06-30")
    parser.add_argument("--country", default="", help="ISO code of the partner country, such as CN")
    parser.add_argument("--region", default="", help="ISO code of the partner region, such as CN-HE")
    parser.add_argument("--framework", default="", help="only what was weighed by this framework")
    parser.add_argument("--compare", type=int, help="a year to compare with")
    parser.add_argument("--format", choices=sorted(FORMATS), default="json")
    parser.add_argument("--language", choices=("nl", "en"), help="of the document (default nl) and of what is refused")
    parser.add_argument("-o", "--output", type=Path, help="the file to write; standard output when left out")


def run(args: argparse.Namespace) -> int:
    """Write the evaluation; 0 when it was written, 2 when what was asked for cannot be read or written."""
    if args.output is None and args.format in BINARY and sys.stdout.isatty():
        return _refuse(f"A {args.format} file is not for a screen: name a file with -o.")
    wanted = Wanted(
        period=args.period,
        format=args.format,
        country=args.country,
        region=args.region,
        framework=args.framework,
        language=args.language or "nl",
        compare=args.compare,
    )
    try:
        content = evaluate(wanted)
    except (PeriodError, EvaluateError) as error:
        return _refuse(str(error))
    if args.output is None:
        sys.stdout.buffer.write(content)
        return 0
    try:
        args.output.write_bytes(content)
    except OSError as error:
        return _refuse(f"{args.output} cannot be written: {error.strerror}.")
    print(f"{args.output}: {len(content):,} bytes", file=sys.stderr)
    return 0


def _refuse(message: str) -> int:
    print(f"hanze evaluate: {message}", file=sys.stderr)
    return 2
