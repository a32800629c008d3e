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
from hanze.claims.api.changing import SaidBySource, changed_shape, say
from hanze.claims.api.past import add_past
from hanze.claims.api.sources import from_application
from hanze.connections import scopes
from hanze.connections.api import resources
from hanze.connections.api.caller import caller_of
from hanze.connections.api.choosing import replaced
from hanze.connections.api.resources import Filters, References, Resource
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
from hanze.connections.api.writing import attempt, change
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


class PersonFields(Question):
    name: Line = ""
    native_name: Line = ""
    email: Words = ""
    phone: Words = ""
    notes: Text = ""
    classification: Class = "internal"
    for_council: bool = False
    source_document: Words = ""
    source_section: Words = ""

    def fields(self, reader: User) -> dict[str, Any]:
        """What the operations take."""
        return replaced(self.given(), reader, {})


class PersonChange(SaidBySource, PersonFields):
    """What an application says of a person."""


class PersonNew(PersonFields):
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
    ("name",),
)
people = resources.register(PEOPLE)
add_past(people, PEOPLE)
scopes.register("write:people", _("Add and change people"), "register.create_person")


@people.post("", response={201: PersonAnswer}, operation_id="addPerson", summary=gettext_noop("Add a person"))
def add_person(request: HttpRequest, body: PersonNew) -> Status[Any]:
    """Add a person."""
    caller = caller_of(request)
    caller.needs("write:people", "register.create_person")

    def carry_out() -> Person:
        return operations.create_person(by=caller.reader, **from_application(body.fields(caller.reader), caller))

    return Status(201, show_people([attempt(body, carry_out)], caller.reader)[0])


@people.patch(
    "/{id}",
    response=changed_shape(PEOPLE),
    operation_id="changePerson",
    summary=gettext_noop("Change the fields that are sent"),
)
def change_person(request: HttpRequest, id: int, body: PersonChange) -> Any:
    """Change the fields that are sent; the others stay as they are. A fact on which another source says otherwise is
    not overwritten: both are kept until somebody decides, and `facts` says so."""
    return say(request, PEOPLE, id, body, lambda found, reader: body.fields(reader))


@people.post(
    "/{id}/posts",
    response={201: PersonAnswer},
    operation_id="addPost",
    summary=gettext_noop("Give a person a post at an organisation"),
)
def add_post(request: HttpRequest, id: int, body: PostNew) -> Status[Any]:
    """Give a person a post at an organisation."""

    def carry_out(found: Person, reader: User) -> None:
        fields = replaced(body.given(), reader, {"organisation_id": Organisation})
        operations.add_post(by=reader, person=found, **fields)

    return Status(201, change(request, PEOPLE, id, body, carry_out)[0])
