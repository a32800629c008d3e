"""Where the public instances are, and what is known of them."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared/data/clusters"


def shared(name: str) -> Path:
    """A file of the shared data; skips where it is absent."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"the public instances are not here: {SHARED.name}/{name}")
    return path
