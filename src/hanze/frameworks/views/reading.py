"""The frameworks that are in force, and each of them to be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hanze.accounts.permissions import require
from hanze.accounts.requests import reader_of
from hanze.frameworks import library
from hanze.frameworks.reading import document_of
from hanze.frameworks.words import say
from hanze.policy import Framework


@dataclass(frozen=True)
class FrameworkRow:
    """A framework in the list, by the version that is in force, or else the latest one."""

    framework: Framework
    title: str
    summary: str
    adopted_by: str
    in_force: bool
    trial: library.Trial
    other_versions: tuple[Framework, ...]


@require_GET
def framework_list(http: HttpRequest) -> HttpResponse:
    """Every framework with its versions, and the files that cannot be used, with what is wrong in them."""
    require(reader_of(http), "frameworks.list_frameworks")
    ids = dict.fromkeys(each.id for each in library.installed())
    rows = [_row(framework_id, timezone.localdate()) for framework_id in ids]
    rows.sort(key=lambda row: (not row.in_force, -row.framework.precedence, row.title))
    return render(http, "frameworks/list.html", {"rows": rows, "problems": library.problems()})


@require_GET
def framework_detail(http: HttpRequest, framework: str, version: str) -> HttpResponse:
    """One version of a framework, as a document to read and to print."""
    require(reader_of(http), "frameworks.list_frameworks")
    found = library.get(framework, version)
    if found is None:
        raise Http404
    return render(http, "frameworks/detail.html", {"document": document_of(found, timezone.localdate())})


def _row(framework_id: str, today: date) -> FrameworkRow:
    current = library.in_force(today).get(framework_id)
    versions = library.versions(framework_id)
    shown = current or versions[0]
    return FrameworkRow(
        framework=shown,
        title=say(shown.title),
        summary=say(shown.summary),
        adopted_by=say(shown.adopted_by),
        in_force=current is not None,
        trial=library.trial(shown),
        other_versions=tuple(each for each in versions if each != shown),
    )
