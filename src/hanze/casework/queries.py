"""Reads of casework that more than one place needs. Each has applied the reader's rights."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from hanze.accounts.among import Among
from hanze.accounts.models import Role, User
from hanze.casework.models import ContactMoment, Decision, Receipt, Request, RequestParticipant
from hanze.casework.screenings import is_one_of
from hanze.register.models import Organisation
from hanze.watchlists.models import Subject


def request_rows(reader: Any) -> QuerySet[Request]:
    """The requests that `reader` sees, with what a list shows of them, in a fixed number of queries.

    Adds `asker_name` (empty when the organisation is hidden from the reader) and `outcome` (the
    decision's, or else that of the latest presented advice).
    """
    presented = Receipt.objects.filter(request=OuterRef("pk"), request__state=Request.State.ADVISED)
    latest_advice = presented.order_by("-computed_at", "-pk")
    decided = Decision.objects.filter(request=OuterRef("pk"))
    seen = Request.objects.visible_to(reader).select_related("country", "responsible", "decision")
    # Subqueries rather than joins: whoever only counts leaves them out.
    return with_asker(seen, reader).annotate(
        outcome=Coalesce(
            Subquery(decided.values("outcome")[:1]), Subquery(latest_advice.values("outcome")[:1]), Value("")
        )
    )


def with_asker(requests: QuerySet[Request], reader: Any) -> QuerySet[Request]:
    """The requests with `asker_name`: empty when the organisation is hidden from the reader."""
    known = Organisation.objects.visible_to(reader).filter(pk=OuterRef("asked_by_id"))
    return requests.annotate(
        asker_name=Case(
            When(asked_by__isnull=True, then=F("asked_by_text")),
            default=Coalesce(Subquery(known.values("name")[:1]), Value("")),
            output_field=CharField(),
        )
    )


def with_text(requests: QuerySet[Request], words: str) -> QuerySet[Request]:
    """Those of `with_asker` in which every word is found: in the reference, title, asker or the request itself."""
    for word in words.split():
        requests = requests.filter(
            Q(reference__icontains=word)
            | Q(title__icontains=word)
            | Q(title_en__icontains=word)
            | Q(asker_name__icontains=word)
            | Q(description__icontains=word)
            | Q(technology__icontains=word)
        )
    return requests


def earlier_requests(request: Request, reader: Any, limit: int = 5) -> list[Request]:
    """Other requests of the same asker that `reader` sees, newest first, with what a line about them says."""
    same_asker = Q(pk__in=[])
    if request.asked_by_id:
        same_asker |= Q(asked_by=request.asked_by_id)
    if request.asked_by_text.strip():
        same_asker |= Q(asked_by_text__iexact=request.asked_by_text.strip())
    if request.contact_email:
        same_asker |= Q(contact_email__iexact=request.contact_email)
    said = ("reference", "title", "title_en", "state", "received_on", "decision__outcome")
    found = Request.objects.visible_to(reader).filter(same_asker).select_related("decision").only(*said)
    if request.pk:
        found = found.exclude(pk=request.pk)
    return list(found.order_by("-received_on", "-reference")[:limit])


def said_in_a_line() -> QuerySet[Request]:
    """All requests, with no more than a line about what waits says of them; for those whose keys a reader may see."""
    said = ("reference", "title", "title_en", "state", "due_on", "received_on")
    return Request.objects.select_related("responsible").only(*said, "responsible__name", "responsible__email")


def due_before(reader: Any, day: date) -> QuerySet[Request]:
    """Open requests that are to be decided on `day` or earlier, those that are late included, soonest first."""
    return Request.objects.visible_to(reader).open().filter(due_on__lte=day).order_by("due_on", "reference")


def with_decider(requests: QuerySet[Request]) -> QuerySet[Request]:
    """The requests, each with the role that its latest advice names to decide as `decider`."""
    receipts = Receipt.objects.filter(request=OuterRef("pk")).order_by("-computed_at", "-pk")
    return requests.annotate(decider=Subquery(receipts.values_list(KT("content__decided_by"))[:1]))


def unassigned(reader: Any) -> QuerySet[Request]:
    """Open requests that nobody is responsible for, oldest first."""
    return Request.objects.visible_to(reader).open().filter(responsible=None).order_by("received_on", "reference")


def open_findings(reader: Any) -> QuerySet[RequestParticipant]:
    """Participants with a finding under review, of requests that the reader sees and that are not over."""
    over = (Request.State.WITHDRAWN, Request.State.CLOSED)
    under_review = Q(screening=RequestParticipant.Screening.OPEN_FINDING)
    under_review |= is_one_of(Subject.objects.filter(state=Subject.State.OPEN))
    found = RequestParticipant.objects.filter(under_review, Among(Request.objects.visible_to, reader, "request"))
    return found.exclude(request__state__in=over).order_by("screened_on", "pk")


def contact_rows(reader: Any) -> QuerySet[ContactMoment]:
    """The contact moments that `reader` sees, with what a list shows of them.

    Adds `organisation_name` (empty when hidden) and `request_reference` (empty when the request is hidden).
    """
    known = Organisation.objects.visible_to(reader).filter(pk=OuterRef("organisation_id"))
    seen = Request.objects.visible_to(reader).filter(pk=OuterRef("request_id"))
    return (
        ContactMoment.objects.visible_to(reader)
        .select_related("country")
        .annotate(
            organisation_name=Case(When(Exists(known), then=F("organisation__name")), default=Value("")),
            request_reference=Case(When(Exists(seen), then=F("request__reference")), default=Value("")),
        )
    )


def contacts_about(request: Request, reader: Any) -> QuerySet[ContactMoment]:
    """The contact moments about one request that `reader` sees."""
    return ContactMoment.objects.visible_to(reader).filter(request=request)


def officers() -> QuerySet[User]:
    """The people who can be responsible for a request."""
    return User.objects.filter(is_active=True, roles_held__role__in=[Role.COORDINATOR, Role.POLICY_OFFICER]).distinct()


def colleagues() -> QuerySet[User]:
    """The people who can be put on a case: everybody inside who is not only a requester or council member."""
    inside = [Role.COORDINATOR, Role.POLICY_OFFICER, Role.EXECUTIVE, Role.COMMUNICATIONS, Role.ADMINISTRATOR]
    return User.objects.filter(is_active=True, roles_held__role__in=inside).distinct()
