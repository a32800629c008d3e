"""The letter about a decision, as the requester reads it."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.utils import translation
from docx import Document

from hanze.accounts.models import Role, User
from hanze.casework import letters, operations
from hanze.casework.models import Decision
from tests import factories
from tests.casework.weighing import advised, visit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_march() -> Iterator[None]:
    with time_machine.travel("2024-03-06 10:42:00+01:00", tick=False):
        yield


def decided(people: dict[Role, User], outcome: str, about: dict[str, Any] | None = None, **fields: Any) -> Decision:
    factories.home()
    executive = people[Role.EXECUTIVE]
    executive.name, executive.title = "B. Bestuurder", "Portfolio holder"
    executive.save()
    request = visit(title="Bezoek kassen", title_en="Greenhouse visit", contact_name="Li Wei", **(about or {}))
    advised(people[Role.POLICY_OFFICER], request)
    return operations.decide(request, by=executive, outcome=outcome, motivation="Kept inside.", **fields)


def words(decision: Decision, language: Any, reader: User) -> str:
    document = Document(BytesIO(letters.docx(decision, language, reader)))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def test_a_refusal_gives_the_ground_in_plain_words(people: dict[Role, User]) -> None:
    decision = decided(people, "refuse", ground="no-demand")
    text = words(decision, "en", people[Role.EXECUTIVE])
    for part in (
        "Our Region",
        "Somebody abroad",
        "Li Wei",
        "China",
        decision.request.reference,
        "6 March 2024",
        "Your request: Greenhouse visit",
        "Dear Li Wei,",
        "On 12 February 2024 we received your request.",
        "We have decided not to take up your request.",
        "For this request there is no such demand at the moment.",
        "Yours sincerely,",
        "B. Bestuurder",
        "Portfolio holder",
    ):
        assert part in text, part
    assert "Kept inside." not in text


def test_the_letter_is_dutch_whatever_language_the_officer_works_in(people: dict[Role, User]) -> None:
    decision = decided(people, "refuse", ground="no-demand")
    with translation.override("en"):
        text = words(decision, "nl", people[Role.EXECUTIVE])
    assert "Bezoek kassen" in text
    assert "6 maart 2024" in text
    assert "12 februari 2024" in text


def test_a_referral_says_who_can_help(people: dict[Role, User]) -> None:
    text = words(decided(people, "refer", ground="not-ours", referred_to="The port city"), "en", people[Role.EXECUTIVE])
    assert "We are not the right party to take up your request." in text
    assert "The port city can help you further." in text


def test_taking_up_is_confirmed_with_what_measures_mean(people: dict[Role, User]) -> None:
    text = words(decided(people, "take-up-with-measures"), "en", people[Role.EXECUTIVE])
    assert "We are glad to take up your request." in text
    assert "a number of measures" in text
    assert "because" not in text.lower()


def test_taking_up_without_measures_does_not_speak_of_them(people: dict[Role, User]) -> None:
    assert "measures" not in words(decided(people, "take-up"), "en", people[Role.EXECUTIVE])


@pytest.mark.parametrize("ground", Decision.Ground.values)
def test_every_ground_has_its_own_words_in_both_languages(people: dict[Role, User], ground: str) -> None:
    decision = Decision(ground=ground, outcome="refuse", request=visit(), decided_by=people[Role.EXECUTIVE])
    said = set()
    for language in ("nl", "en"):
        with translation.override(language):
            said.add(letters.ground_in_words(decision))
    assert len(said) == 2
    assert all(len(words) > 40 for words in said)


def test_an_organisation_that_is_hidden_from_the_reader_is_not_named(people: dict[Role, User]) -> None:
    asker = factories.organisation(name="Secret Holding", classification="confidential")
    decision = decided(people, "take-up", {"asked_by": asker, "asked_by_text": "Secret Holding"})
    assert "Secret Holding" in words(decision, "en", people[Role.EXECUTIVE])
    assert "Secret Holding" not in words(decision, "en", people[Role.POLICY_OFFICER])


def test_without_a_name_the_salutation_is_general(people: dict[Role, User]) -> None:
    decision = decided(people, "take-up", {})
    decision.request.contact_name = ""
    assert "Dear Sir or Madam," in words(decision, "en", people[Role.EXECUTIVE])
