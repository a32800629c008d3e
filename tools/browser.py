"""Find a chromium for the browser tests, or install one where that is possible; say so where it is not.

Looks at HANZE_CHROMIUM, the usual names on PATH and playwright's own; then tries Debian's package (as root) and
playwright's download. Always exits 0: without a browser only the browser tests are skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """Path of a chromium that can be started, or None."""
    given = os.environ.get("HANZE_CHROMIUM")
    candidates: list[str | None] = [given] if given else [shutil.which(name) for name in NAMES]
    candidates.append(_playwrights_own())
    return next((path for path in candidates if path and Path(path).exists()), None)


def install() -> bool:
    """Try to install a chromium; whether one is there now."""
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        _quietly("apt-get", "update", "-qq")
        _quietly("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium")
    if find() is None:
        _quietly(sys.executable, "-m", "playwright", "install", "chromium")
    return find() is not None


def _playwrights_own() -> str | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _quietly(*command: str) -> None:
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


if __name__ == "__main__":
    if find() is None:
        print("No chromium found; trying to install one for the browser tests …", flush=True)
        install()
    print(
        f"Browser tests run in {find()}" if find() else "No chromium can be installed here: browser tests are skipped."
    )
