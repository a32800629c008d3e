"""Whether a reader sees a record is asked of the database once while a page is only read."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest, HttpResponse

_answers: ContextVar[dict[Any, bool] | None] = ContextVar("answers", default=None)


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


def sees_record(reader: Any, record: Any) -> bool:
    """Whether `record` is among those that `reader` may see now."""
    answers = _answers.get()
    if answers is None or not getattr(reader, "is_authenticated", False):
        return _ask(reader, record)
    key = (reader.pk, reader.ceiling, reader.roles, type(record), record.pk)
    if key not in answers:
        answers[key] = _ask(reader, record)
    return answers[key]


def _ask(reader: Any, record: Any) -> bool:
    return type(record).objects.visible_to(reader).filter(pk=record.pk).exists()
