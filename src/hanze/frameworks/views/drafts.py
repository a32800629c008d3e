"""A draft: started from a version, read, compared with what it started from, offered, approved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from hanze.accounts.permissions import require
from hanze.accounts.requests import reader_of
from hanze.frameworks import checking, library, operations
from hanze.frameworks.comparison import comparison_of
from hanze.frameworks.forms import ReasonForm, StartForm
from hanze.frameworks.models import Draft
from hanze.frameworks.queries import draft_or_404
from hanze.frameworks.reading import document_of
from hanze.frameworks.replaying import KeptReplay
from hanze.frameworks.views.downloads import dmn_response, yaml_response
from hanze.frameworks.views.titles import title_of
from hanze.frameworks.words import say
from hanze.policy import Framework

MAY_SEND = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Move:
    """A step in the life of a draft: the question that asks for it, what follows from it, and how it is done."""

    permission: str
    states: tuple[str, ...]
    question: Promise
    consequence: Promise
    label: Promise
    done: Promise
    do: Callable[..., Any]
    form: type[Form] | None = None
    danger: bool = False

    def is_open_to(self, reader: Any, draft: Draft) -> bool:
        return draft.state in self.states and reader.has_perm(self.permission, draft)


MOVES = {
    "offer": Move(
        "frameworks.offer_draft",
        Draft.EDITABLE,
        gettext_lazy("Offer this draft for approval?"),
        gettext_lazy("It stands still from then on. Somebody who did not work on it approves it or gives it back."),
        gettext_lazy("Offer for approval"),
        gettext_lazy("The draft is offered for approval."),
        operations.offer_draft,
    ),
    "approve": Move(
        "frameworks.approve_draft",
        (Draft.State.OFFERED,),
        gettext_lazy("Approve this version?"),
        gettext_lazy("It becomes a version that is never changed any more, and counts from the day it is in force."),
        gettext_lazy("Approve"),
        gettext_lazy("The version is approved."),
        operations.approve_draft,
    ),
    "return": Move(
        "frameworks.return_draft",
        (Draft.State.OFFERED,),
        gettext_lazy("Give this draft back?"),
        gettext_lazy("It can be edited again, and is to be offered anew."),
        gettext_lazy("Give back"),
        gettext_lazy("The draft is given back."),
        operations.return_draft,
        ReasonForm,
    ),
    "withdraw": Move(
        "frameworks.withdraw_draft",
        Draft.UNDER_WAY,
        gettext_lazy("Withdraw this draft?"),
        gettext_lazy("It stays to be read, and can no longer be edited or approved."),
        gettext_lazy("Withdraw"),
        gettext_lazy("The draft is withdrawn."),
        operations.withdraw_draft,
        ReasonForm,
        danger=True,
    ),
}


@require_http_methods(MAY_SEND)
def draft_start(http: HttpRequest, framework: str, version: str) -> HttpResponse:
    """Start a draft from an installed version."""
    require(reader_of(http), "frameworks.start_draft")
    base = _installed(framework, version)
    form = StartForm(http.POST or None, initial={"version": timezone.localdate()})
    if form.is_valid():
        try:
            draft = operations.start_draft(base, by=reader_of(http), **form.cleaned_data)
            return redirect("frameworks:draft-edit", pk=draft.pk, section="tables")
        except ValidationError as error:
            form.add_error(None, error)
    context = {"form": form, "base": base, "title": say(base.title)}
    return render(http, "frameworks/draft_start.html", context, status=422 if form.errors else 200)


@require_GET
def draft_detail(http: HttpRequest, pk: int) -> HttpResponse:
    """Where a draft stands, what is wrong in it, and what may be done next."""
    reader = reader_of(http)
    draft = draft_or_404(reader, pk)
    checked = checking.check(draft)
    context = {
        "draft": draft,
        "title": title_of(draft),
        "base": library.get(draft.framework, draft.based_on),
        "checked": checked,
        "obstacles": operations.obstacles(draft) if draft.state in Draft.UNDER_WAY else [],
        "moves": [(key, move) for key, move in MOVES.items() if move.is_open_to(reader, draft)],
        "may_edit": draft.is_editable and reader.has_perm("frameworks.change_draft", draft),
        "waits_for_another": _waits_for_another(reader, draft),
        "editors": draft.editors.all(),
        "published": getattr(draft, "published", None),
        "kept_replay": KeptReplay.read(draft.replayed) if draft.replayed else None,
    }
    return render(http, "frameworks/draft_detail.html", context)


@require_GET
def draft_read(http: HttpRequest, pk: int) -> HttpResponse:
    """A draft as the document that it would be."""
    draft = draft_or_404(reader_of(http), pk)
    checked = checking.check(draft)
    if checked.framework is None:
        return redirect("frameworks:draft-detail", pk=pk)
    document = document_of(checked.framework, timezone.localdate(), trial=checked.trial)
    return render(http, "frameworks/detail.html", {"document": document, "draft": draft})


@require_GET
def draft_compare(http: HttpRequest, pk: int) -> HttpResponse:
    """A draft beside the version that it started from."""
    draft = draft_or_404(reader_of(http), pk)
    checked = checking.check(draft)
    base = library.get(draft.framework, draft.based_on)
    if checked.framework is None or base is None:
        return redirect("frameworks:draft-detail", pk=pk)
    context = {"comparison": comparison_of(base, checked.framework), "draft": draft}
    return render(http, "frameworks/comparison.html", context)


@require_GET
def draft_download(http: HttpRequest, pk: int) -> HttpResponse:
    """A draft's text as a file."""
    draft = draft_or_404(reader_of(http), pk)
    return yaml_response(draft.text, f"{draft.framework}-{draft.version}-draft.yaml")


@require_GET
def draft_dmn(http: HttpRequest, pk: int) -> HttpResponse:
    """A draft in DMN, for other programs; only while nothing is wrong in its text."""
    draft = draft_or_404(reader_of(http), pk)
    framework = checking.framework_of(draft.text, draft.name)
    if framework is None:
        raise Http404
    return dmn_response(framework)


@require_http_methods(MAY_SEND)
def draft_move(http: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Ask before a step in the life of a draft, then take it."""
    reader = reader_of(http)
    draft = draft_or_404(reader, pk)
    move = MOVES.get(key)
    if move is None:
        raise Http404
    require(reader, move.permission, draft)
    form = move.form(http.POST or None) if move.form else None
    problems: list[str] = operations.obstacles(draft) if key in ("offer", "approve") and http.method != "POST" else []
    if http.method == "POST" and (form is None or form.is_valid()):
        try:
            move.do(draft, by=reader, **(form.cleaned_data if form else {}))
        except ValidationError as error:
            problems = error.messages
        else:
            messages.success(http, str(move.done))
            return redirect("frameworks:draft-detail", pk=pk)
    context = {
        "draft": draft,
        "title": title_of(draft),
        "move": move,
        "form": form,
        "problems": problems,
        "unnoticed": checking.unnoticed(draft) if key in ("offer", "approve") else (),
        "cancel_url": reverse("frameworks:draft-detail", args=[pk]),
    }
    return render(http, "frameworks/draft_move.html", context, status=422 if http.method == "POST" else 200)


def _waits_for_another(reader: Any, draft: Draft) -> bool:
    """Whether the reader could approve drafts, but not this one, because of her own part in it."""
    if draft.state != Draft.State.OFFERED or reader.has_perm("frameworks.approve_draft", draft):
        return False
    return reader.has_perm("frameworks.approve_draft")


def _installed(framework: str, version: str) -> Framework:
    found = library.get(framework, version)
    if found is None:
        raise Http404(_("This version is not installed."))
    return found
