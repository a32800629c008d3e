"""Weighing a request by the framework that applies to it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from hanze.accounts.models import Role, User
from hanze.audit.models import Event
from hanze.casework import operations
from hanze.casework.advice import advise, facts_of, latest, measures_of, still_holds
from hanze.casework.models import FactAnswer, Receipt, Request
from hanze.casework.models.assessments import KeptError
from tests import factories
from tests.casework.weighing import answer_all, visit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_march() -> Any:
    with time_machine.travel("2024-03-06 10:42:00+01:00", tick=False):
        yield


@pytest.fixture
def officer(people: dict[Role, User]) -> User:
    return people[Role.POLICY_OFFICER]


def test_a_request_is_weighed_by_the_framework_of_its_country_on_the_day_it_was_received() -> None:
    assert advise(visit()).framework.id == "zh-china"
    elsewhere = {"country": factories.country("MA")}
    assert advise(visit(received_on=date(2024, 2, 1), **elsewhere)).framework.id == "zh-protocol"
    assert advise(visit(received_on=date(2024, 10, 1), **elsewhere)).framework.id == "zh-international-strategy"
    assert advise(visit(received_on=date(2020, 1, 1))) is None


def test_without_a_framework_nothing_is_weighed(officer: User) -> None:
    with pytest.raises(ValidationError) as refused:
        operations.assess(visit(received_on=date(2020, 1, 1)), by=officer)
    assert refused.value.code == "no-framework"


def test_starting_takes_a_request_into_assessment_and_computes_its_first_advice(officer: User) -> None:
    request = operations.start_assessment(visit(), by=officer)
    assert request.state == Request.State.IN_ASSESSMENT
    assert latest(request).framework == "zh-china"
    assert list(Event.objects.about(request).values_list("name", flat=True)) == [
        "request.weighed",
        "request.assessment-started",
    ]


def test_the_same_advice_is_kept_once(officer: User) -> None:
    request = visit()
    first = operations.assess(request, by=officer)
    assert operations.assess(request, by=officer) == first
    assert request.receipts.count() == 1


def test_every_answer_computes_the_advice_anew(officer: User) -> None:
    request = visit()
    mild = answer_all(request, officer)
    assert (mild.outcome, mild.is_final) == ("take-up-with-measures", True)
    strict = operations.answer_fact(request, "within_remit", False, by=officer)
    assert strict.outcome == "refer"
    assert operations.answer_fact(request, "within_remit", None, by=officer).is_final is False
    assert not FactAnswer.objects.filter(request=request, fact="within_remit").exists()


def update_all() -> None:
    Receipt.objects.update(outcome="take-up")


def test_a_receipt_is_never_edited_or_removed(officer: User) -> None:
    receipt = operations.assess(visit(), by=officer)
    receipt.outcome = "take-up"
    for attempt in (receipt.save, receipt.delete, Receipt.objects.all().delete, update_all):
        with pytest.raises(KeptError):
            attempt()
    assert Receipt.objects.get().outcome == "take-up-with-measures"


def test_a_kept_advice_can_be_computed_again_and_a_changed_one_is_found_out(officer: User) -> None:
    receipt = operations.assess(visit(), by=officer)
    stored = Receipt.objects.get(pk=receipt.pk)
    assert still_holds(stored) == []
    stored.content["measures"] = []
    assert still_holds(stored)


def test_the_measures_are_read_from_the_receipt(officer: User) -> None:
    measures = {measure.code: measure for measure in measures_of(answer_all(visit(), officer))}
    assert measures["information-security-measures"].moment == "during"
    assert measures["analyse-participating-organisations"].per == "organisation"
    assert measures["analyse-participating-organisations"].label_nl == "Deelnemende organisaties analyseren"


def test_an_answer_that_does_not_fit_is_refused_at_its_fact(officer: User) -> None:
    request = visit()
    for fact, value in [("within_remit", "maybe"), ("nonsense", True), ("own_region_parties", 3)]:
        with pytest.raises(ValidationError) as refused:
            operations.answer_fact(request, fact, value, by=officer)
        assert list(refused.value.message_dict) == [fact]
    assert not request.answers.exists()


def test_only_officers_weigh(people: dict[Role, User]) -> None:
    request = visit()
    for role in set(Role) - {Role.COORDINATOR, Role.POLICY_OFFICER}:
        with pytest.raises(PermissionDenied):
            operations.assess(request, by=people[role])


def test_an_advice_is_presented_once_there_is_one(officer: User) -> None:
    request = visit()
    receipt = operations.present(request, by=officer)
    assert request.state == Request.State.ADVISED
    assert receipt.outcome == "take-up-with-measures"
    assert not receipt.is_final


def test_an_advised_request_goes_back_when_a_fact_changes(officer: User) -> None:
    request = visit()
    answer_all(request, officer)
    operations.present(request, by=officer)
    operations.assess(request, by=officer)
    assert request.state == Request.State.ADVISED
    operations.answer_fact(request, "dual_use", True, by=officer)
    assert request.state == Request.State.IN_ASSESSMENT
    assert Event.objects.about(request).filter(name="request.reassessed").count() == 1


class TestFacts:
    def test_participants_not_screened_yet_never_count_as_safe(self) -> None:
        request = visit()
        assert facts_of(request)["confirmed_sanctions"].value == 0
        request.participants.create(name_text="Late guest")
        facts = facts_of(request)
        assert facts["screening_done"].value is False
        assert facts["open_findings"].value is None
        assert facts["confirmed_sanctions"].value is None

    def test_a_finding_counts_although_others_are_not_screened_yet(self) -> None:
        request = visit()
        request.participants.create(name_text="Found", screening="open-finding")
        request.participants.create(name_text="Late guest")
        assert facts_of(request)["open_findings"].value == 1

    def test_nothing_is_known_of_the_screening_of_nobody(self) -> None:
        facts = facts_of(factories.request())
        assert [facts[name].value for name in ("screening_done", "open_findings", "confirmed_sanctions")] == [None] * 3

    def test_what_the_screening_has_to_tell_cannot_be_answered_instead(self, officer: User) -> None:
        request = visit()
        request.participants.create(name_text="Late guest")
        with pytest.raises(ValidationError):
            operations.answer_fact(request, "confirmed_sanctions", 0, by=officer)

    def test_parties_from_the_region_count_once(self) -> None:
        request = visit()
        own = request.demand_from.get()
        request.participants.create(organisation=own)
        request.participants.create(organisation=factories.organisation(own_region=True))
        request.participants.create(organisation=factories.organisation(own_region=False))
        assert facts_of(request)["own_region_parties"].value == 2

    def test_the_latest_word_of_the_state_about_the_request_goes_first(self) -> None:
        request = visit()
        china = request.country
        factories.contact_moment(country=china, fits_national_policy=True, held_on=date(2024, 3, 1))
        assert facts_of(request)["fits_national_policy"].value is True
        factories.contact_moment(request=request, fits_national_policy=False, held_on=date(2024, 2, 20))
        fact = facts_of(request)["fits_national_policy"]
        assert fact.value is False
        assert "20 February 2024" in fact.origin.en
        assert "20 februari 2024" in fact.origin.nl

    def test_words_about_the_country_count_for_a_year_and_only_from_the_state(self) -> None:
        request = visit()
        said = {"country": request.country, "fits_national_policy": True}
        factories.contact_moment(**said, held_on=date(2023, 3, 1))
        factories.contact_moment(**said, counterpart="civil-society")
        factories.contact_moment(**said, held_on=date(2024, 3, 7))
        assert facts_of(request)["fits_national_policy"].value is None

    def test_what_the_records_tell_goes_before_an_answer(self, officer: User) -> None:
        request = visit()
        operations.answer_fact(request, "fits_national_policy", True, by=officer)
        factories.contact_moment(request=request, fits_national_policy=False)
        assert facts_of(request)["fits_national_policy"].value is False

    def test_membership_of_the_union_is_that_of_the_day_of_receipt(self) -> None:
        country = factories.country("GB", eu_since=date(1973, 1, 1), eu_until=date(2020, 2, 1))
        assert facts_of(visit(country=country))["country_in_eu"].value is False
