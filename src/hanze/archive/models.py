"""What stays of an erasure, the terms that records are kept for, and what was destroyed or transferred."""

from __future__ import annotations

from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ArchivingQuerySet(models.QuerySet[Any]):
    def visible_to(self, reader: Any) -> Self:
        """Those of records that `reader` may see; what is destroyed can be seen by nobody any more."""
        seen = models.Q(pk__in=[])
        for label in self.order_by().values_list("record_type", flat=True).distinct():
            visible = (
                apps.get_model(label)
                ._default_manager.visible_to(reader)
                .annotate(  # type: ignore[attr-defined]
                    as_text=Cast("pk", models.CharField())
                )
            )
            seen |= models.Q(record_type=label, record_id__in=visible.values("as_text"))
        return self.filter(seen)


class Erasure(models.Model):
    """That somebody was erased: when, by whom and why; never who. A person in the records, or an account."""

    person_id = models.BigIntegerField(null=True, editable=False)
    account_id = models.BigIntegerField(null=True, editable=False)
    at = models.DateTimeField(_("moment"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(_("reason"))
    places = models.PositiveIntegerField(_("places"), default=0)
    left = models.PositiveIntegerField(_("places left as they are"), default=0)
    unread = models.JSONField(_("files to look at"), default=list, editable=False)
    again = models.BooleanField(_("done again after a restore"), default=False)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class Archiving(models.Model):
    """How long one closed record is kept and what then: computed from the terms, or set by a person with a reason."""

    class Nomination(models.TextChoices):
        KEEP = "keep", _("Keep for ever")
        DESTROY = "destroy", _("Destroy")

    record_type = models.CharField(max_length=80)
    record_id = models.CharField(max_length=64)
    kind = models.CharField(_("kind of record"), max_length=60)
    nomination = models.CharField(_("nomination"), max_length=8, choices=Nomination.choices)
    years = models.PositiveSmallIntegerField(_("term in years"))
    begun_on = models.DateField(_("closed on"))
    action_on = models.DateField(_("action date"), db_index=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    done_on = models.DateField(_("destroyed or transferred on"), null=True)

    objects = ArchivingQuerySet.as_manager()

    class Meta:
        ordering = ["action_on", "pk"]
        verbose_name = _("term of the archive")
        verbose_name_plural = _("terms of the archive")
        constraints = [models.UniqueConstraint(fields=["record_type", "record_id"], name="one_term_a_record")]

    def __str__(self) -> str:
        return f"{self.record_type} {self.record_id}"

    @property
    def record(self) -> models.Model | None:
        """The record itself; None when it was destroyed."""
        return models.QuerySet(apps.get_model(self.record_type)).filter(pk=self.record_id).first()


class Disposal(models.Model):
    """Records that one person proposes to destroy or transfer and another decides on; what was done stays here."""

    class Action(models.TextChoices):
        DESTROY = "destroy", _("Destroy")
        TRANSFER = "transfer", _("Transfer to the archive service")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waits for a second person")
        APPROVED = "approved", _("Is being carried out")
        DONE = "done", _("Carried out")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    action = models.CharField(_("action"), max_length=8, choices=Action.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("decided"), null=True)
    done_at = models.DateTimeField(_("carried out"), null=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        verbose_name = _("disposal")
        verbose_name_plural = _("disposals")

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.proposed_at:%Y-%m-%d}"


class DisposalItem(models.Model):
    """One record of a disposal, by its number and kind: what it was about is not kept."""

    disposal = models.ForeignKey(Disposal, on_delete=models.CASCADE, related_name="items")
    archiving = models.ForeignKey(Archiving, on_delete=models.PROTECT, related_name="disposals")
    reference = models.CharField(_("number"), max_length=60)
    done_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    problem = models.CharField(_("what stands in the way"), max_length=250, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("record of a disposal")
        verbose_name_plural = _("records of disposals")

    def __str__(self) -> str:
        return self.reference
