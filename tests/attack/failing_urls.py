"""Addresses that fail while they hold something secret."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from hanze.config import urls

FAILURES = {400: BadRequest, 403: PermissionDenied, 404: Http404, 500: RuntimeError}


@login_not_required
def fail(request: HttpRequest, status: int) -> HttpResponse:
    secret = "Zysecretlocal"
    raise FAILURES[status](f"{secret} {request.path}")


urlpatterns = [path("fail/<int:status>/", fail), *urls.urlpatterns]
handler403, handler404, handler500 = urls.handler403, urls.handler404, urls.handler500
