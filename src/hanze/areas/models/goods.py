"""What farms have for each other and need: manure, feed, straw, machine hours, products, services."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from hanze.areas.models.places import Farm, Place


class Good(Place):
    """An offer or a need of a farm: an amount of a product, of a quality, in a season, at a price a unit."""

    class Side(models.TextChoices):
        OFFER = "offer", _("Offer")
        NEED = "need", _("Need")

    farm = models.ForeignKey(Farm, verbose_name=_("farm"), on_delete=models.CASCADE, related_name="goods")
    side = models.CharField(_("offer or need"), max_length=5, choices=Side.choices)
    product = models.CharField(_("product"), max_length=100)
    amount = models.FloatField(_("amount"), validators=[MinValueValidator(0)])
    price = models.FloatField(_("price a unit in euro"), default=0)
    """Of an offer: what it asks (below 0: it pays). Of a need: what a unit costs elsewhere, delivered."""
    lowest = models.FloatField(_("quality, at least"), null=True, blank=True)
    """Of an offer: its quality, and `highest` is empty."""
    highest = models.FloatField(_("quality, at most"), null=True, blank=True)
    season = models.PositiveSmallIntegerField(_("season"), default=0)

    class Meta(Place.Meta):
        verbose_name = _("offer or need")
        verbose_name_plural = _("offers and needs")
        constraints = [
            models.UniqueConstraint(fields=["initiative", "code"], name="a_good_of_an_initiative_once"),
        ]

    def __str__(self) -> str:
        return self.code
