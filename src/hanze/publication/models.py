"""What the public may read: for each record the words as they were when somebody made it public, and nothing else."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Item(models.Model):
    """One record that is or was public. `content` holds a page for each language and the open data of the record."""

    class Kind(models.TextChoices):
        ACTIVITY = "activities", _("Activities")
        AGREEMENT = "agreements", _("Agreements")
        EVALUATION = "evaluations", _("Evaluations")
        TRAVEL = "travel", _("Travel")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    record_type = models.CharField(max_length=80)
    record_id = models.PositiveBigIntegerField()
    content = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_because = models.TextField(_("why it is no longer public"), blank=True)

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = _("published record")
        verbose_name_plural = _("published records")
        constraints = [models.UniqueConstraint(fields=["kind", "record_id"], name="one_item_a_record")]

    def __str__(self) -> str:
        return self.page["title"]

    def get_absolute_url(self) -> str:
        return reverse("publication:item", args=[self.kind, self.record_id])

    @property
    def page(self) -> dict[str, Any]:
        """Its page in the language in force."""
        return self.content["en" if (get_language() or "nl").startswith("en") else "nl"]

    @property
    def is_public(self) -> bool:
        return self.withdrawn_at is None
