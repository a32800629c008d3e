"""Everybody outside, as a reader: for what is built from records for the public."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hanze.accounts.classification import Classification
from hanze.accounts.models import Role
from hanze.evaluation.audience import Anyone


@dataclass(frozen=True)
class PublicReader(Anyone):
    """Everybody outside: reads what is public, and works on no case."""

    ceiling: Any = Classification.PUBLIC


OUTSIDE = PublicReader(frozenset({Role.POLICY_OFFICER}))
