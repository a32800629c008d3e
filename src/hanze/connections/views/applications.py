"""Applications and their tokens, for the administrator; an auditor reads along."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hanze.accounts.permissions import require
from hanze.accounts.requests import reader_of
from hanze.connections import operations, queries
from hanze.connections.forms import ApplicationForm, CloseForm, TokenForm
from hanze.connections.models import Application, Token
from hanze.connections.views.shared import pages, show_errors, shown_once


@require_safe
def application_list(request: HttpRequest) -> HttpResponse:
    require(reader_of(request), "connections.view_applications")
    may_change = reader_of(request).has_perm("connections.administer")
    context = {"applications": queries.applications(), "may_change": may_change}
    return render(request, "connections/application_list.html", context)


def application_add(request: HttpRequest) -> HttpResponse:
    require(reader_of(request), "connections.administer")
    form = ApplicationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.create_application(by=reader_of(request), **form.cleaned_data)
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("%(name)s is let in. Make a token for it now.") % {"name": made.name})
            return redirect("connections:application-detail", made.pk)
    context = {"form": form, "title": _("New application"), "cancel_url": reverse("connections:application-list")}
    return render(request, "connections/form.html", context, status=422 if form.errors else 200)


@require_safe
def application_detail(request: HttpRequest, pk: int) -> HttpResponse:
    require(reader_of(request), "connections.view_applications")
    application = get_object_or_404(Application.objects.select_related("created_by"), pk=pk)
    context = {
        "application": application,
        "tokens": application.tokens.select_related("created_by"),
        "webhooks": application.subscriptions.all(),
        "calls": queries.calls_of(application)[:10],
        "may_change": reader_of(request).has_perm("connections.administer") and application.is_open,
    }
    return render(request, "connections/application.html", context)


@require_safe
def application_calls(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything an application asked."""
    require(reader_of(request), "connections.view_applications")
    application = get_object_or_404(Application, pk=pk)
    context = {"application": application, **pages(request, queries.calls_of(application))}
    return render(request, "connections/calls.html", context)


def application_close(request: HttpRequest, pk: int) -> HttpResponse:
    require(reader_of(request), "connections.administer")
    application = get_object_or_404(Application, pk=pk, closed_at=None)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.close_application(application, by=reader_of(request), because=form.cleaned_data["because"])
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("%(name)s is shut out.") % {"name": application.name})
            return redirect("connections:application-detail", pk)
    context = {
        "form": form,
        "question": _("Close %(name)s?") % {"name": application.name},
        "consequence": _("Its tokens hold no longer and nothing is sent to it. What it did stays in the log."),
        "confirm_label": _("Close the application"),
        "cancel_url": reverse("connections:application-detail", args=[pk]),
        "danger": True,
    }
    return render(request, "web/confirm.html", context)


def token_add(request: HttpRequest, pk: int) -> HttpResponse:
    require(reader_of(request), "connections.administer")
    application = get_object_or_404(Application, pk=pk, closed_at=None)
    form = TokenForm(request.POST or None, application=application, by=reader_of(request))
    back = reverse("connections:application-detail", args=[pk])
    if request.method == "POST" and form.is_valid():
        try:
            _token, key = operations.create_token(application, by=reader_of(request), **form.cleaned_data)
        except ValidationError as error:
            show_errors(form, error)
        else:
            title = _("The token of %(name)s") % {"name": application.name}
            return shown_once(request, {"title": title, "secret": key, "back": back, "application": application})
    title = _("New token for %(name)s") % {"name": application.name}
    context = {"form": form, "title": title, "cancel_url": back, "application": application}
    return render(request, "connections/form.html", context, status=422 if form.errors else 200)


def token_revoke(request: HttpRequest, token: int) -> HttpResponse:
    require(reader_of(request), "connections.administer")
    kept = get_object_or_404(Token.objects.select_related("application"), pk=token, revoked_at=None)
    back = reverse("connections:application-detail", args=[kept.application_id])
    if request.method == "POST":
        operations.revoke_token(kept, by=reader_of(request))
        messages.success(request, _("The token holds no longer."))
        return redirect(back)
    context = {
        "question": _("Revoke the token %(label)s?") % {"label": kept.label},
        "consequence": _("A program that still uses it stops working at once."),
        "confirm_label": _("Revoke the token"),
        "cancel_url": back,
        "danger": True,
    }
    return render(request, "web/confirm.html", context)
