"""What a draft would have said about cases: while it is edited, on a page of its own, and as a file."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hanze.accounts.requests import reader_of
from hanze.frameworks import checking, library
from hanze.frameworks.editor import changes, pointers
from hanze.frameworks.forms import MakingUpForm
from hanze.frameworks.models import Draft
from hanze.frameworks.prepared import MakingUp, made_up_cases, recorded_cases
from hanze.frameworks.queries import draft_or_404
from hanze.frameworks.replaying import Replay, Verdict, replay
from hanze.frameworks.views.titles import title_of
from hanze.policy import Framework, FrameworkError
from hanze.policy.editing import EditError, plain

BESIDE_THE_TABLE = 10
ON_A_PAGE = 50
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Asked:
    """What a replay is asked for: the draft as it stands or with a value that is being typed, and which cases."""

    draft: Draft
    tried: Framework | None
    is_typed: bool
    made_up: MakingUp | None
    form: MakingUpForm

    def replay(self, reader: Any) -> Replay | None:
        """None while something is wrong in the text."""
        base = library.get(self.draft.framework, self.draft.based_on)
        if self.tried is None or base is None:
            return None
        cases = made_up_cases(base, self.made_up, reader) if self.made_up else recorded_cases(base, reader)
        return replay(cases, self.tried, reader)


@require_GET
def draft_replay(http: HttpRequest, pk: int) -> HttpResponse:
    """The cases that would get another advice, from what to what and why; asked by htmx, the part beside the table.

    `path` and `value` are a cell as it is being typed; nothing is kept. `cases=made-up` asks for made-up cases.
    """
    reader = reader_of(http)
    asked = _asked(http, draft_or_404(reader, pk))
    found = asked.replay(reader)
    beside = bool(getattr(http, "htmx", False))
    pages = Paginator(range(found.changed if found else 0), BESIDE_THE_TABLE if beside else ON_A_PAGE)
    page = pages.get_page(None if beside else http.GET.get("page"))
    query = http.GET.copy()
    query.pop("page", None)
    context = {
        "draft": asked.draft,
        "title": title_of(asked.draft),
        "replay": found,
        "asked": asked,
        "changed": found.some(pages.per_page, max(page.start_index() - 1, 0)) if found else [],
        "page_obj": page,
        "page_numbers": pages.get_elided_page_range(page.number),
        "beside": beside,
        "query": query.urlencode(),
    }
    return render(http, "frameworks/_replay.html" if beside else "frameworks/replay.html", context)


@require_GET
def draft_replay_download(http: HttpRequest, pk: int, form: str) -> HttpResponse:
    """A replay as a file: `json` has the counts, `csv` every case that changes, as far as the reader may see it."""
    reader = reader_of(http)
    asked = _asked(http, draft_or_404(reader, pk))
    found = asked.replay(reader)
    if found is None or form not in ("json", "csv"):
        raise Http404
    text = json.dumps(found.summary(), ensure_ascii=False, indent=2) if form == "json" else _as_csv(found)
    kind = "application/json" if form == "json" else "text/csv; charset=utf-8"
    made_up = "-made-up" if asked.made_up else ""
    response = HttpResponse(text, content_type=kind)
    name = f"{asked.draft.framework}-{asked.draft.version}-replay{made_up}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _asked(http: HttpRequest, draft: Draft) -> Asked:
    pointer = http.GET.get("path", "")
    text = _typed(draft, pointer, http.GET.get("value", "").strip()) if pointer else draft.text
    tried = checking.framework_of(text, draft.name) if text is not None else None
    wants_made_up = http.GET.get("cases") == "made-up"
    form = MakingUpForm(http.GET if wants_made_up else None)
    return Asked(draft, tried, bool(pointer), form.asked() if wants_made_up and form.is_valid() else None, form)


def _typed(draft: Draft, pointer: str, typed: str) -> str | None:
    """The text with a value as it is being typed; None when it cannot stand there."""
    try:
        return changes.with_value(draft.text, pointers.read(pointer, plain(draft.text)), typed)
    except (EditError, FrameworkError):
        return None


def _as_csv(found: Replay) -> str:
    written = io.StringIO()
    written.write("\ufeff")
    rows = csv.writer(written)
    made_up = found.prepared.recorded is None
    name = _("made-up case") if made_up else _("reference")
    rows.writerow([name, _("title"), _("now"), _("rules now"), _("becomes"), _("rules then")])
    for case in found.some(found.changed):
        named = [case.named.reference, case.named.label] if case.named else [str(case.number), ""]
        rows.writerow([_plain(each) for each in (*named, *_columns(case.before), *_columns(case.after))])
    return written.getvalue()


def _columns(verdict: Verdict) -> tuple[str, str]:
    outcome = verdict.outcome.label if verdict.outcome else _("not known yet")
    return outcome, ", ".join(rule for rule, _because in verdict.reasons)


def _plain(text: str) -> str:
    """A text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
