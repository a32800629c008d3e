"""Screening goes along when the register makes two parties one."""

from __future__ import annotations

import pytest

from hanze.register.operations import merge_parties, undo_merge
from hanze.watchlists import operations as watchlists
from hanze.watchlists.models import Subject
from tests import factories
from tests.watchlists import making

pytestmark = pytest.mark.django_db


def test_a_finding_and_its_verdict_follow_the_merged_party_and_come_back() -> None:
    making.in_force(making.watchlist("own"), "E1,Copper Lantern Shipping,organisation,,,,")
    gone = factories.organisation(name="Copper Lantern Shipping", native_name="Copper Lantern Shipping")
    kept = factories.organisation(name="Copper Lantern Shipping Company", native_name="Copper Lantern Shipping")
    subject = watchlists.subject_of(gone)
    watchlists.screen([subject], by=None, why="asked")
    watchlists.decide(subject.findings.get(), by=None, answer="cannot-tell", reason="Another town.")
    made = merge_parties(kept, gone, {}, by=None, reason="The same")
    along = Subject.objects.get(organisation=kept)
    assert [verdict.reason for finding in along.findings.all() for verdict in finding.verdicts.all()] == [
        "Another town."
    ]
    assert not Subject.objects.get(organisation=gone).is_current
    undo_merge(made, by=None, because="They are two.")
    assert Subject.objects.get(organisation=gone).is_current
    assert Subject.objects.get(organisation=gone).findings.get().verdict.reason == "Another town."
