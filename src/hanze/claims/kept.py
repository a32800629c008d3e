"""Facts that no field of their record holds: what sources say is all there is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.claims.facts import Fact, plain
from hanze.claims.models import Claim, Resolution
from hanze.claims.queries import known_claims


class KeptFact(Fact):
    """A fact for which the record has no field: what was decided holds, or else what the first source said last."""

    def __init__(self, model: type[models.Model], name: str, label: str | Promise, asks: type[forms.Field]) -> None:
        super().__init__(model, name)
        self.fields, self._label, self._asks = (), label, asks

    @property
    def label(self) -> str:
        return str(self._label)

    def form_field(self) -> forms.Field:
        return self._asks()

    def of(self, fields: Mapping[str, Any]) -> Any:
        return plain(fields.get(self.name))

    def stands(self, record: models.Model) -> Any:
        return self.past(record, {}, None)

    def values(self, value: Any) -> dict[str, Any]:
        return {}

    def words(self, value: Any) -> str:
        return _("nothing") if value in (None, "") else str(value)

    def write(self, record: models.Model, claim: Claim, by: User | None, reason: str) -> None:
        """Nothing to write: the decision itself keeps it."""

    def past(self, record: models.Model, fields: Mapping[str, Any], moment: datetime | None) -> Any:
        """What was decided by `moment` (None: now), or else what the first source had said last by then."""
        claims = list(known_claims(record, moment).filter(fact=self.name))
        resolutions = Resolution.objects.about(record).filter(fact=self.name, claim__in=claims)
        if moment is not None:
            resolutions = resolutions.filter(at__lte=moment)
        if decided := resolutions.select_related("claim").first():
            return decided.claim.value
        return next((each.value for each in reversed(claims) if each.source_name == claims[0].source_name), None)
