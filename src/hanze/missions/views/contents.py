"""Places, programme, topics and costs; agreements, contact moments and documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hanze.accounts.classification import get_visible_or_404
from hanze.accounts.requests import reader_of
from hanze.accounts.together import in_turn
from hanze.casework.models import ContactMoment
from hanze.missions import operations
from hanze.missions.forms.parts import (
    AgreementForm,
    ContactForm,
    CostForm,
    DocumentForm,
    PartForm,
    PlaceForm,
    ProgrammeItemForm,
    TopicForm,
)
from hanze.missions.models import Activity, ActivityDocument
from hanze.missions.views.helpers import form_page, opened, sent
from hanze.register.documents import download_response
from hanze.register.models import Agreement
from hanze.register.operations import attach


@dataclass(frozen=True)
class Kind:
    """A kind of part: where it hangs, its form, its operation and its words."""

    related: str
    form: type[PartForm]
    add: Callable[..., Any]
    to_add: Promise
    to_change: Promise


KINDS = {
    "places": Kind(
        "places", PlaceForm, operations.add_place, gettext_lazy("Add a place"), gettext_lazy("Change the place")
    ),
    "programme": Kind(
        "programme",
        ProgrammeItemForm,
        operations.add_programme_item,
        gettext_lazy("Add to the programme"),
        gettext_lazy("Change the programme"),
    ),
    "topics": Kind(
        "topics", TopicForm, operations.raise_topic, gettext_lazy("Add a topic"), gettext_lazy("Change the topic")
    ),
    "costs": Kind("costs", CostForm, operations.add_cost, gettext_lazy("Add a cost"), gettext_lazy("Change the cost")),
}


def _kind(key: str) -> Kind:
    if key not in KINDS:
        raise Http404
    return KINDS[key]


@require_http_methods(["GET", "HEAD", "POST"])
def part_add(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    kind = _kind(key)
    activity = opened(request, pk, "missions.change_activity")
    form = kind.form(sent(request), activity=activity, reader=reader_of(request))

    def save() -> None:
        kind.add(activity, by=reader_of(request), **form.cleaned_data)

    return form_page(request, activity, form, save, title=kind.to_add, said=_("Added."), anchor=f"#{key}", **_look(key))


@require_http_methods(["GET", "HEAD", "POST"])
@in_turn(Activity)
def part_change(request: HttpRequest, pk: int, key: str, part: int) -> HttpResponse:
    kind = _kind(key)
    activity = opened(request, pk, "missions.change_activity")
    stored = get_object_or_404(getattr(activity, kind.related), pk=part)
    form = kind.form(sent(request), instance=stored, activity=activity, reader=reader_of(request))

    def save() -> None:
        operations.change_part(
            type(stored).objects.get(pk=part),
            by=reader_of(request),
            **form.cleaned_data,
        )

    return form_page(
        request,
        activity,
        form,
        save,
        title=kind.to_change,
        said=_("Saved."),
        anchor=f"#{key}",
        remove=(key, part),
        **_look(key),
    )


@require_POST
def part_remove(request: HttpRequest, pk: int, key: str, part: int) -> HttpResponse:
    kind = _kind(key)
    activity = opened(request, pk, "missions.change_activity")
    stored = get_object_or_404(getattr(activity, kind.related), pk=part)
    try:
        operations.remove_part(stored, by=reader_of(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Removed."))
    return redirect(f"{activity.get_absolute_url()}#{key}")


def _look(key: str) -> dict[str, str]:
    return {"template": "missions/place.html" if key == "places" else "missions/part.html"}


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_add(request: HttpRequest, pk: int) -> HttpResponse:
    activity = opened(request, pk, "missions.change_activity")
    form = AgreementForm(sent(request), activity=activity, reader=reader_of(request))

    def save() -> None:
        known = form.cleaned_data.pop("known", None)
        fields = {"agreement": known} if known else form.cleaned_data
        operations.add_agreement(activity, by=reader_of(request), **fields)

    title, said = _("Record a signed agreement"), _("The agreement is recorded.")
    return form_page(request, activity, form, save, title=title, said=said, anchor="#agreements")


@require_POST
def agreement_remove(request: HttpRequest, pk: int, agreement: int) -> HttpResponse:
    activity = opened(request, pk, "missions.change_activity")
    known = get_visible_or_404(Agreement.objects.filter(activities=activity), reader_of(request), pk=agreement)
    operations.remove_agreement(activity, known, by=reader_of(request))
    messages.success(request, _("The agreement is no longer on this activity; it stays in the register."))
    return redirect(f"{activity.get_absolute_url()}#agreements")


@require_http_methods(["GET", "HEAD", "POST"])
def contact_add(request: HttpRequest, pk: int) -> HttpResponse:
    activity = opened(request, pk, "missions.change_activity")
    form = ContactForm(sent(request), activity=activity, reader=reader_of(request))

    def save() -> None:
        operations.link_contact(activity, form.cleaned_data["contact"], by=reader_of(request))

    title, said = _("Link a contact moment"), _("The contact moment is linked.")
    return form_page(
        request,
        activity,
        form,
        save,
        title=title,
        said=said,
        anchor="#contacts",
        template="missions/contact_add.html",
    )


@require_POST
def contact_remove(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    activity = opened(request, pk, "missions.change_activity")
    moments = ContactMoment.objects.filter(activities=activity)
    moment = get_visible_or_404(moments, reader_of(request), pk=contact)
    operations.unlink_contact(activity, moment, by=reader_of(request))
    messages.success(request, _("The contact moment is no longer on this activity; it stays on record."))
    return redirect(f"{activity.get_absolute_url()}#contacts")


@require_http_methods(["GET", "HEAD", "POST"])
def document_add(request: HttpRequest, pk: int) -> HttpResponse:
    activity = opened(request, pk, "missions.change_activity")
    form = DocumentForm(sent(request), request.FILES or None)

    def save() -> None:
        attach(by=reader_of(request), attachment_model=ActivityDocument, parent=activity, **form.cleaned_data)

    title, said = _("Add a document"), _("The document is kept.")
    return form_page(request, activity, form, save, title=title, said=said, anchor="#documents")


@require_safe
def document_download(request: HttpRequest, pk: int, document: int) -> HttpResponseBase:
    activity = opened(request, pk)
    return download_response(get_object_or_404(activity.documents, pk=document))
