"""The lists and their editions: handing one in, looking at what it would change, bringing it into force."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from hanze.accounts.together import in_turn
from hanze.register.forms.shared import attempt
from hanze.screening.lists import ListError
from hanze.screening.lists.own import Sample
from hanze.watchlists import operations, presenting, queries, tasks
from hanze.watchlists.forms import ColumnsForm, EditionForm, WatchlistForm
from hanze.watchlists.models import Edition, Run, Watchlist
from hanze.watchlists.operations import columns
from hanze.watchlists.reading import seen_run, seen_touched
from hanze.watchlists.views.shared import allowed, page_of

SOON = timedelta(minutes=5)
"""How long after an edition came into force the page waits for the worker to begin."""

LONGEST_ROW_NUMBER = 8


def list_list(request: HttpRequest) -> HttpResponse:
    reader = allowed(request, "watchlists.list_lists")
    context = {
        "lists": queries.lists(),
        "may_change": reader.has_perm("watchlists.change_list"),
        "may_screen": reader.has_perm("watchlists.screen_party"),
        "keep_days": settings.SCREENING_KEEP_DAYS,
        "runs": Run.objects.filter(why__in=[Run.Why.LIST_CHANGED, Run.Why.ASKED]).select_related("by")[:10],
    }
    return render(request, "watchlists/list_list.html", context)


def list_detail(request: HttpRequest, slug: str) -> HttpResponse:
    reader = allowed(request, "watchlists.list_lists")
    watchlist = get_object_or_404(queries.lists(), slug=slug)
    text = request.GET.get("q", "").strip()
    context = {
        "watchlist": watchlist,
        "editions": watchlist.editions.select_related("received_by", "in_force_by"),
        "form": EditionForm(),
        "text": text,
        "may_change": reader.has_perm("watchlists.change_list"),
        **page_of(request, queries.entries_matching(watchlist, text)),
    }
    return render(request, "watchlists/list_detail.html", context)


def list_create(request: HttpRequest) -> HttpResponse:
    reader = allowed(request, "watchlists.change_list")
    form = WatchlistForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, operations.create_list, by=reader, **form.cleaned_data)
        if made:
            messages.success(request, _("%(name)s has been added. Hand in its first edition.") % {"name": made})
            return redirect(made)
    return render(request, "watchlists/list_form.html", {"form": form})


@in_turn(Watchlist, "slug", "slug")
def list_change(request: HttpRequest, slug: str) -> HttpResponse:
    reader = allowed(request, "watchlists.change_list")
    watchlist = get_object_or_404(Watchlist, slug=slug)
    form = WatchlistForm(request.POST or None, instance=watchlist)
    for name in ("slug", "publisher") if watchlist.editions.exists() else ():
        del form.fields[name]
    if request.method == "POST" and form.is_valid():
        watchlist = get_object_or_404(Watchlist, slug=slug)
        if attempt(form, operations.change_list, watchlist, by=reader, **form.cleaned_data):
            return redirect(watchlist)
    return render(request, "watchlists/list_form.html", {"form": form, "watchlist": watchlist})


@require_POST
def edition_receive(request: HttpRequest, slug: str) -> HttpResponse:
    reader = allowed(request, "watchlists.change_list")
    watchlist = get_object_or_404(queries.lists(), slug=slug)
    form = EditionForm(request.POST, request.FILES)
    if form.is_valid():
        edition = attempt(form, operations.receive_edition, watchlist, by=reader, **form.cleaned_data)
        if edition:
            tasks.read_edition.enqueue(edition.pk)
            return redirect(edition)
    editions = watchlist.editions.select_related("received_by", "in_force_by")
    context = {"watchlist": watchlist, "editions": editions, "form": form, "may_change": True, "text": ""}
    context |= page_of(request, queries.entries_matching(watchlist, ""))
    return render(request, "watchlists/list_detail.html", context, status=422)


@require_POST
def edition_fetch(request: HttpRequest, slug: str) -> HttpResponse:
    reader = allowed(request, "watchlists.change_list")
    watchlist = get_object_or_404(Watchlist, slug=slug, fetch=True)
    tasks.fetch_edition.enqueue(watchlist.pk, reader.pk)
    messages.info(request, _("Fetching. A new edition appears here when it has been read."))
    return redirect(watchlist)


def edition_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What an edition would change, and which known parties it touches, before it comes into force."""
    reader = allowed(request, "watchlists.list_lists")
    edition = get_object_or_404(Edition.objects.select_related("watchlist", "received_by", "in_force_by"), pk=pk)
    run = Run.objects.filter(editions=edition, why=Run.Why.LIST_CHANGED).first()
    busy = edition.state == Edition.State.READING or _is_screening(edition, run)
    if request.htmx and not busy:  # type: ignore[attr-defined]
        return HttpResponseClientRefresh()
    touched = queries.touched(edition, reader)
    if not request.htmx:  # type: ignore[attr-defined]
        seen_touched(reader, edition, (subject for subject, _entries in touched.parties))
    may_say_columns = edition.watchlist.publisher == "own" and reader.has_perm("watchlists.change_list")
    may_say_columns = may_say_columns and edition.state in columns.CAN_BE_READ_ANEW
    if edition.state == Edition.State.COLUMNS and may_say_columns:
        return redirect("watchlists:edition-columns", edition.pk)
    context = {
        "edition": edition,
        "busy": busy,
        "touched": touched,
        "changed": presenting.changed_lines(edition),
        "may_force": edition.state == Edition.State.PREVIEW and reader.has_perm("watchlists.bring_into_force"),
        "may_discard": edition.state == Edition.State.PREVIEW and reader.has_perm("watchlists.change_list"),
        "may_say_columns": may_say_columns,
        "run": run,
    }
    template = "watchlists/_edition_progress.html" if request.htmx else "watchlists/edition_detail.html"  # type: ignore[attr-defined]
    return render(request, template, context)


