"""One box for everything."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hanze.accounts.permissions import require
from hanze.accounts.requests import reader_of
from hanze.web.search import find
from hanze.web.search.finding import PAGE


def search(request: HttpRequest) -> HttpResponse:
    """Results for `?q=`, narrowed by `?kind=`, a page at a time."""
    require(reader_of(request), "web.search")
    query, kind = request.GET.get("q", "").strip()[:200], request.GET.get("kind", "")
    asked_page = request.GET.get("page", "1")
    page = int(asked_page) if asked_page.isdecimal() and len(asked_page) < 6 else 1
    results = find(reader_of(request), query, kind, page)
    paginator = Paginator(range(results.total), PAGE)
    page_obj = paginator.get_page(page)
    context = {
        "search_query": query,
        "kind": kind,
        "results": results,
        "page_obj": page_obj,
        "page_numbers": paginator.get_elided_page_range(page_obj.number),
        "all_kinds": sum(count for _type, _label, count in results.kinds),
    }
    return render(request, "web/search.html", context)
