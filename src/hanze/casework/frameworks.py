"""Which framework weighs a request."""

from __future__ import annotations

from datetime import date

from hanze.casework.facts import fact_values
from hanze.casework.models import Request
from hanze.frameworks import library
from hanze.policy import Framework, applies


def for_request(request: Request, on: date | None = None) -> Framework | None:
    """The framework that weighs a request: the one in force on the day it was received (or `on`) that applies to it.

    None when no framework applies, or when a fact that decides which one applies is not known.
    """
    candidates = library.in_force(on or request.received_on).values()
    for framework in sorted(candidates, key=lambda each: (-each.precedence, each.id)):
        truth = applies(framework, fact_values(framework, request))
        if truth is not False:
            return framework if truth else None
    return None
