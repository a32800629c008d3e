"""Evaluations over a period: their texts, recommendations and frozen copies."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanze.accounts.classification import Classified
from hanze.register.models import Country, Region
from hanze.register.sources import Sourced


class RecordedYear(Sourced):
    """A year that the register covers. A year without a row is not recorded: its figures are unknown, not 0."""

    year = models.PositiveSmallIntegerField(_("year"), primary_key=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["-year"]
        verbose_name = _("recorded year")
        verbose_name_plural = _("recorded years")

    def __str__(self) -> str:
        return str(self.year)


class Evaluation(Classified, Sourced):
    title_nl = models.CharField(_("Dutch title"), max_length=250)
    title_en = models.CharField(_("English title"), max_length=250, blank=True)
    period_start = models.DateField(_("from"))
    period_end = models.DateField(_("until"))
    country = models.ForeignKey(
        Country, verbose_name=_("country"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    region = models.ForeignKey(
        Region, verbose_name=_("region"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    framework = models.CharField(_("framework"), max_length=80, blank=True)
    compare_year = models.PositiveSmallIntegerField(_("compare with the year"), null=True, blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("responsible officer"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(Classified.Meta):
        ordering = ["-period_end", "title_nl"]
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        constraints = [
            *Classified.Meta.constraints,
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")),
                name="evaluation_ends_after_it_starts",
                violation_error_message=_("The end lies before the start."),
            ),
        ]

    def __str__(self) -> str:
        return self.title_nl


class EvaluationText(models.Model):
    """What the officer writes under one heading, in Markdown, with figures by their key."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="texts")
    section = models.CharField(max_length=60)
    text_nl = models.TextField(_("Dutch text"), blank=True)
    text_en = models.TextField(_("English text"), blank=True)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("text of an evaluation")
        verbose_name_plural = _("texts of evaluations")
        constraints = [models.UniqueConstraint(fields=["evaluation", "section"], name="one_text_per_section")]

    def __str__(self) -> str:
        return f"{self.evaluation}: {self.section}"


class Recommendation(Sourced):
    """A recommendation of an evaluation, and what became of it a year later."""

    class FollowUp(models.TextChoices):
        OPEN = "open", _("Not taken up yet")
        IN_PROGRESS = "in-progress", _("In progress")
        DONE = "done", _("Carried out")
        DROPPED = "dropped", _("Dropped, with a reason")

    evaluation = models.ForeignKey(
        Evaluation, null=True, blank=True, on_delete=models.PROTECT, related_name="recommendations"
    )
    year = models.PositiveSmallIntegerField(_("year of the evaluation"))
    number = models.PositiveSmallIntegerField(_("number"))
    text_nl = models.TextField(_("Dutch text"))
    text_en = models.TextField(_("English text"), blank=True)
    follow_up = models.CharField(_("follow-up"), max_length=12, choices=FollowUp.choices, default=FollowUp.OPEN)
    follow_up_nl = models.TextField(_("what became of it"), blank=True)
    follow_up_en = models.TextField(_("what became of it, in English"), blank=True)
    follow_up_on = models.DateField(_("as of"), null=True, blank=True)
    country = models.ForeignKey(Country, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-year", "number"]
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")

    def __str__(self) -> str:
        return f"{self.year}, {self.number}"


class Snapshot(models.Model):
    """A frozen evaluation: the whole report as data, with its hash. Never edited."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="snapshots")
    frozen_at = models.DateTimeField(default=timezone.now)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["-frozen_at"]
        verbose_name = _("frozen evaluation")
        verbose_name_plural = _("frozen evaluations")

    def __str__(self) -> str:
        return f"{self.evaluation} ({self.frozen_at:%Y-%m-%d})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("A frozen evaluation is never edited.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("A frozen evaluation is never removed.")
