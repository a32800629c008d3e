"""What areas are compared by, and what is known of each area, with its range and its source."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hanze.areas.models.initiatives import Initiative
from hanze.areas.models.places import Area
from hanze.clusters import estimates
from hanze.register.sources import Sourced


class Criterion(Sourced):
    """One criterion with its weight as low, most likely and high; weights count in proportion to each other."""

    class Better(models.TextChoices):
        MORE = "more", _("More is better")
        LESS = "less", _("Less is better")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="criteria")
    label = models.CharField(_("criterion"), max_length=200)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    better = models.CharField(_("what is better"), max_length=4, choices=Better.choices, default=Better.MORE)
    weight_low = models.FloatField(_("weight, at least"), default=1, validators=[MinValueValidator(0)])
    weight_mode = models.FloatField(_("weight, most likely"), default=1, validators=[MinValueValidator(0)])
    weight_high = models.FloatField(_("weight, at most"), default=1, validators=[MinValueValidator(0)])
    indifferent = models.FloatField(
        _("difference that counts for nothing"),
        default=0,
        validators=[MinValueValidator(0)],
        help_text=_("For PROMETHEE II, in the unit of the criterion: up to here two areas are alike."),
    )
    prefers = models.FloatField(
        _("difference that counts in full"),
        default=0,
        validators=[MinValueValidator(0)],
        help_text=_("For PROMETHEE II: from here on one area is clearly better. With 0 every difference counts."),
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "label"],
                name="a_criterion_of_an_initiative_once",
                violation_error_message=_("This criterion is there already."),
            ),
            models.CheckConstraint(
                condition=Q(weight_low__lte=F("weight_mode"), weight_mode__lte=F("weight_high")),
                name="weights_from_low_to_high",
                violation_error_message=_("Give the weights from low to high."),
            ),
            models.CheckConstraint(
                condition=Q(prefers__gte=F("indifferent")),
                name="thresholds_from_low_to_high",
                violation_error_message=_("What counts in full is not less than what counts for nothing."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def weight(self) -> estimates.Estimate:
        return estimates.Estimate(self.weight_low, self.weight_mode, self.weight_high, self.source)


class Indicator(models.Model):
    """What one area scores on one criterion: low, most likely and high, and where that was read."""

    class Status(models.TextChoices):
        VERIFIED = estimates.VERIFIED, _("Verified")
        TO_VERIFY = estimates.TO_VERIFY, _("To verify")
        ASSUMED = estimates.ASSUMED, _("Assumed")
        INVENTED = estimates.INVENTED, _("Invented")

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="indicators")
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="indicators")
    low = models.FloatField(_("low"))
    mode = models.FloatField(_("most likely"))
    high = models.FloatField(_("high"))
    source = models.CharField(_("source"), max_length=250, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.TO_VERIFY)

    class Meta:
        ordering = ["area", "criterion"]
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = [
            models.UniqueConstraint(fields=["area", "criterion"], name="an_area_scores_once_on_a_criterion"),
            models.CheckConstraint(
                condition=Q(low__lte=F("mode"), mode__lte=F("high")),
                name="an_indicator_from_low_to_high",
                violation_error_message=_("Give low, most likely and high in this order."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}: {self.criterion}"
