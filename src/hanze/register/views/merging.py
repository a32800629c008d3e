"""Merging two records of the same organisation or person, and undoing it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from hanze.accounts.classification import get_visible_or_404
from hanze.accounts.exporting import Column, export, wanted
from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.accounts.requests import reader_of
from hanze.audit.reading import read
from hanze.register.alike import Pair, likely_pairs
from hanze.register.choosing import choose_one
from hanze.register.forms.merging import ChooseOtherForm, MergeForm, UndoMergeForm
from hanze.register.forms.shared import attempt
from hanze.register.merging.comparing import differing, moving
from hanze.register.models import Merge, Organisation, Person
from hanze.register.operations import merge_parties, undo_merge
from hanze.register.queries import alike_records, former_selves, kept_one, mergings_of
from hanze.register.views.shared import allowed, carry_out

PER_PAGE = 50
SAME = 100


@require_safe
def organisation_alike(request: HttpRequest) -> HttpResponse:
    return _alike(request, Organisation, _("Likely duplicates among organisations"))


@require_safe
def person_alike(request: HttpRequest) -> HttpResponse:
    return _alike(request, Person, _("Likely duplicates among people"))


@require_safe
def organisation_merge(request: HttpRequest, pk: int) -> HttpResponse:
    return _choose(request, Organisation, pk)


@require_safe
def person_merge(request: HttpRequest, pk: int) -> HttpResponse:
    return _choose(request, Person, pk)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_merge_with(request: HttpRequest, pk: int, gone: int) -> HttpResponse:
    return _compare(request, Organisation, pk, gone)


@require_http_methods(["GET", "HEAD", "POST"])
def person_merge_with(request: HttpRequest, pk: int, gone: int) -> HttpResponse:
    return _compare(request, Person, pk, gone)


def _alike(request: HttpRequest, model: type[Any], title: str) -> HttpResponse:
    """Every two records that are probably the same, for who may merge them: from here she compares and merges."""
    reader = allowed(request, "register.list_parties")
    require(reader, f"register.merge_{model._meta.model_name}")
    pairs = likely_pairs(model, reader)
    if wanted(request):
        return export(request, title=title, columns=ALIKE_COLUMNS, rows=_with_records(model, pairs))
    page = Paginator(pairs, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": title,
        "tab": f"{model._meta.model_name}-alike",
        "page_obj": page,
        "page_numbers": page.paginator.get_elided_page_range(page.number),
        "rows": [
            (one, other, _why(pair), _with(one, other), _apart(one, other))
            for one, other, pair in _with_records(model, page)
        ],
    }
    return render(request, "register/alike_list.html", context)


def _with_records(model: type[Any], pairs: Iterable[Pair]) -> list[tuple[Any, Any, Pair]]:
    pairs = list(pairs)
    related = ("country",) if model is Organisation else ()
    found = model.objects.select_related(*related).in_bulk({pk for pair in pairs for pk in (pair.one, pair.other)})
    return [(found[pair.one], found[pair.other], pair) for pair in pairs]


def _why(pair: Pair) -> str:
    """Why two records are probably the same."""
    if pair.shares:
        return _("They share a registration number or e-mail address")
    return _("The names are the same") if pair.likeness == SAME else _("The names are alike")


ALIKE_COLUMNS = [
    Column(gettext_lazy("One record"), lambda row: row[0]),
    Column(gettext_lazy("Number of the record"), lambda row: row[0].pk),
    Column(gettext_lazy("Probably the same as"), lambda row: row[1]),
    Column(gettext_lazy("Number of the other record"), lambda row: row[1].pk),
    Column(gettext_lazy("Why"), lambda row: _why(row[2])),
]


def _choose(request: HttpRequest, model: type[Any], pk: int) -> HttpResponse:
    """Which record is the same: the likely ones, or any other that the reader may see."""
    reader, record = _to_merge(request, model, pk)
    form = ChooseOtherForm(request.GET if "other" in request.GET else None)
    field: Any = form.fields["other"]
    field.queryset = model.objects.none()
    choose_one(field, reader)
    field.queryset = field.queryset.exclude(pk=record.pk)
    if form.is_bound and form.is_valid():
        return redirect(_with(record, form.cleaned_data["other"]))
    likely = [(each, _with(record, each)) for each in alike_records(record, reader)]
    return render(request, "register/merge_choose.html", {"record": record, "likely": likely, "form": form})


def _compare(request: HttpRequest, model: type[Any], pk: int, gone: int) -> HttpResponse:
    """Side by side, field by field, with what moves along."""
    reader, record = _to_merge(request, model, pk)
    other = _to_merge(request, model, gone)[1]
    form = MergeForm(request.POST or None, lines=differing(record, other))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, merge_parties, record, other, form.choices, by=reader, reason=reason):
            messages.success(request, _("The two are one now. You can undo this from this page."))
            return redirect(record)
    elif request.method != "POST":
        read(reader, record)
        read(reader, other)
    context = {
        "record": record,
        "gone": other,
        "form": form,
        "moving": moving(other, reader),
        "joining": other.team.exclude(pk__in=record.team.values("pk")),
        "swap_url": _with(other, record),
        "apart_url": _apart(record, other),
    }
    return render(request, "register/merge_compare.html", context)


@require_safe
def merge_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What was merged, when and why; undone, what did not go back."""
    reader, merge, kept = _merge(request, pk)
    context = {
        "merge": merge,
        "kept": kept,
        "left": [_left(each) for each in merge.left],
        "moved": len({(step["model"], step["pk"]) for step in merge.steps}),
        "may_undo": merge.undone_at is None and reader.has_perm(f"register.merge_{kept._meta.model_name}", kept),
    }
    return render(request, "register/merge_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def merge_undo(request: HttpRequest, pk: int) -> HttpResponse:
    reader, merge, kept = _merge(request, pk)
    require(reader, f"register.merge_{kept._meta.model_name}", kept)
    form = UndoMergeForm(request.POST or None)
    if undone := carry_out(request, form, undo_merge, merge, by=reader):
        messages.success(request, _("The merging has been undone."))
        if undone.left:
            messages.warning(request, _("What was changed since stays as it is; it is named below."))
        return redirect(merge)
    context = {
        "question": _("Undo this merging?"),
        "consequence": _("Everything goes back to the record it came from. What was changed since stays as it is."),
        "form": form,
        "confirm_label": _("Undo the merging"),
        "cancel_url": merge.get_absolute_url(),
    }
    return render(request, "web/confirm.html", context)


def _to_merge(request: HttpRequest, model: type[Any], pk: int) -> tuple[User, Any]:
    reader = allowed(request, "register.list_parties")
    record = get_visible_or_404(model.objects.all(), reader, pk=pk)
    allowed(request, f"register.merge_{model._meta.model_name}", record)
    return reader, record


def _with(record: Any, other: Any) -> str:
    return reverse(f"register:{record._meta.model_name}-merge-with", args=[record.pk, other.pk])


def _apart(one: Any, other: Any) -> str:
    return reverse(f"register:{one._meta.model_name}-set-apart", args=[one.pk, other.pk])


def _merge(request: HttpRequest, pk: int) -> tuple[User, Merge, Any]:
    """A merging, when the reader may see the record that was kept."""
    reader = allowed(request, "register.list_parties")
    merge = get_object_or_404(Merge.objects.select_related("by", "undone_by"), pk=pk)
    model: Any = merge.content_type.model_class()
    return reader, merge, get_visible_or_404(model.objects.all(), reader, pk=merge.kept_id)


def _left(what: dict[str, Any]) -> str:
    """What did not go back, without a name that the reader may not see."""
    model = apps.get_model(what["model"])
    kind = capfirst(str(model._meta.verbose_name))
    if not what["field"]:
        return kind
    field: Any = next(each for each in model._meta.concrete_fields if each.attname == what["field"])
    return f"{kind}: {field.verbose_name}"


def merging_of(record: Any, reader: User) -> dict[str, Any]:
    """What the page of a party shows of mergings: the parties that went up in it, and the way to merge it."""
    kind = record._meta.model_name
    return {
        "former": former_selves(record, reader),
        "mergings": mergings_of(record),
        "may_merge": reader.has_perm(f"register.merge_{kind}", record),
        "merge_url": reverse(f"register:{kind}-merge", args=[record.pk]),
    }


def way_to_the_kept_one(request: HttpRequest, model: type[Any], pk: int) -> HttpResponse | None:
    """At the address of a record that went up in another: the way to that one, for who may see it; else None."""
    gone = model._default_manager.filter(pk=pk, merged_into__isnull=False).first()
    if gone is None:
        return None
    return redirect(get_visible_or_404(model.objects.all(), reader_of(request), pk=kept_one(gone).pk))
