"""Sending webhooks, which `hanze worker` does."""

from __future__ import annotations

from django_tasks import task

from hanze.connections.models import Delivery
from hanze.connections.operations import deliveries


@task()
def deliver(delivery: int) -> None:
    """Try a delivery that waits; then those that another worker left lying."""
    waiting = Delivery.objects.select_related("subscription__application", "event").filter(
        pk=delivery, state=Delivery.State.WAITING
    )
    for each in waiting:
        deliveries.attempt(each)
    for each in deliveries.overdue():
        deliveries.attempt(each)
