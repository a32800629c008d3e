"""What the organisation wants to reach abroad: goals and themes that requests and activities serve."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
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

    @property
    def description(self) -> str:
        """The description in the language in force, or in the only one it was written in."""
        english = not (get_language() or "nl").startswith("nl")
        first, second = self.description_nl, self.description_en
        return (second or first) if english else (first or second)


class Theme(Named, Sourced):
    code = models.SlugField(_("code"), unique=True)
    is_current = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["name_nl"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
