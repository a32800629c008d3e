"""The sign-in page with its button, going to the provider, and unlinking."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.views import LoginView
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

from hanze.accounts import provider
from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.accounts.requests import reader_of

logger = logging.getLogger("hanze.provider")


def reaching_the_provider(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of ours instead of an error when the provider cannot be reached or describes itself wrongly."""

    @wraps(view)
    def reached(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (RequestException, KeyError) as error:
            logger.warning("The provider cannot be reached: %s", error)
            return render(request, "socialaccount/authentication_error.html", status=502)

    return reached


class SignInPage(LoginView):
    """Signing in with a password, a passkey or through the provider."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        name = settings.OIDC_NAME if provider.is_configured() else ""
        return super().get_context_data(**kwargs) | {"provider_name": name}


@login_not_required
@require_GET
@reaching_the_provider
def sign_in(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the provider, to sign in and for nothing else.

    Linking to whoever is signed in would let another page tie somebody else's identity to her account.
    """
    if request.GET.get("process", AuthProcess.LOGIN) != AuthProcess.LOGIN:
        raise Http404
    return openid_connect.login(request, provider_id)


@login_not_required
@reaching_the_provider
def back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where the provider sends people back to."""
    return openid_connect.callback(request, provider_id)


@require_POST
@reauthentication_required()  # pyright: ignore[reportArgumentType]
def unlink(request: HttpRequest) -> HttpResponse:
    """Part the reader's account from the provider."""
    try:
        provider.unlink(reader_of(request), by=reader_of(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Your account is parted from the provider."))
    return redirect("mfa_index")


@require_POST
def account_unlink(request: HttpRequest, pk: int) -> HttpResponse:
    """Part somebody else's account from the provider, for the administrator."""
    require(reader_of(request), "accounts.administer")
    account = get_object_or_404(User, pk=pk)
    provider.unlink(account, by=reader_of(request))
    messages.success(request, _("The account of %(name)s is parted from the provider.") % {"name": account.name})
    return redirect("people:account-edit", pk)
