"""What somebody published is public as it was shown to her, and nothing else; taken back, its address says why."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.test import Client

from hanze.accounts.models import Role
from hanze.audit.models import Event
from hanze.missions.models import Activity, Cost
from hanze.publication.contents import KINDS, content_of, fingerprint_of
from hanze.publication.models import Item
from hanze.publication.operations import publish, withdraw
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def communications(people: dict[Role, Any]) -> Any:
    return people[Role.COMMUNICATIONS]


def held(**fields: Any) -> Activity:
    given = {"classification": "public", "state": "held", "public_report": "## Wat\n\nGoed", "title_en": "In English"}
    return factories.activity(**{**given, **fields})


def record_of(kind: str) -> Any:
    """A record of a kind that may be published."""
    if kind in ("activities", "travel"):
        activity = held()
        activity.costs.create(category=Cost.Category.TRAVEL, amount=Decimal("1234.50"))
        return activity
    return {"agreements": factories.agreement, "evaluations": factories.evaluation}[kind](classification="public")


def address(item: Item) -> str:
    return item.get_absolute_url()


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_can_be_published_read_by_everybody_and_taken_back(kind: str, communications: Any) -> None:
    subject = record_of(kind)
    item = publish(kind, subject, by=communications)
    page = Client().get(address(item))
    assert page.status_code == 200
    assert str(item) in page.content.decode()
    assert str(item) in Client().get("/public/").content.decode()
    assert str(item) in Client().get(f"/public/{kind}/").content.decode()
    withdraw(item, subject, by=communications, because="A mistake of ours.")
    gone = Client().get(address(item))
    assert gone.status_code == 410
    assert "A mistake of ours." in gone.content.decode()
    assert str(subject) not in gone.content.decode()
    assert str(subject) not in Client().get("/public/").content.decode()
    assert [each.name for each in Event.objects.filter(name__startswith="publication.").order_by("pk")] == [
        "publication.published",
        "publication.withdrawn",
    ]


def test_what_was_taken_back_can_be_published_again(communications: Any) -> None:
    subject = record_of("agreements")
    item = publish("agreements", subject, by=communications)
    withdraw(item, subject, by=communications, because="A mistake")
    assert publish("agreements", subject, by=communications).is_public
    assert Item.objects.count() == 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("classification", ["internal", "confidential", "restricted"])
def test_only_what_is_classified_as_public_is_published(kind: str, classification: str) -> None:
    subject = record_of(kind)
    subject.classification = classification
    subject.save()
    with pytest.raises(ValidationError):
        publish(kind, subject, by=None)


def test_what_is_not_finished_is_not_published() -> None:
    for kind, subject in (
        ("activities", held(state="planned")),
        ("activities", held(public_report="")),
        ("travel", held()),
    ):
        with pytest.raises(ValidationError):
            publish(kind, subject, by=None)


def test_only_communications_and_coordinators_publish(people: dict[Role, Any]) -> None:
    for role in set(Role) - {Role.COMMUNICATIONS, Role.COORDINATOR}:
        with pytest.raises(PermissionDenied):
            publish("agreements", record_of("agreements"), by=people[role])


def test_what_changed_since_the_preview_is_not_published_unseen(communications: Any) -> None:
    agreement = record_of("agreements")
    seen = fingerprint_of(content_of("agreements", agreement))
    agreement.subject = "Something else"
    agreement.save()
    with pytest.raises(ValidationError):
        publish("agreements", agreement, by=communications, seen=seen)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"activities"}))
def test_a_later_change_is_not_public_until_somebody_publishes_it(kind: str) -> None:
    subject = record_of(kind)
    item = publish(kind, subject, by=None)
    name = "title_nl" if kind == "evaluations" else "title"
    setattr(subject, name, "Newlywritten")
    subject.save()
    assert "Newlywritten" not in Client().get(address(item)).content.decode()


def test_another_title_of_an_activity_waits_too() -> None:
    subject = record_of("activities")
    item = publish("activities", subject, by=None)
    subject.refresh_from_db()
    subject.title = "Newlywritten"
    subject.save()
    assert "Newlywritten" not in Client().get(address(item), headers={"accept-language": "nl"}).content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_that_becomes_less_public_is_taken_back_by_itself(kind: str) -> None:
    subject = record_of(kind)
    item = publish(kind, subject, by=None)
    subject.refresh_from_db()
    subject.classification = "internal"
    subject.save()
    assert Client().get(address(item)).status_code == 410


@pytest.mark.parametrize("kind", ["activities", "agreements"])
def test_what_names_a_party_that_becomes_less_public_is_taken_back(kind: str) -> None:
    party = factories.organisation(name="Quondampublic", classification="public")
    subject = record_of(kind)
    (subject.partners if kind == "activities" else subject.parties).add(party)
    item = publish(kind, subject, by=None)
    assert "Quondampublic" in Client().get(address(item)).content.decode()
    party.classification = "confidential"
    party.save()
    assert "Quondampublic" not in Client().get(address(item)).content.decode()


def test_only_an_executive_who_leads_is_named() -> None:
    executive = factories.user(Role.EXECUTIVE, name="Leadingone", title="Gedeputeerde")
    officer = factories.user(Role.POLICY_OFFICER, name="Officerone")
    for leader, named in ((executive, True), (officer, False)):
        item = publish("activities", held(leader=leader, responsible=officer), by=None)
        page = Client().get(address(item)).content.decode()
        assert ("Leadingone, Gedeputeerde" in page) == named
        assert "Officerone" not in page


def test_travel_shows_what_we_paid_by_kind_and_what_others_paid_together() -> None:
    activity = held()
    for amount, paid_by in ((Decimal("100.25"), ""), (Decimal("50"), ""), (Decimal("75"), "Secretsponsor")):
        activity.costs.create(category="travel", amount=amount, paid_by=paid_by, description="Secretdescription")
    page = Client().get(address(publish("travel", activity, by=None))).content.decode()
    assert "150.25" in page
    assert "75.00" in page
    assert "Secret" not in page


def test_a_report_that_is_published_with_its_activity_is_in_the_register_too(
    client_for: Any, people: dict[Role, Any]
) -> None:
    activity = held(public_report="")
    client = client_for(Role.COMMUNICATIONS)
    client.post(f"/missions/{activity.pk}/report/", {"publication": "published", "text": "First words"})
    item = Item.objects.get()
    assert "First words" in Client().get(address(item)).content.decode()
    client.post(f"/missions/{activity.pk}/report/take-back/", {"because": "Aha"})
    assert Client().get(address(item)).status_code == 410


def test_the_preview_shows_what_will_be_public_in_both_languages(client_for: Any) -> None:
    activity = record_of("activities")
    client = client_for(Role.COMMUNICATIONS)
    preview = client.get(f"/publication/activities/{activity.pk}/")
    content = content_of("activities", activity)
    shown = preview.content.decode()
    for language in ("nl", "en"):
        assert content[language]["html"] in shown
        assert content[language]["title"] in shown
    client.post(f"/publication/activities/{activity.pk}/", {"seen": preview.context["seen"]})
    assert Item.objects.get().content == content


def test_a_destroyed_record_leaves_nothing_public() -> None:
    agreement = record_of("agreements")
    item = publish("agreements", agreement, by=None)
    agreement.delete()
    assert Client().get(address(item)).status_code == 404


# What is public of each model, and with that everything else of it is not.
PUBLIC_FIELDS = {
    "missions.Activity": {"title", "title_en", "public_report", "public_report_en"},
    "register.Agreement": {"title", "subject"},
    "evaluation.Evaluation": {"title_nl", "title_en"},
}


@pytest.mark.parametrize("kind", KINDS)
def test_no_other_field_of_a_record_or_of_what_hangs_on_it_is_public(kind: str) -> None:
    """A canary in every text of the record and of each row that refers to it, read from the models themselves."""
    subject = record_of(kind)
    if kind in ("activities", "agreements"):
        hidden = factories.organisation(name="Zqhidden organisation", classification="internal")
        (subject.partners if kind == "activities" else subject.parties).add(hidden)
    planted = _plant(subject)
    assert planted >= 2
    item = publish(kind, subject, by=None)
    answers = [Client().get(path) for path in (
        address(item), "/public/", f"/public/{kind}/", "/public/feed.atom", "/public/catalog.ttl",
        f"/public/data/{kind}.csv", f"/public/data/{kind}.json",
    )]  # fmt: skip
    assert all(answer.status_code == 200 for answer in answers)
    text = "".join(map(said, answers))
    assert "Zq" not in text


def said(answer: Any) -> str:
    """A page without its tokens against forged requests: among 64 letters drawn at random may be those of a canary."""
    return re.sub(r"\b[A-Za-z0-9]{64}\b", "", answer.content.decode())


def _plant(subject: Any) -> int:
    """Put a canary in every text that is not public; return in how many."""
    planted = 0
    free = PUBLIC_FIELDS[subject._meta.label] | {"framework"}
    fields = [f for f in subject._meta.concrete_fields if _is_text(f) and f.name not in free]
    type(subject).objects.filter(pk=subject.pk).update(**{f.name: f"Zq{f.name}"[: f.max_length] for f in fields})
    planted += len(fields)
    for relation in subject._meta.related_objects:
        if relation.one_to_many and relation.related_model._meta.app_label != "publication":
            for row in relation.related_model._default_manager.filter(**{relation.field.name: subject}):
                texts = [f for f in row._meta.concrete_fields if _is_text(f)]
                values = {f.name: f"Zq{f.name}"[: f.max_length] for f in texts}
                models.QuerySet(type(row)).filter(pk=row.pk).update(**values)
                planted += len(texts)
    if isinstance(subject, Activity):
        subject.programme.create(day=subject.starts_on, title="Zqprogramme", place="Zqplace", note="Zqnote")
        subject.topics.create(subject="Zqsubject", message="Zqmessage", response="Zqresponse", raised_by="Zqraised")
        subject.places.create(country=subject.country, venue="Zqvenue")
        person = factories.person(name="Zqperson", classification="public")
        subject.participations.create(person=person, note="Zqnote")
        planted += 8
    subject.refresh_from_db()
    return planted


def _is_text(field: Any) -> bool:
    text = isinstance(field, models.CharField | models.TextField)
    return text and not field.choices and not field.primary_key and not isinstance(field, models.UUIDField)
