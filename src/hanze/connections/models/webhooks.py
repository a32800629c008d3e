"""Messages to other programs: who asked for which events, and how each delivery went."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanze.audit.models import Event
from hanze.connections.models.applications import Application


class Subscription(models.Model):
    """Events that an application wants to hear of, and where. Off until an administrator switches it on."""

    class State(models.TextChoices):
        OFF = "off", _("Off")
        ON = "on", _("On")
        FAILED = "failed", _("Switched off after failures")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="subscriptions")
    address = models.URLField(_("address"), max_length=500, help_text=_("Starts with https://."))
    events = models.JSONField(_("events"), default=list)
    salt = models.CharField(max_length=64, editable=False)
    state = models.CharField(_("state"), max_length=6, choices=State.choices, default=State.OFF, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["application", "pk"]
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    def __str__(self) -> str:
        return self.address


class Delivery(models.Model):
    """One event on its way to one subscription."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DELIVERED = "delivered", _("Delivered")
        GIVEN_UP = "given-up", _("Given up")
        WITHHELD = "withheld", _("Not for this application")

    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="deliveries")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    message_id = models.CharField(max_length=40, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        indexes = [models.Index(fields=["state", "next_try_at"])]

    def __str__(self) -> str:
        return self.message_id


class Attempt(models.Model):
    """One try to deliver: the answer's status, or what went wrong."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField(default=timezone.now)
    status = models.PositiveSmallIntegerField(null=True)
    problem = models.CharField(max_length=200, blank=True)
    milliseconds = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")

    def __str__(self) -> str:
        return self.problem or str(self.status)
