"""The people who work in Hanze, and the roles that say what they may do."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanze.accounts.remembering import remembered


class Role(models.TextChoices):
    """The roles that the sources describe (SYSTEMS.md, A3)."""

    COORDINATOR = "coordinator", _("Coordinator international affairs")
    POLICY_OFFICER = "policy-officer", _("Policy officer")
    EXECUTIVE = "executive", _("Executive")
    COMMUNICATIONS = "communications", _("Communications officer")
    COUNCIL = "council", _("Council member")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")
    REQUESTER = "requester", _("External requester")


# Those who work inside the organisation and share its internal records.
STAFF_ROLES = frozenset({Role.COORDINATOR, Role.POLICY_OFFICER, Role.EXECUTIVE, Role.COMMUNICATIONS})


# The accounts that applications act under have addresses in this domain, which cannot exist: nobody signs in with them.
APPLICATION_DOMAIN = "applications.invalid"


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Someone with an account. Accounts are closed, never removed: the log refers to them."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    title = models.CharField(_("post"), max_length=200, blank=True, help_text=_("As it stands under a letter."))
    department = models.CharField(_("department"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=5, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    ceiling: str | None = None
    """The highest class that is read through a token or a feed in this person's name; None: her own rights hold."""

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ["name"]
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.name or self.email

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles held today; empty for a closed account."""
        if not self.is_active:
            return frozenset()
        return remembered(("roles", self.pk), lambda: frozenset(self.roles_held.values_list("role", flat=True)))

    def has_role(self, *roles: str) -> bool:
        """Whether this person holds at least one of `roles`."""
        return not self.roles.isdisjoint(roles)

    def has_perm(self, permission: str, obj: Any = None) -> bool:
        """Whether the predicate registered for `permission` allows this person (package `rules`)."""
        from rules.permissions import has_perm

        return self.is_active and has_perm(permission, self, obj)

    @property
    def is_staff(self) -> bool:
        """Django's own admin is not part of Hanze; nobody is staff there."""
        return False


class RoleHeld(models.Model):
    """A role that a person holds."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles_held")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="one_row_per_role")]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
