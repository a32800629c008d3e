"""The demo, loaded once a process into a database of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


def hanze(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command `hanze` on an SQLite database in `data`, as a user would."""
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL"}} | {
        "HANZE_DATA_DIR": str(data),
        "DJANGO_SETTINGS_MODULE": "hanze.config.settings.demo",
        "PYTHONPATH": str(ROOT / "src"),
    }
    command = [sys.executable, "-m", "hanze.cli", *arguments]
    return subprocess.run(command, cwd=data, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo in it, loaded by `hanze demo load`."""
    data = tmp_path_factory.mktemp("demo")
    loaded = hanze(data, "demo", "load")
    assert loaded.returncode == 0, loaded.stderr
    return data


@pytest.fixture(scope="session")
def evaluation_2024(demo_data: Path) -> dict[str, Any]:
    """The JSON of `hanze evaluate --period 2024 --country CN`."""
    target = demo_data / "evaluation.json"
    done = hanze(demo_data, "evaluate", "--period", "2024", "--country", "CN", "--format", "json", "-o", str(target))
    assert done.returncode == 0, done.stderr
    return json.loads(target.read_text(encoding="utf-8"))
