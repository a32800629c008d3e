"""How personal data is shredded: each app declares it, per model field and per event, in its `personal.py`.

Only what can hold somebody's name or words needs a declaration: text without a fixed list of choices, JSON and files.
Numbers, dates, choices and references to other rows hold none. A model that refers to a person says by which field
(`about`), because its row speaks of her whether it names her or not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.module_loading import autodiscover_modules

PERSON = "register.Person"
ERASED = "[gewist · erased]"


class Way(StrEnum):
    """What becomes of a field when somebody is erased.

    NOT_PERSONAL: codes and hashes; searched for her names all the same, so that a mistake here leaves nothing behind.
    KEPT: stays, whoever it names (what publishers list; what an account needs to sign in).
    BLANKED, REPLACED: emptied, or made ERASED, in the rows about her; in other rows only her names go.
    SEARCHED: free text; one of her names in it is replaced, unless a person decides that it stays.
    REBUILT: made from other rows, and made again from them afterwards.
    """

    NOT_PERSONAL = "not-personal"
    KEPT = "kept"
    BLANKED = "blanked"
    REPLACED = "replaced"
    SEARCHED = "searched"
    REBUILT = "rebuilt"


@dataclass(frozen=True)
class Declaration:
    """One model's. `about`: the path to the person a row speaks of, or several. `removed`: such a row goes as a whole.
    `under`: the path to the classified record whose readers may read the row. `renewed`: fields that are computed from
    others, such as a hash, each with how."""

    fields: Mapping[str, Way]
    about: str
    removed: bool
    under: str
    renewed: Mapping[str, Callable[[Any], Any]]


_models: dict[str, Declaration] = {}
_events: dict[str, Way] = {}


def declare(
    label: str,
    *,
    about: str = "",
    removed: bool = False,
    under: str = "",
    renewed: Mapping[str, Callable[[Any], Any]] | None = None,
    codes: str = "",
    kept: str = "",
    blanked: str = "",
    replaced: str = "",
    searched: str = "",
    rebuilt: str = "",
) -> None:
    """Say how the model `label` ("register.Person") is shredded: field names with spaces between them for each way
    (`codes`: not personal). Raises ValueError when the model or a field was said before."""
    if label.lower() in _models:
        raise ValueError(f"{label} was declared before.")
    given = (
        (Way.NOT_PERSONAL, codes),
        (Way.KEPT, kept),
        (Way.BLANKED, blanked),
        (Way.REPLACED, replaced),
        (Way.SEARCHED, searched),
        (Way.REBUILT, rebuilt),
    )
    fields: dict[str, Way] = {}
    for name, way in ((name, way) for way, names in given for name in names.split()):
        if name in fields:
            raise ValueError(f"{label}.{name} was declared before.")
        fields[name] = way
    _models[label.lower()] = Declaration(fields, about, removed, under, renewed or {})


def declare_events(way: Way, *names: str) -> None:
    """Say how the data of these events is shredded: SEARCHED, or BLANKED when they are about the erased person."""
    for name in names:
        if name in _events:
            raise ValueError(f"{name} was declared before.")
        _events[name] = way


@cache
def _read() -> None:
    autodiscover_modules("personal")


def declaration(model: type[models.Model]) -> Declaration | None:
    """How `model` is shredded; None when nobody declared it."""
    _read()
    return _models.get(model._meta.label_lower)


def event_way(name: str) -> Way | None:
    """How the data of the event `name` is shredded; None when nobody declared it."""
    _read()
    return _events.get(name)


def declared_models() -> Iterator[tuple[type[models.Model], Declaration]]:
    """Every model of the database that has a declaration, with it."""
    for model in apps.get_models(include_auto_created=True):
        declared = declaration(model)
        if declared is not None and model._meta.managed:
            yield model, declared


def asks(candidate: Any) -> bool:
    """Whether a model field can hold somebody's name or words, and so needs a declaration."""
    if isinstance(candidate, (models.JSONField, models.FileField, models.TextField)):
        return True
    return isinstance(candidate, models.CharField) and not candidate.choices


def undeclared() -> list[str]:
    """What still lacks a declaration, as "app.Model.field" or "app.Model (about)"; and declarations of what is not."""
    missing: list[str] = []
    for model in apps.get_models(include_auto_created=True):
        said = declaration(model)
        asked = {each.name for each in model._meta.local_fields if asks(each)}
        given = set(said.fields) if said else set()
        missing += [f"{model._meta.label}.{name}" for name in sorted(asked - given)]
        missing += [f"{model._meta.label}.{name} is no field to declare" for name in sorted(given - asked)]
        if _refers_to_a_person(model) and not (said and said.about):
            missing.append(f"{model._meta.label} (about)")
    known = {model._meta.label_lower for model in apps.get_models(include_auto_created=True)}
    return missing + [f"{label} is no model" for label in sorted(set(_models) - known)]


def undeclared_events(names: list[str]) -> list[str]:
    """Which of the registered event names lack a declaration, and which declared ones are not registered."""
    _read()
    unknown = sorted(set(_events) - set(names))
    return [name for name in names if name not in _events] + [f"{name} is no event" for name in unknown]


def _refers_to_a_person(model: type[models.Model]) -> bool:
    if model._meta.auto_created:
        return False
    related = (each.related_model for each in model._meta.local_fields if each.is_relation)
    return any(isinstance(to, type) and to._meta.label == PERSON for to in related)
