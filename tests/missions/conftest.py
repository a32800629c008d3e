"""A mission under a framework, as the tests of activities need it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hanze.accounts.models import Role, User
from hanze.casework.models import Decision, Receipt, Request
from hanze.missions.models import Activity
from hanze.missions.operations import plan_activity
from hanze.register.models import Organisation
from tests import factories

MEASURES = (
    ("briefing", "Voorlichting gehouden", "Briefing held", "before", "activity", "economic-2"),
    ("self-scan", "Zelfscan IMVO", "Self-scan on responsible business", "before", "company", "human-rights-1"),
    ("analysed", "Organisatie onderzocht", "Organisation analysed", "before", "organisation", "economic-3"),
    ("topics", "Onderwerpen aangekaart", "Topics raised", "during", "activity", "human-rights-3"),
    ("report", "Openbaar verslag", "Public report", "after", "activity", "human-rights-4"),
)


def taken_up(by: User, outcome: str = "take-up-with-measures", **fields: Any) -> Request:
    """A request that `by` decided on, with the receipt of its advice."""
    request = factories.request(
        state=Request.State.DECIDED,
        kind=Request.Kind.OUTGOING_MISSION,
        period_start=date(2024, 5, 23),
        period_end=date(2024, 5, 28),
        **fields,
    )
    measures = [
        {"id": code, "label": {"nl": nl, "en": en}, "moment": moment, "per": per, "line": line, "status": "stated"}
        for code, nl, en, moment, per, line in MEASURES
    ]
    receipt = Receipt.objects.create(
        request=request,
        framework="relation",
        version=date(2024, 1, 1),
        outcome=outcome,
        is_final=True,
        content={"measures": measures, "lines": []},
        content_hash="0" * 64,
    )
    Decision.objects.create(
        request=request, receipt=receipt, outcome=outcome, decided_by=by, decided_on=date(2024, 3, 1)
    )
    return request


def company(name: str = "", **fields: Any) -> Organisation:
    """A company from the own region."""
    return factories.organisation(own_region=True, **({"name": name} if name else {}), **fields)


@pytest.fixture
def mission(people: dict[Role, User]) -> Activity:
    """A mission planned from a request that was taken up with measures, one company registered for it."""
    request = taken_up(people[Role.EXECUTIVE])
    return plan_activity(by=people[Role.COORDINATOR], request=request, leader=people[Role.EXECUTIVE])
