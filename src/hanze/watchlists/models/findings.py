"""What the screening found, who decided what about it, and the runs that looked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanze.accounts.among import Among
from hanze.accounts.classification import Classification, Classified, ClassifiedQuerySet, visibility
from hanze.watchlists.models.lists import Edition, ListedEntry
from hanze.watchlists.models.subjects import Subject
from hanze.watchlists.people import worked_on_by

LONGEST_RUN = timedelta(hours=6)


class Run(models.Model):
    """One screening: of whom, why, against which editions, by which engine and settings."""

    class Why(models.TextChoices):
        PARTICIPANT = "participant", _("A participant was added")
        PARTY_CHANGED = "party-changed", _("The party changed")
        LIST_CHANGED = "list-changed", _("A list has a new edition")
        ASKED = "asked", _("Somebody asked for it")

    why = models.CharField(_("reason"), max_length=15, choices=Why.choices)
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    editions = models.ManyToManyField(Edition, related_name="runs")
    engine_version = models.CharField(max_length=40)
    settings = models.JSONField(default=dict)
    to_screen = models.PositiveIntegerField(default=0)
    screened = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-started_at", "-pk"]
        verbose_name = _("screening")
        verbose_name_plural = _("screenings")

    def __str__(self) -> str:
        return f"{self.get_why_display()}, {timezone.localtime(self.started_at):%Y-%m-%d %H:%M}"

    @property
    def is_under_way(self) -> bool:
        """Whether somebody may still be at it. What has not ended by then broke off: its worker was killed."""
        return self.ended_at is None and timezone.now() - self.started_at < LONGEST_RUN


class Look(models.Model):
    """What one run saw of one party: every candidate that it looked at, with its score."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="looks")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="looks")
    party = models.JSONField()
    candidates = models.JSONField(default=list)

    class Meta:
        ordering = ["-run__started_at", "-pk"]
        verbose_name = _("result of a screening")
        verbose_name_plural = _("results of screenings")
        constraints = [models.UniqueConstraint(fields=["run", "subject"], name="looked_at_once_in_a_run")]


class FindingQuerySet(ClassifiedQuerySet):
    def visible_to(self, reader: Any) -> Self:
        """The findings that `reader` may see: by their own class, or because she works on a case of the party now; and
        only about a party that she may be told of."""
        own_class = visibility(self.model, reader)
        # An auditor has no condition at all; one more would take away.
        if own_class and getattr(reader, "is_authenticated", False) and reader.roles:
            own_class |= Q(Among(_worked_on, reader, "subject"))
        # Asked of each finding's own party: of all parties it takes long.
        return self.filter(own_class, Among(Subject.objects.visible_to, reader, "subject"))


def _worked_on(reader: Any) -> models.QuerySet[Subject]:
    return Subject.objects.filter(worked_on_by(reader))


class Finding(Classified):
    """A party looks like an entry. It stays for ever; a person decides, and a change on either side re-opens it."""

    class State(models.TextChoices):
        OPEN = "open", _("To be decided")
        SECOND = "second", _("Waits for a second person")
        DECIDED = "decided", _("Decided")
        CARRIED = "carried", _("Goes on elsewhere")

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="findings")
    entry = models.ForeignKey(ListedEntry, on_delete=models.PROTECT, related_name="findings")
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    score = models.FloatField(_("score"))
    strength = models.CharField(max_length=4, choices=[("hit", _("Hit")), ("near", _("Near"))])
    explanation = models.JSONField(default=dict)
    found_at = models.DateTimeField(_("found"), default=timezone.now)
    reopened_at = models.DateTimeField(_("re-opened"), null=True, blank=True)
    reopened_because = models.JSONField(default=list, blank=True)
    carried_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="carried_to", editable=False
    )

    objects = FindingQuerySet.as_manager()

    class Meta(Classified.Meta):
        ordering = ["-score", "pk"]
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = [
            *Classified.Meta.constraints,
            models.UniqueConstraint(fields=["subject", "entry"], name="found_once"),
            models.CheckConstraint(
                condition=Q(classification__in=[Classification.CONFIDENTIAL, Classification.RESTRICTED]),
                name="finding_is_confidential",
            ),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if not args:
            kwargs.setdefault("classification", Classification.CONFIDENTIAL)
        super().__init__(*args, **kwargs)

    def __str__(self) -> str:
        return f"{self.subject} – {self.entry}"

    def get_absolute_url(self) -> str:
        return reverse("watchlists:finding-detail", args=[self.pk])

    @property
    def verdict(self) -> Verdict | None:
        """The last verdict, whether or not it still holds."""
        return self.verdicts.first()


class Verdict(models.Model):
    """What a person decided about a finding, on what both sides looked like then. Never changed, never removed."""

    class Answer(models.TextChoices):
        SAME = "same", _("The same")
        NOT_THE_SAME = "not-the-same", _("Not the same")
        CANNOT_TELL = "cannot-tell", _("Cannot tell")

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="verdicts")
    answer = models.CharField(_("verdict"), max_length=12, choices=Answer.choices)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("given"), default=timezone.now)
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    second_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    second_agrees = models.BooleanField(null=True, blank=True)
    second_reason = models.TextField(_("what the second person says"), blank=True)
    party = models.JSONField()
    entry = models.JSONField()
    carried_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="verdict_has_a_reason"),
            models.CheckConstraint(
                condition=Q(second_by__isnull=True) | ~Q(second_by=models.F("by")), name="second_person_is_another"
            ),
        ]

    def __str__(self) -> str:
        return self.get_answer_display()
