"""The list of activities."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from hanze.accounts.exporting import Column, export, wanted
from hanze.accounts.listing import KeysFirstPaginator
from hanze.accounts.requests import reader_of
from hanze.missions.cells import FIELDS
from hanze.missions.forms.filters import ActivityFilter
from hanze.missions.models import Activity
from hanze.missions.queries import with_open_measures
from hanze.missions.views.helpers import allow

PAGE_SIZE = 50

# An export has each thing of the list in a column of its own.
COLUMNS = (
    Column(_("From"), lambda activity: activity.starts_on),
    Column(_("Until"), lambda activity: activity.ends_on),
    Column(_("Known to the"), lambda activity: activity.get_date_precision_display()),
    Column(_("Activity"), str),
    Column(_("Kind"), lambda activity: activity.get_kind_display()),
    Column(_("Sector"), lambda activity: activity.get_sector_display()),
    Column(_("Country"), lambda activity: activity.country),
    Column(_("Led by"), lambda activity: activity.leader),
    Column(_("Responsible officer"), lambda activity: activity.responsible),
    Column(_("State"), lambda activity: activity.get_state_display()),
)
WITH_MEASURES = (*COLUMNS, Column(_("Open measures"), lambda activity: activity.open_measures))


@require_safe
def activity_list(request: HttpRequest) -> HttpResponse:
    allow(request, "missions.list_activities")
    seen = Activity.objects.visible_to(reader_of(request)).select_related("country", "leader", "responsible")
    rows = with_open_measures(seen).order_by("-starts_on", "title", "pk")
    found = ActivityFilter(request.GET, queryset=rows, request=request)
    if wanted(request):
        return export(request, title=_("Missions and visits"), columns=WITH_MEASURES, rows=found.qs, form=found.form)
    paginator = KeysFirstPaginator(found.qs.only(*FIELDS), PAGE_SIZE)
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
