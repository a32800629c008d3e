"""Seeing exactly what would be public, publishing it, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from hanze.accounts.classification import get_visible_or_404
from hanze.accounts.models import Role, User
from hanze.accounts.permissions import require
from hanze.accounts.requests import reader_of
from hanze.publication import operations
from hanze.publication.contents import KINDS, check, content_of, fingerprint_of
from hanze.publication.documents import Copy, copy_of, offered
from hanze.publication.models import Item
from hanze.register.documents import content_type_of, handed_out

PAGE_SIZE = 50


class WithdrawForm(forms.Form):
    because = forms.CharField(
        label=gettext_lazy("Why is it no longer public?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Everybody who opens the old address reads this sentence."),
    )


@require_safe
def item_list(request: HttpRequest) -> HttpResponse:
    """What is public now, what was, and what could be."""
    reader = reader_of(request)
    require(reader, "publication.list")
    tab = request.GET.get("tab", "")
    if tab in KINDS:
        rows: Any = _could_be(tab, reader)
    else:
        tab, rows = "", Item.objects.all()
    paginator = Paginator(rows, PAGE_SIZE)
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "tab": tab,
        "kinds": Item.Kind.choices,
        "page_obj": page,
        "opened": _opened(reader, page.object_list) if not tab else set(),
        "may_publish": reader.has_role(Role.COMMUNICATIONS, Role.COORDINATOR),
        "page_numbers": paginator.get_elided_page_range(page.number),
    }
    return render(request, "publication/item_list.html", context)


def publish(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The preview, and the button under it."""
    subject = _subject(request, kind, pk)
    if request.method == "POST":
        return _published(request, kind, subject)
    chosen = _chosen(request, kind, subject)
    copies, problems = _copies(kind, subject, chosen)
    content = content_of(kind, subject, copies)
    context = {
        "subject": subject,
        "kind": kind,
        "kind_label": Item.Kind(kind).label,
        "item": Item.objects.filter(kind=kind, record_id=pk).first(),
        "pages": [(language, content[language], mark_safe(content[language]["html"])) for language in ("nl", "en")],
        "data": content["data"],
        "seen": fingerprint_of(content),
        "problem": _problem(kind, subject),
        "choices": [(key, title, key in chosen, problems.get(key)) for key, title in offered(kind, subject).items()],
        "chosen": chosen,
        "problems": problems,
        "documents": content["documents"],
    }
    return render(request, "publication/publish.html", context)


@require_safe
def document(request: HttpRequest, kind: str, pk: int, key: str) -> FileResponse:
    """The copy that would be public of one document, to be looked at first."""
    subject = _subject(request, kind, pk)
    try:
        copy = copy_of(kind, subject, key)
    except ValidationError as error:
        raise Http404 from error
    answer = handed_out(BytesIO(copy.content), copy.name, content_type_of(copy.name))
    answer["Cache-Control"] = "private, no-store"
    return answer


def withdraw(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    subject = _subject(request, kind, pk)
    item = get_object_or_404(Item, kind=kind, record_id=pk, withdrawn_at=None)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.withdraw(item, subject, by=reader_of(request), because=form.cleaned_data["because"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("This is no longer public."))
            return redirect("publication:item-list")
    context = {
        "question": _("Take back %(title)s?") % {"title": item},
        "consequence": _("Its page, its data and its line in the feed go. Copies that others made stay with them."),
        "form": form,
        "confirm_label": _("Take back"),
        "cancel_url": request.path.replace("withdraw/", ""),
        "danger": True,
    }
    return render(request, "web/confirm.html", context)


def _subject(request: HttpRequest, kind: str, pk: int) -> Any:
    reader = reader_of(request)
    require(reader, "publication.list")
    if kind not in KINDS:
        raise Http404
    subject = get_visible_or_404(KINDS[kind].model._default_manager.all(), reader, pk=pk)
    require(reader, operations.PERMISSION, subject)
    return subject


def _published(request: HttpRequest, kind: str, subject: Any) -> HttpResponse:
    """Publish what was seen, or go back to the preview with what stands in the way."""
    chosen = request.POST.getlist("document")
    try:
        seen = request.POST.get("seen", "")
        item = operations.publish(kind, subject, by=reader_of(request), seen=seen, documents=chosen)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        again = urlencode({"document": chosen, "choosing": "1"}, doseq=True)
        return redirect(f"{reverse('publication:publish', args=[kind, subject.pk])}?{again}")
    messages.success(request, _("This is public now."))
    return redirect(item)


def _chosen(request: HttpRequest, kind: str, subject: Any) -> list[str]:
    """The keys of the documents in the preview: what was just chosen, else what is public now."""
    there = offered(kind, subject)
    if "choosing" in request.GET:
        wanted = request.GET.getlist("document")
    else:
        item = Item.objects.filter(kind=kind, record_id=subject.pk).first()
        wanted = operations.along(item, subject)
    return [key for key in there if key in wanted]


def _copies(kind: str, subject: Any, chosen: Iterable[str]) -> tuple[list[Copy], dict[str, str]]:
    """The copies of the chosen documents, and by key why of some there is none."""
    copies: list[Copy] = []
    problems: dict[str, str] = {}
    for key in chosen:
        try:
            copies.append(copy_of(kind, subject, key))
        except ValidationError as error:
            problems[key] = " ".join(error.messages)
    return copies, problems


def _problem(kind: str, subject: Any) -> str:
    try:
        check(kind, subject)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _opened(reader: User, items: Iterable[Item]) -> set[int]:
    """The keys of the items whose record `reader` may see, and so publish again or take back."""
    found: set[int] = set()
    rows = list(items)
    for kind in {each.kind for each in rows}:
        records = {each.record_id: each.pk for each in rows if each.kind == kind}
        visible = KINDS[kind].model._default_manager.visible_to(reader)  # type: ignore[attr-defined]
        found |= {records[pk] for pk in visible.filter(pk__in=records).values_list("pk", flat=True)}
    return found


def _could_be(kind: str, reader: Any) -> Any:
    """Public records of a kind that are not published."""
    published = Item.objects.filter(kind=kind, withdrawn_at=None).values("record_id")
    visible = KINDS[kind].model._default_manager.visible_to(reader)  # type: ignore[attr-defined]
    open_ones = visible.filter(classification="public").exclude(pk__in=published)
    return open_ones.filter(costs__isnull=False).distinct() if kind == Item.Kind.TRAVEL else open_ones
