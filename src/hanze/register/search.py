"""What search finds in the register."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hanze.register.models import Agreement, Organisation, Person, Relation
from hanze.register.searching import SearchSource


def _organisation(organisation: Organisation) -> str:
    numbers = " ".join(number.value for number in organisation.identifiers.all())
    names = f"{organisation.short_name} {organisation.native_name}"
    return f"{names} {numbers} {organisation.website} {organisation.notes}"


def _person(person: Person) -> str:
    posts = " ".join(post.title for post in person.posts.all())
    return f"{person.native_name} {posts} {person.notes}"


def _relation(relation: Relation) -> str:
    places = (relation.country, relation.region, relation.city)
    names = " ".join(f"{place.name_nl} {place.name_en}" for place in places if place)
    reasons = " ".join(status.reason for status in relation.statuses.all())
    return f"{relation.partner.native_name} {names} {relation.purpose} {relation.purpose_en} {reasons}"


SOURCES = [
    SearchSource(
        model=Organisation,
        label=_("Parties"),
        title=lambda organisation: organisation.name,
        text=_organisation,
        url=lambda organisation: organisation.get_absolute_url(),
        permission="register.list_parties",
        prefetch=("identifiers",),
    ),
    SearchSource(
        model=Person,
        label=_("People"),
        title=lambda person: person.name,
        text=_person,
        url=lambda person: person.get_absolute_url(),
        permission="register.list_parties",
        prefetch=("posts",),
    ),
    SearchSource(
        model=Relation,
        label=_("Relations"),
        title=str,
        text=_relation,
        url=lambda relation: relation.get_absolute_url(),
        permission="register.list_relations",
        prefetch=("partner", "country", "region", "city", "statuses"),
    ),
    SearchSource(
        model=Agreement,
        label=_("Agreements"),
        title=lambda agreement: agreement.title,
        text=lambda agreement: agreement.subject,
        url=lambda agreement: agreement.get_absolute_url(),
        permission="register.list_relations",
    ),
]
