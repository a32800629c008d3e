"""Settings that every way of running Hanze shares. Each is documented where it is read."""

from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env

from hanze.config.paths import shared

env = Env()
env.read_env()

# Where an organisation's files live: the SQLite database, uploads and the demo's key.
DATA_DIR = Path(env.str("HANZE_DATA_DIR", "var")).resolve()
# The folder with the policy frameworks in force.
FRAMEWORKS_DIR = Path(env.str("HANZE_FRAMEWORKS_DIR", "") or shared("frameworks"))
# The folder with the demo's facts.
DEMO_DIR = shared("demo")
# An organisation's own NL Design System theme: the address of a stylesheet under STATIC_URL or on its own host.
HANZE_THEME_CSS = env.str("HANZE_THEME_CSS", "")
# Days before the end of an agreement at which Today starts to warn.
AGREEMENT_WARNING_DAYS = env.int("HANZE_AGREEMENT_WARNING_DAYS", 180)
# Days within which a request is to be decided, when nobody sets another term.
REQUEST_TERM_DAYS = env.int("HANZE_REQUEST_TERM_DAYS", 28)
# Days that a screening which found nothing is kept; inferred, no source sets a term.
SCREENING_KEEP_DAYS = env.int("HANZE_SCREENING_KEEP_DAYS", 365)
# Requests that one address may send through the public form in an hour.
PUBLIC_FORM_PER_HOUR = env.int("HANZE_PUBLIC_FORM_PER_HOUR", 5)
# Reverse proxies in front of Hanze that add the visitor's address to X-Forwarded-For; 0 when there is none.
PROXY_COUNT = env.int("HANZE_PROXY_COUNT", 0)
# Calls that one token of the API may make in a minute.
API_CALLS_PER_MINUTE = env.int("HANZE_API_CALLS_PER_MINUTE", 600)
# Wrong tokens and secret addresses that one visitor may try in a minute.
WRONG_KEYS_PER_MINUTE = env.int("HANZE_WRONG_KEYS_PER_MINUTE", 30)
# Days that the record of a call is kept; what was changed or read of what is confidential stays in the log.
API_CALLS_KEEP_DAYS = env.int("HANZE_API_CALLS_KEEP_DAYS", 400)
# Whether webhooks may go into private networks, and without encryption; only for programs on the same network.
WEBHOOKS_TO_PRIVATE_ADDRESSES = env.bool("HANZE_WEBHOOKS_TO_PRIVATE_ADDRESSES", False)
# Largest upload in megabytes.
MAX_UPLOAD_MB = env.int("HANZE_MAX_UPLOAD_MB", 25)
# The public keys that backups are locked for, when the command line names none.
BACKUP_FOR: list[str] = env.list("HANZE_BACKUP_FOR", [])
# The list of erasures, which outlives the database; a folder of its own on another disk is safer still.
ERASURES_FILE = env.str("HANZE_ERASURES_FILE", "") or DATA_DIR / "erasures.jsonl"
# Whether somebody can be erased before the term of a case that she took part in has passed; the archive's law says no.
ERASURE_WITHIN_TERM = env.bool("HANZE_ERASURE_WITHIN_TERM", False)
# An organisation's own file with the terms of the archive; else hanze/archive/data/terms.yaml.
TERMS_FILE = env.str("HANZE_TERMS_FILE", "")
# How often one address may ask for pages of the public register in a minute (publication).
PUBLIC_PAGES_PER_MINUTE = env.int("HANZE_PUBLIC_PAGES_PER_MINUTE", 120)
# The licence of the open data (publication).
PUBLIC_DATA_LICENCE = env.str("HANZE_PUBLIC_DATA_LICENCE", "http://creativecommons.org/publicdomain/zero/1.0/")

DEBUG = False
ALLOWED_HOSTS: list[str] = env.list("HANZE_ALLOWED_HOSTS", [])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("HANZE_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "hanze.web",
    "hanze.publication",
    "hanze.archive",
    "hanze.evaluation",
    "hanze.sheets",
    "hanze.missions",
    "hanze.areas",
    "hanze.casework",
    "hanze.frameworks",
    "hanze.watchlists",
    "hanze.goals",
    "hanze.register",
    "hanze.claims",
    "hanze.connections",
    "hanze.accounts",
    "hanze.audit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "django_tasks",
    "django_tasks_db",
    "rules",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hanze.accounts.sessions.ExpiringSessions",
    "hanze.accounts.asking.AskedOnce",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hanze.accounts.second_step.SecondStepFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "hanze.config.urls"
WSGI_APPLICATION = "hanze.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "hanze.web.context.frame",
            ],
        },
    }
]
FORM_RENDERER = "hanze.web.forms.renderer.HanzeRenderer"
DJANGO_TABLES2_TEMPLATE = "web/table.html"

