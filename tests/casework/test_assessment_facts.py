"""Whatever a request looks like, its facts fit the types that its framework declares."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from hanze.casework.advice import advise
from hanze.casework.facts import gather
from hanze.casework.models import FactAnswer, Request, RequestParticipant
from hanze.frameworks import library
from hanze.policy import check_value
from hanze.register.sectors import Sector
from tests import factories

pytestmark = pytest.mark.django_db
FACTS = sorted({fact.id for framework in library.from_files().frameworks for fact in framework.facts})


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    """The parts of a request, answers of every kind among them, fitting or not."""
    texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)  # as forms and databases allow
    anything = st.one_of(st.booleans(), st.integers(), texts, st.just({"a": 1}))
    return {
        "fields": {
            "kind": draw(st.sampled_from([*Request.Kind.values, "unheard-of"])),
            "sector": draw(st.sampled_from([*Sector.values, "new-sector"])),
            "country": draw(st.sampled_from(["CN", "NL", "MA"])),
            "executive_involved": draw(st.booleans()),
            "supported_investment": draw(st.booleans()),
            "received_on": draw(st.dates(date(2022, 1, 1), date(2025, 12, 31))),
        },
        "screenings": draw(st.lists(st.sampled_from(RequestParticipant.Screening.values), max_size=4)),
        "own_parties": draw(st.integers(0, 3)),
        "contacts": draw(st.lists(st.tuples(st.booleans() | st.none(), st.integers(-400, 400)), max_size=3)),
        "answers": draw(st.dictionaries(st.sampled_from(FACTS), anything, max_size=6)),
    }


def make(case: dict[str, Any]) -> Request:
    fields = {**case["fields"], "country": factories.country(case["fields"]["country"])}
    request = factories.request(**fields)
    request.demand_from.set([factories.organisation(own_region=True) for _ in range(case["own_parties"])])
    for screening in case["screenings"]:
        request.participants.create(name_text="Somebody", screening=screening)
    for fits, days in case["contacts"]:
        held_on = request.received_on + timedelta(days=days)
        factories.contact_moment(country=request.country, fits_national_policy=fits, held_on=held_on)
    for fact, value in case["answers"].items():
        FactAnswer.objects.create(request=request, fact=fact, value=value)
    return request


@given(cases())
@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_facts_have_the_type_of_the_framework_or_are_unknown(case: dict[str, Any]) -> None:
    request = make(case)
    for framework in library.installed():
        facts = gather(framework, request, request.received_on)
        assert list(facts) == [fact.id for fact in framework.facts]
        for fact in framework.facts:
            value = facts[fact.id].value
            assert check_value(fact, value) == value
            assert facts[fact.id].origin.nl
            assert facts[fact.id].origin.en
    weighing = advise(request)
    if weighing:
        assert weighing.content()["framework"]["id"] == weighing.framework.id


@given(cases())
@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_nothing_is_free_of_findings_while_somebody_is_not_screened(case: dict[str, Any]) -> None:
    case["screenings"].append("not-done")
    request = make(case)
    for framework in library.installed():
        facts = gather(framework, request, request.received_on)
        for fact in framework.facts:
            if fact.source_path in ("screening.open_findings", "screening.confirmed"):
                assert facts[fact.id].value != 0
            if fact.source_path == "screening.complete":
                assert facts[fact.id].value is False
