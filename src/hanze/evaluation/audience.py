"""For whom a frozen evaluation is: it holds what every one of them may see, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from hanze.accounts.classification import Classification
from hanze.accounts.models import STAFF_ROLES, Role
from hanze.evaluation.models import Evaluation


@dataclass(frozen=True)
class Anyone:
    """A reader who holds these roles and works on no case."""

    roles: frozenset[str]
    pk: int = 0
    is_authenticated: bool = True
    ceiling: None = None

    def has_role(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)


class Audience(models.TextChoices):
    """Who may open a frozen copy; each sees at least what the one before it sees."""

    COUNCIL = "council", _("The council: what is public or meant for the council")
    ORGANISATION = "organisation", _("The whole organisation: also what is internal")
    MANAGEMENT = "management", _("Coordinators and executives: also what is confidential")

    @classmethod
    def of(cls, evaluation: Evaluation) -> Audience:
        """The readers of an evaluation, by its classification."""
        if evaluation.for_council or evaluation.classification == Classification.PUBLIC:
            return cls.COUNCIL
        if evaluation.classification == Classification.INTERNAL:
            return cls.ORGANISATION
        return cls.MANAGEMENT

    @property
    def reader(self) -> Anyone:
        """Somebody with the rights that all of this audience have."""
        roles = {
            Audience.COUNCIL: Role.COUNCIL,
            Audience.ORGANISATION: Role.POLICY_OFFICER,
            Audience.MANAGEMENT: Role.EXECUTIVE,
        }
        return Anyone(frozenset({roles[self]}))

    def includes(self, reader: Any) -> bool:
        """Whether `reader` belongs to this audience: her roles let her see everything that it may see."""
        management = {Role.COORDINATOR, Role.EXECUTIVE, Role.AUDITOR}
        organisation = management | STAFF_ROLES | {Role.ADMINISTRATOR}
        members = {
            Audience.COUNCIL: organisation | {Role.COUNCIL},
            Audience.ORGANISATION: organisation,
            Audience.MANAGEMENT: management,
        }
        return reader is None or bool(members[self] & reader.roles)
