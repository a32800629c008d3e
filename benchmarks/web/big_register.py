"""An invented register of any size, beside the demo: `python -m benchmarks.web.big_register --requests 50000 …`.

The rows go in by bulk, not through the operations: this is made to measure reading, not writing. Everything is drawn
with one seed, so that two databases hold the same. Needs DJANGO_SETTINGS_MODULE and a database with the demo.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, islice
from typing import Any

BATCH = 2_000
FIRST_DAY = date(2005, 1, 1)
DAYS = 365 * 20
ROOTS = [
    "water",
    "haven",
    "teelt",
    "zaad",
    "kas",
    "energie",
    "logistiek",
    "onderzoek",
    "handel",
    "samenwerking",
    "kennis",
    "stad",
    "regio",
    "innovatie",
    "landbouw",
    "delta",
    "circulair",
    "robot",
    "voedsel",
    "bodem",
    "klimaat",
    "schip",
    "terminal",
    "campus",
    "gezondheid",
    "cultuur",
    "onderwijs",
    "toerisme",
    "glastuinbouw",
    "batterij",
    "waterstof",
    "dijk",
    "gemaal",
    "polder",
    "veiling",
    "bloem",
    "biotech",
    "sensor",
    "satelliet",
    "drone",
    "chip",
]
# As in real texts: few words that are in many, many that are in few.
WORDS = [*ROOTS, *(first + second for first in ROOTS for second in ROOTS)]
OFTEN = list(accumulate(1 / (rank + 20) for rank in range(len(WORDS))))
KINDS_OF_BODY = ["BV", "Ltd", "Co.", "GmbH", "Institute", "University", "Association", "Municipality"]
CLASSES = ["public", "internal", "confidential", "restricted"]
SHARES = [20, 62, 14, 4]


@dataclass(frozen=True)
class Size:
    """How many rows of each kind."""

    parties: int = 50_000
    requests: int = 50_000
    activities: int = 100_000
    participations: int = 200_000

    def times(self, factor: float) -> Size:
        counts = (self.parties, self.requests, self.activities, self.participations)
        return Size(*(round(count * factor) for count in counts))


def fill(size: Size, seed: int = 1, say: Callable[[str], None] = print) -> None:
    """Add the rows, then the search entries of all of them."""
    from django.db import transaction

    draw = random.Random(seed)
    with transaction.atomic():
        made = _Filling(draw, size)
        for label, step in made.steps():
            say(label)
            step()
    say("search index")
    index_all()


class _Filling:
    def __init__(self, draw: random.Random, size: Size) -> None:
        from hanze.accounts.models import User
        from hanze.goals.models import Goal, Theme
        from hanze.register.models import Country
        from hanze.register.sectors import Sector

        self.draw, self.size = draw, size
        self.countries = list(Country.objects.order_by("pk").values_list("pk", flat=True))
        self.users = list(User.objects.order_by("pk").values_list("pk", flat=True))
        self.themes = list(Theme.objects.order_by("pk").values_list("pk", flat=True))
        self.goals = list(Goal.objects.order_by("pk").values_list("pk", flat=True))
        self.sectors = Sector.values
        self.organisations: list[int] = []
        self.people: list[int] = []
        self.requests: list[int] = []
        self.activities: list[int] = []

    def steps(self) -> list[tuple[str, Callable[[], None]]]:
        return [
            ("organisations and people", self.parties),
            ("relations and agreements", self.ties),
            ("requests", self.cases),
            ("advice and decisions", self.decisions),
            ("activities", self.visits),
            ("participations", self.taking_part),
            ("the log", self.log),
        ]

    def text(self, words: int) -> str:
        return " ".join(self.draw.choices(WORDS, cum_weights=OFTEN, k=words))

    def day(self) -> date:
        return FIRST_DAY + timedelta(self.draw.randrange(DAYS))

    def classification(self) -> str:
        return self.draw.choices(CLASSES, SHARES)[0]

    def parties(self) -> None:
        from hanze.register.models import Organisation, Person

        people = self.size.parties // 2
        self.organisations = _put(
            Organisation(
                name=f"{self.text(2).title()} {self.draw.choice(KINDS_OF_BODY)} {number}",
                kind=self.draw.choice(Organisation.Kind.values),
                sector=self.draw.choice(self.sectors),
                country_id=self.draw.choice(self.countries),
                own_region=self.draw.random() < 0.3,
                classification=self.draw.choices(CLASSES, [40, 55, 4, 1])[0],
                provenance="invented",
            )
            for number in range(self.size.parties - people)
        )
        self.people = _put(
            Person(name=f"{self.text(2).title()} {number}", classification="internal", provenance="invented")
            for number in range(people)
        )

    def ties(self) -> None:
        from hanze.register.models import Agreement, Relation, RelationStatus

        partners = self.draw.sample(self.organisations, max(1, len(self.organisations) // 100))
        relations = _put(
            Relation(
                partner_id=partner,
                kind=self.draw.choice(Relation.Kind.values),
                country_id=self.draw.choice(self.countries),
                since=self.day(),
                classification="internal",
                provenance="invented",
            )
            for partner in partners
        )
        _put(
            RelationStatus(relation_id=pk, status="active", since=self.day(), decided_by="-", reason="-")
            for pk in relations
        )
        agreements = _put(
            Agreement(title=self.text(5), kind="mou", signed_on=self.day(), relation_id=pk, provenance="invented")
            for pk in relations
        )
        links = Agreement.parties.through
        _put(links(agreement_id=a, organisation_id=o) for a, o in zip(agreements, partners, strict=True))

    def cases(self) -> None:
        from hanze.casework.models import Request, RequestParticipant

        states = ["received", "in-assessment", "advised", "decided", "withdrawn", "closed"]
        self.requests = _put(
            Request(
                reference=f"B{number:09d}",
                title=self.text(6).capitalize(),
                kind=self.draw.choice(Request.Kind.values),
                asked_by_id=self.draw.choice(self.organisations),
                country_id=self.draw.choice(self.countries),
                sector=self.draw.choice(self.sectors),
                description=self.text(40),
                received_on=self.day(),
                due_on=self.day(),
                state=self.draw.choices(states, [1, 1, 1, 5, 8, 84])[0],
                responsible_id=self.draw.choice(self.users),
                classification=self.classification(),
                provenance="invented",
            )
            for number in range(self.size.requests)
        )
        _put(
            RequestParticipant(request_id=pk, organisation_id=self.draw.choice(self.organisations), screening="clear")
            for pk in self.requests
            for _ in range(2)
        )
        team = Request.team.through
        _put(team(request_id=pk, user_id=self.draw.choice(self.users)) for pk in self.requests)

    def decisions(self) -> None:
        """Each request past its assessment has the advice of one of the demo's, and all but the advised a decision."""
        from hanze.casework.models import Decision, Receipt, Request

        model = Receipt.objects.order_by("pk").first()
        assert model is not None, "Load the demo first."
        weighed = Request.objects.filter(pk__gte=self.requests[0], state__in=["advised", "decided", "closed"])
        states = dict(weighed.order_by("pk").values_list("pk", "state"))
        receipts = _put(
            Receipt(
                request_id=pk,
                framework=model.framework,
                version=model.version,
                outcome=model.outcome,
                is_final=True,
                content=model.content,
                content_hash=model.content_hash,
            )
            for pk in states
        )
        outcomes = self.draw.choices(Decision.Outcome.values, [60, 25, 10, 5], k=len(states))
        _put(
            Decision(
                request_id=pk, receipt_id=receipt, outcome=outcome, decided_by_id=self.users[0], decided_on=self.day()
            )
            for (pk, state), receipt, outcome in zip(states.items(), receipts, outcomes, strict=True)
            if state != "advised"
        )

    def visits(self) -> None:
        from hanze.missions.models import Activity, Topic

        def activity() -> Any:
            day = self.day()
            held = day < date(2024, 12, 1)
            return Activity(
                title=self.text(5).capitalize(),
                kind=self.draw.choice(Activity.Kind.values),
                request_id=self.draw.choice(self.requests) if self.draw.random() < 0.4 else None,
                starts_on=day,
                ends_on=day + timedelta(self.draw.randrange(5)),
                country_id=self.draw.choice(self.countries),
                sector=self.draw.choice(self.sectors),
                aim=self.text(20),
                results=self.text(20) if held else "",
                responsible_id=self.draw.choice(self.users),
                state=self.draw.choices(["closed", "held", "cancelled"], [96, 2, 2])[0] if held else "planned",
                publication="published" if self.draw.random() < 0.1 else "none",
                classification=self.classification(),
                provenance="invented",
            )

        self.activities = _put(activity() for _ in range(self.size.activities))
        _put(Topic(activity_id=pk, subject=self.text(3)) for pk in self.activities)
        for field, values in (("themes", self.themes), ("goals", self.goals)):
            through: Any = getattr(Activity, field).through
            key = field[:-1]
            _put(through(**{"activity_id": pk, f"{key}_id": self.draw.choice(values)}) for pk in self.activities)
        team: Any = Activity.team.through
        _put(team(activity_id=pk, user_id=self.draw.choice(self.users)) for pk in self.activities)
        partners: Any = Activity.partners.through
        _put(partners(activity_id=pk, organisation_id=self.draw.choice(self.organisations)) for pk in self.activities)

    def taking_part(self) -> None:
        from hanze.missions.models import Participation

        each = max(1, self.size.participations // len(self.activities))
        _put(
            Participation(
                activity_id=pk,
                organisation_id=organisation,
                role="participant",
                state="attended",
                provenance="invented",
            )
            for pk in self.activities
            for organisation in self.draw.sample(self.organisations, each)
        )

    def log(self) -> None:
        from hanze.audit.models import Event

        for kind, label, keys in (
            ("request.received", "casework.request", self.requests),
            ("activity.planned", "missions.activity", self.activities),
        ):
            _put(
                Event(
                    name=kind,
                    actor_id=self.users[0],
                    subject_type=label,
                    subject_id=str(pk),
                    subject_label=self.text(4),
                )
                for pk in keys
            )


def index_all() -> None:
    """The search entries of every record that has none, by bulk."""
    from hanze.web.models import SearchEntry, SearchTerm
    from hanze.web.search.indexing import sources, weights

    for label, source in sources().items():
        known = set(SearchEntry.objects.filter(record_type=label).values_list("record_id", flat=True))
        records: Iterable[Any] = source.model._default_manager.prefetch_related(*source.prefetch).iterator(BATCH)
        fresh = (record for record in records if str(record.pk) not in known)
        while chunk := list(islice(fresh, BATCH)):
            said = [(source.title(record)[:300], source.text(record)) for record in chunk]
            entries = SearchEntry.objects.bulk_create(
                SearchEntry(record_type=label, record_id=str(record.pk), title=title, text=text)
                for record, (title, text) in zip(chunk, said, strict=True)
            )
            SearchTerm.objects.bulk_create(
                (
                    SearchTerm(entry=entry, stem=stem, weight=weight)
                    for entry, (title, text) in zip(entries, said, strict=True)
                    for stem, weight in weights(title, text).items()
                ),
                batch_size=BATCH,
            )


def _put(rows: Iterable[Any]) -> list[int]:
    """Insert by batches; return the keys."""
    return [row.pk for chunk in _chunks(rows) for row in type(chunk[0])._default_manager.bulk_create(chunk)]


def _chunks(rows: Iterable[Any]) -> Iterator[list[Any]]:
    rows = iter(rows)
    while chunk := list(islice(rows, BATCH)):
        yield chunk


def main() -> None:
    import django

    usual = Size()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=float, default=1, help="so many times the usual register (default 1)")
    parser.add_argument("--parts", type=int, default=1, help="only this part of it, for a try (default 1: all)")
    args = parser.parse_args()
    django.setup()
    size = usual.times(args.times)
    fill(
        Size(*(number // args.parts for number in (size.parties, size.requests, size.activities, size.participations)))
    )


if __name__ == "__main__":
    main()
