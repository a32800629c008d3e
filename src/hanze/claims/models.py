"""What sources say about the facts of a record, and which of them was decided to hold."""

from __future__ import annotations

from typing import Any, NoReturn, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanze.claims import facts


class SourceKind(models.TextChoices):
    OWN_KNOWLEDGE = "own-knowledge", _("Own knowledge")
    DOCUMENT = "document", _("A document")
    PERSON = "person", _("Somebody said so")
    REGISTER = "register", _("A register or website")
    SHEET = "sheet", _("A spreadsheet")
    APPLICATION = "application", _("A connected application")


class AboutQuerySet(models.QuerySet[Any]):
    def about(self, record: models.Model) -> Self:
        """Those about `record`."""
        return self.filter(content_type=ContentType.objects.get_for_model(record), object_id=record.pk)

    def visible_to(self, reader: Any) -> Self:
        """Those about a record that `reader` may see."""
        seen = Q(pk__in=[])
        for sheet in facts.sheets():
            if reader.is_authenticated and reader.has_perm(sheet.reading):
                records = sheet.model.objects.visible_to(reader).values("pk")  # type: ignore[attr-defined]
                seen |= Q(content_type=ContentType.objects.get_for_model(sheet.model), object_id__in=records)
        return self.filter(seen)


class About(models.Model):
    """Something about one fact of one record."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey()
    fact = models.CharField(max_length=60)

    objects = AboutQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def fact_label(self) -> str:
        """The fact in words."""
        return facts.label_of(self.content_type.model_class(), self.fact)

    @property
    def classification(self) -> str:
        """What is said about a record is as secret as the record."""
        return getattr(self.subject, "classification", "")


class Claim(About):
    """One source says that a fact has a value. What it says never changes; where it stands does."""

    class Standing(models.TextChoices):
        STANDS = "stands", _("Holds")
        OPEN = "open", _("To be decided")
        SET_ASIDE = "set-aside", _("Does not hold")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    value = models.JSONField(_("value"), null=True)
    standing = models.CharField(_("state"), max_length=10, choices=Standing.choices)
    source_kind = models.CharField(_("kind of source"), max_length=15, choices=SourceKind.choices)
    source_name = models.CharField(_("source"), max_length=250, blank=True)
    source_section = models.CharField(_("page or section"), max_length=200, blank=True)
    source_date = models.DateField(_("date of the source"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorded by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_because = models.TextField(_("reason of the withdrawal"), blank=True)
    origin_type = models.ForeignKey(ContentType, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    origin_id = models.PositiveBigIntegerField(null=True, blank=True)
    origin = GenericForeignKey("origin_type", "origin_id")

    class Meta:
        ordering = ["recorded_at", "pk"]
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        indexes = [
            models.Index(fields=["content_type", "object_id", "fact"]),
            models.Index(fields=["content_type", "object_id"], condition=Q(standing="open"), name="claims_open"),
            models.Index(fields=["origin_type", "origin_id"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(standing="withdrawn") | ~Q(withdrawn_because=""), name="withdrawn_with_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.fact_label}: {self.in_words}"

    @property
    def in_words(self) -> str:
        """The value as it is shown."""
        return facts.words_of(self.content_type.model_class(), self.fact, self.value)

    @property
    def source(self) -> str:
        """The source in one line."""
        return ", ".join(part for part in (self.source_name, self.source_section) if part)


class Resolution(About):
    """Which claim was decided to hold, by whom and why. A later one replaces it; none is ever edited."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="resolutions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("decided"), default=timezone.now)
    reason = models.TextField(_("reason"))

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("decision on a contradiction")
        verbose_name_plural = _("decisions on contradictions")
        indexes = [models.Index(fields=["content_type", "object_id", "fact"])]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="resolution_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.fact_label}: {self.claim.in_words}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("A decision on a contradiction is never edited; a later one replaces it.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("A decision on a contradiction is never removed.")
