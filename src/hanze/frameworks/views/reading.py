"""The frameworks that are in force, and each of them to be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hanze.accounts.permissions import require
from hanze.accounts.requests import reader_of
from hanze.frameworks import library, usage
from hanze.frameworks.models import Draft, PublishedVersion
from hanze.frameworks.queries import drafts_for
from hanze.frameworks.reading import document_of
from hanze.frameworks.views.downloads import dmn_response, yaml_response
from hanze.frameworks.views.titles import title_of
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


@dataclass(frozen=True)
class VersionRow:
    """A version in the list: `state` is in-force, future or past; `used` counts the advice that rests on it."""

    framework: Framework
    state: str
    adopted_by: str
    published: PublishedVersion | None
    previous: Framework | None
    used: int
    cases: tuple[usage.Usage, ...]


@require_GET
def framework_list(http: HttpRequest) -> HttpResponse:
    """Every framework with its versions, and the files that cannot be used, with what is wrong in them."""
    require(reader_of(http), "frameworks.list_frameworks")
    ids = dict.fromkeys(each.id for each in library.installed())
    rows = [_row(framework_id, timezone.localdate()) for framework_id in ids]
    rows.sort(key=lambda row: (not row.in_force, -row.framework.precedence, row.title))
    drafts = drafts_for(reader_of(http)).filter(state__in=Draft.UNDER_WAY)
    context = {"rows": rows, "problems": library.problems(), "drafts": [(each, title_of(each)) for each in drafts]}
    return render(http, "frameworks/list.html", context)


@require_GET
def framework_detail(http: HttpRequest, framework: str, version: str) -> HttpResponse:
    """One version of a framework, as a document to read and to print."""
    require(reader_of(http), "frameworks.list_frameworks")
    found = library.get(framework, version)
    if found is None:
        raise Http404
    context = {
        "document": document_of(found, timezone.localdate()),
        "published": library.published(found),
        "may_start": reader_of(http).has_perm("frameworks.start_draft"),
    }
    return render(http, "frameworks/detail.html", context)


@require_GET
def framework_versions(http: HttpRequest, framework: str) -> HttpResponse:
    """Every version of a framework and its drafts: when each is in force, who approved it, what rests on it."""
    reader = reader_of(http)
    require(reader, "frameworks.list_frameworks")
    versions = library.versions(framework)
    if not versions:
        raise Http404
    today = timezone.localdate()
    current = library.in_force(today).get(framework)
    context = {
        "title": say((current or versions[0]).title),
        "framework_id": framework,
        "rows": [
            _version_row(each, current, today, reader, versions[place + 1] if place + 1 < len(versions) else None)
            for place, each in enumerate(versions)
        ],
        "drafts": drafts_for(reader, framework),
        "sees_drafts": reader.has_perm("frameworks.view_draft"),
        "may_start": reader.has_perm("frameworks.start_draft"),
        "base": current or versions[0],
    }
    return render(http, "frameworks/versions.html", context)


@require_GET
def framework_download(http: HttpRequest, framework: str, version: str) -> HttpResponse:
    """The YAML text of an installed version as a file."""
    require(reader_of(http), "frameworks.list_frameworks")
    found = library.get(framework, version)
    if found is None:
        raise Http404
    return yaml_response(library.source_of(found)[0], f"{framework}-{version}.yaml")


@require_GET
def framework_dmn(http: HttpRequest, framework: str, version: str) -> HttpResponse:
    """An installed version in DMN, for other programs."""
    require(reader_of(http), "frameworks.list_frameworks")
    found = library.get(framework, version)
    if found is None:
        raise Http404
    return dmn_response(found)


def _version_row(
    each: Framework, current: Framework | None, today: date, reader: Any, previous: Framework | None
) -> VersionRow:
    state = "in-force" if each == current else "future" if each.in_force_from > today else "past"
    count, cases = usage.of(each, reader)
    return VersionRow(each, state, say(each.adopted_by), library.published(each), previous, count, tuple(cases))


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
