"""What is kept about somebody with an account, a copy of it for her, and its erasure once she has left."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from hanze.accounts.models import APPLICATION_DOMAIN, User
from hanze.accounts.permissions import require
from hanze.accounts.requests import reader_of
from hanze.archive import accounts, places
from hanze.archive.forms import EraseForm
from hanze.archive.mentions import mentions
from hanze.archive.views.shared import erase_as_asked


def _account(request: HttpRequest, pk: int) -> User:
    require(reader_of(request), "archive.erase_account")
    people = User.objects.exclude(email__endswith=f"@{APPLICATION_DOMAIN}")
    return get_object_or_404(people.exclude(email__endswith=f"@{accounts.NOWHERE}"), pk=pk)


@require_safe
def personal_data(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about an account that the administrator may read, with what can be done."""
    account = _account(request, pk)
    named, unread = mentions(accounts.names_of(account), reader_of(request))
    context = {**accounts.about(account), "account": account, "named_in": named}
    context["unread"] = places.described(unread)
    return render(request, "archive/account_data.html", context)


@require_POST
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The zip with everything, as a download."""
    account = _account(request, pk)
    packed = accounts.export_account(account, by=reader_of(request))
    headers = {"Content-Disposition": f'attachment; filename="account-{account.pk}.zip"', "Cache-Control": "no-store"}
    return HttpResponse(packed, content_type="application/zip", headers=headers)


def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows every place that will lose her name, asks which must keep it, and why she is erased."""
    account = _account(request, pk)
    named, unread = mentions(accounts.names_of(account), reader_of(request))
    form = EraseForm(request.POST or None, places=[(each.key, str(each)) for each in named])
    if done := erase_as_asked(request, form, partial(accounts.erase_account, account, by=reader_of(request))):
        return done
    context = {"account": account, "form": form, "unread": places.described(unread)}
    return render(request, "archive/account_erase.html", context)
