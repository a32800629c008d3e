"""Which two parties were made one, and everything that it changed, so that it can be undone."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Merge(models.Model):
    """One merging. `steps` are what it did, in order (`register.merging.steps`); `carried` is what other apps keep to
    undo their part; `left` is what did not go back when it was undone."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    kept_id = models.PositiveBigIntegerField()
    gone_id = models.PositiveBigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("merged"), default=timezone.now)
    reason = models.TextField(_("reason"))
    steps = models.JSONField(default=list)
    carried = models.JSONField(default=dict)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_because = models.TextField(_("reason of undoing it"), blank=True)
    left = models.JSONField(default=list)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("merging")
        verbose_name_plural = _("mergings")
        indexes = [
            models.Index(fields=["content_type", "kept_id"]),
            models.Index(fields=["content_type", "gone_id"]),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(kept_id=F("gone_id")), name="merged_with_another"),
            models.CheckConstraint(condition=~Q(reason=""), name="merged_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.content_type.model}: {self.gone_id} > {self.kept_id}"

    def get_absolute_url(self) -> str:
        return reverse("register:merge-detail", args=[self.pk])

    @property
    def kept(self) -> Any:
        """The party that the other went up in."""
        return self._party(self.kept_id)

    @property
    def gone(self) -> Any:
        """The party that went up in the other; its row is still there."""
        return self._party(self.gone_id)

    def _party(self, key: int) -> Any:
        model: Any = self.content_type.model_class()
        return model._default_manager.get(pk=key)
