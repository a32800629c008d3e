"""An import: handed in, its columns chosen, looked at row by row, brought in, undone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from hanze.accounts.classification import get_visible_or_404
from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.accounts.requests import reader_of
from hanze.audit.reading import read
from hanze.register.forms.shared import attempt
from hanze.sheets import operations, presenting, progress, tasks
from hanze.sheets.forms import ColumnsForm, ImportForm
from hanze.sheets.models import Import, ImportRow
from hanze.sheets.operations.choosing import lacking_fields
from hanze.sheets.operations.undoing import changed_later

PER_PAGE = 50
State = Import.State


def import_list(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    require(reader, "sheets.list_imports")
    paginator = Paginator(Import.objects.visible_to(reader).select_related("by"), PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "page_numbers": paginator.get_elided_page_range(page.number),
        "may_add": reader.has_perm("sheets.add_import"),
    }
    return render(request, "sheets/import_list.html", context)


def import_create(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    require(reader, "sheets.add_import")
    sent = request.method == "POST"
    form = ImportForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        made = attempt(form, operations.receive_import, by=reader, **form.cleaned_data)
        if made:
            tasks.read_import.enqueue(made.pk, _language())
            return redirect(made)
    return render(request, "sheets/import_form.html", {"form": form}, status=422 if form.errors else 200)


def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The import where it stands: progress, its sheets, the preview, or what it did."""
    reader, imported = _opened(request, pk)
    if request.htmx and not imported.is_busy:  # type: ignore[attr-defined]
        return HttpResponseClientRefresh()
    done, of = progress.read(imported.pk)
    context: dict[str, Any] = {"imported": imported, "done": done, "of": of}
    context["may_change"] = _may_change(reader, imported)
    context["steps"] = _steps(imported)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "sheets/_progress.html", context)
    read(reader, imported)
    if imported.state == State.MAPPING:
        sheets = imported.sheets.all()
        context["sheets"] = [{"sheet": each, "lacking": lacking_fields(each) if each.kind else []} for each in sheets]
    elif imported.state == State.PREVIEW:
        context |= _preview(request, imported, reader)
    elif imported.state in (State.DONE, State.UNDONE):
        context["counts"] = presenting.counts(imported)
        context["effects"] = presenting.effects(imported, reader)
        context["stayed"] = presenting.effects(imported, reader, stayed=True)
        context["may_undo"] = imported.state == State.DONE and reader.has_perm("sheets.undo_import", imported)
    return render(request, "sheets/import_detail.html", context)


def sheet_columns(request: HttpRequest, pk: int, sheet: int) -> HttpResponse:
    """Choose what the rows of a sheet are and what its columns hold."""
    reader, imported = _opened(request, pk)
    _must_be_hers(reader, imported)
    chosen = get_object_or_404(imported.sheets, pk=sheet)
    form = ColumnsForm(request.POST if request.method == "POST" else None, sheet=chosen, by=reader)
    if request.method == "POST" and form.is_valid():
        again = form.cleaned_data["kind"] != chosen.kind or form.cleaned_data["header_row"] != chosen.header_row
        if attempt(form, operations.choose_columns, chosen, by=reader, **form.chosen):
            if again and form.cleaned_data["kind"]:
                messages.info(request, _("Look whether the columns are right now."))
                return redirect("sheets:sheet-columns", pk, sheet)
            return redirect(imported)
    context = {"imported": imported, "sheet": chosen, "form": form}
    return render(request, "sheets/sheet_columns.html", context, status=422 if form.errors else 200)


@require_POST
def import_compare(request: HttpRequest, pk: int) -> HttpResponse:
    return _go_on(request, pk, operations.start_comparing, tasks.compare_import)


@require_POST
def import_bring_in(request: HttpRequest, pk: int) -> HttpResponse:
    return _go_on(request, pk, operations.start_bringing_in, tasks.bring_in_import)


