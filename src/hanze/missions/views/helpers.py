"""What the views share: fetching the activity, and showing a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from hanze.accounts.classification import get_visible_or_404
from hanze.accounts.requests import reader_of
from hanze.casework.forms.choosing import show_error
from hanze.missions.models import Activity


def opened(request: HttpRequest, pk: int, permission: str = "missions.list_activities") -> Activity:
    """The activity when the reader may see it and holds the permission for it, else 404."""
    activity = get_visible_or_404(
        Activity.objects.select_related("country", "leader", "responsible"),
        reader_of(request),
        pk=pk,
    )
    allow(request, permission, activity)
    return activity


def allow(request: HttpRequest, permission: str, record: Any = None) -> None:
    """Raises PermissionDenied, which the reader sees as 404."""
    if not reader_of(request).has_perm(permission, record):
        raise PermissionDenied(permission)


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, even when it is nothing; None when the page is only asked for."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: HttpRequest,
    activity: Activity,
    form: forms.BaseForm,
    save: Callable[[], Any],
    *,
    title: Any,
    said: Any,
    anchor: str = "",
    template: str = "missions/form.html",
    **context: Any,
) -> HttpResponse:
    """Show `form`; when it was sent and is right, `save` and go back to the activity.

    What the operation refuses stands at its field; nothing that was typed is lost.
    """
    address = activity.get_absolute_url() + anchor
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except ValidationError as error:
            show_error(form, error)
        else:
            messages.success(request, said)
            return redirect(address)
    shown = {"activity": activity, "form": form, "title": title, "cancel_url": address, **context}
    return render(request, template, shown, status=422 if form.errors else 200)
