"""What the forms of parts of an initiative share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hanze.accounts.together import Difference


def told_apart(found: tuple[Difference, ...], labels: Mapping[str, str]) -> tuple[Difference, ...]:
    """Differences of fields named `<name>-<key>`, each told with the label of its key."""
    return tuple(replace(each, label=f"{labels[each.name.partition('-')[2]]}: {each.label}") for each in found)
