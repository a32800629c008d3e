"""Conditions for a cluster, the advisory group that weighs them, and the points that its members give."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from hanze.areas.models.initiatives import Initiative
from hanze.register.sources import Sourced

MOST_POINTS = 10


class Condition(Sourced):
    """What a cluster cannot do without, from the inventory or added by the advisory group."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="conditions")
    label = models.CharField(_("condition"), max_length=250)
    added = models.BooleanField(_("added by the advisory group"), default=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "label"],
                name="a_condition_of_an_initiative_once",
                violation_error_message=_("This condition is there already."),
            )
        ]

    def __str__(self) -> str:
        return self.label


class Adviser(models.Model):
    """A member of the advisory group; one with an account gives her own points."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="advisers")
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("on behalf of"), max_length=200, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Who has an account and may read the initiative gives her own points."),
    )

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("member of the advisory group")
        verbose_name_plural = _("members of the advisory group")
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "account"],
                name="an_account_advises_once",
                violation_error_message=_("This account is in the advisory group already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Vote(models.Model):
    """The points that one member gives to one condition; more is more important."""

    adviser = models.ForeignKey(Adviser, on_delete=models.CASCADE, related_name="votes")
    condition = models.ForeignKey(Condition, on_delete=models.CASCADE, related_name="votes")
    points = models.PositiveSmallIntegerField(_("points"), validators=[MaxValueValidator(MOST_POINTS)])

    class Meta:
        ordering = ["adviser", "condition"]
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [models.UniqueConstraint(fields=["adviser", "condition"], name="a_vote_on_a_condition_once")]

    def __str__(self) -> str:
        return f"{self.adviser}: {self.condition}"
