"""A plan that somebody had made: with which assumptions, from which input, by which software, and what came out."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanze.areas.models.initiatives import Initiative


class PlanRun(models.Model):
    """One plan for an initiative. Once done it is never changed; the same assumptions again are a run of their own."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for its turn")
        RUNNING = "running", _("Is being made")
        DONE = "done", _("Made")
        REFUSED = "refused", _("Cannot be made")

    BUSY = (State.WAITING, State.RUNNING)

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="plans")
    title = models.CharField(_("name of the plan"), max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    repeats = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="repeated")
    asked_at = models.DateTimeField(_("asked on"), default=timezone.now)
    done_at = models.DateTimeField(_("made on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    step = models.CharField(max_length=20, blank=True)
    share = models.FloatField(default=0)
    """How far the step is, from 0 to 1."""
    assumptions = models.JSONField(default=dict)
    """`hanze.areas.planning.Assumptions` as they were asked."""
    seed = models.PositiveIntegerField(_("seed"), default=0)
    software = models.JSONField(default=dict, blank=True)
    """The version of Hanze and of each library that computed, by name."""
    inputs = models.JSONField(default=dict, blank=True)
    """Of each kind of input: how many rows, and the SHA-256 of what they hold."""
    result = models.JSONField(default=dict, blank=True)
    """What came out, as `hanze.areas.planning.results` reads it."""
    fingerprint = models.CharField(max_length=64, blank=True)
    """The SHA-256 of the result: equal results are the same to the last digit."""
    drawing = models.JSONField(default=dict, blank=True)
    """What the map shows, as it stood: `hanze.areas.planning.mapping`."""
    problems = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("plan")
        verbose_name_plural = _("plans")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("areas:plan-detail", args=[self.initiative_id, self.pk])

    @property
    def is_busy(self) -> bool:
        return self.state in self.BUSY

    @property
    def is_done(self) -> bool:
        return self.state == self.State.DONE
