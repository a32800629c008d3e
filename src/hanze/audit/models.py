"""The log: who did what to which record, when and why. Rows are added, never changed or removed."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AppendOnlyError(TypeError):
    """Somebody tried to change or remove a log event."""


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, *records: models.Model) -> EventQuerySet:
        """Events whose subject or case is one of `records`, newest first."""
        any_of = models.Q(pk__in=[])
        for record in records:
            label, pk = record._meta.label_lower, str(record.pk)
            any_of |= models.Q(subject_type=label, subject_id=pk) | models.Q(case_type=label, case_id=pk)
        return self.filter(any_of).order_by("-at", "-pk")

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("Log events are never changed.")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("Log events are never removed.")


class Event(models.Model):
    """One named event, such as `request.decided`, with the actor's name as it was then."""

    at = models.DateTimeField(_("moment"), default=timezone.now, db_index=True)
    name = models.CharField(_("event"), max_length=80, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    actor_name = models.CharField(max_length=200, blank=True)
    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=64)
    subject_label = models.CharField(max_length=300)
    case_type = models.CharField(max_length=80, blank=True)
    case_id = models.CharField(max_length=64, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    data = models.JSONField(default=dict, blank=True)
    shredded = models.BigIntegerField(null=True, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("log event")
        verbose_name_plural = _("log events")
        indexes = [
            models.Index(fields=["subject_type", "subject_id"]),
            models.Index(fields=["case_type", "case_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.subject_label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnlyError("Log events are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("Log events are never removed.")


class Shredding(models.Model):
    """That personal data was taken out of an event, when and why; rows are added, never changed or removed."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="shreddings")
    cause = models.CharField(_("cause"), max_length=80)
    at = models.DateTimeField(_("moment"), default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("shredding of a log event")
        verbose_name_plural = _("shreddings of log events")

    def __str__(self) -> str:
        return f"{self.cause} · {self.event_id}"  # type: ignore[attr-defined]
