"""Calendar feeds: secret addresses at which a calendar program reads the agenda."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanze.accounts.classification import Classification
from hanze.accounts.models import Role, User


class CalendarFeed(models.Model):
    """An address of somebody's own, for what she works on or for all she sees; or for what one of her roles sees.

    Whoever knows the address reads the feed, so it never shows more than its highest class, and at each fetch no more
    than its owner may see by then.
    """

    class Content(models.TextChoices):
        OWN = "own", _("What I lead, am responsible for or work on")
        ALL = "all", _("Everything I may see")

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calendar_feeds", editable=False
    )
    name = models.CharField(_("name"), max_length=80, help_text=_("For example the telephone that reads it."))
    content = models.CharField(_("what is in it"), max_length=3, choices=Content.choices, default=Content.OWN)
    role = models.CharField(
        _("only what this role sees"),
        max_length=20,
        choices=Role.choices,
        blank=True,
        help_text=_(
            "For a calendar that others read along, such as a shared screen. Then your own cases are left out."
        ),
    )
    ceiling = models.CharField(
        _("shows no more than"),
        max_length=12,
        choices=Classification.choices,
        default=Classification.INTERNAL,
        help_text=_("Calendar programs keep what they read, and may share it."),
    )
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    last_fetched_at = models.DateTimeField(_("last fetched"), null=True, editable=False)
    last_etag = models.CharField(max_length=64, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")

    def __str__(self) -> str:
        return self.name

    def reader(self) -> User | None:
        """As whom the feed is read now: its owner, or somebody with only that role; None when it shows nothing more,
        because it was revoked, the account was closed or the role was taken."""
        owner = User.objects.get(pk=self.owner_id)
        if self.revoked_at is not None or not owner.roles or (self.role and self.role not in owner.roles):
            return None
        reader = owner
        if self.role:
            reader = User(name=owner.name, language=owner.language)
            vars(reader)["roles"] = frozenset({self.role})
        reader.ceiling = self.ceiling
        return reader
