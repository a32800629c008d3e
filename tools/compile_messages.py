"""Compile every gettext catalogue with Babel, so that no system package is needed on the user's machine.

Runs as a hatch build hook (for wheels and editable installs) and as a script: `python tools/compile_messages.py`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface  # pyright: ignore[reportMissingImports]
except ImportError:  # run as a script: hatchling is only there during a build
    BuildHookInterface = object

ROOT = Path(__file__).resolve().parent.parent


def compile_catalogues(root: Path) -> list[Path]:
    """Write a .mo beside every .po below `root`/src; return the files written."""
    written: list[Path] = []
    for source in sorted(root.glob("src/hanze/**/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        with source.open("rb") as po, target.open("wb") as mo:
            write_mo(mo, read_po(po, locale=source.parent.parent.name))
        written.append(target)
    return written


class CustomBuildHook(BuildHookInterface):  # type: ignore[misc]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        compile_catalogues(Path(self.root))


if __name__ == "__main__":
    for path in compile_catalogues(ROOT):
        print(path.relative_to(ROOT))
