"""How one part of an initiative is changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db import models
from django.forms.models import model_to_dict

from hanze.audit.log import changes

Part = TypeVar("Part", bound=models.Model)


def _whole(part: models.Model) -> None:
    part.full_clean()


def change(part: Part, fields: Mapping[str, Any], check: Callable[[Part], None] = _whole) -> dict[str, list[Any]]:
    """Give `part` these fields, check and save it; what is now otherwise than it was kept, for the log.

    Raises ValidationError as `check` does.
    """
    before = model_to_dict(type(part)._default_manager.get(pk=part.pk))
    for name, value in fields.items():
        setattr(part, name, value)
    check(part)
    part.save()
    return changes(before, model_to_dict(part))
