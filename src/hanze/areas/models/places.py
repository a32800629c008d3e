"""Farms, parcels and candidate areas of an initiative, in metres of the Dutch grid, hectares and euro."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from hanze.areas.models.initiatives import Initiative
from hanze.areas.models.lists import PlaceList


class Place(models.Model):
    """What comes from a row of a list; `more` are the columns that Hanze has no field for."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="%(class)ss")
    came_from = models.ForeignKey(PlaceList, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(_("number"), max_length=200)
    more = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True
        ordering = ["code"]


def _once(name: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=["initiative", "code"], name=name)


class Farm(Place):
    name = models.CharField(_("name"), max_length=250, blank=True)
    sector = models.CharField(_("sector"), max_length=200, blank=True)
    organic = models.BooleanField(_("organic"), default=False)
    takes_part = models.BooleanField(_("takes part in swaps of land"), default=False)
    x = models.FloatField()
    y = models.FloatField()

    class Meta(Place.Meta):
        verbose_name = _("farm")
        verbose_name_plural = _("farms")
        constraints = [_once("a_farm_of_an_initiative_once")]

    def __str__(self) -> str:
        return self.name or self.code


class Parcel(Place):
    farm = models.ForeignKey(Farm, verbose_name=_("farm"), on_delete=models.CASCADE, related_name="parcels")
    shape = models.BinaryField()
    """A polygon as well-known binary."""
    area = models.FloatField(_("hectares"))
    value = models.FloatField(_("value in euro"))
    organic = models.BooleanField(_("organic"), default=False)

    class Meta(Place.Meta):
        verbose_name = _("parcel")
        verbose_name_plural = _("parcels")
        constraints = [_once("a_parcel_of_an_initiative_once")]

    def __str__(self) -> str:
        return self.code


class Area(Place):
    """A candidate area. One that was named without a map has no shape."""

    name = models.CharField(_("name"), max_length=250)
    shape: Any = models.BinaryField(null=True, blank=True)

    class Meta(Place.Meta):
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        constraints = [_once("an_area_of_an_initiative_once")]

    def __str__(self) -> str:
        return self.name
