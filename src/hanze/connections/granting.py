"""What somebody may hand on to an application: never more than she may do herself."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hanze.accounts.classification import classes_read_by, up_to
from hanze.accounts.models import User
from hanze.connections import scopes
from hanze.connections.models import Application


def check_reading(by: User | None, role: str, ceiling: str) -> None:
    """Raise ValidationError (ceiling) when that role would read a class, up to the ceiling, that `by` does not."""
    if by is None:
        return
    more = classes_read_by({role}) & set(up_to(ceiling)) - classes_read_by(by.roles)
    if more:
        raise ValidationError(
            {
                "ceiling": _(
                    "You do not read records of this class yourself, so you cannot let an application in to them."
                )
            }
        )


def check_scopes(by: User | None, application: Application, names: Iterable[str]) -> None:
    """Raise ValidationError (scopes) for an unknown scope, one that the role cannot use, or writing that `by` may not
    do herself."""
    acting = application.acting()
    for name in names:
        scope = scopes.known(name)
        if scope is None:
            raise ValidationError({"scopes": _("There is no scope %(name)s.") % {"name": name}})
        words = {"name": str(scope.label).lower()}
        if not acting.has_perm(scope.permission):
            raise ValidationError({"scopes": _("In its role this application may not do this: %(name)s.") % words})
        if scope.writes and by is not None and not by.has_perm(scope.permission):
            raise ValidationError(
                {"scopes": _("You may not do this yourself, so neither may your application: %(name)s.") % words}
            )
