"""Making, changing and closing accounts."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hanze.accounts.models import Role, RoleHeld, User
from hanze.accounts.permissions import require
from hanze.audit.log import changes, record


@transaction.atomic
def create_user(*, by: User | None, roles: Set[str], password: str | None = None, **fields: Any) -> User:
    """Create an account with `roles` and return it.

    Without a password the person sets one through "forgot password". Raises PermissionDenied, ValidationError.
    """
    require(by, "accounts.administer")
    user = User(**{**fields, "email": fields.get("email", "").strip().lower()})
    if password is not None:
        validate_password(password, user)
    user.set_password(password)
    user.full_clean(exclude=["password"])
    user.save()
    _hold(user, roles)
    record("account.created", by=by, subject=user, roles=sorted(roles))
    return user


@transaction.atomic
def change_user(user: User, *, by: User | None, roles: Set[str], **fields: Any) -> User:
    """Change an account's data and roles. Raises PermissionDenied, ValidationError.

    The last administrator keeps that role: otherwise nobody could ever administer again.
    """
    require(by, "accounts.administer")
    stored = User.objects.select_for_update().get(pk=user.pk)
    before = {field: getattr(stored, field) for field in fields} | {"roles": sorted(stored.roles)}
    if Role.ADMINISTRATOR not in roles:
        _somebody_else_administers(stored)
    for field, value in fields.items():
        setattr(user, field, value)
    user.full_clean(exclude=["password"])
    user.save()
    _hold(user, roles)
    changed = changes(before, {field: getattr(user, field) for field in fields} | {"roles": sorted(roles)})
    if changed:
        record("account.changed", by=by, subject=user, changes=changed)
    return user


@transaction.atomic
def close_account(user: User, *, by: User | None, because: str) -> None:
    """Bar `user` from signing in; sessions end at once. The account stays, since the log refers to it."""
    require(by, "accounts.administer")
    _somebody_else_administers(user)
    if not because.strip():
        raise ValidationError({"because": _("Say why the account is closed.")})
    user.is_active = False
    user.save(update_fields=["is_active"])
    record("account.closed", by=by, subject=user, reason=because)


@transaction.atomic
def reopen_account(user: User, *, by: User | None) -> None:
    """Let `user` sign in again."""
    require(by, "accounts.administer")
    user.is_active = True
    user.save(update_fields=["is_active"])
    record("account.reopened", by=by, subject=user)


@transaction.atomic
def choose_language(user: User, language: str) -> None:
    """Keep the language that somebody chose, for the next time she signs in elsewhere."""
    if user.language != language:
        user.language = language
        user.save(update_fields=["language"])
        record("account.language-chosen", by=user, subject=user, language=language)


def _hold(user: User, roles: Set[str]) -> None:
    unknown = set(roles) - set(Role.values)
    if unknown:
        raise ValidationError({"roles": _("No such role: %(roles)s") % {"roles": ", ".join(sorted(unknown))}})
    user.roles_held.exclude(role__in=roles).delete()
    RoleHeld.objects.bulk_create([RoleHeld(user=user, role=role) for role in roles], ignore_conflicts=True)
    user.__dict__.pop("roles", None)


def _somebody_else_administers(user: User) -> None:
    administrators = RoleHeld.objects.filter(role=Role.ADMINISTRATOR, user__is_active=True)
    if administrators.filter(user=user).exists() and not administrators.exclude(user=user).exists():
        raise ValidationError({"roles": _("This is the only administrator. Make somebody else administrator first.")})
