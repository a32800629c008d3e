"""One-click sign-in exists in the demo settings, and nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.demo.conftest import ROOT

PROBE = """
import django
django.setup()
from django.apps import apps
from django.urls import Resolver404, resolve
try:
    view = resolve("/demo/sign-in/").view_name
except Resolver404:
    view = "nothing"
print(apps.is_installed("hanze.demo"), view)
"""


def probe(settings: str, data: Path) -> str:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": f"hanze.config.settings.{settings}",
        "HANZE_DATA_DIR": str(data),
        "HANZE_SECRET_KEY": "x" * 60,
        "HANZE_ALLOWED_HOSTS": "testserver",
        "PYTHONPATH": str(ROOT / "src"),
    }
    environment.pop("DATABASE_URL", None)
    done = subprocess.run([sys.executable, "-c", PROBE], env=environment, capture_output=True, text=True, check=False)
    return done.stdout.strip() or done.stderr


@pytest.mark.parametrize("settings", ["production", "test"])
def test_without_the_demo_settings_the_address_of_one_click_sign_in_does_not_exist(
    settings: str, tmp_path: Path
) -> None:
    assert probe(settings, tmp_path) == "False nothing"


def test_the_demo_settings_have_it(tmp_path: Path) -> None:
    assert probe("demo", tmp_path) == "True demo:sign-in"