@require_POST
def row_choose(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """What a likely duplicate is: `choice` is `skip`, `new` or `this-<key>`."""
    reader, imported = _opened(request, pk)
    _must_be_hers(reader, imported)
    chosen = get_object_or_404(ImportRow.objects.select_related("sheet__imported"), pk=row, sheet__imported=imported)
    choice, _dash, key = request.POST.get("choice", "").partition("-")
    this = int(key) if key.lstrip("-").isdecimal() and len(key) < 19 else None
    try:
        operations.choose(chosen, by=reader, choice=choice, this=this)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(_back(request, imported))


@require_POST
def import_choose(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for all likely duplicates, or leaving out all refused rows."""
    reader, imported = _opened(request, pk)
    _must_be_hers(reader, imported)
    outcome = "refused" if request.POST.get("about") == "refused" else "duplicate"
    try:
        operations.choose_all(imported, by=reader, choice=request.POST.get("choice", ""), outcome=outcome)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(_back(request, imported))


@require_POST
def import_discard(request: HttpRequest, pk: int) -> HttpResponse:
    reader, imported = _opened(request, pk)
    _must_be_hers(reader, imported)
    try:
        operations.discard(imported, by=reader)
        messages.success(request, _("Nothing of this file was brought in."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("sheets:import-list")


def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """What undoing would do, and doing it."""
    reader, imported = _opened(request, pk)
    require(reader, "sheets.undo_import", imported)
    if request.method == "POST":
        try:
            operations.start_undoing(imported, by=reader)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            tasks.undo_import.enqueue(imported.pk, request.POST.get("also_changed") == "yes", _language())
        return redirect(imported)
    later = changed_later(imported, list(imported.effects.filter(undone=False)))
    shown = [each for each in presenting.effects(imported, reader) if _key(each["effect"]) in later]
    context = {
        "imported": imported,
        "made": imported.effects.filter(made=True).count(),
        "changed": imported.effects.filter(made=False).count(),
        "later": [{**each, "event": later[_key(each["effect"])]} for each in shown],
    }
    return render(request, "sheets/import_undo.html", context)


def import_file(request: HttpRequest, pk: int) -> FileResponse:
    """The file as it was handed in."""
    reader, imported = _opened(request, pk)
    read(reader, imported)
    response = FileResponse(imported.file.open("rb"), as_attachment=True, filename=imported.file_name)
    response["Content-Type"] = "application/octet-stream"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


def _steps(imported: Import) -> list[dict[str, Any]]:
    """Where the import is on its way."""
    order = [(_("Hand in"), (State.READING, State.REFUSED)), (_("Columns"), (State.MAPPING,))]
    order += [
        (_("Look at the rows"), (State.JUDGING, State.PREVIEW)),
        (_("Brought in"), (State.BRINGING_IN, State.DONE)),
    ]
    at = next((at for at, (_label, states) in enumerate(order) if imported.state in states), len(order))
    return [{"label": label, "done": n < at, "current": n == at} for n, (label, _states) in enumerate(order)]


def _opened(request: HttpRequest, pk: int) -> tuple[User, Import]:
    reader = reader_of(request)
    require(reader, "sheets.list_imports")
    return reader, get_visible_or_404(Import.objects.select_related("by", "undone_by"), reader, pk=pk)


def _may_change(reader: User, imported: Import) -> bool:
    return reader.pk == imported.by_id and reader.has_perm("sheets.change_import", imported)


def _must_be_hers(reader: User, imported: Import) -> None:
    """Only who hands in a file goes on with it: its rows were compared with what she may see."""
    if not _may_change(reader, imported):
        raise PermissionDenied


def _go_on(request: HttpRequest, pk: int, start: Any, task: Any) -> HttpResponse:
    reader, imported = _opened(request, pk)
    _must_be_hers(reader, imported)
    try:
        start(imported, by=reader)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        task.enqueue(imported.pk, language=_language())
    return redirect(imported)


def _preview(request: HttpRequest, imported: Import, reader: User) -> dict[str, Any]:
    """One page of the rows, of all outcomes or one."""
    found = presenting.counts(imported)
    rows = ImportRow.objects.filter(sheet__imported=imported).exclude(sheet__kind="").select_related("sheet")
    outcome = request.GET.get("outcome", "")
    outcome = outcome if outcome in found else ""
    paginator = Paginator(rows.filter(outcome=outcome) if outcome else rows, PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    open_rows = rows.filter(choice="")
    labels = {value: label for value, label in ImportRow.Outcome.choices if value}
    tabs = [("", _("All"), sum(found.values())), *((code, labels[code], number) for code, number in found.items())]
    refused = open_rows.filter(outcome="refused").count()
    undecided = open_rows.filter(outcome="duplicate").count()
    return {
        "tabs": [{"code": code, "label": label, "n": n, "current": code == outcome} for code, label, n in tabs],
        "rows": presenting.shown_rows(page, reader),
        "page_obj": page,
        "page_numbers": paginator.get_elided_page_range(page.number),
        "outcome": outcome,
        "counts": found,
        "refused": refused,
        "undecided": undecided,
        "ready": not refused and not undecided and found["new"] + found["changed"] + found["duplicate"] > 0,
        "left_out": [each for each in imported.sheets.all() if each.left_out and each.kind],
        "may_change": _may_change(reader, imported),
    }


def _key(effect: Any) -> tuple[str, int]:
    return effect.model, effect.record


def _back(request: HttpRequest, imported: Import) -> str:
    """The same page of the preview."""
    outcome, page = request.POST.get("outcome", ""), request.POST.get("page", "")
    query = "&".join(f"{name}={value}" for name, value in (("outcome", outcome), ("page", page)) if value.isalnum())
    return f"{imported.get_absolute_url()}{'?' if query else ''}{query}#rows"


def _language() -> str:
    return get_language() or "nl"
