"""Signing in to the demo with one click. These addresses exist in the demo settings only."""

from __future__ import annotations

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hanze.accounts.models import User
from hanze.demo.accounts import pickable


@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Shows the demo's people; a POST signs in as one of them."""
    accounts = pickable()
    if request.method == "POST":
        email = request.POST.get("email", "")
        if email not in {account.email for account in accounts}:
            raise Http404
        user = User.objects.get(email=email)
        login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return redirect("web:start")
    return render(request, "demo/sign_in.html", {"accounts": accounts})
