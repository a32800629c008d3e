"""What `hanze worker` does: sending webhooks, and forgetting old calls."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from hanze.connections.models import Delivery
from hanze.connections.operations import deliveries, forget_calls


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


@task()
def forget_old_calls() -> None:
    """Remove the calls that are past their term; each token asks for it with its first call of a day."""
    forget_calls(timezone.localdate() - timedelta(days=settings.API_CALLS_KEEP_DAYS))
