"""The start page and Today."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.module_loading import module_has_submodule

from hanze.accounts.attention import MOST, Attention, Waiting, together
from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.accounts.requests import reader_of
from hanze.casework.models import Decision, Request

COMING_SHOWN = 8


def start(request: HttpRequest) -> HttpResponse:
    """Everybody to the page where her work begins, in the language that she chose before."""
    answer = redirect("web:today" if reader_of(request).has_perm("web.view_today") else "casework:own-request-list")
    if reader_of(request).language and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, reader_of(request).language, samesite="Lax")
    return answer


def today(request: HttpRequest) -> HttpResponse:
    """What needs the reader, what is coming, and how the year stands."""
    require(reader_of(request), "web.view_today")
    day = timezone.localdate()
    items = attention_of(reader_of(request), day)
    needed = [item for item in items if item.needs_action]
    context = {
        "day": day,
        "needed": needed[:MOST],
        "needed_beyond": len(needed[MOST:]) + items.more,
        "coming": [item for item in items if not item.needs_action][:COMING_SHOWN],
        "year": year_so_far(reader_of(request), day),
        "may_add_request": reader_of(request).has_perm("casework.add_request"),
    }
    return render(request, "web/today.html", context)


def attention_of(reader: User, day: date) -> Waiting:
    """What every app says that the reader should know today, the most urgent first."""
    return together(*(attention(reader, day) for attention in _attention_functions()))


@cache
def _attention_functions() -> tuple[Callable[[User, date], Iterable[Attention]], ...]:
    return tuple(
        import_module(f"{app.name}.attention").attention
        for app in apps.get_app_configs()
        if app.name.startswith("hanze.") and app.label != "accounts" and module_has_submodule(app.module, "attention")
    )


def year_so_far(reader: User, day: date) -> dict[str, int]:
    """The requests of this year that the reader may see, by what became of them."""
    requests = Request.objects.visible_to(reader).filter(received_on__year=day.year)
    # Visibility may join, so each request is counted once by its key.
    outcomes = dict(
        Decision.objects.filter(request__in=requests).values_list("outcome").annotate(n=Count("pk", distinct=True))
    )
    counted = requests.aggregate(total=Count("pk"), open=Count("pk", filter=Q(state__in=Request.OPEN_STATES)))
    return {
        "year": day.year,
        "total": counted["total"],
        "taken_up": outcomes.get("take-up", 0) + outcomes.get("take-up-with-measures", 0),
        "referred": outcomes.get("refer", 0),
        "refused": outcomes.get("refuse", 0),
        "open": counted["open"],
    }
