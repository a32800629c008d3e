"""What the pages about applications share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

PAGE = 50


def show_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Put what an operation refused at its field; what the form has no field for stands above it."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def pages(request: HttpRequest, rows: QuerySet[Any]) -> dict[str, Any]:
    """The context of one page of rows."""
    paginator = Paginator(rows, PAGE)
    page = paginator.get_page(request.GET.get("page"))
    return {"page_obj": page, "page_numbers": paginator.get_elided_page_range(page.number)}


def shown_once(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """A page with a secret, which no browser or proxy keeps."""
    answer = render(request, "connections/shown_once.html", context)
    answer["Cache-Control"] = "no-store"
    return answer
