"""Which areas a plan is about."""

from __future__ import annotations

from collections.abc import Sequence

from hanze.areas.models import Area, Initiative
from hanze.clusters.problems import InputError, Problem


def chosen_areas(initiative: Initiative, codes: Sequence[str]) -> tuple[Area, ...]:
    """The areas with these codes. Raises InputError for one that is not there or has no shape."""
    found = {area.code: area for area in initiative.areas.filter(code__in=codes)}
    problems = [Problem(f"there is no area {code}.", column="areas") for code in codes if code not in found]
    problems += [
        Problem(f"the area {area.code} has no shape on the map: bring it in from a file.", column="areas")
        for area in found.values()
        if not area.shape
    ]
    if problems:
        raise InputError(problems)
    return tuple(found[code] for code in sorted(found))
