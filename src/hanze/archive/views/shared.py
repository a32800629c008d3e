"""What the pages of erasing a person and an account share."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from hanze.archive.forms import EraseForm
from hanze.archive.models import Erasure


def erase_as_asked(request: HttpRequest, form: EraseForm, erase: Callable[..., Erasure]) -> HttpResponse | None:
    """Erase as the form says, and lead to the list of erasures; None when it was not sent or is refused."""
    if request.method != "POST" or not form.is_valid():
        return None
    chosen = form.cleaned_data
    try:
        done = erase(reason=chosen["reason"], also=chosen["also"], leave=chosen.get("leave", []))
    except ValidationError as error:
        form.add_error(None, error)
        return None
    messages.success(request, _("Erased. The name was taken out of %(n)s places.") % {"n": done.places})
    return redirect("archive:erasure-list")
