"""What the organisation wants to reach abroad: goals and themes that requests and activities serve."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hanze.register.models.places import Named
from hanze.register.sources import Sourced


class Goal(Named, Sourced):
    code = models.SlugField(_("code"), unique=True)
    description_nl = models.TextField(_("Dutch description"), blank=True)
    description_en = models.TextField(_("English description"), blank=True)
    is_current = models.BooleanField(_("in use"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "name_nl"]
        verbose_name = _("goal")
        verbose_name_plural = _("goals")


class Theme(Named, Sourced):
    code = models.SlugField(_("code"), unique=True)
    is_current = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["name_nl"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
