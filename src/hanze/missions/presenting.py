"""An activity as its page and its briefing show it: with only the names that the reader may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.casework.models import ContactMoment, Request
from hanze.missions.lines import framework_of, line_labels
from hanze.missions.models import Activity, Measure, Moment, Participation, PartyMeasure, ProgrammeItem, Topic
from hanze.missions.queries import Progress, hidden_parties, progress_of
from hanze.missions.screenings import standings_by_party
from hanze.register.models import Agreement, Organisation, Person
from hanze.watchlists.queries import Standing


@dataclass(frozen=True)
class Party:
    """A participation with the names that the reader may see; a hidden one has neither."""

    participation: Participation
    organisation: Organisation | None
    person: Person | None
    standings: list[Standing]

    @property
    def is_hidden(self) -> bool:
        return self.organisation is None and self.person is None

    @property
    def shows_all(self) -> bool:
        """Whether no name of it is hidden, so that the reader may change it."""
        row = self.participation
        return bool(self.organisation) == bool(row.organisation_id) and bool(self.person) == bool(row.person_id)


@dataclass(frozen=True)
class Contact:
    """A contact moment, with the name of the organisation unless that is hidden; one of the request is not linked."""

    moment: ContactMoment
    organisation: str
    is_linked: bool


@dataclass(frozen=True)
class MeasureRow:
    """One measure, with the name of its party unless that is hidden."""

    measure: Measure
    party: str

    @property
    def state(self) -> str:
        return self.measure.state


@dataclass(frozen=True)
class MeasureGroup:
    """A measure with its rows: one, or one for each party that it concerns."""

    label: str
    line: str
    rows: list[MeasureRow]
    asked: PartyMeasure | None = None

    @property
    def progress(self) -> Progress:
        return progress_of(row.measure for row in self.rows)

    @property
    def state(self) -> str:
        """Open while a row is; else done, or waived when nothing was done."""
        states = {row.state for row in self.rows if not row.measure.lapsed}
        if Measure.State.OPEN in states or not states:
            return Measure.State.OPEN if states else Measure.State.WAIVED
        return Measure.State.DONE if Measure.State.DONE in states else Measure.State.WAIVED


@dataclass(frozen=True)
class MomentGroup:
    """The measures before, during or after the activity."""

    moment: str
    label: str
    groups: list[MeasureGroup]

    @property
    def progress(self) -> Progress:
        return progress_of(row.measure for group in self.groups for row in group.rows)


@dataclass(frozen=True)
class Shown:
    """An activity for one reader. Each part is read once, when it is asked for."""

    activity: Activity
    reader: User
    today: date = field(default_factory=date.today)

    @cached_property
    def request(self) -> Request | None:
        pk = self.activity.request_id
        return Request.objects.visible_to(self.reader).filter(pk=pk).first() if pk else None

    @cached_property
    def partners(self) -> list[Organisation]:
        return list(Organisation.objects.visible_to(self.reader).filter(activities_as_partner=self.activity))

    @cached_property
    def agreements(self) -> list[Agreement]:
        return list(Agreement.objects.visible_to(self.reader).filter(activities=self.activity))

    @cached_property
    def contact_moments(self) -> list[ContactMoment]:
        """What was linked with the activity, and what was about the request behind it."""
        about = Q(pk__in=self._linked)
        if self.request is not None:
            about |= Q(request=self.request)
        moments = ContactMoment.objects.visible_to(self.reader).filter(about)
        return list(moments.select_related("organisation"))

    @cached_property
    def _linked(self) -> set[int]:
        """The keys of the contact moments that were linked with the activity."""
        rows = Activity.contact_moments.through.objects.filter(activity=self.activity)
        return set(rows.values_list("contactmoment", flat=True))

    @cached_property
    def _rows(self) -> list[Participation]:
        return list(self.activity.participations.select_related("organisation", "person"))

    @cached_property
    def _measures(self) -> list[Measure]:
        return list(
            self.activity.measures.select_related("organisation", "owner", "settled_by", "evidence_document").order_by(
                "due_on", "code", "organisation__name", "pk"
            )
        )

    @cached_property
    def _hidden(self) -> tuple[set[int], set[int]]:
        organisations = {row.organisation_id for row in (*self._rows, *self._measures) if row.organisation_id}
        organisations |= {moment.organisation_id for moment in self.contact_moments}
        people = {row.person_id for row in self._rows if row.person_id}
        return hidden_parties(self.reader, organisations, people)

    @cached_property
    def parties(self) -> list[Party]:
        no_organisations, no_people = self._hidden
        may_see = self.reader.has_perm("watchlists.list_findings")
        screened = standings_by_party(self._rows, self.reader) if may_see else {}
        return [
            Party(
                row,
                None if row.organisation_id in no_organisations else row.organisation,
                None if row.person_id in no_people else row.person,
                screened.get(row.pk, []),
            )
            for row in self._rows
        ]

    @property
    def own_parties(self) -> list[Party]:
        """Who takes part from the own region, our own organisation included."""
        return [party for party in self._present() if _is_own(party.participation)]

    @property
    def foreign_parties(self) -> list[Party]:
        return [party for party in self._present() if not _is_own(party.participation)]

    @property
    def withdrawn_parties(self) -> list[Party]:
        return [party for party in self.parties if party.participation.state == Participation.State.WITHDREW]

    def _present(self) -> Iterable[Party]:
        return (party for party in self.parties if party.participation.state != Participation.State.WITHDREW)

    @cached_property
    def progress(self) -> Progress:
        return progress_of(self._measures)

    @cached_property
    def moments(self) -> list[MomentGroup]:
        """The checklist; moments without measures are left out."""
        asked = list(self.activity.party_measures.all())
        groups = []
        for moment in Moment:
            of_moment = [*self._per_party(asked, moment), *self._single(asked, moment)]
            if of_moment:
                groups.append(MomentGroup(moment.value, str(moment.label), of_moment))
        return groups

    def _per_party(self, asked: list[PartyMeasure], moment: Moment) -> Iterable[MeasureGroup]:
        for measure in asked:
            if measure.moment == moment:
                rows = [self._row(row) for row in self._measures if row.code == measure.code]
                yield MeasureGroup(measure.label, self.lines.get(measure.line, ""), rows, measure)

    def _single(self, asked: list[PartyMeasure], moment: Moment) -> Iterable[MeasureGroup]:
        per_party = {measure.code for measure in asked}
        for row in self._measures:
            if row.moment == moment and row.code not in per_party:
                yield MeasureGroup(row.label, self.lines.get(row.line, ""), [self._row(row)])

    def _row(self, measure: Measure) -> MeasureRow:
        if measure.organisation is None:
            return MeasureRow(measure, "")
        hidden = measure.organisation_id in self._hidden[0]
        return MeasureRow(measure, _("A party that you may not see") if hidden else measure.organisation.name)

    @cached_property
    def framework(self) -> Any:
        return framework_of(self.activity)

    @cached_property
    def lines(self) -> dict[str, str]:
        return line_labels(self.framework)

    @cached_property
    def topics(self) -> list[tuple[Topic, str]]:
        """The topics, each with its line of action in words."""
        return [(topic, self.lines.get(topic.line) or topic.line) for topic in self.activity.topics.all()]

    @cached_property
    def days(self) -> list[tuple[date, list[ProgrammeItem]]]:
        """The programme by day."""
        items = self.activity.programme.all()
        return [(day, list(of_day)) for day, of_day in groupby(items, key=lambda item: item.day)]

    @cached_property
    def places(self) -> list[Any]:
        return list(self.activity.places.select_related("country", "region", "city"))

    @cached_property
    def costs(self) -> list[Any]:
        return list(self.activity.costs.all())

    @property
    def total_cost(self) -> Decimal:
        return sum((cost.amount for cost in self.costs), Decimal())

    @cached_property
    def documents(self) -> list[Any]:
        return list(self.activity.documents.select_related("uploaded_by"))

    @cached_property
    def contacts(self) -> list[Contact]:
        hidden = self._hidden[0]
        linked = self._linked
        return [
            Contact(moment, "" if moment.organisation_id in hidden else moment.organisation.name, moment.pk in linked)
            for moment in self.contact_moments
        ]


def _is_own(participation: Participation) -> bool:
    """From the own region: by its organisation; a person without one, unless she is of the foreign delegation."""
    if participation.organisation is not None:
        return participation.organisation.own_region or participation.organisation.is_home
    return participation.role != Participation.Role.DELEGATE
