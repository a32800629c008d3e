"""Carrying out an operation for a caller; what it refuses becomes a problem at the field."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from hanze.connections.api.problems import from_operation
from hanze.connections.api.schemas import Question

Result = TypeVar("Result")


def attempt(body: Question, carry_out: Callable[[], Result]) -> Result:
    """The result of `carry_out`, in one transaction. Raises a problem (400, 409) when it refuses what was sent."""
    try:
        with transaction.atomic():
            return carry_out()
    except ValidationError as error:
        raise from_operation(error, type(body).model_fields) from error
