"""Small helps for the register's views."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import django_tables2 as tables
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.accounts.requests import reader_of
from hanze.register.forms.shared import attempt

PER_PAGE = 50
Result = TypeVar("Result")


def allowed(request: HttpRequest, permission: str, record: Any = None) -> User:
    """The signed-in reader, who must hold `permission`; raises PermissionDenied (a 404 to her)."""
    reader = reader_of(request)
    require(reader, permission, record)
    return reader


def paged(request: HttpRequest, table: tables.Table) -> tables.Table:
    """`table` sorted and cut into pages as the address asks."""
    per_page: Any = {"per_page": PER_PAGE}
    tables.RequestConfig(request, paginate=per_page).configure(table)
    return table


def carry_out(
    request: HttpRequest, form: BaseForm, operation: Callable[..., Result], *args: Any, **fields: Any
) -> Result | None:
    """When `form` was sent and is right: `operation` with its data and `fields`. None when there is a form to show."""
    if request.method != "POST" or not form.is_valid():
        return None
    return attempt(form, operation, *args, **fields, **form.cleaned_data)


def form_page(
    request: HttpRequest, form: BaseForm, heading: str, cancel_url: str, submit_label: str = ""
) -> HttpResponse:
    """A page with nothing but one form."""
    context = {
        "form": form,
        "heading": heading,
        "cancel_url": cancel_url,
        "submit_label": submit_label or _("Save"),
    }
    return render(request, "register/form.html", context)
