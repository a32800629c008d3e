"""Ties between our own organisation and a foreign government, with their status over time."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hanze.accounts.addresses import address
from hanze.accounts.among import Among
from hanze.accounts.classification import Classified, ClassifiedQuerySet
from hanze.register.models.parties import Organisation
from hanze.register.models.places import City, Country, Region
from hanze.register.sources import Sourced


class DatePrecision(models.TextChoices):
    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")


class RelationQuerySet(ClassifiedQuerySet):
    def visible_to(self, reader: Any) -> Self:
        """The relations that `reader` may see. A relation is named after its partner, so who may not see the
        partner does not see the relation."""
        # Asked of each relation's own partner: a list of all partners is long, and made anew in every query.
        return super().visible_to(reader).filter(Among(Organisation.objects.visible_to, reader, "partner"))


class Relation(Classified, Sourced):
    class Kind(models.TextChoices):
        PROJECT = "project", _("Project-based cooperation")
        SYMBOLIC = "symbolic", _("Symbolic tie")
        SISTER = "sister", _("Sister region or city")
        INCIDENTAL = "incidental", _("Incidental exchange")

    partner = models.ForeignKey(
        Organisation, verbose_name=_("partner"), on_delete=models.PROTECT, related_name="relations"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    country = models.ForeignKey(Country, verbose_name=_("country"), on_delete=models.PROTECT, related_name="relations")
    region = models.ForeignKey(Region, verbose_name=_("region"), null=True, blank=True, on_delete=models.PROTECT)
    city = models.ForeignKey(City, verbose_name=_("city"), null=True, blank=True, on_delete=models.PROTECT)
    since = models.DateField(_("since"), null=True, blank=True)
    since_precision = models.CharField(
        _("known to the"), max_length=5, choices=DatePrecision.choices, default=DatePrecision.YEAR
    )
    purpose = models.TextField(_("purpose"), blank=True)
    purpose_en = models.TextField(_("purpose in English"), blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("responsible officer"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = RelationQuerySet.as_manager()

    class Meta(Classified.Meta):
        ordering = ["partner__name"]
        verbose_name = _("relation")
        verbose_name_plural = _("relations")

    def __str__(self) -> str:
        return str(self.partner)

    def get_absolute_url(self) -> str:
        return address("register:relation-detail", self.pk)

    def status_on(self, day: date) -> RelationStatus | None:
        """The status in force on that day; None before the first one."""
        return next((status for status in self.statuses.all() if status.since <= day), None)

    @property
    def status_now(self) -> RelationStatus.Status | None:
        """The status of `queries.relations_with_status`, with its words."""
        code = getattr(self, "current_status", None)
        return RelationStatus.Status(code) if code else None

    @property
    def purpose_in_language(self) -> str:
        """The purpose in the language in force, or in the only one it was written in."""
        english = not (get_language() or "nl").startswith("nl")
        return (self.purpose_en or self.purpose) if english else (self.purpose or self.purpose_en)


class RelationStatus(Sourced):
    """The status of a relation from a day on: who decided it, and why."""

    class Status(models.TextChoices):
        EXPLORING = "exploring", _("Being explored")
        ACTIVE = "active", _("Active")
        DORMANT = "dormant", _("Dormant")
        WINDING_DOWN = "winding-down", _("Winding down")
        TRANSFORMED = "transformed", _("Turned into a project")
        ENDED = "ended", _("Ended")

    relation = models.ForeignKey(Relation, on_delete=models.CASCADE, related_name="statuses")
    status = models.CharField(_("status"), max_length=12, choices=Status.choices)
    since = models.DateField(_("since"))
    decided_by = models.CharField(
        _("decided by"), max_length=200, help_text=_("The person or body, for example the executive board.")
    )
    reason = models.TextField(_("reason"))

    class Meta:
        ordering = ["-since", "-pk"]
        verbose_name = _("status of a relation")
        verbose_name_plural = _("statuses of relations")

    def __str__(self) -> str:
        return self.get_status_display()
