"""The records that an evaluation counts: what happened in its scope, as far as the reader may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q

from hanze.accounts.models import STAFF_ROLES, Role
from hanze.casework.models import ContactMoment, Decision, Request
from hanze.evaluation.lines import Line, lines_of
from hanze.evaluation.models import Evaluation, Recommendation
from hanze.evaluation.scope import Scope
from hanze.missions.models import Activity, Cost, Measure, Participation, Topic
from hanze.register.models import Agreement, Organisation, Person

_PORTION = 5_000
TOOK_PLACE = (Activity.State.HELD, Activity.State.CLOSED)


def took_part(participation: Participation) -> bool:
    """Whether a party attended as more than the organiser."""
    attended = participation.state == Participation.State.ATTENDED
    return attended and participation.role != Participation.Role.ORGANISER


@dataclass
class Records:
    """Everything in a scope that `reader` may see, read once and kept; `reader` None is Hanze itself.

    `evaluation` is the stored evaluation of this scope, whose recommendations count as this year's.
    """

    scope: Scope
    reader: Any | None
    evaluation: Evaluation | None = None

    def seen(self, model: type[models.Model]) -> models.QuerySet[Any]:
        """The records of a classified model that the reader may see."""
        manager = model.objects  # type: ignore[attr-defined]
        return manager.all() if self.reader is None else manager.visible_to(self.reader)

    @cached_property
    def is_recorded(self) -> bool:
        return self.scope.is_recorded()

    @cached_property
    def home_country(self) -> str:
        """The code of our own country, or an empty text."""
        home = Organisation.objects.filter(is_home=True).values_list("country_id", flat=True).first()
        return home or ""

    @cached_property
    def all_activities(self) -> list[Activity]:
        """Activities of the scope, whatever became of them, exploratory talks included, in order of time."""
        found = self._found_activities().distinct().select_related("country")
        return list(found.order_by("starts_on", "pk"))

    def _found_activities(self) -> models.QuerySet[Any]:
        return self._in_period(Activity, "starts_on").filter(self._where("country", "places__region", "framework"))

    @cached_property
    def took_place(self) -> list[Activity]:
        """Activities of the scope that took place, exploratory talks included."""
        return [activity for activity in self.all_activities if activity.state in TOOK_PLACE]

    @cached_property
    def activities(self) -> list[Activity]:
        """Activities of the scope that took place, exploratory talks apart."""
        return [activity for activity in self.took_place if not activity.is_exploratory]

    @cached_property
    def other_activities(self) -> list[Activity]:
        """Activities of the same period with other countries than that of the scope; none when it has no country."""
        if self.scope.country is None:
            return []
        return list(
            self._in_period(Activity, "starts_on")
            .filter(state__in=TOOK_PLACE, is_exploratory=False)
            .exclude(country__in=[self.scope.country.pk, self.home_country])
            .select_related("country")
            .order_by("starts_on", "pk")
        )

    def own_parties(self, activity: Activity) -> list[Organisation]:
        """The organisations of our own region that took part in the activity, each once.

        Our own organisation, and those that only organised it, are no parties to it.
        """
        if activity.pk not in self._own_parties:
            parties = (each.organisation for each in self.participations[activity.pk] if took_part(each))
            own = {each: None for each in parties if each and each.own_region and not each.is_home}
            self._own_parties[activity.pk] = list(own)
        return self._own_parties[activity.pk]

    @cached_property
    def _own_parties(self) -> dict[int, list[Organisation]]:
        return {}

    @cached_property
    def measures(self) -> list[tuple[Measure, Activity]]:
        """The measures of what took place, each with its activity."""
        return [(measure, activity) for activity in self.took_place for measure in self._measures[activity.pk]]

    @cached_property
    def measures_by_line(self) -> dict[tuple[str, str], list[tuple[Measure, Activity]]]:
        """The measures, by framework and line of action."""
        found: defaultdict[tuple[str, str], list[tuple[Measure, Activity]]] = defaultdict(list)
        for measure, activity in self.measures:
            found[measure.framework, measure.line].append((measure, activity))
        return found

    @cached_property
    def topics_by_line(self) -> Mapping[str, list[tuple[Topic, Activity]]]:
        """The topics of the activities, each with its activity, by line of action."""
        found: defaultdict[str, list[tuple[Topic, Activity]]] = defaultdict(list)
        for activity in self.activities:
            for topic in self.topics[activity.pk]:
                found[topic.line].append((topic, activity))
        return found

    @cached_property
    def decisions_by_line(self) -> dict[tuple[str, str], list[Decision]]:
        """The decisions in whose advice a line of action counted, by framework and line."""
        found: defaultdict[tuple[str, str], list[Decision]] = defaultdict(list)
        # A receipt is long, and of it only the lines are asked.
        lines = dict(self._found_decisions().values_list("pk", "receipt__content__lines"))
        for decision in self.decisions:
            states = {each.get("table"): each.get("state") for each in lines[decision.pk] or []}
            for line in (line for line, state in states.items() if state == "applied"):
                found[decision.receipt.framework, line].append(decision)
        return found

    @cached_property
    def agreements(self) -> list[Agreement]:
        """Agreements signed at the scope's activities, and those signed in its period with its partner."""
        partner = Q(pk__in=[]) if self.scope.framework and not self.scope.country else self._partner()
        signed = Q(signed_on__range=(self.scope.start, self.scope.end)) & partner
        at_activities = Q(activities__in=[activity.pk for activity in self.took_place])
        found = self.seen(Agreement).filter(signed | at_activities).distinct().order_by("signed_on", "pk")
        return list(found)

    @cached_property
    def requests(self) -> list[Request]:
        """Requests received in the period."""
        found = self._in_period(Request, "received_on").filter(self._where("country", "region", "receipts__framework"))
        return list(found.distinct().order_by("received_on", "pk"))

    @cached_property
    def decisions(self) -> list[Decision]:
        """Decisions taken in the period on requests that the reader may see."""
        found = self._found_decisions().select_related("request", "receipt")
        return list(found.defer("receipt__content", "request__description").order_by("decided_on", "pk"))

    def _found_decisions(self) -> models.QuerySet[Any]:
        where = self._where("request__country", "request__region", "receipt__framework")
        decided = Decision.objects.filter(where, decided_on__range=(self.scope.start, self.scope.end))
        return decided.filter(request__in=self.seen(Request))

    @cached_property
    def advised_otherwise(self) -> dict[int, Any]:
        """The outcome in the advice, as its receipt has it, of each decision that was another one."""
        return dict(self._found_decisions().filter(differs=True).values_list("pk", "receipt__content__outcome"))

    @cached_property
    def contacts(self) -> list[ContactMoment]:
        """Contact moments in the period about the scope: by their own country, their case or their activity."""
        about = Q(activities__in=[activity.pk for activity in self.took_place])
        about |= self._where("request__country", "request__region", "request__receipts__framework")
        if self.scope.country and not self.scope.region:
            about |= Q(country=self.scope.country)
        found = self._in_period(ContactMoment, "held_on").filter(about).distinct()
        return list(found.order_by("held_on", "pk"))

    @cached_property
    def contact_names(self) -> dict[int, str]:
        """The names of the organisations that were spoken to, in so far as the reader may know them."""
        spoken_to = {contact.organisation_id for contact in self.contacts}
        return dict(self.seen(Organisation).filter(pk__in=spoken_to).values_list("pk", "name"))

    @cached_property
    def lines(self) -> list[Line]:
        """The lines of action of the frameworks that the scope's activities and decisions were weighed by."""
        used = {self.scope.framework}
        if not self.scope.framework:
            used = {activity.framework for activity in self.took_place}
            used |= {decision.receipt.framework for decision in self.decisions}
        return lines_of(used - {""}, self.scope.end)

    @cached_property
    def recommendations(self) -> list[Recommendation]:
        """The recommendations of this evaluation."""
        return self._recommendations(self.scope.year)

    @cached_property
    def previous_recommendations(self) -> list[Recommendation]:
        """The recommendations of the evaluation of the year before."""
        return self._recommendations(self.scope.year - 1)

    def _recommendations(self, year: int) -> list[Recommendation]:
        country = self.scope.country.pk if self.scope.country else None
        alike = Q(year=year, evaluation__isnull=True, country=country)
        alike |= Q(year=year, evaluation__in=self._alike())
        if self.evaluation and year == self.scope.year:
            alike |= Q(evaluation=self.evaluation)
        found = Recommendation.objects.filter(alike).distinct().order_by("year", "number", "pk")
        return list(found if self._knows_unclassified() else found.filter(evaluation__isnull=False))

    def _alike(self) -> models.QuerySet[Evaluation]:
        """Visible evaluations about the same country, region and framework, of any year."""
        scope = self.scope
        framework = {"framework": scope.framework} if scope.framework else {}
        return self.seen(Evaluation).filter(country=scope.country, region=scope.region, **framework)

    def _knows_unclassified(self) -> bool:
        """Recommendations that hang under no evaluation are internal."""
        inside = STAFF_ROLES | {Role.ADMINISTRATOR, Role.AUDITOR}
        return self.reader is None or bool(inside & self.reader.roles)

    def _in_period(self, model: type[models.Model], day: str) -> models.QuerySet[Any]:
        return self.seen(model).filter(**{f"{day}__range": (self.scope.start, self.scope.end)})

    def _where(self, country: str, region: str, framework: str) -> Q:
        """The scope as a condition on the fields that hold a country, a region and a framework.

        Beside a country, a framework leaves out what was weighed by another one, and not what nobody weighed.
        """
        wanted = {country: self.scope.country, region: self.scope.region}
        where = Q(**{name: value for name, value in wanted.items() if value})
        if self.scope.framework:
            weighed = Q(**{framework: self.scope.framework})
            unweighed = Q(**{framework: ""}) | Q(**{f"{framework}__isnull": True})
            where &= (weighed | unweighed) if self.scope.country else weighed
        return where

    def _partner(self) -> Q:
        """The condition under which an agreement is with the scope's country or region."""
        wanted = Q()
        if self.scope.country:
            wanted &= Q(relation__country=self.scope.country) | Q(parties__country=self.scope.country)
        if self.scope.region:
            wanted &= Q(relation__region=self.scope.region) | Q(parties__region=self.scope.region)
        return wanted

    # What hangs under an activity, by the activity's key, without the parties that the reader may not know.

    @cached_property
    def participations(self) -> Mapping[int, list[Participation]]:
        known = Q(organisation__in=self.seen(Organisation))
        parties = Participation.objects.filter(known | Q(organisation=None, person__in=self.seen(Person)))
        found = self._under_activities(parties)
        named = {each.organisation_id for of_one in found.values() for each in of_one}
        people = {each.person_id for of_one in found.values() for each in of_one}
        organisations, persons = _by_key(Organisation, named), _by_key(Person, people)
        for each in (each for of_one in found.values() for each in of_one):
            each.organisation = organisations.get(each.organisation_id)
            each.person = persons.get(each.person_id)
        return found

    @cached_property
    def _measures(self) -> Mapping[int, list[Measure]]:
        known = Q(organisation__in=self.seen(Organisation)) | Q(organisation=None)
        return self._under_activities(Measure.objects.filter(known).select_related("organisation"))

    @cached_property
    def topics(self) -> Mapping[int, list[Topic]]:
        return self._under_activities(Topic.objects.all())

    @cached_property
    def costs(self) -> Mapping[int, list[Cost]]:
        return self._under_activities(Cost.objects.all())

    @cached_property
    def agreements_at(self) -> Mapping[int, list[Agreement]]:
        links = Activity.agreements.through.objects.filter(activity__in=self._found_activities().values("pk"))
        pairs = list(links.values_list("activity_id", "agreement_id"))
        agreements = {each.pk: each for each in self.seen(Agreement).filter(pk__in={pk for _activity, pk in pairs})}
        found: defaultdict[int, list[Agreement]] = defaultdict(list)
        place = {pk: number for number, pk in enumerate(agreements)}
        for activity, pk in sorted(pairs, key=lambda pair: place.get(pair[1], 0)):
            if pk in agreements:
                found[activity].append(agreements[pk])
        return found

    def _under_activities(self, rows: models.QuerySet[Any]) -> Mapping[int, list[Any]]:
        found: defaultdict[int, list[Any]] = defaultdict(list)
        for each in rows.filter(activity__in=self._found_activities().values("pk")):
            found[each.activity_id].append(each)
        return found


def _by_key(model: type[models.Model], keys: set[Any]) -> dict[Any, Any]:
    """The records with these keys, each read once however often it is named."""
    wanted = sorted(key for key in keys if key is not None)
    rows = model._default_manager
    return {
        each.pk: each
        for start in range(0, len(wanted), _PORTION)
        for each in rows.filter(pk__in=wanted[start : start + _PORTION])
    }
