"""How allauth behaves in Hanze: accounts are made by an administrator, nobody signs up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed. Ask your administrator."),
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "enter_current_password": _("This is not your password now."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes and try again."),
        "rate_limited": _("Too many attempts. Wait a moment and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """There are no user names: people sign in with their e-mail address."""

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("web:start")
