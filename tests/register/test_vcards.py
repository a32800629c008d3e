"""Cards for address books: vCard 4.0, with nothing of what the reader may not see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from icalendar.parser import Contentlines

from hanze.accounts.models import Role
from hanze.audit.models import Event
from hanze.register.models import Country, Organisation, Person
from hanze.register.operations import add_post
from hanze.register.vcards import LONGEST_LINE, of_organisation, of_person
from tests import factories

ClientFor = Callable[[Role], Client]
ADDRESS = "https://region.example/parties/1/"
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=120)


def lines(card: bytes) -> list[tuple[str, str]]:
    """The lines of a card, unfolded by a parser of content lines, as name and value."""
    read = [str(line).partition(":") for line in Contentlines.from_ical(card.decode()) if line]
    return [(name.partition(";")[0].rpartition(".")[2], value) for name, _colon, value in read]


def unescaped(value: str) -> str:
    out, rest = "", iter(value)
    for character in rest:
        out += {"n": "\n"}.get(following := next(rest, ""), following) if character == "\\" else character
    return out


def test_a_card_of_an_organisation_has_what_an_address_book_keeps() -> None:
    country = Country(code="CN", name_nl="China", name_en="China")
    made = Organisation(
        name="Tulp; Roos, en Zn.", native_name="郁金香", short_name="TRZ", email="a@b.example", country=country
    )
    found = lines(of_organisation(made, ADDRESS))
    assert found[:3] == [("BEGIN", "VCARD"), ("VERSION", "4.0"), ("KIND", "org")]
    assert found[-1] == ("END", "VCARD")
    assert [unescaped(value) for name, value in found if name == "FN"] == ["Tulp; Roos, en Zn.", "郁金香"]
    assert ("ADR", ";;;;;;China") in found
    assert ("SOURCE", ADDRESS) in found


@given(name=TEXTS, email=TEXTS, phone=TEXTS)
def test_whatever_a_name_is_the_card_can_be_read_and_lines_are_not_too_long(name: str, email: str, phone: str) -> None:
    card = of_person(Person(name=name, email=email, phone=phone), [], ADDRESS)
    assert all(len(line) <= LONGEST_LINE for line in card.split(b"\r\n"))
    assert card.decode()
    assert [unescaped(value) for key, value in lines(card) if key == "FN"] == [name]


def test_a_line_break_in_a_name_adds_no_line_to_the_card() -> None:
    card = of_person(Person(name="A\r\nURL:https://evil.example"), [], ADDRESS)
    assert "URL" not in {name for name, _value in lines(card)}


@pytest.mark.django_db
def test_a_person_has_the_posts_of_today_that_the_reader_may_see(client_for: ClientFor) -> None:
    person = factories.person(name="Li Wen", phone="+31 70 123 45 67", for_council=True)
    add_post(by=None, person=person, organisation=factories.organisation(name="Open House"), title="Director")
    hidden = factories.organisation(name="Qhidden", classification="restricted")
    add_post(by=None, person=person, organisation=hidden, title="Qspy")
    old = factories.organisation(name="Qformer")
    add_post(by=None, person=person, organisation=old, title="Clerk", until=date(2001, 1, 1))
    answer = client_for(Role.COORDINATOR).get(reverse("register:person-card", args=[person.pk]))
    assert answer["Content-Type"] == "text/vcard; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="person-{person.pk}.vcf"'
    found = lines(answer.content)
    assert ("TEL", "tel:+31701234567") in found
    assert [value for name, value in found if name in ("ORG", "TITLE")] == ["Open House", "Director"]


@pytest.mark.django_db
def test_a_card_opens_for_who_may_see_the_record_and_its_reading_is_logged(client_for: ClientFor) -> None:
    for name, made in (
        ("organisation-card", factories.organisation(classification="confidential")),
        ("person-card", factories.person(classification="confidential")),
    ):
        address = reverse(f"register:{name}", args=[made.pk])
        assert client_for(Role.COORDINATOR).get(address).status_code == 200
        assert client_for(Role.POLICY_OFFICER).get(address).status_code == 404
    assert Event.objects.filter(name="record.read").count() == 2
