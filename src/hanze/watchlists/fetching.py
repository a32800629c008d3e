"""Fetching a new edition from the address of a list. It happens only where an administrator switched it on."""

from __future__ import annotations

import tempfile
from http.client import HTTPException
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.watchlists.models import Edition, Watchlist
from hanze.watchlists.operations.lists import receive_edition

TIMEOUT_SECONDS = 60
LARGEST = 300 * 1024 * 1024
CHUNK = 1 << 20


def fetch(watchlist: Watchlist, *, by: User | None) -> Edition:
    """Hand in what stands at the address of a list; only over https.

    Raises ValidationError (not switched on, no https, cannot be reached, too large, the same as before),
    PermissionDenied.
    """
    address = urlsplit(watchlist.address)
    if not watchlist.fetch or address.scheme != "https":
        raise ValidationError(_("Fetching is not switched on for this list, or its address does not begin with https."))
    request = Request(watchlist.address, headers={"User-Agent": "Hanze"})
    try:
        with urlopen(request, timeout=TIMEOUT_SECONDS) as answer, tempfile.TemporaryFile() as kept:
            if urlsplit(answer.geturl()).scheme != "https":
                raise ValidationError(_("The address leads on to one that does not begin with https."))
            size = 0
            while chunk := answer.read(CHUNK):
                size += len(chunk)
                if size > LARGEST:
                    raise ValidationError(_("What stands at this address is too large to be a list."))
                kept.write(chunk)
            kept.seek(0)
            name = address.path.rsplit("/", 1)[-1] or f"{watchlist.slug}.dat"
            return receive_edition(watchlist, File(kept, name=name), by=by)
    except (OSError, HTTPException, ValueError) as error:
        raise ValidationError(_("The address cannot be reached: %(error)s") % {"error": error}) from error
