"""The lists against which we screen, their editions, and the entries that are in force."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hanze.screening.entries import Entry
from hanze.screening.plain import entry_from_json

TAKEN = frozenset({"new", "screen"})
"""Short names that would stand in the way of an address."""


class Watchlist(models.Model):
    """A list of others, or one of our own; `publisher` says how its files are read."""

    slug = models.SlugField(_("short name"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    keeper = models.CharField(_("kept by"), max_length=200, blank=True)
    publisher = models.CharField(_("whose list it is"), max_length=40)
    mapping = models.JSONField(_("which column holds what"), default=dict, blank=True)
    second_person = models.BooleanField(
        _("a second person confirms each verdict"), default=True, help_text=_("Advised for sanctions lists.")
    )
    address = models.URLField(
        _("address of its newest edition"), blank=True, help_text=_("Only used when fetching is switched on.")
    )
    fetch = models.BooleanField(_("fetch new editions from this address"), default=False)
    fetch_problem = models.TextField(editable=False, blank=True)
    hit_from = models.FloatField(
        _("hit from score"), null=True, blank=True, validators=[MinValueValidator(0.5), MaxValueValidator(1)]
    )
    near_from = models.FloatField(
        _("near from score"), null=True, blank=True, validators=[MinValueValidator(0.3), MaxValueValidator(1)]
    )
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("watchlist")
        verbose_name_plural = _("watchlists")

    def __str__(self) -> str:
        in_english = (get_language() or "nl").startswith("en")
        return self.name_en if in_english and self.name_en else self.name

    def get_absolute_url(self) -> str:
        return reverse("watchlists:list-detail", args=[self.slug])

    def clean(self) -> None:
        if self.fetch and not self.address:
            raise ValidationError({"address": _("Give the address from which it is fetched.")})
        if self.slug in TAKEN:
            raise ValidationError({"slug": _("Choose another short name; this one is an address of Hanze itself.")})
        if (self.hit_from is None) != (self.near_from is None):
            missing = "hit_from" if self.hit_from is None else "near_from"
            raise ValidationError({missing: _("Give both scores, or neither.")})
        if self.hit_from is not None and self.near_from is not None and self.near_from > self.hit_from:
            raise ValidationError({"near_from": _("Near begins below a hit.")})

    @property
    def edition(self) -> Edition | None:
        """The edition in force."""
        at_hand: list[Edition] | None = getattr(self, "now_in_force", None)
        if at_hand is not None:
            return at_hand[0] if at_hand else None
        return self.editions.filter(state=Edition.State.IN_FORCE).first()


class Edition(models.Model):
    """One edition of a list as it was received. It is looked at before it comes into force."""

    class State(models.TextChoices):
        READING = "reading", _("Being read")
        COLUMNS = "columns", _("Waits for its columns")
        PREVIEW = "preview", _("To be looked at")
        IN_FORCE = "in-force", _("In force")
        SUPERSEDED = "superseded", _("Superseded")
        REFUSED = "refused", _("Refused")
        DISCARDED = "discarded", _("Not taken into use")

    watchlist = models.ForeignKey(Watchlist, on_delete=models.PROTECT, related_name="editions")
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.READING)
    edition_date = models.DateField(_("date of the edition"), null=True, blank=True)
    file = models.FileField(_("file"), upload_to="watchlists/", max_length=300)
    file_name = models.CharField(max_length=250)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    entries = models.PositiveIntegerField(_("entries"), default=0)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    problem = models.TextField(_("why it was refused"), blank=True)
    preview = models.JSONField(default=dict, blank=True)
    in_force_from = models.DateTimeField(_("in force from"), null=True, blank=True)
    in_force_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    in_force_until = models.DateTimeField(_("in force until"), null=True, blank=True)

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = _("edition of a watchlist")
        verbose_name_plural = _("editions of watchlists")
        constraints = [
            models.UniqueConstraint(
                fields=["watchlist"], condition=Q(state="in-force"), name="one_edition_of_a_list_in_force"
            )
        ]

    def __str__(self) -> str:
        day = self.edition_date or timezone.localdate(self.received_at)
        return f"{self.watchlist}, {day:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("watchlists:edition-detail", args=[self.pk])


class ListedEntryQuerySet(models.QuerySet["ListedEntry"]):
    def in_force(self) -> ListedEntryQuerySet:
        """The entries that the editions in force of the lists in use hold."""
        return self.filter(removed_by=None, watchlist__active=True)


class ListedEntry(models.Model):
    """An entry of a list. It is never thrown away: what left the list says with which edition it left."""

    watchlist = models.ForeignKey(Watchlist, on_delete=models.PROTECT, related_name="listed")
    entry_id = models.CharField(_("number on the list"), max_length=120)
    name = models.CharField(_("name"), max_length=500)
    content = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    added_by = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    changed_by = models.ForeignKey(Edition, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    removed_by = models.ForeignKey(Edition, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    absorbed_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="absorbed")

    objects = ListedEntryQuerySet.as_manager()

    class Meta:
        ordering = ["watchlist", "entry_id"]
        verbose_name = _("entry of a watchlist")
        verbose_name_plural = _("entries of watchlists")
        constraints = [models.UniqueConstraint(fields=["watchlist", "entry_id"], name="entry_once_on_a_list")]

    def __str__(self) -> str:
        return f"{self.name} ({self.entry_id})"

    @property
    def entry(self) -> Entry:
        """The entry as the engine knows it."""
        content: dict[str, Any] = self.content
        return entry_from_json(content)
