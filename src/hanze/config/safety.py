"""Which settings are unsafe, whether backups are made, and whether the kept files are all there: for `hanze check`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from hanze.accounts.models import Role
from hanze.accounts.provider import SECOND_STEP_CLAIMS
from hanze.config import storage
from hanze.config.backup import LAST_BACKUP

YEAR = 31_536_000
FEWEST_CHARACTERS = 12
OLDEST_BACKUP = timedelta(days=7)


@dataclass(frozen=True)
class Remark:
    """One thing that `hanze check` found: what, and what to do about it."""

    what: str
    mend: str
    stops: bool = True


def unsafe_settings() -> list[Remark]:
    """The settings that let others in or let things leak."""
    return [*_key(), *_hosts(), *_connection(), *_sessions(), *_second_step(), *_provider(), *_webhooks()]


def _key() -> Iterator[Remark]:
    if len(settings.SECRET_KEY) < 50:
        yield Remark("HANZE_SECRET_KEY is short.", "Use at least 50 random characters.")
    elif len(set(settings.SECRET_KEY)) < FEWEST_CHARACTERS:
        yield Remark(
            "HANZE_SECRET_KEY can be guessed.",
            'Make one up: python -c "import secrets; print(secrets.token_urlsafe(50))"',
            stops=False,
        )
    if settings.DEBUG:
        yield Remark("Debugging is on.", "Use the production settings.")
    if "hanze.demo" in settings.INSTALLED_APPS:
        yield Remark("This is the demo: anybody can sign in with one click.", "Use the production settings.")


def _hosts() -> Iterator[Remark]:
    if not settings.ALLOWED_HOSTS:
        yield Remark("No host name is allowed.", "Set HANZE_ALLOWED_HOSTS, for example hanze.region.example.")
    if any(host == "*" for host in settings.ALLOWED_HOSTS):
        yield Remark("Every host name is allowed.", "Name the host in HANZE_ALLOWED_HOSTS instead of *.")
    for origin in settings.CSRF_TRUSTED_ORIGINS:
        if not origin.startswith("https://") or "*" in origin:
            yield Remark(
                f"Forms from {origin} are trusted.", "Name full addresses with https in HANZE_TRUSTED_ORIGINS."
            )


def _connection() -> Iterator[Remark]:
    if not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE):
        yield Remark("Session cookies may travel without encryption.", "Use the production settings.")
    if not settings.SECURE_SSL_REDIRECT:
        yield Remark(
            "Who comes without https is not sent to it.",
            "Remove HANZE_SSL_REDIRECT, unless the proxy in front does it.",
            stops=False,
        )
    if settings.SECURE_HSTS_SECONDS < YEAR:
        yield Remark(
            "Browsers do not remember for a year that this site is https only.",
            f"Set HANZE_HSTS_SECONDS={YEAR} once https works.",
            stops=False,
        )
    if settings.PROXY_COUNT == 0:
        yield Remark(
            "No proxy is known, so that all visitors seem to come from one address when there is one.",
            "Behind a web server set HANZE_PROXY_COUNT=1: attempts to sign in are then counted for each visitor.",
            stops=False,
        )


def _sessions() -> Iterator[Remark]:
    if settings.SESSION_IDLE_MINUTES > 240 or settings.SESSION_COOKIE_AGE > 24 * 3600:
        yield Remark(
            "Who walks away from a desk stays signed in for long.",
            "Set HANZE_SESSION_IDLE_MINUTES to 240 or less and HANZE_SESSION_HOURS to 24 or less.",
            stops=False,
        )


def _second_step() -> Iterator[Remark]:
    unknown = sorted(set(settings.SECOND_STEP_ROLES) - set(Role.values))
    if unknown:
        yield Remark(
            f"HANZE_MFA_ROLES names roles that do not exist: {', '.join(unknown)}.",
            f"Choose from {', '.join(Role.values)}.",
        )
    if Role.ADMINISTRATOR not in settings.SECOND_STEP_ROLES:
        yield Remark(
            "Administrators may sign in with a password alone.",
            "Set HANZE_MFA_ROLES=administrator, with the other roles that need a second step after a comma.",
            stops=False,
        )


def _provider() -> Iterator[Remark]:
    if not settings.OIDC_URL:
        return
    if not settings.OIDC_URL.startswith("https://"):
        yield Remark("People sign in through a provider without encryption.", "Begin HANZE_OIDC_URL with https.")
    if not (settings.OIDC_CLIENT_ID and settings.OIDC_CLIENT_SECRET):
        yield Remark("The provider does not know this Hanze.", "Set HANZE_OIDC_CLIENT_ID and HANZE_OIDC_CLIENT_SECRET.")
    unknown = sorted({role for _group, role in settings.OIDC_ROLES} - set(Role.values))
    if unknown:
        yield Remark(
            f"HANZE_OIDC_ROLES names roles that do not exist: {', '.join(unknown)}.",
            f"Choose from {', '.join(Role.values)}.",
        )
    if any(claim not in SECOND_STEP_CLAIMS or not value for claim, value in settings.OIDC_SECOND_STEP):
        yield Remark(
            "HANZE_OIDC_SECOND_STEP cannot be read.",
            "Write what the provider says as amr=…;acr=…, for example: amr=mfa",
        )
    if not settings.OIDC_ROLES:
        yield Remark(
            "Nobody gets a role from the provider, so nobody new can sign in through it.",
            "Set HANZE_OIDC_ROLES, for example: International affairs=coordinator;Council=council",
            stops=False,
        )


def _webhooks() -> Iterator[Remark]:
    if settings.WEBHOOKS_TO_PRIVATE_ADDRESSES:
        yield Remark(
            "Webhooks may go into private networks and without encryption.",
            "Remove HANZE_WEBHOOKS_TO_PRIVATE_ADDRESSES, unless the programs that listen are on this network only.",
            stops=False,
        )


def backups() -> list[Remark]:
    """Whether a backup was made here lately."""
    mend = "Run every day: hanze backup FILE, and keep the file elsewhere."
    note = Path(settings.DATA_DIR) / LAST_BACKUP
    try:
        made = datetime.fromisoformat(json.loads(note.read_text())["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return [Remark("No backup was ever made with hanze backup.", mend, stops=False)]
    if timezone.now() - made > OLDEST_BACKUP:
        return [Remark(f"The last backup is of {made:%Y-%m-%d}.", mend, stops=False)]
    return []


def kept_files() -> list[Remark]:
    """Files that rows name and that are gone, and files that no row names."""
    try:
        gone, left = storage.missing(), storage.orphans()
    except DatabaseError:
        return []
    remarks = []
    if gone:
        remarks.append(
            Remark(f"{len(gone)} files are gone, among them {gone[0]}.", "Bring them back from a backup.", stops=False)
        )
    if left:
        remarks.append(
            Remark(
                f"{len(left)} files belong to nothing, among them {left[0]}: a crash left them.",
                "Remove them: hanze check --sweep",
                stops=False,
            )
        )
    return remarks
