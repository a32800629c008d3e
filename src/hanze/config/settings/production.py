"""Hanze as an organisation runs it. See docs/running.md."""

import structlog

from hanze.config.settings.base import *  # noqa: F403
from hanze.config.settings.base import env

# A long random text that signs sessions; required.
SECRET_KEY = env.str("HANZE_SECRET_KEY")
# The mail server that notices go through; without a host they are printed.
EMAIL_HOST = env.str("HANZE_EMAIL_HOST", "")
if EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_PORT = env.int("HANZE_EMAIL_PORT", 587)
EMAIL_HOST_USER = env.str("HANZE_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.str("HANZE_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env.bool("HANZE_EMAIL_TLS", True)

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = env.bool("HANZE_SSL_REDIRECT", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("HANZE_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True

# One JSON object a line on standard error, for whatever collects the logs; what people do is in the database.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
            "foreign_pre_chain": [
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.format_exc_info,
            ],
        }
    },
    # pikepdf greets the log whenever it is loaded, which every command does.
    "loggers": {"pikepdf": {"level": "WARNING"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.str("HANZE_LOG_LEVEL", "INFO")},
}
