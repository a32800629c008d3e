"""Which two parties look alike and are different all the same."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SetApart(models.Model):
    """Somebody looked at two parties and said that they are different. It holds as long as both are called as they
    were then: `names` are those of the one and of the other."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    one_id = models.PositiveBigIntegerField()
    other_id = models.PositiveBigIntegerField()
    names = models.JSONField(default=list)
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("set aside"), default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("pair set aside")
        verbose_name_plural = _("pairs set aside")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "one_id", "other_id"], name="set_apart_once"),
            models.CheckConstraint(condition=Q(one_id__lt=F("other_id")), name="set_apart_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.content_type.model}: {self.one_id} – {self.other_id}"

    def get_absolute_url(self) -> str:
        return reverse("register:apart-take-back", args=[self.pk])

    @property
    def parties(self) -> tuple[Any, Any]:
        """Both records."""
        model: Any = self.content_type.model_class()
        found = model._default_manager.in_bulk([self.one_id, self.other_id])
        return found[self.one_id], found[self.other_id]
