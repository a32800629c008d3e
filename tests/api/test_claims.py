"""Claims in the API: as visible as their record, and as they were known on a day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from hanze.claims.models import Claim
from tests import factories
from tests.api.table import claim
from tests.connections.making import client

pytestmark = pytest.mark.django_db


def test_a_claim_is_as_visible_as_its_record() -> None:
    seen = claim()
    claim(classification="confidential", for_council=False)
    told = client("policy-officer").get("claims").json()
    assert [each["id"] for each in told["results"]] == [seen.pk]
    assert told["count"] == 1
    [one] = told["results"]
    assert (one["about"], one["value"]) == (f"/api/v1/organisations/{seen.object_id}", "https://region.example")


def test_a_claim_that_would_name_another_record_stays_out() -> None:
    relation = factories.relation()
    said = {"fact": "partner", "value": relation.partner_id, "standing": "open", "source_kind": "document"}
    Claim.objects.create(subject=relation, **said)
    assert client("auditor").get("claims").json()["count"] == 0


def test_what_was_known_on_a_day() -> None:
    now = timezone.now()
    early, late, gone = claim(), claim(), claim()
    Claim.objects.filter(pk__in=[early.pk, gone.pk]).update(recorded_at=now - timedelta(days=10))
    fields = {"standing": "withdrawn", "withdrawn_at": now - timedelta(days=5), "withdrawn_because": "A mistake"}
    Claim.objects.filter(pk=gone.pk).update(**fields)
    calls = client()

    def known(days: int) -> set[int]:
        day = timezone.localdate() - timedelta(days=days)
        return {each["id"] for each in calls.get("claims", knownOn=day.isoformat()).json()["results"]}

    assert known(20) == set()
    assert known(7) == {early.pk, gone.pk}
    assert known(0) == {early.pk, late.pk}


def test_claims_are_narrowed_by_record_and_fact() -> None:
    one, _other = claim(), claim()
    calls = client()
    asked = {"about": "organisations", "aboutId": one.object_id, "fact": "website"}
    assert [each["id"] for each in calls.get("claims", **asked).json()["results"]] == [one.pk]
    assert calls.get("claims", about="relations").json()["count"] == 0
