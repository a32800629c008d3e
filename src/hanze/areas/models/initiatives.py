"""An initiative: farms that look for each other, where they could, and what it would bring."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hanze.accounts.classification import Classified
from hanze.register.sources import Sourced


class Initiative(Classified, Sourced):
    """A project to bring farms together. All that belongs to it is read by whoever may read it."""

    title = models.CharField(_("title"), max_length=250)
    aim = models.TextField(_("aim"), blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("responsible officer"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    choose = models.PositiveSmallIntegerField(
        _("how many conditions are chosen"), default=4, validators=[MinValueValidator(1)]
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(Classified.Meta):
        ordering = ["title", "pk"]
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("areas:initiative-detail", args=[self.pk])
