"""What an administrator looks after, in one place."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from hanze.accounts.permissions import require
from hanze.accounts.requests import reader_of
from hanze.register.models import Organisation
from hanze.register.operations import set_home
from hanze.register.queries import home

PLACES = (
    ("people:account-list", _("Accounts"), _("Who can sign in, and in which roles."), "accounts.list_accounts"),
    (
        "web:home-organisation",
        _("Our organisation"),
        _("The organisation that Hanze works for, as it stands on every page."),
        "register.set_home",
    ),
    (
        "connections:application-list",
        _("Applications"),
        _("Programs that use the API, their tokens, and the messages that are sent to them."),
        "connections.view_applications",
    ),
    ("goals:administer-goals", _("Goals"), _("What requests and activities contribute to."), "goals.administer"),
    ("goals:administer-themes", _("Themes"), _("The themes that activities are about."), "goals.administer"),
    (
        "evaluation:recorded-years",
        _("Recorded years"),
        _("The years that the register covers; other years show as not recorded."),
        "evaluation.change_recorded_years",
    ),
)


def administration(request: HttpRequest) -> HttpResponse:
    """Links to what the reader may administer."""
    places = [
        {"url_name": name, "label": label, "text": text}
        for name, label, text, permission in PLACES
        if reader_of(request).has_perm(permission)
    ]
    if not places or not reader_of(request).has_perm("accounts.administer"):
        raise PermissionDenied
    return render(request, "web/administration.html", {"places": places})


class HomeForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=_("Our organisation"),
        queryset=Organisation.objects.none(),
        help_text=_("Not in the list? Add it to the parties first."),
    )


def home_organisation(request: HttpRequest) -> HttpResponse:
    """Choose which party Hanze works for."""
    require(reader_of(request), "register.set_home")
    form = HomeForm(request.POST or None, initial={"organisation": home()})
    visible = Organisation.objects.visible_to(reader_of(request))
    form.fields["organisation"].queryset = visible.filter(kind=Organisation.Kind.GOVERNMENT)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        set_home(form.cleaned_data["organisation"], by=reader_of(request))
        messages.success(request, _("Hanze works for %(name)s now.") % {"name": form.cleaned_data["organisation"]})
        return redirect("web:administration")
    return render(request, "web/home_organisation.html", {"form": form})
