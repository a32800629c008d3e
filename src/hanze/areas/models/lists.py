"""A list of places that somebody handed in as a file: what its columns hold, and what is wrong with its rows."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanze.areas.models.initiatives import Initiative
from hanze.register.sources import Sourced


class PlaceList(Sourced):
    """One file with farms, parcels, areas, or offers and needs. Either all of its rows are brought in or none."""

    class Kind(models.TextChoices):
        FARMS = "farms", _("Farms")
        PARCELS = "parcels", _("Parcels")
        AREAS = "areas", _("Areas")
        GOODS = "goods", _("Offers and needs")

    class State(models.TextChoices):
        LOOKING = "looking", _("Being looked at")
        CHOOSING = "choosing", _("Columns to be chosen")
        BRINGING_IN = "bringing-in", _("Being brought in")
        DONE = "done", _("Brought in")
        REFUSED = "refused", _("Refused")
        DISCARDED = "discarded", _("Not brought in")

    BUSY = (State.LOOKING, State.BRINGING_IN)
    OPEN = (State.CHOOSING, State.REFUSED)

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="lists")
    kind = models.CharField(_("what the rows are"), max_length=8, choices=Kind.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("brought in by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    file = models.FileField(_("file"), upload_to="places/", max_length=300)
    file_name = models.CharField(_("name of the file"), max_length=250)
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    done_at = models.DateTimeField(_("brought in on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.LOOKING)
    share = models.FloatField(default=0)
    """How far busy work is, from 0 to 1."""
    layers = models.JSONField(default=list, blank=True)
    layer = models.CharField(_("layer or sheet"), max_length=200, blank=True)
    crs = models.CharField(_("coordinate system"), max_length=40, blank=True)
    has_shapes = models.BooleanField(default=False)
    columns = models.JSONField(default=list, blank=True)
    samples = models.JSONField(default=dict, blank=True)
    mapping = models.JSONField(default=dict, blank=True)
    value_per_hectare = models.FloatField(_("euro a hectare, for parcels without a value"), null=True, blank=True)
    rows_found = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = _("list of places")
        verbose_name_plural = _("lists of places")

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("areas:list-detail", args=[self.initiative_id, self.pk])

    @property
    def is_busy(self) -> bool:
        return self.state in self.BUSY

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN
