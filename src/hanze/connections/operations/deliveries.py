"""Messages on their way: queued with the event, tried by the worker, tried again later, given up in the end."""

from __future__ import annotations

import http.client
import time
import uuid
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from hanze.audit.log import record
from hanze.audit.models import Event
from hanze.connections.models import Attempt, Delivery, Subscription
from hanze.connections.webhooks import sending, signing
from hanze.connections.webhooks.addresses import AddressError
from hanze.connections.webhooks.messages import about, message

WAITS = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
)
"""How long to wait after each failed try; after the last the message is given up."""

FAILURES_IN_A_ROW = 30
OVERDUE = timedelta(minutes=5)
State = Delivery.State


def queue(event: Event) -> list[Delivery]:
    """A delivery for every subscription that is on, asks for this event, and whose application may see its records."""
    made = []
    for subscription in Subscription.objects.filter(state=Subscription.State.ON).select_related("application"):
        if event.name not in subscription.events or about(event, subscription.application.acting()) is None:
            continue
        delivery = Delivery.objects.create(subscription=subscription, event=event, message_id=f"msg_{uuid.uuid4().hex}")
        hand_to_worker(delivery)
        made.append(delivery)
    return made


def hand_to_worker(delivery: Delivery) -> None:
    """Let the worker try it when this transaction holds, not before `next_try_at`."""
    from hanze.connections.tasks import deliver  # it comes back here: what fails is handed over again

    task: Any = deliver
    if delivery.next_try_at and delivery.next_try_at > timezone.now():
        if not task.get_backend().supports_defer:
            return
        task = task.using(run_after=delivery.next_try_at)
    transaction.on_commit(lambda: task.enqueue(delivery=delivery.pk))


def attempt(delivery: Delivery) -> Delivery:
    """Try to deliver, and keep what came of it.

    What the application may no longer see is withheld. After too many failures the webhook is switched off.
    """
    subscription = delivery.subscription
    found = about(delivery.event, subscription.application.acting())
    if found is None or not subscription.application.is_open:
        return _end(delivery, State.WITHHELD)
    if subscription.state != Subscription.State.ON:
        return _end(delivery, State.GIVEN_UP)
    tried = _try(delivery, message(delivery, found))
    tried.save()
    delivery.tries += 1
    if tried.status is not None and 200 <= tried.status < 300:
        Subscription.objects.filter(pk=subscription.pk).update(failures=0)
        return _end(delivery, State.DELIVERED)
    return _failed(delivery)


def overdue() -> list[Delivery]:
    """Deliveries that a worker should have tried: it was killed between the two."""
    late = timezone.now() - OVERDUE
    return list(Delivery.objects.filter(state=State.WAITING, next_try_at__lt=late).order_by("pk")[:100])


def _try(delivery: Delivery, body: bytes) -> Attempt:
    timestamp = int(time.time())
    secret = signing.secret_of(delivery.subscription)
    headers = {
        "User-Agent": "Hanze",
        "webhook-id": delivery.message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signing.signature(secret, delivery.message_id, timestamp, body),
    }
    tried, begun = Attempt(delivery=delivery), time.monotonic()
    try:
        tried.status = sending.post(delivery.subscription.address, body, headers)
    except AddressError as error:
        tried.problem = str(error)[:200]
    except (OSError, http.client.HTTPException) as error:
        tried.problem = f"{type(error).__name__}: {error}"[:200]
    tried.milliseconds = round((time.monotonic() - begun) * 1000)
    return tried


@transaction.atomic
def _failed(delivery: Delivery) -> Delivery:
    subscription = delivery.subscription
    Subscription.objects.filter(pk=subscription.pk).update(failures=F("failures") + 1)
    subscription.refresh_from_db(fields=["failures", "state"])
    given_up = delivery.tries > len(WAITS)
    if given_up or subscription.failures >= FAILURES_IN_A_ROW:
        subscription.state = Subscription.State.FAILED
        subscription.save(update_fields=["state"])
        record("webhook.failed", by=None, subject=subscription.application, address=subscription.address)
        return _end(delivery, State.GIVEN_UP)
    delivery.next_try_at = timezone.now() + WAITS[delivery.tries - 1]
    delivery.save(update_fields=["tries", "next_try_at"])
    hand_to_worker(delivery)
    return delivery


def _end(delivery: Delivery, state: str) -> Delivery:
    delivery.state, delivery.next_try_at = state, None
    delivery.save(update_fields=["state", "tries", "next_try_at"])
    return delivery
