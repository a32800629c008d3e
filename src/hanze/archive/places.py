"""Where a name stands: every text, JSON value and file name of the whole database, and the contents of kept files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.functions import Cast
from django.urls import reverse

from hanze.accounts.classification import Classified
from hanze.accounts.models import User
from hanze.archive.contents import read
from hanze.archive.redacting import holds
from hanze.audit.models import Event
from hanze.audit.personal import Declaration, Way, declared_models
from hanze.casework.models import Request

PASSED_OVER = {Way.KEPT, Way.REBUILT}


@dataclass(frozen=True)
class Place:
    """One field of one row in which a name stands, with its value; `contents`: in the contents of the file."""

    model: type[models.Model]
    pk: Any
    field: str
    value: Any
    contents: bool = False

    @property
    def key(self) -> str:
        """Names the place in a form."""
        return f"{self.model._meta.label_lower}:{self.pk}:{self.field}{':contents' if self.contents else ''}"

    @property
    def kind(self) -> str:
        return str(self.model._meta.verbose_name)

    @property
    def label(self) -> str:
        return str(getattr(self.model._meta.get_field(self.field), "verbose_name", self.field))


@dataclass(frozen=True)
class Unread:
    """A kept file in which there can be words that Hanze cannot read: for a person to look at."""

    model: type[models.Model]
    pk: Any
    field: str

    @property
    def key(self) -> str:
        return f"{self.model._meta.label_lower}:{self.pk}:{self.field}"


def find(pattern: re.Pattern[str], hints: Iterable[str], unread: list[Unread] | None = None) -> Iterator[Place]:
    """Every place outside what is kept, rebuilt or the log's; `hints` are words to narrow the rows by. The files that
    could not be read as a whole are added to `unread`."""
    for model, declared in declared_models():
        if model is Event:
            continue
        for name, way in declared.fields.items():
            if way not in PASSED_OVER:
                yield from _in_field(model, name, pattern, hints)
                if isinstance(model._meta.get_field(name), models.FileField):
                    yield from _in_files(model, name, pattern, unread)


def described(unread: Sequence[Unread]) -> list[dict[str, Any]]:
    """What a page shows of these files: name, kind and number of the row, and where the record is that it hangs on."""
    shown: list[dict[str, Any]] = []
    for each in unread:
        row = models.QuerySet(each.model).filter(pk=each.pk).first()
        if row is not None:
            name = getattr(row, each.field).name.rpartition("/")[2]
            kind = str(each.model._meta.verbose_name).capitalize()
            shown.append({"name": name, "kind": kind, "number": each.pk, "url": _address(getattr(row, "parent", None))})
    return shown


def _address(parent: Any) -> str:
    if isinstance(parent, Request):
        return reverse("casework:request-detail", args=[parent.pk])
    return parent.get_absolute_url() if hasattr(parent, "get_absolute_url") else ""


def unread_of(keys: Iterable[str], reader: User) -> list[Unread]:
    """The files with these keys, as far as `reader` may read the records they hang on."""
    parts = (key.split(":") for key in keys)
    files = [Unread(apps.get_model(label), int(pk) if pk.isdigit() else pk, field) for label, pk, field in parts]
    seen = readable(files, reader)
    return [each for each in files if each.key in seen]


def file_of(key: str) -> Any:
    """The kept file of a place in the contents of one; None for another place."""
    label, pk, field, *rest = key.split(":")
    if rest != ["contents"]:
        return None
    return getattr(models.QuerySet(apps.get_model(label)).get(pk=pk), field)


def rows_with(model: type[models.Model], name: str, hints: Iterable[str]) -> models.QuerySet[Any]:
    """The rows whose field `name` may hold one of the words, whatever its letters' size, in text or JSON."""
    written: set[str] = {each for hint in hints for each in (hint, hint.lower(), hint.upper(), hint.title())}
    written |= {json.dumps(each)[1:-1] for each in written}
    rows = models.QuerySet(model).annotate(_as_text=Cast(name, models.TextField()))
    condition = models.Q()
    for each in written:
        condition |= models.Q(_as_text__icontains=each)
    return rows.filter(condition)


def readable(places: Sequence[Place | Unread], reader: User) -> set[str]:
    """The keys of the places that `reader` may read: those in records that she may see."""
    seen: set[str] = set()
    by_model: dict[type[models.Model], list[Place | Unread]] = {}
    for place in places:
        by_model.setdefault(place.model, []).append(place)
    for model, group in by_model.items():
        pks = readable_pks(model, [place.pk for place in group], reader)
        seen |= {place.key for place in group if place.pk in pks}
    return seen


def readable_pks(model: type[models.Model], pks: Iterable[Any], reader: User) -> set[Any]:
    """Which rows of `model` the reader may read: by their own class, or that of the record they stand under."""
    rows = models.QuerySet(model).filter(pk__in=list(pks))
    declared = next(said for each, said in declared_models() if each is model)
    if issubclass(model, Classified):
        rows = rows.filter(pk__in=model.objects.visible_to(reader).values("pk"))
    elif declared.under:
        parent = _end_of(model, declared.under)
        rows = rows.filter(**{f"{declared.under}__in": parent.objects.visible_to(reader).values("pk")})
    elif declared.about:
        rows = rows.none()
    return set(rows.values_list("pk", flat=True))


def _end_of(model: Any, path: str) -> Any:
    """The model that a path of references such as "sheet__imported" leads to."""
    for step in path.split("__"):
        model = model._meta.get_field(step).related_model
    return model


def about(declared: Declaration, model: type[models.Model], person: models.Model) -> models.QuerySet[Any]:
    """The rows of `model` that speak of `person`."""
    if not declared.about:
        return models.QuerySet(model).none()
    if declared.about == "pk" and not isinstance(person, model):
        return models.QuerySet(model).none()
    paths = [models.Q((path, person.pk)) for path in declared.about.split()]
    return models.QuerySet(model).filter(reduce(or_, paths))


def _in_field(model: type[models.Model], name: str, pattern: re.Pattern[str], hints: Iterable[str]) -> Iterator[Place]:
    for pk, value in rows_with(model, name, hints).values_list("pk", name).iterator(chunk_size=500):
        if value and holds(value, pattern):
            yield Place(model, pk, name, value)


def _in_files(
    model: type[models.Model], name: str, pattern: re.Pattern[str], unread: list[Unread] | None
) -> Iterator[Place]:
    for row in models.QuerySet(model).exclude(**{name: ""}).only("pk", name).iterator(chunk_size=100):
        reading = read(getattr(row, name))
        if reading.text and pattern.search(reading.text):
            yield Place(model, row.pk, name, reading.text, contents=True)
        elif not reading.whole and unread is not None:
            unread.append(Unread(model, row.pk, name))
