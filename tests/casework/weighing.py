"""A request from China that is ready to be weighed, and the answers that make its advice final."""

from __future__ import annotations

from typing import Any

from hanze.accounts.models import User
from hanze.casework import operations
from hanze.casework.models import Receipt, Request
from tests import factories

HARMLESS = {
    "within_remit": True,
    "fits_national_policy": True,
    "integral_possible": True,
    "dual_use": False,
    "high_grade_technology": False,
    "strategic_dependency": False,
}


def visit(**fields: Any) -> Request:
    """An incoming visit from China with demand from the region, and one screened participant."""
    made = factories.request(**fields)
    made.demand_from.set([factories.organisation(own_region=True)])
    made.participants.create(name_text="Delegation", screening="clear")
    return made


def answer_all(request: Request, by: User, **other: Any) -> Receipt:
    """Answer every question, harmlessly where nothing else is given; the last computed advice."""
    for fact, value in {**HARMLESS, **other}.items():
        receipt = operations.answer_fact(request, fact, value, by=by)
    return receipt


def advised(by: User, request: Request | None = None, **other: Any) -> Request:
    """A request whose advice was presented."""
    request = request or visit()
    answer_all(request, by, **other)
    operations.present(request, by=by)
    return request
