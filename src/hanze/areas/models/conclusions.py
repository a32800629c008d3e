"""What a person concluded from the comparison of areas; the method only advises."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanze.areas.models.initiatives import Initiative
from hanze.areas.models.places import Area
from hanze.clusters.ranking.methods import Method

METHODS: dict[Method, Any] = {"topsis": "TOPSIS", "promethee": "PROMETHEE II", "weighted-sum": _("Weighted sum")}


class Conclusion(models.Model):
    """The preferred area with its reason. It is never changed: a later one takes its place, the latest is in force."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="conclusions")
    area = models.ForeignKey(Area, verbose_name=_("preferred area"), on_delete=models.PROTECT, related_name="+")
    because = models.TextField(_("reason"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("concluded by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("concluded"), default=timezone.now)
    method = models.CharField(_("method"), max_length=20, choices=list(METHODS.items()))
    advised = models.JSONField(default=list, blank=True)
    """What the method said then, the best first: the code and name of an area, and how often it came first (0 to 1)."""

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("conclusion")
        verbose_name_plural = _("conclusions")

    def __str__(self) -> str:
        return self.area.name

    @property
    def follows_the_method(self) -> bool:
        """Whether the method named the same area first."""
        return bool(self.advised) and self.advised[0]["code"] == self.area.code
