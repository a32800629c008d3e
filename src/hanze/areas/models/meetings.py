"""A regional meeting: what was on the table, what each party answered, what was concluded, and what is still to do."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hanze.areas.models.conclusions import Conclusion
from hanze.areas.models.initiatives import Initiative
from hanze.areas.models.parties import TONES, Stance, WillingParty
from hanze.areas.models.plans import PlanRun
from hanze.register.sources import Sourced


class Meeting(Sourced):
    """A meeting with the parties of an initiative."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="meetings")
    title = models.CharField(_("title"), max_length=250)
    on = models.DateField(_("day"))
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    ends_at = models.TimeField(_("until"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=250, blank=True)
    plan = models.ForeignKey(
        PlanRun,
        verbose_name=_("plan on the table"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="meetings",
    )
    conclusion = models.ForeignKey(
        Conclusion,
        verbose_name=_("conclusion on the table"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    others = models.TextField(_("who else was there"), blank=True)
    concluded = models.TextField(_("what was concluded"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("areas:meeting-detail", args=[self.initiative_id, self.pk])


class Answer(models.Model):
    """What one party answered at one meeting; it stays as it was given there."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="answers")
    party = models.ForeignKey(WillingParty, on_delete=models.PROTECT, related_name="answers")
    present = models.BooleanField(_("was there"), default=False)
    answer = models.CharField(_("answer"), max_length=12, choices=Stance.choices, default=Stance.SILENT)
    said = models.TextField(_("what was said, or on what conditions"), blank=True)

    class Meta:
        ordering = ["party__name", "pk"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [models.UniqueConstraint(fields=["meeting", "party"], name="a_party_answers_once_at_a_meeting")]

    def __str__(self) -> str:
        return f"{self.party}: {self.get_answer_display()}"

    @property
    def tone(self) -> str:
        return TONES[Stance(self.answer)]


class FollowUp(models.Model):
    """What was agreed to be done after a meeting: by whom, by when, and when it was done."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="follow_ups")
    what = models.CharField(_("what is to be done"), max_length=250)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("colleague who does it"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    who = models.CharField(_("or somebody else"), max_length=200, blank=True)
    due_on = models.DateField(_("by"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = [models.F("due_on").asc(nulls_last=True), "pk"]
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")

    def __str__(self) -> str:
        return self.what
