"""Why a plan that was made again is not the same as the first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from hanze.areas.models import PlanRun
from hanze.areas.planning.texts import INPUTS


def why_different(first: PlanRun, again: PlanRun) -> list[str]:
    """The reasons, the software before the data; the clock only where both are the same. None when nothing differs."""
    if first.fingerprint == again.fingerprint:
        return []
    reasons = []
    if versions := _differing(first.software, again.software):
        told = ", ".join(
            f"{name} {first.software.get(name, '–')} → {again.software.get(name, '–')}" for name in versions
        )
        reasons.append(_("Other versions of the software made it: %(versions)s.") % {"versions": told})
    if kinds := _differing(first.inputs, again.inputs):
        told = ", ".join(str(INPUTS.get(kind, kind)) for kind in kinds)
        reasons.append(_("The data changed since: %(kinds)s.") % {"kinds": told})
    return reasons or [_("A search stopped at the clock before it was done. Give it more seconds.")]


def _differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """The names under which the two hold something else."""
    return [name for name in {**one, **other} if one.get(name) != other.get(name)]