# The database as one address: postgres://user:password@host/name, or an SQLite file in HANZE_DATA_DIR.
_sqlite = f"sqlite:///{DATA_DIR}/hanze.sqlite3"
_database: dict[str, Any] = {
    **(env.dj_db_url("DATABASE_URL") if env.str("DATABASE_URL", "") else dj_database_url.parse(_sqlite))
}
if _database["ENGINE"] == "django.db.backends.sqlite3":
    # Readers never wait for a writer, and a writer asks for its lock at the start instead of failing half-way.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
if _database["ENGINE"] == "django.db.backends.postgresql":
    # Compiling a query takes the server longer than any query of a page; ?options= in the address says otherwise.
    _database["OPTIONS"] = {"options": "-c jit=off", **_database.get("OPTIONS", {})}
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "web:start"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "hanze.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
# No mail to strangers who type an address that has no account.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
# The roles that need a second step to sign in; who holds one and has none sets it up before anything else.
SECOND_STEP_ROLES: list[str] = env.list("HANZE_MFA_ROLES", [])
MFA_ADAPTER = "hanze.accounts.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Hanze"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Addresses are not confirmed by mail here: an administrator makes the accounts.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "hanze.accounts.forms.CodeForm",
    "reauthenticate": "hanze.accounts.forms.CodeAgainForm",
    "activate_totp": "hanze.accounts.forms.AppForm",
    "authenticate_webauthn": "hanze.accounts.forms.PasskeyProofForm",
    "login_webauthn": "hanze.accounts.forms.PasskeyLoginForm",
    "reauthenticate_webauthn": "hanze.accounts.forms.PasskeyAgainForm",
    "add_webauthn": "hanze.accounts.forms.PasskeyForm",
    "edit_webauthn": "hanze.accounts.forms.PasskeyNameForm",
}
# Signing in through the organisation's own provider (OpenID Connect): its address, and how Hanze is known there.
OIDC_URL = env.str("HANZE_OIDC_URL", "").rstrip("/")
OIDC_CLIENT_ID = env.str("HANZE_OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = env.str("HANZE_OIDC_CLIENT_SECRET", "")
# What the button on the sign-in page calls it.
OIDC_NAME = env.str("HANZE_OIDC_NAME", "OpenID Connect")
# Scopes to ask for beside openid, profile and email: some providers give groups only then.
OIDC_SCOPES: list[str] = env.list("HANZE_OIDC_SCOPES", [])
# The claim that holds somebody's groups, and which group has which role; group names may hold commas and equal signs.
OIDC_GROUPS_CLAIM = env.str("HANZE_OIDC_GROUPS_CLAIM", "groups")
OIDC_ROLES = [
    (group.strip(), role.strip())
    for group, _equals, role in (pair.rpartition("=") for pair in env.str("HANZE_OIDC_ROLES", "").split(";"))
    if group
]
# Whether somebody gets the account that has her address already, when the provider says that the address is hers.
OIDC_LINK_VERIFIED = env.bool("HANZE_OIDC_LINK_VERIFIED", False)
# What the provider says of who took a second step there, which then counts here: amr=mfa;acr=…
OIDC_SECOND_STEP = [
    (claim.strip(), value.strip())
    for claim, _equals, value in (pair.partition("=") for pair in env.str("HANZE_OIDC_SECOND_STEP", "").split(";"))
    if claim.strip()
]
SOCIALACCOUNT_ADAPTER = "hanze.accounts.adapter.ProviderAdapter"
# No form of ours leaves this site, so going to the provider is a link; linking to somebody signed in is not offered.
SOCIALACCOUNT_LOGIN_ON_GET = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = PROXY_COUNT

# Long work waits in the database for `hanze worker`, which `hanze serve` starts beside itself.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# Attempts to sign in are counted in the database, so that every process sees them.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "hanze_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
ACCOUNT_LOGOUT_ON_GET = False
# Hours after which one signs in again, and minutes without doing anything after which the session ends.
SESSION_COOKIE_AGE = 3600 * env.int("HANZE_SESSION_HOURS", 10)
SESSION_IDLE_MINUTES = env.int("HANZE_SESSION_IDLE_MINUTES", 120)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
USE_I18N = True
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "hanze.config.storage.WholeFileStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = env.str("HANZE_FROM_EMAIL", "hanze@localhost")
