"""One kind of record in the API: its list, a page at a time, and a single one, each for who may see it."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import Field, create_model

from hanze.accounts.models import User
from hanze.connections import scopes
from hanze.connections.api import rooms
from hanze.connections.api.caller import Caller, caller_of
from hanze.connections.api.problems import no_such_record, wrong_input
from hanze.connections.api.schemas import LARGEST_ID, Answer, Links, Question, Reference

BASE = "/api/v1"
PAGE_SIZE, LARGEST_PAGE, LAST_PAGE = 25, 100, 1_000_000


class Filters(Question):
    """What a list can be asked for; each kind of record adds its own."""

    page: int = Field(1, ge=1, le=LAST_PAGE, description="Which page, from 1")
    page_size: int = Field(PAGE_SIZE, ge=1, le=LARGEST_PAGE, description="Records on a page")

    def narrow(self, rows: QuerySet[Any], reader: User) -> QuerySet[Any]:
        """The rows that are asked for."""
        return rows


@dataclass(frozen=True)
class Resource:
    """A kind of record.

    `rows` gives what a reader may see, `show` a page of it as answers (with as many queries for one row as for a
    hundred). `label` is the record in words, `events` the beginnings of the names of its events, `named_by` the fields
    that its name is made of, so that other answers can name it without reading it whole.
    """

    name: str
    label: Any
    model: type[models.Model]
    schema: type[Answer]
    permission: str
    rows: Callable[[User], QuerySet[Any]]
    show: Callable[[Sequence[Any], User], list[Any]]
    filters: type[Filters] = Filters
    events: tuple[str, ...] = field(default=())
    named_by: tuple[str, ...] = field(default=())

    @property
    def singular(self) -> str:
        """One of them as the document calls it: `Organisation`."""
        return self.schema.__name__.removesuffix("Answer")

    def address(self, pk: object) -> str:
        return f"{BASE}/{self.name}/{pk}"

    def named(self, reader: User) -> QuerySet[Any]:
        """What the reader may see, with only what the names are made of."""
        if not self.named_by:
            return self.rows(reader)
        seen: QuerySet[Any] = self.model.objects.visible_to(reader).order_by().only(*self.named_by)  # type: ignore[attr-defined]
        related = [name.partition("__")[0] for name in self.named_by if "__" in name]
        return seen.select_related(*related) if related else seen

    def one(self, caller: Caller, pk: int) -> Any:
        """The record, when the application may see it; raises a problem (404) when not."""
        found = self.rows(caller.reader).filter(pk=pk).first()
        if found is None:
            raise no_such_record()
        return found

    def answer(self, caller: Caller, pk: int) -> Any:
        """The record as an answer, with its reading on record, and its state in a header."""
        found = self.one(caller, pk)
        caller.opened(found)
        shown = self.show([found], caller.reader)[0]
        caller.etag = self.etag(shown)
        return shown

    def etag(self, shown: Answer) -> str:
        """The state of a record as `If-Match` names it: another as soon as this caller would be given anything else."""
        return f'"{hashlib.blake2b(shown.model_dump_json().encode(), digest_size=16).hexdigest()}"'


_resources: dict[str, Resource] = {}


def register(resource: Resource) -> Router:
    """Make a kind of record known, with its scope for reading, and give it its two reading operations."""
    _resources[resource.name] = resource
    scopes.register(f"read:{resource.name}", resource.label, resource.permission)
    return _router(resource)


def every() -> list[Resource]:
    """All kinds of records in the API."""
    rooms.load()
    return list(_resources.values())


def named(name: str) -> Resource | None:
    """The kind of record of that name in the addresses."""
    return next((each for each in every() if each.name == name), None)


def of_model(label_lower: str) -> Resource | None:
    """The kind of record of a model, by `app.model`."""
    return next((each for each in every() if each.model._meta.label_lower == label_lower), None)


def _router(resource: Resource) -> Router:
    router = Router(tags=[resource.name], by_alias=True)
    page_of: Any = create_model(
        f"{resource.singular}Page",
        __base__=Answer,
        links=(Links, ...),
        count=(int, Field(..., description="How many there are that the application may see")),
        results=(list[resource.schema], ...),  # pyright: ignore[reportInvalidTypeForm]
    )
    asked_for: Any = resource.filters
    scope = f"read:{resource.name}"

    def list_records(request: HttpRequest, asked: Query[asked_for]) -> Any:  # pyright: ignore[reportInvalidTypeForm]
        caller = caller_of(request)
        caller.needs(scope, resource.permission)
        only_known(request, asked_for)
        rows = asked.narrow(resource.rows(caller.reader), caller.reader)
        given = page_of(**page(request, caller, rows, asked, resource.show))
        # Written at once: the way of a single record would turn a long page into Python's own values in between.
        return HttpResponse(given.model_dump_json(by_alias=True), content_type="application/json; charset=utf-8")

    def get_record(request: HttpRequest, id: int) -> Any:
        caller = caller_of(request)
        caller.needs(scope, resource.permission)
        only_known(request, None)
        return resource.answer(caller, checked(id))

    name = resource.singular
    listing, one = gettext_noop("The list, a page at a time"), gettext_noop("One of them")
    router.get("", response=page_of, operation_id=f"list{name}", summary=listing)(list_records)
    router.get("/{id}", response=resource.schema, operation_id=f"get{name}", summary=one)(get_record)
    return router


def page(
    request: HttpRequest,
    caller: Caller,
    rows: QuerySet[Any],
    asked: Filters,
    show: Callable[[Sequence[Any], User], list[Any]],
    *,
    records: bool = True,
) -> dict[str, Any]:
    """One page of rows with the links to its neighbours; the confidential ones among them go on record.

    `records`: False where a row is a group of records, which has no key of its own.
    """
    count = rows.count()
    start = (asked.page - 1) * asked.page_size
    cut = _between if records else _cut
    shown = cut(rows, start, min(start + asked.page_size, count), count) if start < count else []
    caller.was_given(shown)
    following = start + asked.page_size < count
    links = Links(
        self=_link(request, asked.page),
        next=_link(request, asked.page + 1) if following else None,
        prev=_link(request, asked.page - 1) if asked.page > 1 else None,
    )
    return {"links": links, "count": count, "results": show(shown, caller.reader)}


def _between(rows: QuerySet[Any], start: int, end: int, count: int) -> list[Any]:
    """Those rows, in their order. First their keys, from the side that they are nearest to: the rows before them are
    passed over without being read."""
    keys = rows.values_list("pk", flat=True)
    from_the_end = start > count // 2
    keys = list(keys.reverse()[count - end : count - start])[::-1] if from_the_end else list(keys[start:end])
    found = {each.pk: each for each in rows.filter(pk__in=keys).order_by()}
    return [found[key] for key in keys if key in found]


def _cut(rows: QuerySet[Any], start: int, end: int, count: int) -> list[Any]:
    return list(rows[start:end])


def _link(request: HttpRequest, number: int) -> str:
    asked = {**request.GET.dict(), "page": str(number)}
    return f"{request.path}?{urlencode(asked)}"


def checked(pk: int) -> int:
    """A key that the database can hold; any other has no record."""
    if not 0 < pk <= LARGEST_ID:
        raise no_such_record()
    return pk


def only_known(request: HttpRequest, question: type[Question] | None) -> None:
    """Raise a problem (400) for a parameter that the operation does not know, or that is given twice."""
    known = {each.alias or name for name, each in question.model_fields.items()} if question else set()
    wrong = [name for name in request.GET if name not in known or len(request.GET.getlist(name)) > 1]
    if wrong:
        raise wrong_input(
            {"in": "query", "location": {"name": name}, "code": "unknown-parameter", "detail": _unknown(name, known)}
            for name in wrong
        )


def _unknown(name: str, known: set[str]) -> str:
    if name in known:
        return f"{name} is given more than once."
    return f"There is no parameter {name}. Known: {', '.join(sorted(known)) or 'none'}."


class References:
    """The names of other records on a page of answers: one query a model, and only what the reader may see."""

    def __init__(self, reader: User, wanted: dict[type[models.Model], Iterable[Any]]) -> None:
        self._found = {model: self._read(reader, model, keys) for model, keys in wanted.items()}

    def of(self, model: type[models.Model], pk: Any) -> Reference | None:
        """The reference to a record; None when there is none or it is hidden."""
        return self._found[model].get(pk)

    def each(self, model: type[models.Model], keys: Iterable[Any]) -> list[Reference]:
        """The references to those that are not hidden."""
        return [found for pk in keys if (found := self.of(model, pk)) is not None]

    @staticmethod
    def _read(reader: User, model: type[models.Model], keys: Iterable[Any]) -> dict[Any, Reference]:
        resource = of_model(model._meta.label_lower)
        if resource is None:
            raise LookupError(f"{model._meta.label} is not in the API")
        asked = {pk for pk in keys if pk is not None}
        rows = resource.named(reader).filter(pk__in=asked) if asked else ()
        return {each.pk: Reference(id=each.pk, name=str(each), url=resource.address(each.pk)) for each in rows}
