"""Who may see a record. Every classified record answers to the one rule in `visibility`."""

from __future__ import annotations

from collections.abc import Set
from functools import cache
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.conf import settings
from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hanze.accounts.among import Among, Rows
from hanze.accounts.labels import Labelled
from hanze.accounts.models import STAFF_ROLES, Role

if TYPE_CHECKING:
    from hanze.accounts.models import User

Record = TypeVar("Record", bound=models.Model)


class Classification(models.TextChoices):
    PUBLIC = "public", _("Public")
    INTERNAL = "internal", _("Internal")
    CONFIDENTIAL = "confidential", _("Confidential")
    RESTRICTED = "restricted", _("Restricted to the case")


def up_to(highest: str) -> list[str]:
    """The classes from public up to and including `highest`."""
    return Classification.values[: Classification.values.index(highest) + 1]


def classes_read_by(roles: Set[str]) -> set[str]:
    """The classes whose records somebody with these roles reads without being on the case."""
    if Role.AUDITOR in roles:
        return set(Classification.values)
    classes: set[str] = set()
    if roles & STAFF_ROLES or Role.ADMINISTRATOR in roles:
        classes |= {Classification.PUBLIC, Classification.INTERNAL}
    if roles & {Role.COORDINATOR, Role.EXECUTIVE}:
        classes.add(Classification.CONFIDENTIAL)
    if Role.COUNCIL in roles:
        classes.add(Classification.PUBLIC)
    return classes


class ClassifiedQuerySet(models.QuerySet[Any]):
    def visible_to(self, reader: Any) -> Self:
        """Only the records that `reader` may see; an anonymous reader sees none."""
        return self.filter(visibility(self.model, reader))


class Classified(Labelled, models.Model):
    """A record with a classification, and the people who work on it (they always see it)."""

    classification = models.CharField(
        _("classification"), max_length=12, choices=Classification.choices, default=Classification.INTERNAL
    )
    for_council = models.BooleanField(
        _("meant for the council"), default=False, help_text=_("Council members can read it.")
    )
    team = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("people on the case"), blank=True, related_name="+"
    )

    objects = ClassifiedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(for_council=True, classification__in=["confidential", "restricted"]),
                name="%(app_label)s_%(class)s_council_reads_no_secret",
                violation_error_message=_("A confidential record cannot be meant for the council."),
            )
        ]


def visibility(model: type[models.Model], reader: Any) -> models.Q:
    """The condition under which a row of the classified `model` may be seen by `reader`.

    Public and internal: everybody in the organisation. Confidential: coordinators, executives and the people
    on the case. Restricted: the people on the case only. Council members read what is public or meant for
    them; auditors read everything; an external requester reads no record by its class. Through a token or a feed
    with a highest class (`User.ceiling`) nobody sees anything above it.
    """
    nothing = models.Q(pk__in=[])
    if not getattr(reader, "is_authenticated", False) or not reader.roles:
        return nothing
    roles = reader.roles
    within = models.Q() if reader.ceiling is None else models.Q(classification__in=up_to(reader.ceiling))
    if Role.AUDITOR in roles:
        return within
    team = model._meta.get_field("team").remote_field.through  # type: ignore[union-attr]
    # The class first: a database that finds it enough does not look up the cases that somebody works on.
    seen = models.Q(classification__in=sorted(classes_read_by(roles)))
    if Role.COUNCIL in roles:
        seen |= models.Q(for_council=True)
    # Asked of each record's own team: a list of all her cases is long, and made anew in every query.
    on_the_case = Among(_cases_of(team), reader, "pk", by=f"{model._meta.model_name}_id")
    return (seen | models.Q(on_the_case)) & within


@cache
def _cases_of(team: Any) -> Rows:
    return lambda reader: team.objects.filter(user_id=reader.pk)


def hidden_among(records: models.QuerySet[Record], reader: User) -> list[Record]:
    """Those of `records` that `reader` may not see: when she writes a list that she sees in part, these stay on it."""
    seen = records.model.objects.visible_to(reader)  # type: ignore[attr-defined]
    return list(records.exclude(pk__in=seen.values("pk")))


def get_visible_or_404(records: models.QuerySet[Record], reader: User, **lookup: Any) -> Record:
    """The one record of `records` that matches `lookup` and that `reader` may see, else Http404.

    `records` is a queryset with `visible_to`, as every classified model's manager gives.
    """
    found = records.visible_to(reader).filter(**lookup).first()  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found