def edition_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """What the columns of an own list hold: those found with examples, and a choice for each."""
    reader = allowed(request, "watchlists.change_list")
    waiting = Edition.objects.select_related("watchlist").filter(state__in=columns.CAN_BE_READ_ANEW)
    edition = get_object_or_404(waiting, pk=pk, watchlist__publisher="own")
    mapping = edition.watchlist.mapping
    try:
        start = _start_of(request, edition)
    except (ListError, OSError) as error:
        operations.refuse(edition, str(error))
        return redirect(edition)
    usual = {"kind": mapping.get("kind", "unknown"), "separator": mapping.get("separator", ";")}
    usual["heading"] = start.heading
    suggested = columns.suggested(edition.watchlist, start.columns)
    posted = request.POST if request.method == "POST" else None
    form = ColumnsForm(posted, start=start, suggested=suggested, initial=usual)
    if form.is_valid() and attempt(form, operations.say_columns, edition, by=reader, **form.cleaned_data):
        tasks.read_edition.enqueue(edition.pk)
        return redirect(edition)
    status = 422 if form.errors else 200
    return render(request, "watchlists/edition_columns.html", {"edition": edition, "form": form}, status=status)


def _start_of(request: HttpRequest, edition: Edition) -> Sample:
    """The first rows and the columns: as named in the row that the reader points at, where that can be."""
    asked = (request.POST if request.method == "POST" else request.GET).get("heading", "")
    if asked.isascii() and asked.isdigit() and len(asked) < LONGEST_ROW_NUMBER:
        try:
            return columns.start_of(edition, int(asked))
        except ListError as error:
            messages.error(request, str(error))
    return columns.start_of(edition)


def _is_screening(edition: Edition, run: Run | None) -> bool:
    """Whether parties are being held against an edition that has just come into force, or will be in a moment."""
    if edition.state != Edition.State.IN_FORCE or edition.in_force_from is None:
        return False
    return run.is_under_way if run else timezone.now() - edition.in_force_from < SOON


def _try(request: HttpRequest, operation: Callable[[], object]) -> bool:
    """Carry out an operation; what stands in its way is said on the next page."""
    try:
        operation()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    return True


@require_POST
def edition_force(request: HttpRequest, pk: int) -> HttpResponse:
    reader = allowed(request, "watchlists.bring_into_force")
    edition = get_object_or_404(Edition.objects.select_related("watchlist"), pk=pk)
    if _try(request, lambda: operations.bring_into_force(edition, by=reader)):
        tasks.rescreen.enqueue(by=reader.pk)
        for outdated in edition.watchlist.editions.filter(state=Edition.State.READING):
            tasks.read_edition.enqueue(outdated.pk)
        messages.success(request, _("%(edition)s is in force. All parties are screened anew.") % {"edition": edition})
    return redirect(edition)


@require_POST
def edition_discard(request: HttpRequest, pk: int) -> HttpResponse:
    reader = allowed(request, "watchlists.change_list")
    edition = get_object_or_404(Edition.objects.select_related("watchlist"), pk=pk)
    if _try(request, lambda: operations.discard(edition, by=reader)):
        messages.success(request, _("This edition is not taken into use."))
    return redirect(edition.watchlist)


@require_POST
def rescreen(request: HttpRequest) -> HttpResponse:
    reader = allowed(request, "watchlists.screen_party")
    tasks.rescreen.enqueue(by=reader.pk, why=Run.Why.ASKED)
    messages.info(request, _("All parties are screened anew in the background."))
    return redirect("watchlists:list-list")


def run_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One screening: why, against what, and how far it is."""
    reader = allowed(request, "watchlists.list_lists")
    run = get_object_or_404(Run.objects.select_related("by").prefetch_related("editions__watchlist"), pk=pk)
    if not request.htmx:  # type: ignore[attr-defined]
        seen_run(reader, run)
    template = "watchlists/_run_progress.html" if request.htmx else "watchlists/run_detail.html"  # type: ignore[attr-defined]
    return render(request, template, {"run": run, "thresholds": presenting.thresholds(run)})
