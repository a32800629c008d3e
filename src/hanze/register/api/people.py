"""People in the API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Status
from pydantic import Field

from hanze.accounts.models import User
from hanze.connections import scopes
from hanze.connections.api import resources
from hanze.connections.api.caller import caller_of
from hanze.connections.api.choosing import replaced
from hanze.connections.api.resources import Filters, References, Resource, checked
from hanze.connections.api.schemas import (
    Answer,
    Class,
    Day,
    Id,
    Line,
    Question,
    Recorded,
    Reference,
    Text,
    Words,
    recorded,
)
from hanze.connections.api.writing import attempt
from hanze.register import operations
from hanze.register.models import (
    Organisation,
    Person,
)


class PostAnswer(Answer):
    organisation: Reference
    title: str
    since: Day | None
    until: Day | None


class PersonAnswer(Recorded):
    name: str
    native_name: str
    email: str
    phone: str
    notes: str
    posts: list[PostAnswer]


class PersonFilters(Filters):
    text: Words = ""

    def narrow(self, rows: QuerySet[Any], reader: User) -> QuerySet[Any]:
        for word in self.text.split():
            rows = rows.filter(name__icontains=word)
        return rows


class PersonChange(Question):
    name: Line = ""
    native_name: Line = ""
    email: Words = ""
    phone: Words = ""
    notes: Text = ""
    classification: Class = "internal"
    for_council: bool = False
    source_document: Words = ""
    source_section: Words = ""


class PersonNew(PersonChange):
    name: Line = Field(...)


class PostNew(Question):
    organisation_id: Id
    title: Words
    since: Day | None = None
    until: Day | None = None


def show_people(rows: Sequence[Person], reader: User) -> list[PersonAnswer]:
    posts = {each.pk: list(each.posts.all()) for each in rows}
    keys = [post.organisation_id for held in posts.values() for post in held]
    names = References(reader, {Organisation: keys})
    return [
        PersonAnswer(
            **recorded(each, PEOPLE.address(each.pk)),
            name=each.name,
            native_name=each.native_name,
            email=each.email,
            phone=each.phone,
            notes=each.notes,
            posts=[
                PostAnswer(organisation=known, title=post.title, since=post.since, until=post.until)
                for post in posts[each.pk]
                if (known := names.of(Organisation, post.organisation_id)) is not None
            ],
        )
        for each in rows
    ]


PEOPLE = Resource(
    "people",
    _("Read people"),
    Person,
    PersonAnswer,
    "register.list_parties",
    lambda reader: Person.objects.visible_to(reader).prefetch_related("posts").order_by("name", "pk"),
    show_people,
    PersonFilters,
    ("person.", "post."),
)
people = resources.register(PEOPLE)
scopes.register("write:people", _("Add and change people"), "register.create_person")


@people.post("", response={201: PersonAnswer}, operation_id="addPerson", summary=gettext_noop("Add a person"))
def add_person(request: HttpRequest, body: PersonNew) -> Status[Any]:
    """Add a person."""
    caller = caller_of(request)
    caller.needs("write:people", "register.create_person")
    made = attempt(
        body, lambda: operations.create_person(by=caller.reader, **replaced(body.given(), caller.reader, {}))
    )
    return Status(201, show_people([made], caller.reader)[0])


@people.patch(
    "/{id}", response=PersonAnswer, operation_id="changePerson", summary=gettext_noop("Change the fields that are sent")
)
def change_person(request: HttpRequest, id: int, body: PersonChange) -> Any:
    """Change the fields that are sent; the others stay as they are."""
    caller = caller_of(request)
    caller.needs("write:people")
    found = PEOPLE.one(caller, checked(id))
    attempt(
        body, lambda: operations.change_person(found, by=caller.reader, **replaced(body.given(), caller.reader, {}))
    )
    return PEOPLE.answer(caller, found.pk)


@people.post(
    "/{id}/posts",
    response={201: PersonAnswer},
    operation_id="addPost",
    summary=gettext_noop("Give a person a post at an organisation"),
)
def add_post(request: HttpRequest, id: int, body: PostNew) -> Status[Any]:
    """Give a person a post at an organisation."""
    caller = caller_of(request)
    caller.needs("write:people")
    found = PEOPLE.one(caller, checked(id))

    def carry_out() -> Any:
        fields = replaced(body.given(), caller.reader, {"organisation_id": Organisation})
        return operations.add_post(by=caller.reader, person=found, **fields)

    attempt(body, carry_out)
    return Status(201, PEOPLE.answer(caller, found.pk))
