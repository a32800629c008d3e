"""Goals for every reader, and goals and themes for the administrator."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hanze.accounts.exporting import Column, export, wanted
from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.accounts.together import in_turn
from hanze.goals.forms import GoalForm, ThemeForm
from hanze.goals.models import Goal, Theme
from hanze.goals.operations import change_goal, change_theme, create_goal, create_theme


def goal_list(request: HttpRequest) -> HttpResponse:
    reader = _reader(request, "goals.list_goals")
    if wanted(request):
        return export(
            request, title=_("Goals and themes"), columns=_columns(), rows=[*_current(Goal), *_current(Theme)]
        )
    context = {
        "goals": Goal.objects.filter(is_current=True),
        "themes": Theme.objects.filter(is_current=True),
        "may_administer": reader.has_perm("goals.administer"),
    }
    return render(request, "goals/goal_list.html", context)


def _current(model: type[Goal] | type[Theme]) -> list[Any]:
    return list(model._default_manager.filter(is_current=True))


def _columns() -> tuple[Column, ...]:
    """What an export of goals and themes holds."""
    return (
        Column(_("Kind"), lambda each: each._meta.verbose_name),
        Column(_("Code"), lambda each: each.code),
        Column(_("Name"), lambda each: each.name),
        Column(_("Description"), lambda each: getattr(each, "description", "")),
        Column(_("Source"), lambda each: each.source),
    )


def administer_goals(request: HttpRequest) -> HttpResponse:
    _reader(request, "goals.administer")
    return render(request, "goals/administer_goals.html", {"goals": Goal.objects.all()})


def administer_themes(request: HttpRequest) -> HttpResponse:
    _reader(request, "goals.administer")
    return render(request, "goals/administer_themes.html", {"themes": Theme.objects.all()})


def goal_create(request: HttpRequest) -> HttpResponse:
    by = _reader(request, "goals.administer")
    form = GoalForm(request.POST or None)
    return _save(request, form, _("New goal"), "goals:administer-goals", lambda fields: create_goal(by=by, **fields))


@in_turn(Goal)
def goal_change(request: HttpRequest, pk: int) -> HttpResponse:
    by = _reader(request, "goals.administer")
    goal = get_object_or_404(Goal, pk=pk)
    heading = _("Change “%(name)s”") % {"name": goal}
    form = GoalForm(request.POST or None, instance=goal)
    return _save(request, form, heading, "goals:administer-goals", lambda fields: change_goal(goal, by=by, **fields))


def theme_create(request: HttpRequest) -> HttpResponse:
    by = _reader(request, "goals.administer")
    form = ThemeForm(request.POST or None)
    return _save(request, form, _("New theme"), "goals:administer-themes", lambda fields: create_theme(by=by, **fields))


@in_turn(Theme)
def theme_change(request: HttpRequest, pk: int) -> HttpResponse:
    by = _reader(request, "goals.administer")
    theme = get_object_or_404(Theme, pk=pk)
    heading = _("Change “%(name)s”") % {"name": theme}
    form = ThemeForm(request.POST or None, instance=theme)
    return _save(request, form, heading, "goals:administer-themes", lambda fields: change_theme(theme, by=by, **fields))


def _reader(request: HttpRequest, permission: str) -> User:
    reader: Any = request.user
    require(reader, permission)
    return reader


def _save(request: HttpRequest, form: forms.ModelForm, heading: str, list_name: str, save: Any) -> HttpResponse:
    """Show `form` and, when it was sent and is right, `save` its data and go back to the list."""
    if request.method == "POST" and form.is_valid():
        try:
            saved = save(form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("“%(name)s” has been saved.") % {"name": saved})
            return redirect(list_name)
    return render(request, "goals/form.html", {"form": form, "heading": heading, "list_name": list_name})
