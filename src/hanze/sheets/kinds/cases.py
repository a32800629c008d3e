"""Requests, activities, and who takes part in them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hanze.casework.models import Request, RequestParticipant
from hanze.casework.operations import add_participant, change_request, receive_request
from hanze.missions.models import Activity, Participation
from hanze.missions.operations import (
    add_participation,
    cancel_activity,
    change_activity,
    change_participation,
    confirm_activity,
    hold_activity,
    plan_activity,
)
from hanze.missions.operations.guards import SETTLED_STATES
from hanze.register.duplicates import Named
from hanze.register.models import Organisation, Person
from hanze.register.operations import create_person
from hanze.register.sectors import Sector
from hanze.sheets.kinds.base import (
    Field,
    Kind,
    Making,
    Match,
    Values,
    choice,
    day,
    long_text,
    make_party,
    named,
    parties,
    party,
    period,
    person,
    settle_day,
    settle_place,
    tell_new,
    text,
    yes_no,
)
from hanze.sheets.kinds.parties import CITY, CLASSIFICATION, COUNTRY, REGION, organisation_kind, sector
from hanze.sheets.kinds.ties import RESPONSIBLE
from hanze.sheets.known import Known, Party
from hanze.sheets.values import Day

NEAR = timedelta(days=31)
REQUEST_WORDS = {
    "inkomend bezoek": "incoming-visit", "inkomend": "incoming-visit", "ontvangst": "incoming-visit",
    "bezoek": "incoming-visit", "delegatie": "incoming-visit", "uitgaande missie": "outgoing-mission",
    "missie": "outgoing-mission", "reis": "outgoing-mission", "uitgaand": "outgoing-mission",
    "handelsmissie": "outgoing-mission", "evenement": "event", "event": "event", "congres": "event", "beurs": "event",
    "conferentie": "event", "deelname": "event", "gesprek": "talk", "overleg": "talk", "kennismaking": "talk",
    "investering": "investment-support", "acquisitie": "investment-support", "overig": "other", "anders": "other",
}  # fmt: skip
ACTIVITY_WORDS = {
    "ontvangst": "incoming-delegation", "inkomend bezoek": "incoming-delegation", "inkomend": "incoming-delegation",
    "delegatie": "incoming-delegation", "inkomende delegatie": "incoming-delegation", "bezoek": "incoming-delegation",
    "missie": "outgoing-mission", "uitgaande missie": "outgoing-mission", "handelsmissie": "outgoing-mission",
    "roadshow": "outgoing-mission", "reis": "outgoing-mission", "uitgaand": "outgoing-mission", "evenement": "event",
    "event": "event", "deelname": "event", "congres": "event", "conferentie": "event", "beurs": "event",
    "seminar": "event", "webinar": "event", "gesprek": "talk", "overleg": "talk", "kennismaking": "talk",
    "werkbezoek": "working-visit", "excursie": "working-visit",
}  # fmt: skip
STATE_WORDS = {
    "gepland": "planned", "planned": "planned", "bevestigd": "confirmed", "definitief": "confirmed", "gehouden": "held",
    "geweest": "held", "uitgevoerd": "held", "afgerond": "held", "gereed": "held", "klaar": "held", "done": "held",
    "afgesloten": "held", "ja": "held", "geannuleerd": "cancelled", "afgelast": "cancelled", "vervallen": "cancelled",
    "ging niet door": "cancelled", "cancelled": "cancelled",
}  # fmt: skip
ROLE_WORDS = {
    "deelnemer": "participant", "participant": "participant", "gastheer": "host", "ontvangende partij": "host",
    "host": "host", "organisator": "organiser", "organisatie": "organiser", "spreker": "speaker", "speaker": "speaker",
    "delegatielid": "delegate", "delegatie": "delegate", "lid delegatie": "delegate", "bedrijf": "participant",
}  # fmt: skip


class Requests(Kind):
    code = "requests"
    label = gettext_lazy("Requests")
    model = Request
    permission = "casework.add_request"
    sheet_words = ("verzoeken", "requests", "aanvragen", "vragen", "uitnodigingen")
    plain = (
        "title", "title_en", "kind", "asked_by", "asked_by_text", "country", "region", "city", "sector", "technology",
        "description", "period_start", "period_end", "demand", "contact_name", "contact_email", "contact_phone",
        "received_on", "due_on", "responsible", "themes", "goals", "executive_involved", "classification",
    )  # fmt: skip
    fields = (
        Field("reference", gettext_lazy("our reference"), text(12)),
        Field("title", gettext_lazy("what is asked, in one line"), text(), required=True),
        Field("title_en", gettext_lazy("the same in English"), text()),
        Field("kind", gettext_lazy("kind"), choice(Request.Kind, REQUEST_WORDS), required=True, choices=Request.Kind),
        Field("asked_by", gettext_lazy("organisation that asks"), party),
        COUNTRY,
        REGION,
        CITY,
        Field("sector", gettext_lazy("sector"), sector, required=True, choices=Sector),
        Field("received_on", gettext_lazy("received on"), day, required=True),
        Field("due_on", gettext_lazy("decide before"), day),
        Field("period", gettext_lazy("period"), period),
        Field("period_start", gettext_lazy("wished from"), day),
        Field("period_end", gettext_lazy("wished until"), day),
        Field("description", gettext_lazy("the request"), long_text, many=True),
        Field("technology", gettext_lazy("technology"), text()),
        Field("demand", gettext_lazy("demand behind it"), long_text),
        Field("contact_name", gettext_lazy("contact person"), text(200)),
        Field("contact_email", gettext_lazy("e-mail address"), text(254)),
        Field("contact_phone", gettext_lazy("telephone"), text(40)),
        Field("executive_involved", gettext_lazy("an executive is asked to take part"), yes_no),
        Field("themes", gettext_lazy("themes"), named(lambda known: known.themes)),
        Field("goals", gettext_lazy("goals it serves"), named(lambda known: known.goals)),
        RESPONSIBLE,
        CLASSIFICATION,
    )

    def complete(self, values: Values, known: Known) -> None:
        settle_place(values, known)
        asked: Party | None = values.get("asked_by")
        if asked is not None and asked.key is None:
            values.given["asked_by_text"] = asked.name
            del values.given["asked_by"]
            values.say(
                "asked_by", _("“%(name)s” is not in the register; it is kept as it was written.") % {"name": asked.name}
            )
        if span := values.get("period"):
            values.given.setdefault("period_start", span[0])
            values.given.setdefault("period_end", span[1])
        settle_day(values, "received_on")
        settle_day(values, "due_on", last=True)
        settle_day(values, "period_start")
        settle_day(values, "period_end", last=True)
        if values.get("country") is None and "country" not in values.failed:
            values.wrong("country", _("Give the country."))

    def is_settled(self, record: Any) -> bool:
        return not record.is_open

    def match(self, values: Values, known: Known) -> Match:
        if reference := values.get("reference"):
            key = known.references.get(reference)
            if key is None:
                values.wrong("reference", _("There is no request with this reference."))
            return Match(key)
        return _by_title_and_day(values.get("title", ""), values.get("received_on"), known.requests, known.received)

    def expect(self, values: Values, key: int, known: Known) -> None:
        known.requests.add(Named(key, (values.get("title", ""),), None))
        known.received[key] = values.given["received_on"]

    def make(self, values: Values, making: Making) -> list[models.Model]:
        fields: dict[str, Any] = {name: values.given[name] for name in self.plain if name in values.given}
        fields.setdefault("classification", making.classification)
        fields["asked_by"] = _record(Organisation, values.get("asked_by"), making)
        return [receive_request(by=making.by, **(fields | making.sourced))]

    def change(self, record: Any, fields: dict[str, Any], making: Making) -> list[models.Model]:
        change_request(record, by=making.by, **fields)
        return []

    def resolve(self, fields: dict[str, Any], values: Values, making: Making) -> list[models.Model]:
        if "asked_by" in fields:
            fields["asked_by"] = _record(Organisation, fields["asked_by"], making)
        return []


class Activities(Kind):
    code = "activities"
    label = gettext_lazy("Activities")
    model = Activity
    permission = "missions.add_activity"
    claims = True
    sheet_words = ("activiteiten", "activities", "bezoeken", "missies", "agenda", "overzicht", "evenementen")
    plain = (
        "title", "title_en", "kind", "starts_on", "ends_on", "country", "partners", "sector", "themes", "goals", "aim",
        "aim_en", "results", "results_en", "responsible", "is_exploratory", "classification",
    )  # fmt: skip
    fields = (
        Field("title", gettext_lazy("title"), text(), required=True),
        Field("title_en", gettext_lazy("title in English"), text()),
        Field(
            "kind", gettext_lazy("kind"), choice(Activity.Kind, ACTIVITY_WORDS), required=True, choices=Activity.Kind
        ),
        Field("period", gettext_lazy("period"), period),
        Field("starts_on", gettext_lazy("from"), day),
        Field("ends_on", gettext_lazy("until"), day),
        COUNTRY,
        Field("partners", gettext_lazy("foreign partners"), parties),
        Field("sector", gettext_lazy("sector"), sector, required=True, choices=Sector),
        Field("state", gettext_lazy("state"), choice(Activity.State, STATE_WORDS), choices=Activity.State),
        Field("aim", gettext_lazy("aim"), long_text, many=True),
        Field("results", gettext_lazy("results"), long_text, many=True),
        Field("themes", gettext_lazy("themes"), named(lambda known: known.themes)),
        Field("goals", gettext_lazy("goals it serves"), named(lambda known: known.goals)),
        Field("is_exploratory", gettext_lazy("exploratory"), yes_no),
        RESPONSIBLE,
        CLASSIFICATION,
        Field(
            "party_kind",
            gettext_lazy("what partners are that are new"),
            organisation_kind,
            choices=Organisation.Kind,
            only_for_all=True,
            default="government",
        ),
    )

    def complete(self, values: Values, known: Known) -> None:
        self._settle_days(values, known)
        if values.get("country") is None and "country" not in values.failed:
            values.wrong("country", _("Give the country that it is with."))
        ends: date | None = values.get("ends_on")
        if "state" not in values.given and ends is not None and ends < timezone.localdate():
            values.given["state"] = Activity.State.HELD
            values.say("state", _("It lies in the past, so it counts as held."))
        if values.get("state") == Activity.State.HELD and ends is not None and ends > timezone.localdate():
            values.wrong("state", _("It has not been yet, so it cannot have been held."))
        tell_new(values, "partners", known)

    def _settle_days(self, values: Values, known: Known) -> None:
        if span := values.get("period"):
            values.given.setdefault("starts_on", span[0])
            values.given.setdefault("ends_on", span[1])
        starts = values.get("starts_on")
        if isinstance(starts, Day):
            values.given.setdefault("ends_on", starts)
            settle_day(values, "starts_on", "date_precision")
            settle_day(values, "ends_on", "date_precision", last=True)
        elif not values.failed & {"starts_on", "period"}:
            values.wrong("starts_on", _("Say when it was: a day, a period, a month or a year."))

    def is_settled(self, record: Any) -> bool:
        return record.state in SETTLED_STATES

    def match(self, values: Values, known: Known) -> Match:
        return _by_title_and_day(values.get("title", ""), values.get("starts_on"), known.activities, known.starts)

    def expect(self, values: Values, key: int, known: Known) -> None:
        known.activities.add(Named(key, (values.get("title", ""), values.get("title_en", "")), None))
        known.starts[key] = values.given["starts_on"]
        for each in values.get("partners") or []:
            known.expected(each, values.get("country"))

    def make(self, values: Values, making: Making) -> list[models.Model]:
        made: list[models.Model] = []
        precise = (*self.plain, "date_precision")
        own: dict[str, Any] = {name: values.given[name] for name in precise if name in values.given}
        own.setdefault("classification", making.classification)
        kind = values.get("party_kind", "government")
        own["partners"] = [
            make_party(each, making, kind, made, values.get("country")) for each in values.get("partners") or []
        ]
        activity = plan_activity(by=making.by, **(own | making.sourced))
        state = values.get("state")
        if state == Activity.State.CONFIRMED:
            confirm_activity(activity, by=making.by)
        elif state in (Activity.State.HELD, Activity.State.CLOSED):
            hold_activity(activity, by=making.by)
        elif state == Activity.State.CANCELLED:
            cancel_activity(activity, by=making.by, because=_("Taken over from %(source)s") % {"source": making.source})
        return [*made, activity]

    def change(self, record: Any, fields: dict[str, Any], making: Making) -> list[models.Model]:
        change_activity(record, by=making.by, **fields)
        return []

    def resolve(self, fields: dict[str, Any], values: Values, making: Making) -> list[models.Model]:
        made: list[models.Model] = []
        if "partners" in fields:
            kind, country = values.get("party_kind", "government"), values.get("country")
            fields["partners"] = [make_party(each, making, kind, made, country) for each in fields["partners"]]
        return made


class Participants(Kind):
    code = "participants"
    label = gettext_lazy("Participants")
    model = Participation
    permission = "missions.add_activity"
    sheet_words = ("deelnemers", "participants", "deelname", "aanwezigen", "genodigden")
    plain = ("note",)
    fields = (
        Field("activity", gettext_lazy("activity"), text()),
        Field("activity_on", gettext_lazy("date of the activity"), day),
        Field("request", gettext_lazy("reference of the request"), text(12)),
        Field("organisation", gettext_lazy("organisation"), party),
        Field("person", gettext_lazy("person"), person),
        Field("role", gettext_lazy("role"), choice(Participation.Role, ROLE_WORDS), choices=Participation.Role),
        Field("note", gettext_lazy("note"), text()),
        Field(
            "party_kind",
            gettext_lazy("what organisations are that are new"),
            organisation_kind,
            choices=Organisation.Kind,
            only_for_all=True,
            default="business",
        ),
    )

    def title(self, values: Values) -> str:
        return ", ".join(str(each) for each in (values.get("person"), values.get("organisation")) if each)

    def complete(self, values: Values, known: Known) -> None:
        settle_day(values, "activity_on")
        if (
            not values.get("organisation")
            and not values.get("person")
            and not values.failed & {"organisation", "person"}
        ):
            values.wrong("organisation", _("Name an organisation or a person."))
        self._find_case(values, known)
        tell_new(values, "organisation", known)
        named_person: Party | None = values.get("person")
        if named_person is not None and named_person.key is None:
            values.say("person", _("“%(name)s” is not in the register and is added.") % {"name": named_person.name})

    def _find_case(self, values: Values, known: Known) -> None:
        """The activity or request of the row, as `case`: ("activity" or "request", key)."""
        if reference := values.get("request"):
            key = known.references.get(reference)
            if key is None:
                values.wrong("request", _("There is no request with this reference."))
            elif not Request.objects.open().filter(pk=key).exists():
                values.wrong("request", _("This request is no longer open."))
            else:
                values.given["case"] = ("request", key)
            return
        title = values.get("activity", "")
        if not title:
            values.wrong("activity", _("Say in which activity, or with which request."))
            return
        keys = sorted(set(known.activities.equal(title)))
        keys = keys or [hit.key for hit in known.activities.alike(title) if hit.likeness >= 90]
        if (on := values.get("activity_on")) and len(keys) > 1:
            keys = [key for key in keys if abs(known.starts.get(key, date.min) - on) <= NEAR]
        if len(keys) == 1 and Activity.objects.filter(pk=keys[0], state__in=SETTLED_STATES).exists():
            values.wrong("activity", _("This activity is closed or cancelled. Reopen it first."))
        elif len(keys) == 1:
            values.given["case"] = ("activity", keys[0])
        elif keys:
            values.wrong("activity", _("More than one activity is called this; give its date too."))
        else:
            values.wrong("activity", _("There is no activity called this."))

    def match(self, values: Values, known: Known) -> Match:
        case = values.get("case")
        keys = {name: getattr(values.get(name), "key", None) for name in ("organisation", "person")}
        if case is None:
            return Match()
        if self._mark(values) in known.taking_part:
            values.say("organisation", _("Stands twice in these sheets; it is brought in once."))
            return Match(-1)
        if case[1] < 0 or any(values.get(name) and (key is None or key < 0) for name, key in keys.items()):
            return Match()
        if case[0] == "request":
            rows = RequestParticipant.objects.filter(request=case[1], **keys)
            if rows.exists():
                values.say("request", _("Takes part in this request already."))
                return Match(-1)
            return Match()
        rows = Participation.objects.filter(activity=case[1], **keys)
        if role := values.get("role"):
            rows = rows.filter(role=role)
        first = rows.first()
        return Match(first.pk if first else None)

    def _mark(self, values: Values) -> tuple[Any, ...]:
        names = (str(values.get(name) or "").casefold() for name in ("organisation", "person"))
        return (values.get("case"), *names, values.get("role"))

    def expect(self, values: Values, key: int, known: Known) -> None:
        known.taking_part.add(self._mark(values))

    def make(self, values: Values, making: Making) -> list[models.Model]:
        made: list[models.Model] = []
        kind = values.get("party_kind", "business")
        organisation = (
            make_party(values.given["organisation"], making, kind, made) if values.get("organisation") else None
        )
        who = _made_person(values.get("person"), making, made)
        what, key = values.given["case"]
        role = values.get("role")
        if what == "request":
            request = _seen(Request, key, making)
            fields = {"role": REQUEST_ROLES[role]} if role else {}
            return [*made, add_participant(request, by=making.by, organisation=organisation, person=who, **fields)]
        fields = {name: values.given[name] for name in ("role", "note") if name in values.given}
        activity = _seen(Activity, key, making)
        added = add_participation(
            activity, by=making.by, organisation=organisation, person=who, **fields, **making.sourced
        )
        return [*made, added]

    def change(self, record: Any, fields: dict[str, Any], making: Making) -> list[models.Model]:
        change_participation(record, by=making.by, **fields)
        return []


REQUEST_ROLES = {
    "participant": "company",
    "host": "host",
    "organiser": "other",
    "speaker": "other",
    "delegate": "delegate",
}


def _made_person(found: Party | None, making: Making, made: list[models.Model]) -> Person | None:
    if found is None:
        return None
    again = making.known.person(found.name) if found.key is None else found
    if again.key is not None:
        return Person.objects.get(pk=again.key)
    new = create_person(by=making.by, name=found.name, classification=making.classification, **making.sourced)
    making.known.people.add(Named(new.pk, (new.name,), None))
    made.append(new)
    return new


def _seen(model: Any, key: int, making: Making) -> Any:
    """A record that the person who brings in may see."""
    records = model.objects.all() if making.by is None else model.objects.visible_to(making.by)
    return records.get(pk=key)


def _record(model: Any, found: Party | None, making: Making) -> Any:
    return _seen(model, found.key, making) if found is not None and found.key else None


def _by_title_and_day(title: str, on: date | None, index: Any, days: dict[int, date]) -> Match:
    """Of the same title the one of that day; others of the same or a like title within a month are likely it."""
    equal = sorted(set(index.equal(title)))
    on_the_day = [key for key in equal if days.get(key) == on]
    if len(on_the_day) == 1:
        return Match(on_the_day[0])
    hits = index.alike(title) if not equal else []
    likely = [(key, 100.0) for key in equal] + [(hit.key, hit.likeness) for hit in hits]
    return Match(likely=[each for each in likely if on is not None and abs(days.get(each[0], date.max) - on) <= NEAR])
