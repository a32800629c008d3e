"""Countries (ISO 3166-1), first-level regions (ISO 3166-2) and cities, with Dutch and English names."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Named(models.Model):
    """A place with a name in both languages of the interface."""

    name_nl = models.CharField(_("Dutch name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language in force."""
        return self.name_nl if (get_language() or "nl").startswith("nl") else self.name_en


class Country(Named):
    code = models.CharField(_("ISO code"), max_length=2, primary_key=True)
    code3 = models.CharField(max_length=3, unique=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    eu_since = models.DateField(_("member of the EU since"), null=True, blank=True)
    eu_until = models.DateField(_("member of the EU until"), null=True, blank=True)

    class Meta:
        ordering = ["name_nl"]
        verbose_name = _("country")
        verbose_name_plural = _("countries")

    def in_eu(self, on: date) -> bool:
        """Whether the country was a member of the European Union on that day."""
        return self.eu_since is not None and self.eu_since <= on and (self.eu_until is None or on < self.eu_until)


class Region(Named):
    code = models.CharField(_("ISO code"), max_length=6, primary_key=True)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="regions")
    kind = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["name_nl"]
        verbose_name = _("region")
        verbose_name_plural = _("regions")


class City(Named):
    geoname = models.PositiveIntegerField(primary_key=True)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="cities")
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="cities")
    latitude = models.FloatField()
    longitude = models.FloatField()
    population = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["name_nl"]
        verbose_name = _("city")
        verbose_name_plural = _("cities")
