"""Programs that use the API: what they may do, the tokens they show, and every call they made."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanze.accounts.classification import Classification
from hanze.accounts.models import Role, User


class Application(models.Model):
    """A program that uses the API, in one role and up to one class.

    It acts under an account of its own that is closed and holds no role, so that nobody can sign in with it and no
    form offers it as a colleague; only a token that holds lets it act (`acting`).
    """

    ROLES = (Role.COORDINATOR, Role.POLICY_OFFICER, Role.COMMUNICATIONS, Role.COUNCIL, Role.AUDITOR)

    name = models.CharField(_("name"), max_length=120, unique=True)
    purpose = models.TextField(_("what it is for"), help_text=_("Who runs it, and what it does with the records."))
    contact = models.EmailField(_("e-mail address of who runs it"))
    role = models.CharField(_("acts as"), max_length=20, choices=[(role.value, role.label) for role in ROLES])
    ceiling = models.CharField(
        _("sees no more than"),
        max_length=12,
        choices=Classification.choices,
        default=Classification.INTERNAL,
        help_text=_("Records of a higher class do not exist for this application."),
    )
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="application", editable=False
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("application")
        verbose_name_plural = _("applications")

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    def acting(self) -> User:
        """The application's account with its role and highest class, for as long as this call lasts."""
        account = User.objects.get(pk=self.account_id)
        account.is_active = True
        account.ceiling = self.ceiling
        vars(account)["roles"] = frozenset({self.role})
        return account


class Token(models.Model):
    """A secret that an application shows. Only its fingerprint is kept; the text is shown once."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="tokens")
    label = models.CharField(_("label"), max_length=80, help_text=_("For example the machine that keeps it."))
    beginning = models.CharField(max_length=16, editable=False)
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    scopes = models.JSONField(_("what it is for"), default=list)
    expires_on = models.DateField(_("valid until"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("token")
        verbose_name_plural = _("tokens")

    def __str__(self) -> str:
        return f"{self.label} ({self.beginning}…)"

    @property
    def state(self) -> str:
        """active, expired or revoked."""
        if self.revoked_at is not None:
            return "revoked"
        return "active" if self.expires_on >= timezone.localdate() else "expired"


class Call(models.Model):
    """One call of the API: which operation, what came of it, and which confidential records it gave out."""

    token = models.ForeignKey(Token, on_delete=models.PROTECT, related_name="calls")
    at = models.DateTimeField(default=timezone.now)
    method = models.CharField(max_length=7)
    path = models.CharField(max_length=300)
    status = models.PositiveSmallIntegerField()
    milliseconds = models.PositiveIntegerField()
    confidential = models.JSONField(default=list)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        indexes = [models.Index(fields=["token", "at"])]

    def __str__(self) -> str:
        return f"{self.method} {self.path}: {self.status}"
