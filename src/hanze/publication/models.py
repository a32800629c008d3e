"""What the public may read: for each record the words as they were when somebody made it public, and nothing else."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Item(models.Model):
    """One record that is or was public. `content` holds a page for each language and the open data of the record."""

    class Kind(models.TextChoices):
        ACTIVITY = "activities", _("Activities")
        AGREEMENT = "agreements", _("Agreements")
        EVALUATION = "evaluations", _("Evaluations")
        TRAVEL = "travel", _("Travel")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    record_type = models.CharField(max_length=80)
    record_id = models.PositiveBigIntegerField()
    content = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_because = models.TextField(_("why it is no longer public"), blank=True)

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = _("published record")
        verbose_name_plural = _("published records")
        constraints = [models.UniqueConstraint(fields=["kind", "record_id"], name="one_item_a_record")]

    def __str__(self) -> str:
        return self.page["title"]

    def get_absolute_url(self) -> str:
        return reverse("publication:item", args=[self.kind, self.record_id])

    @property
    def page(self) -> dict[str, Any]:
        """Its page in the language in force."""
        return self.content["en" if (get_language() or "nl").startswith("en") else "nl"]

    @property
    def is_public(self) -> bool:
        return self.withdrawn_at is None


def public_path(document: PublicDocument, filename: str) -> str:
    """Apart from what records keep; storage keeps names apart."""
    return f"public/{document.item.kind}/{document.item.record_id}/{filename}"


class PublicDocument(models.Model):
    """The copy that everybody gets of one document; taken away with what it is public with."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="documents")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=300)
    file = models.FileField(_("file"), upload_to=public_path, max_length=300)
    content_type = models.CharField(max_length=120)

    class Meta:
        ordering = ["number"]
        verbose_name = _("published document")
        verbose_name_plural = _("published documents")
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="one_document_a_number")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("publication:document", args=[self.item.kind, self.item.record_id, self.number])

    @property
    def filename(self) -> str:
        """The name under which it is handed out."""
        return PurePosixPath(self.file.name or "").name
