"""What more than one place asks of the register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Avg, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from hanze.accounts.classification import visibility
from hanze.accounts.models import User
from hanze.register.apart import name_fields, set_aside
from hanze.register.duplicates import Named, alike
from hanze.register.models import (
    Agreement,
    City,
    Country,
    Identifier,
    Merge,
    Organisation,
    Person,
    Post,
    Relation,
    RelationStatus,
)


def home() -> Organisation | None:
    """Our own organisation; None in an empty register."""
    return Organisation.objects.filter(is_home=True).first()


def possible_partners(reader: User) -> QuerySet[Organisation]:
    """The governments abroad that `reader` may see; one whose country is not known may be abroad."""
    governments = Organisation.objects.visible_to(reader).filter(kind=Organisation.Kind.GOVERNMENT, is_home=False)
    own = home()
    return governments.exclude(country=own.country_id) if own and own.country_id else governments


@dataclass(frozen=True)
class Likely:
    """An organisation that is probably meant, and how alike the names are (0-100)."""

    organisation: Organisation
    likeness: float


def likely_duplicates(
    name: str,
    country: Country | str | None = None,
    exclude: Organisation | None = None,
    reader: User | None = None,
    most: int = 5,
) -> list[Likely]:
    """Organisations that `name` probably stands for already, the most alike first.

    `country` sharpens the search; `exclude` is the organisation itself when it is being changed; only what
    `reader` may see is suggested (None: Hanze itself, which sees everything).
    """
    if not name.strip():
        return []
    everything = Organisation.objects.filter(merged_into__isnull=True)
    known = everything if reader is None else Organisation.objects.visible_to(reader)
    if exclude is not None and exclude.pk:
        known = known.exclude(pk=exclude.pk)
    rows = known.values_list("pk", "name", "short_name", "native_name", "country_id")
    candidates = [Named(pk, (name_, short, native), code) for pk, name_, short, native, code in rows]
    code = country.pk if isinstance(country, Country) else country or None
    scores = dict(alike(name, code, candidates)[:most])
    found = Organisation.objects.select_related("country").in_bulk(scores)
    return [Likely(found[pk], score) for pk, score in scores.items()]


def relations_with_status(relations: QuerySet[Relation], reader: User, today: date) -> QuerySet[Relation]:
    """`relations` with `current_status`, `status_since` and `next_end`: the first end of an agreement in force
    that the reader may see."""
    statuses = RelationStatus.objects.filter(relation=OuterRef("pk"), since__lte=today).order_by("-since", "-pk")
    ending = (
        Agreement.objects.visible_to(reader)
        .filter(relation=OuterRef("pk"))
        .annotate(end=Coalesce("ended_on", "valid_until"))
        .filter(end__gte=today)
        .order_by("end")
    )
    return relations.select_related("partner", "country", "region", "city", "responsible").annotate(
        current_status=Subquery(statuses.values("status")[:1]),
        status_since=Subquery(statuses.values("since")[:1]),
        next_end=Subquery(ending.values("end")[:1]),
    )


def agreements_ending(reader: User, today: date, days: int | None = None) -> QuerySet[Agreement]:
    """Agreements whose term ends within `days` (the setting) or has passed, and about which nothing was decided."""
    limit = today + timedelta(days=settings.AGREEMENT_WARNING_DAYS if days is None else days)
    return (
        Agreement.objects.visible_to(reader)
        .filter(ended_on__isnull=True, valid_until__isnull=False, valid_until__lte=limit)
        .order_by("valid_until", "title")
    )


def parties_for(agreement: Agreement, reader: User) -> tuple[list[Organisation], int]:
    """The parties that `reader` may see, and how many there are beside them."""
    seen = list(agreement.parties.visible_to(reader).select_related("country"))  # type: ignore[attr-defined]
    return seen, agreement.parties.count() - len(seen)


def posts_at(organisation: Organisation, reader: User) -> QuerySet[Post]:
    """The posts at an organisation, of the people whom `reader` may see."""
    people = Person.objects.visible_to(reader).filter(pk=OuterRef("person"))
    return organisation.posts.filter(Exists(people)).select_related("person")


def posts_of(person: Person, reader: User) -> QuerySet[Post]:
    """The posts of a person, at the organisations that `reader` may see."""
    organisations = Organisation.objects.visible_to(reader).filter(pk=OuterRef("organisation"))
    return person.posts.filter(Exists(organisations)).select_related("organisation")


def search_organisations(organisations: QuerySet[Organisation], query: str) -> QuerySet[Organisation]:
    """Those with every word of `query` in a name or a registration number."""
    for word in query.split():
        organisations = organisations.filter(
            Q(name__icontains=word)
            | Q(short_name__icontains=word)
            | Q(native_name__icontains=word)
            | Exists(_numbers(word))
        )
    return organisations


def _numbers(word: str) -> QuerySet[Identifier]:
    return Identifier.objects.filter(organisation=OuterRef("pk"), value__icontains=word)


def places_of(relations: Iterable[Relation]) -> dict[int, tuple[float, float]]:
    """Latitude and longitude of each relation by its key: its city, the middle of its region's cities, or its
    country. One that has none of these is left out."""
    chosen = list(relations)
    cities = City.objects.filter(region__in={relation.region_id for relation in chosen if relation.region_id})
    middles = {
        code: (lat, lon)
        for code, lat, lon in cities.values_list("region").annotate(Avg("latitude"), Avg("longitude")).order_by()
    }
    found = {relation.pk: _place_of(relation, middles) for relation in chosen}
    return {key: place for key, place in found.items() if place is not None}


def _place_of(relation: Relation, middles: dict[str, tuple[float, float]]) -> tuple[float, float] | None:
    if relation.city:
        return relation.city.latitude, relation.city.longitude
    if relation.region_id in middles:
        return middles[relation.region_id]
    country = relation.country
    if country.latitude is None or country.longitude is None:
        return None
    return country.latitude, country.longitude


def mergings_of(party: Organisation | Person) -> QuerySet[Merge]:
    """The mergings in which `party` was kept, newest first."""
    kind = ContentType.objects.get_for_model(party)
    return Merge.objects.filter(content_type=kind, kept_id=party.pk).select_related("by")


def kept_one(party: Organisation | Person) -> Organisation | Person:
    """The party that `party` went up in, however often that one went up in another; itself when it did not."""
    seen = {party.pk}
    while party.merged_into is not None and party.merged_into.pk not in seen:
        party = party.merged_into
        seen.add(party.pk)
    return party


def former_selves(party: Organisation | Person, reader: User) -> list[Organisation | Person]:
    """The parties that went up in `party`, and in those; their history is its history. Without those that were more
    secret than what they went up in, unless `reader` may see that class too or works on `party`."""
    model: Any = type(party)
    found: list[Organisation | Person] = []
    waiting = list(party.merged.all())
    while waiting:
        former = waiting.pop()
        found.append(former)
        waiting += former.merged.all()
    if not found or party.team.filter(pk=reader.pk).exists():
        return found
    keys = [former.pk for former in found]
    seen = set(model.objects.filter(visibility(model, reader), pk__in=keys).values_list("pk", flat=True))
    return [former for former in found if former.pk in seen]


def alike_records(party: Organisation | Person, reader: User, most: int = 10) -> list[Organisation | Person]:
    """The records of the same kind that are probably the same party, of those that `reader` may see; the most alike
    first. Without what was set aside as different."""
    country = getattr(party, "country_id", None)
    others = {key for keys in set_aside(type(party)) if party.pk in keys for key in keys}
    known: Any = type(party).objects.visible_to(reader).exclude(pk__in={party.pk, *others})
    fields = name_fields(type(party))
    where = ("country_id",) if isinstance(party, Organisation) else ()
    rows = known.values_list("pk", *fields, *where)
    candidates = [Named(row[0], row[1 : len(fields) + 1], row[-1] if where else None) for row in rows]
    scores: dict[int, float] = {}
    for name in filter(None, (getattr(party, field) for field in fields)):
        for pk, score in alike(name, country, candidates):
            scores[pk] = max(score, scores.get(pk, 0.0))
    best = sorted(scores, key=lambda pk: (-scores[pk], pk))[:most]
    found = known.in_bulk(best)
    return [found[pk] for pk in best]
