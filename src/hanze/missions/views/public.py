"""Published reports, for everybody."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from hanze.missions.models import Activity
from hanze.reporting.html import prose_html

PAGE_SIZE = 50


def published() -> QuerySet[Activity]:
    """What the public may read: reports that were published, of public activities."""
    public = Activity.objects.filter(classification="public", publication=Activity.Publication.PUBLISHED)
    return public.select_related("country")


def report_html(activity: Activity) -> Any:
    """The public report in the language in use, as clean HTML under a page's title."""
    language: Any = (get_language() or "nl")[:2]
    return mark_safe(prose_html(activity.in_language("public_report"), {}, language, lambda key: "", 1))


@login_not_required
@require_safe
def public_list(request: HttpRequest) -> HttpResponse:
    paginator = Paginator(published(), PAGE_SIZE)
    page = paginator.get_page(request.GET.get("page"))
    context = {"page_obj": page, "page_numbers": paginator.get_elided_page_range(page.number)}
    return render(request, "missions/public_list.html", context)


@login_not_required
@require_safe
def public_report(request: HttpRequest, pk: int) -> HttpResponse:
    activity = get_object_or_404(published(), pk=pk)
    places = [str(place) for place in activity.places.select_related("country", "region", "city")]
    context = {"activity": activity, "report": report_html(activity), "places": places}
    return render(request, "missions/public_report.html", context)
