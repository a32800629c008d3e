"""The demo on one's own machine: invented people, one-click sign-in, never for real work."""

import secrets

from hanze.config.settings.base import *  # noqa: F403
from hanze.config.settings.base import DATA_DIR, INSTALLED_APPS

INSTALLED_APPS = ["hanze.demo", *INSTALLED_APPS]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]


def _kept_key() -> str:
    """A key of this copy's own, kept so that a restart does not sign everybody out."""
    path = DATA_DIR / "demo-key"
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(50))
        path.chmod(0o600)
    return path.read_text().strip()


SECRET_KEY = _kept_key()
LOGIN_URL = "demo:sign-in"
LOGOUT_REDIRECT_URL = "demo:sign-in"
