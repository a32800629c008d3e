"""What every answer carries, and what production asks beyond that."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from hanze.accounts.models import Role

ROOT = Path(__file__).resolve().parents[1]
PAGES = ["web:today", "web:search", "casework:request-list", "missions:agenda", "register:relation-map"]
PAGES += ["evaluation:evaluation-list", "frameworks:framework-list", "register:organisation-list"]
PROBE = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
names = "SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SESSION_COOKIE_HTTPONLY SECURE_HSTS_SECONDS SECURE_SSL_REDIRECT DEBUG"
plain = Client().get("/accessibility/", headers={"host": "hanze.region.example"})
print(json.dumps({"settings": {n: getattr(settings, n) for n in names.split()},
                  "plain": [plain.status_code, plain.headers.get("Location", "")],
                  "installed": settings.INSTALLED_APPS}))
"""


def policy(answer: object) -> dict[str, str]:
    header = answer["Content-Security-Policy"]  # type: ignore[index]
    return dict(part.strip().partition(" ")[::2] for part in header.split(";") if part.strip())


@pytest.mark.parametrize("name", PAGES)
def test_no_page_may_run_or_load_anything_but_our_own_files(name: str, client_for: Callable[[Role], Client]) -> None:
    answer = client_for(Role.COORDINATOR).get(reverse(name))
    sources = policy(answer)
    assert sources["default-src"] == "'none'"
    assert sources["script-src"] == sources["style-src"] == "'self'"
    assert sources["base-uri"] == sources["frame-ancestors"] == "'none'"
    assert sources["form-action"] == "'self'"
    assert not any(word in answer["Content-Security-Policy"] for word in ("unsafe", "data:", "http:", "https:", "*"))


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/accessibility/", "/no-such-page/", "/accounts/login/"])
def test_pages_for_everybody_carry_the_same_headers(path: str) -> None:
    answer = Client().get(path)
    assert policy(answer)["script-src"] == "'self'"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("name", PAGES)
def test_no_page_has_script_or_style_of_its_own(name: str, client_for: Callable[[Role], Client]) -> None:
    page = client_for(Role.COORDINATOR).get(reverse(name)).content.decode().lower()
    assert "<style" not in page
    assert " style=" not in page
    assert "<script>" not in page
    assert "javascript:" not in page
    assert not any(f" {event}=" in page for event in ("onclick", "onload", "onchange", "onsubmit", "onerror"))


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> dict:
    """What the production settings say, and what they answer to a plain request."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("HANZE_", "DATABASE_"))}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "hanze.config.settings.production",
        "HANZE_DATA_DIR": str(tmp_path_factory.mktemp("production")),
        "HANZE_SECRET_KEY": "k" * 60,
        "HANZE_ALLOWED_HOSTS": "hanze.region.example",
        "PYTHONPATH": str(ROOT / "src"),
    }
    done = subprocess.run([sys.executable, "-c", PROBE], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_production_sends_everybody_to_https(production: dict) -> None:
    assert production["plain"] == [301, "https://hanze.region.example/accessibility/"]
    assert production["settings"]["SECURE_HSTS_SECONDS"] == 31_536_000


def test_production_keeps_its_cookies_to_encrypted_connections_and_from_scripts(production: dict) -> None:
    for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY"):
        assert production["settings"][name] is True, name
    assert production["settings"]["DEBUG"] is False


def test_production_has_no_demo(production: dict) -> None:
    assert "hanze.demo" not in production["installed"]


def test_every_setting_of_an_organisation_is_in_the_manual() -> None:
    manual = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/hanze/config/settings").glob("*.py"))
    missing = [name for name in sorted(set(re.findall(r'env\.\w+\("(\w+)"', code))) if name not in _spelled_out(manual)]
    assert missing == []


def _spelled_out(manual: str) -> set[str]:
    """The names in the manual; `HANZE_EMAIL_HOST`, `_PORT` stands for HANZE_EMAIL_PORT too."""
    names = set(re.findall(r"\b(?:HANZE_[A-Z_]+|DATABASE_URL)\b", manual))
    return names | {f"HANZE_EMAIL{ending}" for ending in re.findall(r"`(_[A-Z]+)`", manual)}


def test_the_language_of_the_house_is_dutch_and_english_stands_beside_it() -> None:
    assert settings.LANGUAGE_CODE == "nl"
    assert [code for code, _name in settings.LANGUAGES] == ["nl", "en"]
