"""The WSGI entry point that `hanze serve` and other servers load."""

import os

from django.core.wsgi import get_wsgi_application

from hanze.config.database import keep_open

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hanze.config.settings.production")
application = get_wsgi_application()
keep_open()
