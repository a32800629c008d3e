"""The list of activities."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hanze.accounts.requests import reader_of
from hanze.missions.forms.filters import ActivityFilter
from hanze.missions.models import Activity
from hanze.missions.queries import with_open_measures
from hanze.missions.views.helpers import allow

PAGE_SIZE = 50


@require_safe
def activity_list(request: HttpRequest) -> HttpResponse:
    allow(request, "missions.list_activities")
    seen = Activity.objects.visible_to(reader_of(request)).select_related("country", "leader", "responsible")
    rows = with_open_measures(seen).order_by("-starts_on", "title", "pk")
    found = ActivityFilter(request.GET, queryset=rows, request=request)
    paginator = Paginator(found.qs, PAGE_SIZE)
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "filter": found,
        "page_obj": page,
        "page_numbers": paginator.get_elided_page_range(page.number),
        "is_filtered": bool(request.GET),
        "may_add": reader_of(request).has_perm("missions.add_activity"),
    }
    template = "missions/activity_rows.html" if request.htmx else "missions/activity_list.html"  # type: ignore[attr-defined]
    return render(request, template, context)
