"""The sectors that requests and activities are counted by; the same ids as in the frameworks."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sector(models.TextChoices):
    HORTICULTURE = "horticulture", _("Horticulture")
    AGRICULTURE = "agriculture", _("Agriculture")
    MARITIME = "maritime", _("Maritime")
    PORTS_LOGISTICS = "ports-logistics", _("Ports and logistics")
    LIFE_SCIENCES = "life-sciences", _("Life sciences and health")
    HIGH_TECH = "high-tech", _("High-tech systems")
    AEROSPACE = "aerospace", _("Aerospace")
    ENERGY = "energy", _("Energy")
    WATER = "water", _("Water")
    DIGITAL = "digital", _("Digital")
    CULTURE = "culture", _("Culture")
    EDUCATION = "education", _("Education")
    GENERAL = "general", _("General relations")
