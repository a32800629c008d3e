"""Drafts of frameworks with every step of their editing, and the versions that came of them."""

from __future__ import annotations

import hashlib
import json
from typing import Any, NoReturn

from django.conf import settings
from django.core.validators import MinLengthValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class KeptError(TypeError):
    """Somebody tried to change or remove a published version."""


class Draft(models.Model):
    """A version of a framework in the making: its YAML text and scenarios as they stand now.

    `revision` goes up with every change, so that two people never overwrite each other. `at_step` is the step whose
    text this is: undoing goes back a step, redoing forward. `replayed` is what it would have changed in earlier advice,
    counted when it was offered, over the cases that everybody may see who sees drafts.
    """

    class State(models.TextChoices):
        OPEN = "open", _("being edited")
        OFFERED = "offered", _("offered for approval")
        RETURNED = "returned", _("returned")
        APPROVED = "approved", _("approved")
        WITHDRAWN = "withdrawn", _("withdrawn")

    EDITABLE = (State.OPEN, State.RETURNED)
    UNDER_WAY = (State.OPEN, State.RETURNED, State.OFFERED)

    framework = models.CharField(_("framework"), max_length=80, db_index=True)
    based_on = models.DateField(_("based on version"))
    version = models.DateField(_("version"), help_text=_("The date by which this version is known."))
    in_force_from = models.DateField(_("in force from"))
    title = models.CharField(_("what changes"), max_length=200, validators=[MinLengthValidator(3)])
    why = models.TextField(_("why"))
    text = models.TextField()
    scenarios = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    revision = models.PositiveIntegerField(default=1)
    at_step = models.PositiveIntegerField(default=0)
    editors = models.ManyToManyField(settings.AUTH_USER_MODEL, verbose_name=_("edited by"), related_name="+")
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    offered_at = models.DateTimeField(null=True, blank=True)
    replayed = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-changed_at", "-pk"]
        verbose_name = _("draft of a framework")
        verbose_name_plural = _("drafts of frameworks")

    def __str__(self) -> str:
        return f"{self.framework} {self.version}: {self.title}"

    @property
    def name(self) -> str:
        """Where problems in its text are said to stand."""
        return f"{self.framework}/{self.version}.yaml"

    @property
    def is_editable(self) -> bool:
        return self.state in self.EDITABLE


class DraftStep(models.Model):
    """One change to a draft: the whole text after it, so that every step can be taken back."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    text = models.TextField()
    scenarios = models.JSONField(default=dict)
    place = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="one_draft_step_a_number")]

    def __str__(self) -> str:
        return f"{self.draft_id}: {self.number}"


class PublishedQuerySet(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise KeptError("A published version is never changed.")

    def delete(self) -> NoReturn:
        raise KeptError("A published version is never removed.")


class PublishedVersion(models.Model):
    """A version that was approved here: installed beside the files, and never changed."""

    framework = models.CharField(max_length=80)
    version = models.DateField()
    text = models.TextField()
    scenarios = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, editable=False)
    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, related_name="published")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(default=timezone.now)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        ordering = ["framework", "version"]
        verbose_name = _("published version")
        verbose_name_plural = _("published versions")
        constraints = [models.UniqueConstraint(fields=["framework", "version"], name="one_publication_a_version")]

    def __str__(self) -> str:
        return f"{self.framework} {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise KeptError("A published version is never changed.")
        written = json.dumps([self.text, self.scenarios], sort_keys=True)
        self.digest = hashlib.sha256(written.encode()).hexdigest()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise KeptError("A published version is never removed.")

    @property
    def name(self) -> str:
        """Where problems in its text are said to stand."""
        return f"{self.framework}/{self.version}.yaml"
