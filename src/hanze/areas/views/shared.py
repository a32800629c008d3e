"""What the pages of an initiative share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hanze.accounts.classification import get_visible_or_404
from hanze.accounts.language import language_in_force
from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.accounts.requests import reader_of
from hanze.areas.models import Initiative
from hanze.reporting import Chart
from hanze.reporting.charts import chart_svg
from hanze.reporting.formats import FORMATS


def initiative_for(request: HttpRequest, pk: int, permission: str = "areas.view_initiative") -> tuple[User, Initiative]:
    """The reader and the initiative, when she may see it and holds `permission` for it; else 404."""
    reader = reader_of(request)
    require(reader, "areas.list_initiatives")
    initiative = get_visible_or_404(Initiative.objects.select_related("responsible"), reader, pk=pk)
    require(reader, permission, initiative)
    return reader, initiative


def frame(reader: User, initiative: Initiative, tab: str) -> dict[str, Any]:
    """The context of everything above the tabs."""
    may_change = reader.has_perm("areas.change_initiative", initiative)
    return {
        "initiative": initiative,
        "tab": tab,
        "may_change": may_change,
        "report_formats": [(extension, each.label) for extension, each in FORMATS.items() if extension != "json"],
        "report_languages": [("nl", "Nederlands"), ("en", "English")],
    }


def drawn(chart: Chart) -> SafeString:
    """A chart as it stands on a wide page and, with letters of the same size, on a telephone; one of the two shows."""
    language = language_in_force()
    named = f'<svg role="img" aria-label="{escape(chart.alt)}" '
    wide, narrow = (chart_svg(chart, language, narrow=each).replace("<svg ", named, 1) for each in (False, True))
    return mark_safe(f'<div class="for-wide">{wide}</div><div class="for-narrow">{narrow}</div>')  # words are escaped


def part_form(
    request: HttpRequest, initiative: Initiative, form: BaseForm, heading: str, back: str, place: str
) -> HttpResponse:
    """A page with the form of one part; `back` leads to where it is listed, which `place` names."""
    context = {"initiative": initiative, "form": form, "heading": heading, "back": back, "place": place}
    return render(request, "areas/part_form.html", context, status=422 if form.errors else 200)


def asked_twice(
    request: HttpRequest, question: str, consequence: str, back: str, remove: Callable[[], object]
) -> HttpResponse:
    """Ask before something is taken away, and take it away when she says so; what stands in the way is told."""
    if request.method == "POST":
        try:
            remove()
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("It was taken away."))
        return redirect(back)
    context = {
        "question": question,
        "consequence": consequence,
        "confirm_label": _("Take away"),
        "cancel_url": back,
        "danger": True,
    }
    return render(request, "web/confirm.html", context)
