"""An event that is written to the log is queued for who asked to hear of it, in the same transaction."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from hanze.audit.models import Event
from hanze.connections.models import Subscription
from hanze.connections.operations.deliveries import queue


@receiver(post_save, sender=Event)
def tell_subscribers(sender: Any, instance: Event, created: bool, **kwargs: Any) -> None:
    if created and Subscription.objects.filter(state=Subscription.State.ON).exists():
        queue(instance)
