"""The public register: pages, feed, catalogue and open data, for everybody."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from hanze.publication import dcat
from hanze.publication.feeds import atom
from hanze.publication.limits import limited
from hanze.publication.models import Item
from hanze.register.documents import handed_out
from hanze.register.queries import home

Answer = TypeVar("Answer", HttpResponse, FileResponse)
PAGE_SIZE = 50
MINUTES = 5
SHEET_CODE = ("=", "+", "-", "@", "\t", "\r")


def _stamp(request: HttpRequest, **kwargs: Any) -> str:
    """A mark of everything that is public: one item changed, and every copy that was kept is old."""
    latest = Item.objects.order_by("-changed_at").values_list("changed_at", flat=True).first()
    withdrawn = Item.objects.exclude(withdrawn_at=None).order_by("-withdrawn_at").values_list("withdrawn_at").first()
    of = f"{latest} {withdrawn} {Item.objects.count()} {get_language()} {request.get_host()}"
    return f'"{hashlib.sha256(of.encode()).hexdigest()[:24]}"'


@login_not_required
@require_safe
@limited
def items(request: HttpRequest, kind: str = "") -> HttpResponse:
    """What is public, latest first, of one kind or all."""
    if kind and kind not in Item.Kind.values:
        raise Http404
    shown = Item.objects.filter(withdrawn_at=None)
    paginator = Paginator(shown.filter(kind=kind) if kind else shown, PAGE_SIZE)
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "kind": kind,
        "kind_label": Item.Kind(kind).label if kind else "",
        "kinds": Item.Kind.choices,
        "page_obj": page,
        "page_numbers": paginator.get_elided_page_range(page.number),
        "licence": settings.PUBLIC_DATA_LICENCE,
    }
    return _fresh(render(request, "publication/items.html", context))


@login_not_required
@require_safe
@limited
def item(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One item; 410 with the reason for what was taken back."""
    found = Item.objects.filter(kind=kind, record_id=pk).first()
    if found is None:
        raise Http404
    if not found.is_public:
        return render(request, "publication/withdrawn.html", {"item": found}, status=410)
    context = {"item": found, "page": found.page, "html": mark_safe(found.page["html"])}
    context["documents"] = found.documents.all()
    return _fresh(render(request, "publication/item.html", context))


@login_not_required
@require_safe
@limited
def document(request: HttpRequest, kind: str, pk: int, number: int) -> HttpResponse | FileResponse:
    """One document that is public with an item, as a download; 410 when the item was taken back."""
    found = get_object_or_404(Item, kind=kind, record_id=pk)
    if not found.is_public:
        return render(request, "publication/withdrawn.html", {"item": found}, status=410)
    kept = get_object_or_404(found.documents, number=number)
    answer = handed_out(kept.file.open("rb"), kept.filename, kept.content_type)
    return _fresh(answer)


@login_not_required
@require_safe
@limited
@condition(etag_func=_stamp)
def feed(request: HttpRequest) -> HttpResponse:
    language = (get_language() or "nl")[:2]
    shown = Item.objects.filter(withdrawn_at=None).order_by("-changed_at", "-pk").prefetch_related("documents")
    title, author = _("What we do internationally"), str(home() or "Hanze")
    answer = HttpResponse(atom(request, shown, title, author, language), content_type="application/atom+xml")
    patch_vary_headers(answer, ["Accept-Language", "Cookie"])
    return _kept(answer)


@login_not_required
@require_safe
@limited
@condition(etag_func=_stamp)
def catalog(request: HttpRequest, extension: str = "") -> HttpResponse:
    """The open data in DCAT: Turtle or JSON-LD, by the address or by what is accepted."""
    made = dcat.statements(request.build_absolute_uri("/public/"), _publisher(), _titles(), _datasets())
    wanted = extension or ("ttl" if "text/turtle" in request.headers.get("Accept", "") else "jsonld")
    if wanted == "ttl":
        return _kept(HttpResponse(dcat.turtle(made), content_type="text/turtle; charset=utf-8"))
    return _kept(HttpResponse(dcat.json_ld(made), content_type="application/ld+json"))


@login_not_required
@require_safe
@limited
@condition(etag_func=_stamp)
def data(request: HttpRequest, kind: str, extension: str) -> HttpResponse:
    """One kind as open data."""
    if kind not in Item.Kind.values:
        raise Http404
    shown = Item.objects.filter(withdrawn_at=None, kind=kind).order_by("record_id").prefetch_related("documents")
    rows = [_row(request, each) for each in shown]
    if extension == "json":
        content = {"licence": settings.PUBLIC_DATA_LICENCE, "kind": kind, "items": rows}
        return _kept(HttpResponse(json.dumps(content, ensure_ascii=False, indent=2), content_type="application/json"))
    answer = HttpResponse(_csv(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{kind}.csv"'
    answer["Link"] = f'<{settings.PUBLIC_DATA_LICENCE}>; rel="license"'
    return _kept(answer)


def _row(request: HttpRequest, item: Item) -> dict[str, Any]:
    """One item as open data, with the addresses of its documents."""
    documents = [
        {"title": each.title, "url": request.build_absolute_uri(each.get_absolute_url())}
        for each in item.documents.all()
    ]
    published = item.published_at.isoformat(timespec="seconds")
    return {**item.content["data"], "documents": documents, "published_at": published}


def _csv(rows: list[dict[str, Any]]) -> str:
    names = list(dict.fromkeys(name for row in rows for name in row)) or ["id"]
    written = io.StringIO()
    writer = csv.DictWriter(written, names)
    writer.writeheader()
    writer.writerows({name: _safe(value) for name, value in row.items()} for row in rows)
    return "\ufeff" + written.getvalue()


def _safe(value: Any) -> Any:
    """A text that a spreadsheet will not take for a formula; of documents their addresses."""
    if isinstance(value, list):
        return " ".join(each["url"] for each in value)
    return f"'{value}" if isinstance(value, str) and value.startswith(SHEET_CODE) else value


def _publisher() -> dcat.Publisher:
    mine = home()
    mail = (mine.email if mine else "") or settings.DEFAULT_FROM_EMAIL
    return dcat.Publisher(str(mine or "Hanze"), mail, settings.PUBLIC_DATA_LICENCE)


def _titles() -> dict[str, str]:
    return {language: _in(language, "What we do internationally") for language in ("nl", "en")}


def _datasets() -> list[dcat.Dataset]:
    made: list[dcat.Dataset] = []
    for kind in Item.Kind:
        titles: dict[str, str] = {}
        for language in ("nl", "en"):
            with override(language):
                titles[language] = str(kind.label)
        told = {language: _in(language, "What we do internationally") + f": {titles[language]}" for language in titles}
        changed = Item.objects.filter(kind=kind).order_by("-changed_at").values_list("changed_at", flat=True).first()
        made.append(dcat.Dataset(kind.value, titles, told, changed))
    return made


def _in(language: str, words: str) -> str:
    with override(language):
        return _(words)


def _fresh(answer: Answer) -> Answer:
    """A page carries the visitor's own token: only her own browser may keep it."""
    patch_cache_control(answer, private=True, max_age=60)
    return answer


def _kept(answer: HttpResponse) -> HttpResponse:
    """The same for everybody: anybody may keep it for a while."""
    patch_cache_control(answer, public=True, max_age=MINUTES * 60)
    return answer
