"""Which pairs of parties that look alike were set aside as different, as long as both are called as they were."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from hanze.accounts.models import User
from hanze.register.models import Organisation, Person, SetApart

Party = Organisation | Person
Keys = tuple[int, int]


def name_fields(model: type[Any]) -> tuple[str, ...]:
    """The fields that hold what a party is called."""
    return ("name", "short_name", "native_name") if model is Organisation else ("name", "native_name")


def names_of(party: Party) -> list[str]:
    """What `party` is called, in the order of `name_fields`."""
    return [getattr(party, field) for field in name_fields(type(party))]


def set_aside(model: type[Any]) -> dict[Keys, SetApart]:
    """The pairs of records of `model` that were set aside, by their keys, the last first; without those of which one
    has another name since."""
    kept: QuerySet[SetApart] = SetApart.objects.filter(content_type=ContentType.objects.get_for_model(model))
    concerned = Q(pk__in=kept.values("one_id")) | Q(pk__in=kept.values("other_id"))
    rows = model._default_manager.filter(concerned).values_list("pk", *name_fields(model))
    called = {pk: list(names) for pk, *names in rows}
    return {
        (each.one_id, each.other_id): each
        for each in kept.select_related("by")
        if each.names == [called.get(each.one_id), called.get(each.other_id)]
    }


def set_aside_for(model: type[Any], reader: User) -> list[tuple[Any, Any, SetApart]]:
    """Both records of each pair that was set aside, and by whom, where `reader` may see both; the last first."""
    pairs = set_aside(model)
    related = ("country",) if model is Organisation else ()
    seen: Any = model.objects.visible_to(reader).select_related(*related)
    found = seen.in_bulk({pk for keys in pairs for pk in keys})
    return [(found[one], found[other], pairs[one, other]) for one, other in pairs if {one, other} <= found.keys()]
