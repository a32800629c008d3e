"""Agreements with partners abroad, and their renewals."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanze.accounts.addresses import address
from hanze.accounts.classification import Classified
from hanze.register.documents import Attachment
from hanze.register.models.parties import Organisation
from hanze.register.models.relations import Relation
from hanze.register.sources import Sourced


class Agreement(Classified, Sourced):
    class Kind(models.TextChoices):
        MOU = "mou", _("Memorandum of understanding (MoU)")
        LETTER_OF_INTENT = "letter-of-intent", _("Letter of intent (LoI)")
        CONTRACT = "contract", _("Contract")
        DECLARATION = "declaration", _("Declaration")

    class State(models.TextChoices):
        IN_FORCE = "in-force", _("In force")
        ENDING = "ending", _("Ends soon")
        ENDED = "ended", _("No longer in force")

    title = models.CharField(_("title"), max_length=250)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    parties = models.ManyToManyField(Organisation, verbose_name=_("parties"), related_name="agreements")
    relation = models.ForeignKey(
        Relation,
        verbose_name=_("relation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agreements",
    )
    subject = models.TextField(_("subject"), blank=True)
    signed_on = models.DateField(_("signed on"))
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("Leave empty when it has no end.")
    )
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_because = models.TextField(_("reason of the end"), blank=True)

    class Meta(Classified.Meta):
        ordering = ["-signed_on", "title"]
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [
            *Classified.Meta.constraints,
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("signed_on")),
                name="agreement_ends_after_signing",
                violation_error_message=_("The agreement would end before it was signed."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("register:agreement-detail", self.pk)

    def ends_on(self) -> date | None:
        """The day on which it stops: ended earlier, or its (renewed) term; None when it has no end."""
        return self.ended_on or self.valid_until

    def state(self, on: date, warning_days: int) -> State:
        """In force, ending within `warning_days`, or ended, as seen on that day."""
        end = self.ends_on()
        if end is None or (end - on).days > warning_days:
            return self.State.IN_FORCE
        return self.State.ENDING if end >= on else self.State.ENDED

    @property
    def state_today(self) -> State:
        return self.state(timezone.localdate(), settings.AGREEMENT_WARNING_DAYS)

    @property
    def asks_decision(self) -> bool:
        """Whether its term ends soon or has passed while nobody renewed or ended it."""
        return self.ended_on is None and self.state_today != self.State.IN_FORCE


class Renewal(models.Model):
    """An extension of an agreement; `Agreement.valid_until` holds the latest."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="renewals")
    renewed_on = models.DateField(_("renewed on"))
    previous_until = models.DateField(null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["-renewed_on"]
        verbose_name = _("renewal")
        verbose_name_plural = _("renewals")

    def __str__(self) -> str:
        return f"{self.agreement} ({self.renewed_on})"


class AgreementDocument(Attachment):
    parent_field = "agreement"
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="documents")

    class Meta(Attachment.Meta):
        verbose_name = _("document with an agreement")
        verbose_name_plural = _("documents with agreements")
