"""Who wants to take part in a cluster, on what conditions, and who trusts whom."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanze.areas.models.initiatives import Initiative
from hanze.areas.models.places import Farm
from hanze.register.models import Organisation, Person
from hanze.register.sources import Sourced


class Stance(models.TextChoices):
    """How a party stands towards the initiative."""

    ASKED = "asked", _("Asked")
    WILLING = "willing", _("Willing")
    CONDITIONAL = "conditional", _("Willing under conditions")
    DECLINED = "declined", _("Not willing")
    SILENT = "silent", _("No answer")


TONES = {
    Stance.ASKED: "unknown",
    Stance.WILLING: "go",
    Stance.CONDITIONAL: "care",
    Stance.DECLINED: "stop",
    Stance.SILENT: "unknown",
}


class WillingParty(Sourced):
    """A farmer, landowner or other party that was asked: what it brings, what it asks, and its latest answer."""

    class Kind(models.TextChoices):
        FARMER = "farmer", _("Farmer")
        LANDOWNER = "landowner", _("Landowner")
        CHAIN = "chain", _("Chain partner")
        GOVERNMENT = "government", _("Government")
        OTHER = "other", _("Other party")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="parties")
    name = models.CharField(_("name"), max_length=250, help_text=_("Everybody who reads the initiative reads it."))
    kind = models.CharField(_("what it is"), max_length=10, choices=Kind.choices, default=Kind.FARMER)
    farm = models.ForeignKey(
        Farm, verbose_name=_("farm"), null=True, blank=True, on_delete=models.PROTECT, related_name="parties"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation in the register"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    person = models.ForeignKey(
        Person,
        verbose_name=_("contact person in the register"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    contact = models.CharField(_("contact person"), max_length=200, blank=True)
    brings = models.TextField(_("what it brings"), blank=True)
    asks = models.TextField(_("what it asks"), blank=True)
    stance = models.CharField(_("answer"), max_length=12, choices=Stance.choices, default=Stance.ASKED)
    conditions = models.TextField(_("its conditions"), blank=True)
    since = models.DateField(_("since"), default=timezone.localdate)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "name"],
                name="a_party_of_an_initiative_once",
                violation_error_message=_("This party is there already."),
            ),
            models.UniqueConstraint(
                fields=["initiative", "farm"],
                name="a_farm_is_one_party",
                violation_error_message=_("This farm is a party already."),
            ),
            models.CheckConstraint(
                condition=~Q(stance=Stance.CONDITIONAL, conditions=""),
                name="conditions_are_said",
                violation_error_message=_("Say on what conditions."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def tone(self) -> str:
        return TONES[Stance(self.stance)]

    def get_absolute_url(self) -> str:
        return reverse("areas:party-edit", args=[self.initiative_id, self.pk])


class Wish(models.Model):
    """Two parties that want to be in one cluster, or that do not; a plan keeps to it for those with a farm."""

    class Kind(models.TextChoices):
        TOGETHER = "together", _("want to work together")
        APART = "apart", _("do not want to work together")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="wishes")
    one = models.ForeignKey(WillingParty, verbose_name=_("party"), on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(WillingParty, verbose_name=_("other party"), on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("what they want"), max_length=8, choices=Kind.choices, default=Kind.TOGETHER)
    because = models.CharField(_("reason"), max_length=250, blank=True)

    class Meta:
        ordering = ["one__name", "other__name", "pk"]
        verbose_name = _("wish")
        verbose_name_plural = _("wishes")
        constraints = [
            models.UniqueConstraint(
                fields=["one", "other"],
                name="a_wish_of_two_parties_once",
                violation_error_message=_("What these two want is there already; take that away first."),
            ),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="two_parties_in_one_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one}, {self.other}"
