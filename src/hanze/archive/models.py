"""What stays of an erasure: that it was done, when, by whom and why; never of whom."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Erasure(models.Model):
    person_id = models.BigIntegerField(editable=False)
    at = models.DateTimeField(_("moment"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(_("reason"))
    places = models.PositiveIntegerField(_("places"), default=0)
    left = models.PositiveIntegerField(_("places left as they are"), default=0)
    again = models.BooleanField(_("done again after a restore"), default=False)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"
