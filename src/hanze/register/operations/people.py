"""People and the posts they hold."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.audit.log import changes, record
from hanze.register.models import Organisation, Person, Post
from hanze.register.saving import fill, snapshot


@transaction.atomic
def create_person(*, by: User | None, **fields: Any) -> Person:
    """Add a person. Raises PermissionDenied, ValidationError."""
    require(by, "register.create_person")
    person = Person()
    fill(person, fields)
    record("person.created", by=by, subject=person)
    return person


@transaction.atomic
def change_person(person: Person, *, by: User | None, **fields: Any) -> Person:
    """Change the given fields. Raises PermissionDenied, ValidationError."""
    require(by, "register.change_person", person)
    before = snapshot(Person.objects.get(pk=person.pk))
    fill(person, fields)
    # What a person's details were is personal data: the log keeps which fields changed, not their values.
    if changed := changes(before, snapshot(Person.objects.get(pk=person.pk))):
        record("person.changed", by=by, subject=person, fields=sorted(changed))
    return person


@transaction.atomic
def add_post(*, by: User | None, person: Person, organisation: Organisation, title: str, **fields: Any) -> Post:
    """Give a person a post at an organisation, with `since` and `until` when known. Raises PermissionDenied,
    ValidationError."""
    require(by, "register.change_person", person)
    require(by, "register.view_organisation", organisation)
    post = Post(person=person)
    fill(post, {"organisation": organisation, "title": title, **fields})
    record("post.added", by=by, subject=person, post=title)
    return post


@transaction.atomic
def change_post(post: Post, *, by: User | None, **fields: Any) -> Post:
    """Change a post, such as the day it ended. Raises PermissionDenied, ValidationError."""
    require(by, "register.change_person", post.person)
    require(by, "register.view_organisation", fields.get("organisation", post.organisation))
    before = snapshot(Post.objects.get(pk=post.pk))
    fill(post, fields)
    if changed := changes(before, snapshot(post)):
        record("post.changed", by=by, subject=post.person, post=post.title, fields=sorted(changed))
    return post
