"""Every unsafe setting is named by `hanze check`, with what to do; and a safe installation is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from hanze.casework.models import RequestDocument
from hanze.config import safety
from hanze.config.backup import LAST_BACKUP
from tests import factories

SAFE: dict[str, Any] = {
    "SECRET_KEY": "Zt5-random_Enough.characters!that~nobody*can(guess)ever",
    "DEBUG": False,
    "ALLOWED_HOSTS": ["hanze.region.example"],
    "CSRF_TRUSTED_ORIGINS": ["https://hanze.region.example"],
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31_536_000,
    "PROXY_COUNT": 1,
    "SESSION_IDLE_MINUTES": 120,
    "SESSION_COOKIE_AGE": 36_000,
    "SECOND_STEP_ROLES": ["administrator"],
    "OIDC_URL": "https://sign-in.region.example",
    "OIDC_CLIENT_ID": "hanze",
    "OIDC_CLIENT_SECRET": "secret",
    "OIDC_ROLES": [("Abroad", "coordinator")],
    "OIDC_SECOND_STEP": [("amr", "mfa")],
    "WEBHOOKS_TO_PRIVATE_ADDRESSES": False,
    "INSTALLED_APPS": ["hanze.casework"],
}
# One unsafe value beside settings that are safe: what is said of it, and whether it stands in the way.
UNSAFE: list[tuple[dict[str, Any], str, bool]] = [
    ({"SECRET_KEY": "short"}, "HANZE_SECRET_KEY is short", True),
    ({"SECRET_KEY": "ab" * 40}, "can be guessed", False),
    ({"DEBUG": True}, "Debugging is on", True),
    ({"INSTALLED_APPS": ["hanze.demo"]}, "anybody can sign in with one click", True),
    ({"ALLOWED_HOSTS": []}, "No host name is allowed", True),
    ({"ALLOWED_HOSTS": ["*"]}, "Every host name is allowed", True),
    ({"CSRF_TRUSTED_ORIGINS": ["http://hanze.region.example"]}, "are trusted", True),
    ({"CSRF_TRUSTED_ORIGINS": ["https://*.example"]}, "are trusted", True),
    ({"SESSION_COOKIE_SECURE": False}, "may travel without encryption", True),
    ({"CSRF_COOKIE_SECURE": False}, "may travel without encryption", True),
    ({"SECURE_SSL_REDIRECT": False}, "without https is not sent to it", False),
    ({"SECURE_HSTS_SECONDS": 3600}, "do not remember for a year", False),
    ({"PROXY_COUNT": 0}, "No proxy is known", False),
    ({"SESSION_IDLE_MINUTES": 600}, "stays signed in for long", False),
    ({"SESSION_COOKIE_AGE": 48 * 3600}, "stays signed in for long", False),
    ({"SECOND_STEP_ROLES": []}, "with a password alone", False),
    ({"SECOND_STEP_ROLES": ["administrator", "king"]}, "HANZE_MFA_ROLES names roles that do not exist: king", True),
    ({"OIDC_URL": "http://sign-in.region.example"}, "a provider without encryption", True),
    ({"OIDC_CLIENT_ID": ""}, "does not know this Hanze", True),
    ({"OIDC_CLIENT_SECRET": ""}, "does not know this Hanze", True),
    ({"OIDC_ROLES": [("Abroad", "king")]}, "HANZE_OIDC_ROLES names roles that do not exist: king", True),
    ({"OIDC_ROLES": []}, "Nobody gets a role from the provider", False),
    ({"OIDC_SECOND_STEP": [("groups", "mfa")]}, "HANZE_OIDC_SECOND_STEP cannot be read", True),
    ({"OIDC_SECOND_STEP": [("amr", "")]}, "HANZE_OIDC_SECOND_STEP cannot be read", True),
    ({"WEBHOOKS_TO_PRIVATE_ADDRESSES": True}, "into private networks", False),
]


@pytest.fixture
def standing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[safety.Remark]]:
    """What is said of safe settings but for those given; those of the tests themselves stay as they are."""

    def said(**given: Any) -> list[safety.Remark]:
        monkeypatch.setattr(safety, "settings", SimpleNamespace(**(SAFE | given)))
        return safety.unsafe_settings()

    return said


def test_of_a_safe_installation_nothing_is_said(standing: Any) -> None:
    assert standing() == []


@pytest.mark.parametrize(("given", "said", "stops"), UNSAFE)
def test_each_unsafe_setting_alone_is_named_once_with_what_to_do(
    given: dict[str, Any], said: str, stops: bool, standing: Any
) -> None:
    [remark] = standing(**given)
    assert said in remark.what
    assert len(remark.mend.split()) >= 4
    assert remark.stops is stops


def test_without_a_provider_nothing_is_asked_of_it(standing: Any) -> None:
    assert standing(OIDC_URL="", OIDC_CLIENT_ID="", OIDC_ROLES=[]) == []


def test_every_remark_about_a_setting_has_its_test_here() -> None:
    """A check that is added without a row above fails here."""
    code = Path(safety.__file__).read_text(encoding="utf-8")
    of_settings = code[: code.index("def backups")]
    assert of_settings.count("yield Remark(") == len({said for _given, said, _stops in UNSAFE})


@pytest.mark.parametrize(
    ("note", "said"),
    [
        (None, "No backup was ever made"),
        ("no json", "No backup was ever made"),
        ({"at": "yesterday"}, "No backup was ever made"),
        ({"at": (timezone.now() - timedelta(days=8)).isoformat()}, "The last backup is of"),
        ({"at": (timezone.now() - timedelta(days=6)).isoformat()}, ""),
    ],
)
def test_a_backup_that_is_old_or_never_was_is_named(note: Any, said: str, settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    if note is not None:
        (tmp_path / LAST_BACKUP).write_text(note if isinstance(note, str) else json.dumps(note))
    remarks = safety.backups()
    assert [said in remark.what for remark in remarks] == ([True] if said else [])


@pytest.mark.django_db
def test_a_file_that_is_gone_and_one_that_nothing_names_are_named(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "hanze.config.storage.WholeFileStorage"},
    }
    assert safety.kept_files() == []
    document = RequestDocument.objects.create(
        request=factories.request(), title="x", file=ContentFile(b"x", name="x.txt")
    )
    assert safety.kept_files() == []
    default_storage.delete(document.file.name)
    [gone] = safety.kept_files()
    assert "1" in gone.what
