"""Who takes part: added, changed, withdrawn, back, or removed as a mistake."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hanze.accounts.requests import reader_of
from hanze.accounts.together import in_turn
from hanze.missions import operations
from hanze.missions.forms.activities import ReasonForm
from hanze.missions.forms.parts import ParticipationForm, WithdrawalForm
from hanze.missions.models import Activity, Participation
from hanze.missions.presenting import Shown
from hanze.missions.views.helpers import form_page, opened, sent

ANCHOR = "#participants"


@require_http_methods(["GET", "HEAD", "POST"])
def participation_add(request: HttpRequest, pk: int) -> HttpResponse:
    activity = opened(request, pk, "missions.change_activity")
    form = ParticipationForm(sent(request), activity=activity, reader=reader_of(request))

    def save() -> None:
        operations.add_participation(activity, by=reader_of(request), **form.cleaned_data)

    title, said = _("Add a participant"), _("The participant is added.")
    return form_page(request, activity, form, save, title=title, said=said, anchor=ANCHOR)


@require_http_methods(["GET", "HEAD", "POST"])
@in_turn(Activity)
def participation_change(request: HttpRequest, pk: int, party: int) -> HttpResponse:
    activity, row = _row(request, pk, party)
    form = ParticipationForm(sent(request), instance=row, activity=activity, reader=reader_of(request))
    if row.state == Participation.State.WITHDREW:
        del form.fields["state"]

    def save() -> None:
        fresh = Participation.objects.get(pk=party)
        operations.change_participation(fresh, by=reader_of(request), **form.cleaned_data)

    return form_page(
        request,
        activity,
        form,
        save,
        title=_("Change the participant"),
        said=_("Saved."),
        anchor=ANCHOR,
        template="missions/participation.html",
        party=row,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def participation_withdraw(request: HttpRequest, pk: int, party: int) -> HttpResponse:
    activity, row = _row(request, pk, party)
    form = WithdrawalForm(sent(request), initial={"on": timezone.localdate()})

    def save() -> None:
        operations.withdraw_participation(row, by=reader_of(request), **form.cleaned_data)

    title = _("%(party)s withdraws") % {"party": row}
    return form_page(request, activity, form, save, title=title, said=_("The withdrawal is recorded."), anchor=ANCHOR)


@require_POST
def participation_return(request: HttpRequest, pk: int, party: int) -> HttpResponse:
    activity, row = _row(request, pk, party)
    try:
        operations.return_participation(row, by=reader_of(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("%(party)s takes part again.") % {"party": row})
    return redirect(activity.get_absolute_url() + ANCHOR)


@require_http_methods(["GET", "HEAD", "POST"])
def participation_remove(request: HttpRequest, pk: int, party: int) -> HttpResponse:
    activity, row = _row(request, pk, party)
    form = ReasonForm(sent(request))

    def save() -> None:
        operations.remove_participation(row, by=reader_of(request), **form.cleaned_data)

    title = _("Was %(party)s entered by mistake?") % {"party": row}
    return form_page(request, activity, form, save, title=title, said=_("The participant is removed."), anchor=ANCHOR)


def _row(request: HttpRequest, pk: int, party: int) -> tuple[Activity, Participation]:
    """The participation, when the reader may change it and see all of its names; else 404."""
    activity = opened(request, pk, "missions.change_activity")
    row = get_object_or_404(activity.participations.select_related("organisation", "person", "activity"), pk=party)
    shown = Shown(activity, reader_of(request))
    if not any(each.shows_all for each in shown.parties if each.participation.pk == row.pk):
        raise Http404
    return activity, row
