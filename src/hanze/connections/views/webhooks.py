"""Webhooks and how their messages went, for the administrator; an auditor reads along."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hanze.accounts.permissions import require
from hanze.accounts.requests import reader_of
from hanze.accounts.together import in_turn
from hanze.connections import operations
from hanze.connections.forms import SubscriptionForm
from hanze.connections.models import Application, Delivery, Subscription
from hanze.connections.views.shared import pages, show_errors, shown_once
from hanze.connections.webhooks import signing


def webhook_add(request: HttpRequest, pk: int) -> HttpResponse:
    require(reader_of(request), "connections.administer")
    application = get_object_or_404(Application, pk=pk, closed_at=None)
    form = SubscriptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.add_subscription(application, by=reader_of(request), **form.cleaned_data)
        except ValidationError as error:
            show_errors(form, error)
        else:
            title = _("The secret of this webhook")
            back = reverse("connections:webhook-detail", args=[made.pk])
            secret = signing.secret_of(made)
            return shown_once(request, {"title": title, "secret": secret, "back": back, "application": application})
    context = {
        "form": form,
        "title": _("New webhook for %(name)s") % {"name": application.name},
        "cancel_url": reverse("connections:application-detail", args=[pk]),
        "application": application,
    }
    return render(request, "connections/form.html", context, status=422 if form.errors else 200)


@require_safe
def webhook_detail(request: HttpRequest, webhook: int) -> HttpResponse:
    """Where it goes, what it is about, and how each message went."""
    require(reader_of(request), "connections.view_applications")
    kept = get_object_or_404(Subscription.objects.select_related("application"), pk=webhook)
    deliveries = kept.deliveries.select_related("event").prefetch_related("attempts")
    may_change = reader_of(request).has_perm("connections.administer") and kept.application.is_open
    context = {
        "webhook": kept,
        "application": kept.application,
        "may_change": may_change,
        "is_on": kept.state == Subscription.State.ON,
        **pages(request, deliveries),
    }
    return render(request, "connections/webhook.html", context)


@in_turn(Subscription, "webhook")
def webhook_change(request: HttpRequest, webhook: int) -> HttpResponse:
    require(reader_of(request), "connections.administer")
    kept = _kept(webhook)
    form = SubscriptionForm(request.POST or None, instance=kept)
    back = reverse("connections:webhook-detail", args=[webhook])
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_subscription(kept, by=reader_of(request), **form.cleaned_data)
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("The webhook was changed."))
            return redirect(back)
    context = {"form": form, "title": _("Change the webhook"), "cancel_url": back, "application": kept.application}
    return render(request, "connections/form.html", context, status=422 if form.errors else 200)


@require_POST
def webhook_switch(request: HttpRequest, webhook: int) -> HttpResponse:
    """On when it is off, and the reverse."""
    require(reader_of(request), "connections.administer")
    kept = _kept(webhook)
    if kept.state == Subscription.State.ON:
        operations.switch_off(kept, by=reader_of(request))
        messages.success(request, _("The webhook is off. Nothing is sent."))
    else:
        operations.switch_on(kept, by=reader_of(request))
        messages.success(request, _("The webhook is on. What happens from now on is sent."))
    return redirect("connections:webhook-detail", webhook)


def webhook_secret(request: HttpRequest, webhook: int) -> HttpResponse:
    """Make a new secret, after a confirmation, and show it once."""
    require(reader_of(request), "connections.administer")
    kept = _kept(webhook)
    back = reverse("connections:webhook-detail", args=[webhook])
    if request.method == "POST":
        secret = operations.renew_secret(kept, by=reader_of(request))
        context = {"title": _("The secret of this webhook"), "secret": secret, "back": back}
        return shown_once(request, {**context, "application": kept.application})
    context = {
        "question": _("Make a new secret?"),
        "consequence": _("Messages are signed with the new one at once; the receiver has to know it."),
        "confirm_label": _("Make a new secret"),
        "cancel_url": back,
        "danger": True,
    }
    return render(request, "web/confirm.html", context)


@require_POST
def delivery_again(request: HttpRequest, delivery: int) -> HttpResponse:
    require(reader_of(request), "connections.administer")
    kept = get_object_or_404(Delivery.objects.select_related("subscription__application"), pk=delivery)
    try:
        operations.redeliver(kept, by=reader_of(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The message is on its way again."))
    return redirect("connections:webhook-detail", kept.subscription_id)


def _kept(webhook: int) -> Subscription:
    found = Subscription.objects.select_related("application").filter(application__closed_at=None)
    return get_object_or_404(found, pk=webhook)
