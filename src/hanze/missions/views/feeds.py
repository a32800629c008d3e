"""Calendar feeds: the page on which somebody keeps hers, the secret address, and one activity as a file."""

from __future__ import annotations

import hashlib

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from hanze.accounts import guessing
from hanze.accounts.models import Role
from hanze.accounts.permissions import require
from hanze.accounts.requests import reader_of
from hanze.audit.reading import read
from hanze.casework.forms.choosing import show_error
from hanze.connections import calendars, keys, operations
from hanze.connections.models import CalendarFeed
from hanze.missions.feeds import Site, activities_of, calendar, measures_of
from hanze.missions.views.helpers import opened

CONTENT_TYPE = "text/calendar; charset=utf-8"


class FeedForm(forms.ModelForm):
    class Meta:
        model = CalendarFeed
        fields = ("name", "content", "role", "ceiling")
        widgets = {"content": forms.RadioSelect}

    def choose_of(self, roles: frozenset[str]) -> None:
        """Offer the roles that the person holds."""
        held = [(role.value, role.label) for role in Role if role in roles and role != Role.REQUESTER]
        self.fields["role"] = forms.ChoiceField(
            label=self.fields["role"].label,
            choices=[("", _("No: what I see myself")), *held],
            required=False,
            help_text=self.fields["role"].help_text,
        )


def feed_list(request: HttpRequest) -> HttpResponse:
    """The feeds of the reader, and a form for another one."""
    reader = reader_of(request)
    require(reader, "connections.keep_feeds")
    form = FeedForm(request.POST or None)
    form.choose_of(reader.roles)
    if request.method == "POST" and form.is_valid():
        try:
            feed, secret = operations.create_feed(by=reader, **form.cleaned_data)
        except ValidationError as error:
            show_error(form, error)
        else:
            return _shown_once(request, feed, secret)
    feeds = CalendarFeed.objects.filter(owner=reader, revoked_at=None)
    status = 422 if form.errors else 200
    return render(request, "missions/feeds.html", {"form": form, "feeds": feeds}, status=status)


def feed_renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Another address, after a confirmation."""
    found = _own(request, pk)
    if request.method == "POST":
        return _shown_once(request, found, operations.renew_feed(found, by=reader_of(request)))
    context = {
        "question": _("Give “%(name)s” another address?") % {"name": found.name},
        "consequence": _("Programs that read the old address get nothing any more."),
        "confirm_label": _("Another address"),
        "cancel_url": reverse("missions:feed-list"),
    }
    return render(request, "web/confirm.html", context)


def feed_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    if request.method == "POST":
        operations.revoke_feed(found, by=reader_of(request))
        messages.success(request, _("The feed has ended. What a program has read already, it may keep."))
        return redirect("missions:feed-list")
    context = {
        "question": _("End the feed “%(name)s”?") % {"name": found.name},
        "consequence": _("Its address shows nothing any more."),
        "confirm_label": _("End the feed"),
        "cancel_url": reverse("missions:feed-list"),
        "danger": True,
    }
    return render(request, "web/confirm.html", context)


@login_not_required
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar behind a secret address, as far as its owner may still see it."""
    if guessing.too_often(request):
        return HttpResponse(status=429, headers={"Retry-After": "60"})
    kept = CalendarFeed.objects.select_related("owner").filter(fingerprint=keys.fingerprint(secret)).first()
    reader = kept.reader() if kept is not None else None
    if kept is None or reader is None or not reader.has_perm("missions.list_activities"):
        guessing.was_wrong(request)
        raise Http404
    today = timezone.localdate()
    with override(kept.owner.language or "nl"):
        activities = list(activities_of(kept, reader, today))
        measures = measures_of(kept, reader, today)
        others = list(calendars.entries(kept, reader, today))
        content = calendar(_("Hanze: %(name)s") % {"name": kept.name}, _site(request), activities, measures, others)
    etag = hashlib.sha256(content).hexdigest()
    told = {each.record.pk: each.record for each in others}
    operations.note_fetch(kept, etag, [*activities, *told.values()])
    answer = HttpResponse(content, content_type=CONTENT_TYPE)
    answer["ETag"] = quote_etag(etag)
    answer["Cache-Control"] = "private, max-age=0, must-revalidate"
    answer["X-Robots-Tag"] = "noindex"
    return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer


@require_safe
def activity_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity, with its programme, as a file for a calendar."""
    activity = opened(request, pk)
    read(reader_of(request), activity)
    content = calendar(str(activity), _site(request), [activity])
    answer = HttpResponse(content, content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="activity-{activity.pk}.ics"'
    return answer


def _own(request: HttpRequest, pk: int) -> CalendarFeed:
    require(reader_of(request), "connections.keep_feeds")
    return get_object_or_404(CalendarFeed, pk=pk, owner=reader_of(request), revoked_at=None)


def _site(request: HttpRequest) -> Site:
    named = [host for host in settings.ALLOWED_HOSTS if host[:1].isalpha()]
    name = named[0] if named else request.get_host().partition(":")[0]
    return Site(name, request.build_absolute_uri("/").rstrip("/"))


def _shown_once(request: HttpRequest, found: CalendarFeed, secret: str) -> HttpResponse:
    address = request.build_absolute_uri(reverse("missions:feed", args=[secret]))
    subscribe = "webcal:" + address.partition(":")[2]
    context = {"feed": found, "address": address, "subscribe": subscribe}
    answer = render(request, "missions/feed_address.html", context)
    answer["Cache-Control"] = "no-store"
    return answer
