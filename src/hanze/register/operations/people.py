"""People and the posts they hold."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.audit.log import changes, record
from hanze.register.models import Organisation, Person, Post
from hanze.register.saving import fill, snapshot

NAMES = ("name", "native_name")


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
    if changed := changes(before, snapshot(Person.objects.get(pk=person.pk))):
        # Of a person's details the log keeps which changed; what they were only of her names. It goes with her.
        names = {name: values for name, values in changed.items() if name in NAMES}
        kept: dict[str, Any] = {"changes": names} if names else {}
        record("person.changed", by=by, subject=person, fields=sorted(changed), **kept)
    return person


@transaction.atomic
def add_post(*, by: User | None, person: Person, organisation: Organisation, title: str, **fields: Any) -> Post:
    """Give a person a post at an organisation, with `since` and `until` when known. Raises PermissionDenied,
    ValidationError."""
    require(by, "register.change_person", person)
    require(by, "register.view_organisation", organisation)
    post = Post(person=person)
    fill(post, {"organisation": organisation, "title": title, **fields})
    record("post.added", by=by, subject=person, post=title, key=post.pk)
    return post


@transaction.atomic
def change_post(post: Post, *, by: User | None, **fields: Any) -> Post:
    """Change a post, such as the day it ended. Raises PermissionDenied, ValidationError."""
    require(by, "register.change_person", post.person)
    require(by, "register.view_organisation", fields.get("organisation", post.organisation))
    before = snapshot(Post.objects.get(pk=post.pk))
    fill(post, fields)
    if changed := changes(before, snapshot(post)):
        kept = {"post": post.title, "key": post.pk, "changes": changed}
        record("post.changed", by=by, subject=post.person, fields=sorted(changed), **kept)
    return post
