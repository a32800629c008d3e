"""What the weighing of a request leaves behind: answers, receipts of computed advice, the decision."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanze.accounts.labels import Labelled
from hanze.casework.models.requests import Request


class FactAnswer(models.Model):
    """An officer's answer to a fact that the records do not tell. No row means: still unknown."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="answers")
    fact = models.CharField(max_length=80)
    value = models.JSONField(_("answer"))
    explanation = models.TextField(_("explanation"), blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [models.UniqueConstraint(fields=["request", "fact"], name="one_answer_per_fact")]

    def __str__(self) -> str:
        return f"{self.fact}: {self.value}"


class KeptError(TypeError):
    """Somebody tried to change or remove what is kept as it was."""


class KeptQuerySet(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise KeptError("A kept advice is never changed.")

    def delete(self) -> NoReturn:
        raise KeptError("A kept advice is never removed.")


class Kept(Labelled, models.Model):
    """A record that is written once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise KeptError("Advice and decisions are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise KeptError("Advice and decisions are never removed.")


class Receipt(Kept):
    """A computed advice as it stood."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="receipts")
    framework = models.CharField(max_length=80)
    version = models.DateField()
    outcome = models.CharField(max_length=40, blank=True)
    is_final = models.BooleanField(default=False)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64, db_index=True)
    computed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    computed_at = models.DateTimeField(default=timezone.now)

    objects = KeptQuerySet.as_manager()

    class Meta:
        ordering = ["-computed_at", "-pk"]
        # A list walks along it without opening a receipt, which is long.
        indexes = [models.Index(fields=["computed_at", "id", "request"], name="receipt_by_time")]
        verbose_name = _("advice")
        verbose_name_plural = _("advice")

    def __str__(self) -> str:
        return f"{self.framework} {self.version}: {self.outcome}"


class Decision(Kept):
    """What was decided on a request, by whom, on which advice, and why where it differs; it cannot be corrected."""

    class Outcome(models.TextChoices):
        TAKE_UP = "take-up", _("Taken up")
        WITH_MEASURES = "take-up-with-measures", _("Taken up with measures")
        REFER = "refer", _("Referred")
        REFUSE = "refuse", _("Refused")

    class Ground(models.TextChoices):
        HIGH_RISK_SECTOR = "high-risk-sector", _("High-risk sector")
        SANCTIONS = "sanctions", _("A participant is on a sanctions list")
        HUMAN_RIGHTS = "human-rights", _("Human rights")
        NATIONAL_POLICY = "national-policy", _("Does not fit national policy")
        NO_DEMAND = "no-demand", _("No demand from our own region")
        NOT_OURS = "not-ours", _("Belongs to another authority or organisation")
        CAPACITY = "capacity", _("No capacity or wrong moment")
        OTHER = "other", _("Other ground")

    request = models.OneToOneField(Request, on_delete=models.PROTECT, related_name="decision")
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(_("decision"), max_length=24, choices=Outcome.choices)
    differs = models.BooleanField(_("differs from the advice"), default=False)
    motivation = models.TextField(_("motivation"), blank=True)
    ground = models.CharField(_("ground"), max_length=20, choices=Ground.choices, blank=True)
    referred_to = models.CharField(_("referred to"), max_length=250, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions")
    decided_on = models.DateField(_("decided on"))
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-decided_on"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self) -> str:
        return f"{self.request.reference}: {self.get_outcome_display()}"
