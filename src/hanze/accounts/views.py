"""Accounts, for the administrator."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base.views import IndexView
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from hanze.accounts import operations, provider, second_step, sessions
from hanze.accounts.exporting import Column, export, wanted
from hanze.accounts.forms import AccountForm, CloseAccountForm, ResetSecondStepForm
from hanze.accounts.models import APPLICATION_DOMAIN, User
from hanze.accounts.permissions import require
from hanze.accounts.requests import reader_of
from hanze.accounts.together import in_turn

COLUMNS = [
    Column(gettext_lazy("Name"), lambda account: account.name),
    Column(gettext_lazy("E-mail address"), lambda account: account.email),
    Column(
        gettext_lazy("Roles"), lambda account: ", ".join(each.get_role_display() for each in account.roles_held.all())
    ),
    Column(gettext_lazy("Department"), lambda account: account.department),
    Column(gettext_lazy("State"), lambda account: _("May sign in") if account.is_active else _("Closed")),
]


def account_list(request: HttpRequest) -> HttpResponse:
    require(reader_of(request), "accounts.list_accounts")
    people = User.objects.exclude(email__endswith=f"@{APPLICATION_DOMAIN}")
    accounts = people.prefetch_related("roles_held").order_by("-is_active", "name")
    if wanted(request):
        return export(request, title=_("Accounts"), columns=COLUMNS, rows=list(accounts))
    may_change = reader_of(request).has_perm("accounts.administer")
    return render(request, "accounts/account_list.html", {"accounts": accounts, "may_change": may_change})


def account_add(request: HttpRequest) -> HttpResponse:
    require(reader_of(request), "accounts.administer")
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        roles = set(fields.pop("roles"))
        try:
            made = operations.create_user(by=reader_of(request), roles=roles, **fields)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("%(name)s has an account now.") % {"name": made.name})
            return redirect("people:account-list")
    return render(request, "accounts/account_form.html", {"form": form, "account": None})


@in_turn(User)
def account_edit(request: HttpRequest, pk: int) -> HttpResponse:
    require(reader_of(request), "accounts.administer")
    account = get_object_or_404(User, pk=pk)
    form = AccountForm(request.POST or None, instance=account)
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        roles = set(fields.pop("roles"))
        try:
            operations.change_user(account, by=reader_of(request), roles=roles, **fields)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The account was changed."))
            return redirect("people:account-list")
    context = {"form": form, "account": account, "has_second_step": second_step.has_second_step(account)}
    context["linked"] = provider.linked(account)
    return render(request, "accounts/account_form.html", context)


def account_close(request: HttpRequest, pk: int) -> HttpResponse:
    require(reader_of(request), "accounts.administer")
    account = get_object_or_404(User, pk=pk, is_active=True)
    form = CloseAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.close_account(account, by=reader_of(request), because=form.cleaned_data["because"])
        except ValidationError as error:
            form.add_error("because", " ".join(error.messages))
        else:
            messages.success(request, _("The account of %(name)s is closed.") % {"name": account.name})
            return redirect("people:account-list")
    context = {
        "form": form,
        "question": _("Close the account of %(name)s?") % {"name": account.name},
        "consequence": _("The person can no longer sign in. What she did stays in the log under her name."),
        "confirm_label": _("Close the account"),
        "cancel_url": reverse("people:account-edit", args=[pk]),
        "danger": True,
    }
    return render(request, "accounts/account_close.html", context)


def account_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    require(reader_of(request), "accounts.administer")
    account = get_object_or_404(User, pk=pk, is_active=False)
    if request.method == "POST":
        operations.reopen_account(account, by=reader_of(request))
        messages.success(request, _("%(name)s can sign in again.") % {"name": account.name})
    return redirect("people:account-list")


def second_step_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove the second step of somebody else, who lost her telephone and her codes."""
    require(reader_of(request), "accounts.administer")
    account = get_object_or_404(User, pk=pk)
    form = ResetSecondStepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            second_step.reset(account, by=reader_of(request), because=form.cleaned_data["because"])
        except ValidationError as error:
            form.add_error("because", " ".join(error.messages))
        else:
            messages.success(request, _("%(name)s signs in without a second step now.") % {"name": account.name})
            return redirect("people:account-edit", pk)
    context = {
        "form": form,
        "question": _("Remove the second step of %(name)s?") % {"name": account.name},
        "consequence": _("First make sure that it is really her who asks. She is signed out everywhere."),
        "confirm_label": _("Remove the second step"),
        "cancel_url": reverse("people:account-edit", args=[pk]),
        "danger": True,
    }
    return render(request, "web/confirm.html", context)


class SecondStepPage(IndexView):
    """The reader's second step: what is set up, and whether her role asks for it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reader = reader_of(self.request)
        own = {"second_step_needed": second_step.still_to_set_up(self.request), "linked": provider.linked(reader)}
        return super().get_context_data(**kwargs) | own | {"provider_name": settings.OIDC_NAME}


@require_GET
def session_list(request: HttpRequest) -> HttpResponse:
    """Where the reader is signed in."""
    context = {
        "sessions": sessions.sessions_of(reader_of(request)),
        "current": request.session.session_key,
        "idle_minutes": settings.SESSION_IDLE_MINUTES,
    }
    return render(request, "accounts/session_list.html", context)


@require_POST
def session_end(request: HttpRequest, name: str) -> HttpResponse:
    if sessions.end_session(reader_of(request), by=reader_of(request), name=name):
        messages.success(request, _("The session is ended."))
    return redirect("account_sessions")


@require_POST
def sessions_end(request: HttpRequest) -> HttpResponse:
    """End all the reader's sessions but this one."""
    if sessions.end_sessions(reader_of(request), by=reader_of(request), but=request.session.session_key or ""):
        messages.success(request, _("You are signed in here only."))
    return redirect("account_sessions")


@require_POST
def account_sessions_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End every session of somebody else, for the administrator."""
    require(reader_of(request), "accounts.administer")
    account = get_object_or_404(User, pk=pk)
    sessions.end_sessions(account, by=reader_of(request))
    messages.success(request, _("%(name)s is signed out everywhere.") % {"name": account.name})
    return redirect("people:account-edit", pk)
