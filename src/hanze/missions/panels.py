"""Activities on the pages of a request, an organisation, a person and a relation."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from hanze.accounts.models import User
from hanze.casework.models import Decision, Request
from hanze.missions.models import Activity, Participation
from hanze.missions.screenings import CASES, activities_of
from hanze.register.models import Organisation, Person, Relation
from hanze.register.panels import add_panel
from hanze.watchlists import people
from hanze.watchlists.panels import add_finding_panel

PERMISSION = "missions.list_activities"
LATEST = 20


def of_request(request: Request, reader: User) -> dict[str, Any] | None:
    """The activities that follow from the request; also nothing yet, when one can be planned."""
    activities = _seen(Activity.objects.filter(request=request), reader)
    taken_up = (Decision.Outcome.TAKE_UP, Decision.Outcome.WITH_MEASURES)
    decided = request.state == Request.State.DECIDED and request.decision.outcome in taken_up
    may_plan = decided and reader.has_perm("missions.add_activity", request)
    return {"activities": activities, "may_plan": may_plan} if activities or may_plan else None


def of_organisation(organisation: Organisation, reader: User) -> dict[str, Any] | None:
    """The activities in which the organisation took part or was a partner, and from which it withdrew."""
    return _of_party(_with_organisation(organisation.pk), reader, organisation)


def of_person(person: Person, reader: User) -> dict[str, Any] | None:
    return _of_party(Q(pk__in=Participation.objects.filter(person=person).values("activity")), reader, person)


def of_relation(relation: Relation, reader: User) -> dict[str, Any] | None:
    """The activities with the partner of the relation."""
    return _of_party(_with_organisation(relation.partner_id), reader, None)


def _with_organisation(pk: int) -> Q:
    """Found from the party to its activities: the other way round every activity is looked at."""
    took_part = Participation.objects.filter(organisation=pk).order_by().values("activity")
    partner = Activity.partners.through.objects.filter(organisation=pk).order_by().values("activity")
    return Q(pk__in=took_part.union(partner))


def _of_party(condition: Q, reader: User, party: Organisation | Person | None) -> dict[str, Any] | None:
    activities = _seen(Activity.objects.filter(condition), reader)
    withdrawn: set[int] = set()
    if party is not None:
        rows = Participation.objects.filter(state=Participation.State.WITHDREW, activity__in=activities)
        name = "organisation" if isinstance(party, Organisation) else "person"
        withdrawn = set(rows.filter(**{name: party}).values_list("activity", flat=True))
    return {"activities": activities, "withdrawn": withdrawn} if activities else None


def _seen(activities: QuerySet[Activity], reader: User) -> list[Activity]:
    seen = activities.filter(Exists(Activity.objects.visible_to(reader).filter(pk=OuterRef("pk"))))
    return list(seen.select_related("country")[:LATEST])


def hand_in() -> None:
    """Show the panels, and tell the screening who works on activities; called once, when the app is ready."""
    template = "missions/panel.html"
    add_panel(Request, template, of_request, PERMISSION)
    add_panel(Organisation, template, of_organisation, PERMISSION)
    add_panel(Person, template, of_person, PERMISSION)
    add_panel(Relation, template, of_relation, PERMISSION)
    add_finding_panel("missions/finding_panel.html", activities_of)
    people.register(CASES)
