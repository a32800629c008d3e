"""Data tables beside the code: tab-separated lines, `#` for version, origin and licence."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"


def rows(name: str) -> Iterator[list[str]]:
    """The cells of each line of `data/<name>.tsv`."""
    with (DATA / f"{name}.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            if line[0] != "#" and (content := line.rstrip("\n")):
                yield content.split("\t")


@cache
def versions() -> dict[str, str]:
    """The version that each table of this package states in its first line; part of what a run keeps."""
    found: dict[str, str] = {}
    for path in sorted(DATA.glob("*.tsv")):
        with path.open(encoding="utf-8") as lines:
            first = lines.readline()
        if first.startswith("# version:"):
            found[path.stem] = first.removeprefix("# version:").strip()
    return found
