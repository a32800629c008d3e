"""Two versions of a framework beside each other."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from hanze.accounts.permissions import require
from hanze.accounts.requests import reader_of
from hanze.frameworks import library
from hanze.frameworks.comparison import comparison_of


@require_GET
def framework_compare(http: HttpRequest, framework: str, one: str, other: str) -> HttpResponse:
    """What changed from one version to another; `?with=` chooses another version to compare with."""
    require(reader_of(http), "frameworks.list_frameworks")
    before, after = library.get(framework, one), library.get(framework, other)
    if before is None or after is None:
        raise Http404
    if chosen := http.GET.get("with"):
        if library.get(framework, chosen) is None:
            raise Http404
        return redirect("frameworks:framework-compare", framework=framework, one=chosen, other=other)
    context = {"comparison": comparison_of(before, after), "versions": library.versions(framework)}
    return render(http, "frameworks/comparison.html", context)
