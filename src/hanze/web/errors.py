"""Pages for what goes wrong. What is not yours looks as if it does not exist."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same answer for an unknown address and for one that the reader may not have."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Works without database and session, which may be what failed."""
    return HttpResponseServerError(loader.get_template("500.html").render())
