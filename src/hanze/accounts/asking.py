"""What holds for a whole page is asked of the database once while that page is only read."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from typing import Any, TypeVar, cast

from django.http import HttpRequest, HttpResponse

Answer = TypeVar("Answer")
_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers", default=None)


class AskedOnce:
    """Remembers answers during one request that changes nothing (GET, HEAD), and in no other."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        token = _answers.set({})
        try:
            return self.get_response(request)
        finally:
            _answers.reset(token)


def once_while_reading(key: Hashable, ask: Callable[[], Answer]) -> Answer:
    """`ask()`, or within a request that changes nothing what it gave for `key` earlier in it."""
    answers = _answers.get()
    if answers is None:
        return ask()
    if key not in answers:
        answers[key] = ask()
    return cast(Answer, answers[key])


def sees_record(reader: Any, record: Any) -> bool:
    """Whether `record` is among those that `reader` may see now."""
    if not getattr(reader, "is_authenticated", False):
        return _ask(reader, record)
    key = (reader.pk, reader.ceiling, reader.roles, type(record), record.pk)
    return once_while_reading(key, lambda: _ask(reader, record))


def _ask(reader: Any, record: Any) -> bool:
    return type(record).objects.visible_to(reader).filter(pk=record.pk).exists()
