"""Asking to hear of events, and switching that on and off."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.audit.log import record
from hanze.connections.models import Application, Delivery, Subscription
from hanze.connections.operations.deliveries import hand_to_worker
from hanze.connections.webhooks import signing
from hanze.connections.webhooks.addresses import AddressError, target_of
from hanze.connections.webhooks.messages import offered

State = Subscription.State


@transaction.atomic
def add_subscription(
    application: Application, *, by: User | None, address: str, events: Collection[str]
) -> Subscription:
    """Note where an application wants to hear of which events. It is off until it is switched on.

    Raises PermissionDenied; ValidationError (address; events; a closed application).
    """
    require(by, "connections.administer")
    if not application.is_open:
        raise ValidationError(_("This application is closed."))
    subscription = Subscription(application=application, salt=signing.new_salt(), created_by=by)
    _fill(subscription, address, events)
    data = {"address": subscription.address, "events": subscription.events}
    record("webhook.added", by=by, subject=application, **data)
    return subscription


@transaction.atomic
def change_subscription(
    subscription: Subscription, *, by: User | None, address: str, events: Collection[str]
) -> Subscription:
    """Change where or about what. Raises PermissionDenied; ValidationError (address; events)."""
    require(by, "connections.administer")
    _fill(subscription, address, events)
    data = {"address": subscription.address, "events": subscription.events, "key": subscription.pk}
    record("webhook.changed", by=by, subject=subscription.application, **data)
    return subscription


@transaction.atomic
def switch_on(subscription: Subscription, *, by: User | None) -> Subscription:
    """Send from now on what happens. Raises PermissionDenied; ValidationError (a closed application)."""
    require(by, "connections.administer")
    if not subscription.application.is_open:
        raise ValidationError(_("This application is closed."))
    subscription.failures = 0
    _switch(subscription, State.ON)
    record("webhook.switched-on", by=by, subject=subscription.application, address=subscription.address)
    return subscription


@transaction.atomic
def switch_off(subscription: Subscription, *, by: User | None) -> Subscription:
    """Send nothing any more. Raises PermissionDenied."""
    require(by, "connections.administer")
    _switch(subscription, State.OFF)
    record("webhook.switched-off", by=by, subject=subscription.application, address=subscription.address)
    return subscription


@transaction.atomic
def renew_secret(subscription: Subscription, *, by: User | None) -> str:
    """A new secret; the old one no longer signs. Raises PermissionDenied."""
    require(by, "connections.administer")
    subscription.salt = signing.new_salt()
    subscription.save(update_fields=["salt"])
    record("webhook.secret-renewed", by=by, subject=subscription.application, address=subscription.address)
    return signing.secret_of(subscription)


@transaction.atomic
def redeliver(delivery: Delivery, *, by: User | None) -> Delivery:
    """Send a message again, under the same id. Raises PermissionDenied; ValidationError (switched off)."""
    require(by, "connections.administer")
    subscription = delivery.subscription
    if subscription.state != State.ON:
        raise ValidationError(_("Switch the webhook on first."))
    delivery.state, delivery.tries, delivery.next_try_at = Delivery.State.WAITING, 0, timezone.now()
    delivery.save(update_fields=["state", "tries", "next_try_at"])
    record("webhook.redelivered", by=by, subject=subscription.application, message=delivery.message_id)
    hand_to_worker(delivery)
    return delivery


def _fill(subscription: Subscription, address: str, events: Collection[str]) -> None:
    try:
        target_of(address)
    except AddressError as error:
        raise ValidationError({"address": str(error)}) from error
    if unknown := set(events) - set(offered()):
        raise ValidationError({"events": _("There is no event %(name)s.") % {"name": ", ".join(sorted(unknown))}})
    subscription.address, subscription.events = address, sorted(events)
    subscription.full_clean(exclude=["created_by"])
    subscription.save()


def _switch(subscription: Subscription, state: str) -> None:
    subscription.state = state
    subscription.save(update_fields=["state", "failures"])
