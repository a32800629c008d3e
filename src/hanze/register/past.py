"""The posts of a person as they were known on a past day, read back from the log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.audit.models import Event
from hanze.claims.queries import Then
from hanze.register.models import Organisation, Person
from hanze.register.saving import snapshot

FIELDS = ["title", "organisation", "since", "until"]
Known = dict[int, dict[str, Any]]


def posts_then(person: Person, moment: datetime, reader: User) -> list[Then]:
    """One line: the posts that were known at `moment` to be held on that day, and those held today; at organisations
    that `reader` may see."""
    now: Known = {post.pk: _plain(snapshot(post, FIELDS)) for post in person.posts.all()}
    then, lost = _known_at(person, now, moment)
    keys = {post["organisation"] for post in (*now.values(), *then.values())}
    names = {each.pk: str(each) for each in Organisation.objects.visible_to(reader).filter(pk__in=keys)}
    held = _held(then, timezone.localdate(moment).isoformat(), names)
    today = _held(now, timezone.localdate().isoformat(), names)
    words = [_in_words(posts, names) for posts in (held, today)]
    return [Then("posts", _("Posts"), words[0], words[1], lost, [], held, today)]


def _known_at(person: Person, now: Known, moment: datetime) -> tuple[Known, bool]:
    """The posts as the log says they were, and whether it lacks what one was."""
    then, lost = {pk: dict(post) for pk, post in now.items()}, False
    events = Event.objects.filter(subject_type=person._meta.label_lower, subject_id=str(person.pk), at__gt=moment)
    for event in events.filter(name__in=["post.added", "post.changed"]).order_by("-at", "-pk"):
        key = event.data.get("key")
        if key is None:
            lost = True
        elif event.name == "post.added":
            then.pop(key, None)
        elif key in then:
            changed = event.data.get("changes", {})
            lost = lost or not changed
            then[key] |= {name: before for name, (before, _after) in changed.items() if name in FIELDS}
    return then, lost


def _held(posts: Known, day: str, names: dict[int, str]) -> list[dict[str, Any]]:
    """Those held on `day` at an organisation that may be named; an unknown start or end counts as open."""
    held = [post for post in posts.values() if (post["since"] or day) <= day <= (post["until"] or day)]
    return sorted((post for post in held if post["organisation"] in names), key=lambda post: (post["title"], str(post)))


def _in_words(posts: list[dict[str, Any]], names: dict[int, str]) -> str:
    return "\n".join(f"{post['title']}, {names[post['organisation']]}" for post in posts) or _("nothing")


def _plain(post: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in post.items()}
