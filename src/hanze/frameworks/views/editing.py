"""The pages on which a draft is edited: each change is a step that is kept at once and can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hanze.accounts.permissions import require
from hanze.accounts.requests import reader_of
from hanze.frameworks import checking, library, operations
from hanze.frameworks.checking import Check, Doubt
from hanze.frameworks.editor import changes, pointers
from hanze.frameworks.editor.fields import Editing, Field
from hanze.frameworks.editor.records import groups
from hanze.frameworks.editor.tables import cell_field, grids, suggestions
from hanze.frameworks.editor.words import SECTION_NAMES
from hanze.frameworks.models import Draft
from hanze.frameworks.operations import Edited
from hanze.frameworks.queries import draft_or_404
from hanze.frameworks.views.drafts import MAY_SEND
from hanze.frameworks.views.titles import title_of
from hanze.policy import FrameworkError
from hanze.policy.editing import EditError, Plain, plain, value_at


@dataclass(frozen=True)
class Clash:
    """A field that somebody else changed too: what stands there now, and what was typed."""

    pointer: str
    name: str
    now: str
    typed: tuple[str, ...]


@require_http_methods(MAY_SEND)
def draft_edit(http: HttpRequest, pk: int, section: str) -> HttpResponse:
    """A page of the editor. A POST keeps what was filled in; asked by a script it answers with the state only."""
    draft = draft_or_404(reader_of(http), pk)
    if section not in pointers.SECTIONS:
        raise Http404
    if http.method != "POST":
        return _page(http, draft, section)
    require(reader_of(http), "frameworks.change_draft", draft)
    in_place = "Hanze-Editor" in http.headers
    try:
        kept = _kept(http, draft, section)
    except ValidationError as error:
        if getattr(error, "code", None) == operations.CONFLICT:
            return _conflict(http, draft, section, " ".join(error.messages), in_place)
        return _refused(http, draft, section, error, in_place)
    if in_place:
        return render(http, "frameworks/_state.html", _state(http, kept, section))
    step = kept.steps.filter(number=kept.at_step).first()
    anchor = "" if step is None or step.place.startswith("page:") else f"#{step.place}"
    return redirect(f"{reverse('frameworks:draft-edit', args=[pk, section])}{_columns(http)}{anchor}")


@require_POST
def draft_step(http: HttpRequest, pk: int, direction: str) -> HttpResponse:
    """Take the last step back, or do the next one again, and show where that was."""
    reader = reader_of(http)
    draft = draft_or_404(reader, pk)
    if direction not in ("back", "forward"):
        raise Http404
    before = draft.at_step
    try:
        kept = operations.step_draft(draft, by=reader, revision=_revision(http), forward=direction == "forward")
    except ValidationError as error:
        messages.error(http, " ".join(error.messages))
        return redirect("frameworks:draft-edit", pk=pk, section="tables")
    step = kept.steps.filter(number=max(before, kept.at_step)).first()
    place = step.place if step else ""
    section = place.removeprefix("page:") if place.startswith("page:") else _section_of(place, kept)
    return redirect(f"{reverse('frameworks:draft-edit', args=[pk, section])}#{place}")


@require_GET
def draft_cell(http: HttpRequest, pk: int) -> HttpResponse:
    """What a value would mean where it is being typed, or what is wrong with it; nothing is kept."""
    draft = draft_or_404(reader_of(http), pk)
    pointer, typed = http.GET.get("path", ""), http.GET.get("value", "").strip()
    if not pointer:
        return HttpResponse()
    try:
        data = plain(draft.text)
        path = pointers.read(pointer, data)
        text = changes.with_value(draft.text, path, typed)
        tried = checking.check_text(text, {}, draft.name)
        editing = Editing(plain(text), tried, read_only=True)
    except (EditError, FrameworkError) as error:
        return render(http, "frameworks/_reading.html", {"refused": str(error)})
    base = library.get(draft.framework, draft.based_on)
    is_cell = len(path) > 1 and (path[-2] in ("when", "applies_to") or path[-1] == "where")
    field = cell_field(editing, base, path, "", "") if is_cell else editing.field(path)
    return render(http, "frameworks/_reading.html", {"field": field, "position": _position(field, text)})


def _page(http: HttpRequest, draft: Draft, section: str, status: int = 200, **more: Any) -> HttpResponse:
    checked = checking.check(draft)
    context = {**_state(http, draft, section), "title": title_of(draft), "sections": SECTION_NAMES.items(), **more}
    if section in ("scenarios", "source"):
        context["by_file"] = _by_file(draft, checked)
        return render(http, f"frameworks/edit_{section}.html", context, status=status)
    base = library.get(draft.framework, draft.based_on)
    try:
        editing = Editing(plain(draft.text), checked, read_only=not context["may_edit"])
    except FrameworkError:
        messages.error(http, _("The text is no YAML any more: mend it here first."))
        return redirect("frameworks:draft-edit", pk=draft.pk, section="source")
    if section == "tables":
        added = {name: http.GET.getlist(name) for name in http.GET}
        context |= {"grids": grids(editing, base, added), "suggestions": suggestions(editing)}
    else:
        context |= {"groups": groups(section, editing, base), "suggestions": suggestions(editing)}
    return render(
        http, f"frameworks/edit_{'tables' if section == 'tables' else 'records'}.html", context, status=status
    )


def _state(http: HttpRequest, draft: Draft, section: str) -> dict[str, Any]:
    """What stands beside the fields: what is wrong and where, the scenarios, and the steps that can be taken back."""
    checked = checking.check(draft)
    may_edit = draft.is_editable and reader_of(http).has_perm("frameworks.change_draft", draft)
    return {
        "draft": draft,
        "section": section,
        "checked": checked,
        "findings": [(each, pointers.section_of(each.path), pointers.written(each.path)) for each in checked.findings],
        "errors": _linked(checked.doubts_of("error")),
        "remarks": _linked(checked.doubts_of("remark")),
        "notes": _linked(checked.doubts_of("note")),
        "failed": [result for result in checked.trial.results if not result.passed],
        "may_edit": may_edit,
        "can_undo": may_edit and draft.at_step > 0,
        "can_redo": may_edit and draft.steps.filter(number__gt=draft.at_step).exists(),
    }


def _linked(doubts: list[Doubt]) -> list[tuple[Doubt, str, str]]:
    """Each doubt with the page and the place where it can be looked into."""
    return [(each, pointers.section_of(each.path), pointers.written(each.path)) for each in doubts]


def _kept(http: HttpRequest, draft: Draft, section: str) -> Draft:
    """Keep what was filled in on a page."""

    def edit(kept: Draft) -> Edited:
        if section == "source":
            return Edited((http.POST.get("text") or kept.text).replace("\r\n", "\n"), kept.scenarios, "page:source")
        if section == "scenarios":
            return Edited(kept.text, _scenarios(http.POST, kept), "page:scenarios")
        applied = changes.apply(kept.text, http.POST)
        return Edited(applied.text, kept.scenarios, applied.place)

    return operations.change_draft(draft, by=reader_of(http), revision=_revision(http), edit=edit)


def _scenarios(posted: QueryDict, draft: Draft) -> dict[str, str]:
    """The scenario files as they were filled in; an emptied one goes, and a new one comes by its name."""
    found: dict[str, str] = {}
    for name, text in draft.scenarios.items():
        typed = str(posted.get(f"file:{name}", text)).replace("\r\n", "\n")
        if typed.strip():
            found[name] = typed
    new = posted.get("new-file", "").strip()
    if new:
        name = new if new.endswith(".yaml") else f"{new}.yaml"
        found.setdefault(name, f"framework: {draft.framework}\nscenarios:\n  - name: \n    why: \n    expect: {{}}\n")
    return found


def _conflict(http: HttpRequest, draft: Draft, section: str, message: str, in_place: bool) -> HttpResponse:
    """Somebody was first: what she typed stands beside what is there now, to be used with one press of a button."""
    kept = draft_or_404(reader_of(http), draft.pk)
    told = {"message": message, "clashes": _clashes(http.POST, kept)}
    if in_place:
        return render(http, "frameworks/_conflict.html", {**_state(http, kept, section), **told}, status=409)
    return _page(http, kept, section, status=409, **told)


def _clashes(posted: QueryDict, draft: Draft) -> list[Clash]:
    try:
        data: Plain = plain(draft.text)
    except FrameworkError:
        data = {}
    found: list[Clash] = []
    for name in posted:
        typed = tuple(posted.getlist(name))
        if name.startswith((changes.VALUE, changes.CHOSEN)):
            pointer = name.split(":", 1)[1]
            now = value_at(data, pointers.read(pointer, data))
        elif name == "text" or name.startswith("file:"):
            pointer = name.removeprefix("file:")
            now = draft.text if name == "text" else draft.scenarios.get(pointer, "")
        else:
            continue
        shown = ", ".join(now) if isinstance(now, list) else str(now or "")
        if shown.strip() != ", ".join(each for each in typed if each).replace("\r\n", "\n").strip():
            found.append(Clash(pointer, name, shown, typed))
    return found


def _refused(http: HttpRequest, draft: Draft, section: str, error: ValidationError, in_place: bool) -> HttpResponse:
    message = " ".join(error.messages)
    if in_place:
        return render(http, "frameworks/_refused.html", {"message": message}, status=422)
    messages.error(http, message)
    return _page(http, draft, section, status=422)


def _revision(http: HttpRequest) -> int:
    given = http.POST.get("revision", "")
    return int(given) if given.isdigit() else 0


def _columns(http: HttpRequest) -> str:
    """The columns that were asked for on the page before, so that they stay."""
    return f"?{http.GET.urlencode()}" if http.GET else ""


def _section_of(place: str, draft: Draft) -> str:
    try:
        return pointers.section_of(pointers.read(place, plain(draft.text))) if place else "tables"
    except FrameworkError:
        return "source"


def _by_file(draft: Draft, checked: Check) -> list[tuple[str, str, list[Any], list[Any]]]:
    """Each scenario file with its text, how its scenarios went, and what is wrong in it."""
    return [
        (
            name,
            text,
            [result for result in checked.trial.results if result.scenario.path.name == name],
            [problem for problem in checked.trial.problems if problem.file == name],
        )
        for name, text in sorted(draft.scenarios.items())
    ]


def _position(field: Field, text: str) -> int | None:
    """At which sign of what was typed the mistake stands, counted from 1; None when that is not one place."""
    if field.finding is None:
        return None
    problem = field.finding.problem
    line = text.splitlines()[problem.line - 1] if problem.line <= text.count("\n") + 1 else ""
    start = line.find(field.value, 0)
    at = problem.column - start
    return at if field.value and start >= 0 and 1 <= at <= len(field.value) else None
