"""What a row can refer to: the records that the person who brings it in may see, and those that its sheets will make.

A record that she may not see does not exist here: no row is said to be like it, changed by it or refused because of it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.casework.models import Request
from hanze.goals.models import Goal, Theme
from hanze.missions.models import Activity
from hanze.register.duplicates import Named, normalised
from hanze.register.models import Agreement, City, Country, Identifier, Organisation, Person, Region, Relation
from hanze.register.names import NameIndex
from hanze.register.queries import home
from hanze.screening.lists.countries import country_codes
from hanze.sheets.values import UnreadableError

TAKEN_FOR = 96.0
"""From this likeness on a name in a cell is taken for the party that it is like."""


@dataclass(frozen=True)
class Party:
    """An organisation or person that a cell names. `key` is its record, None when it is still to be made; below zero it
    is made by another row of the same import."""

    name: str
    key: int | None = None

    def __str__(self) -> str:
        return self.name


@dataclass
class Known:
    """The register as `by` sees it while one import is read. Built once; rows that make records add to it."""

    by: User | None
    file_date: date | None = None
    year: int | None = None
    """The year of the sheet that is being read, for days without one."""
    taking_part: set[tuple[Any, ...]] = field(default_factory=set)
    """Who takes part in what according to the rows so far."""
    _planned: int = field(default=-(10**12), init=False)

    @cached_property
    def organisations(self) -> NameIndex:
        rows = self._seen(Organisation).values_list("pk", "name", "short_name", "native_name", "country_id")
        return NameIndex(Named(pk, (name, short, native), code) for pk, name, short, native, code in rows.iterator())

    @cached_property
    def people(self) -> NameIndex:
        rows = self._seen(Person).values_list("pk", "name", "native_name")
        return NameIndex(Named(pk, (name, native), None) for pk, name, native in rows.iterator())

    @cached_property
    def emails(self) -> dict[str, int]:
        rows = self._seen(Person).exclude(email="").values_list("email", "pk")
        return {email.casefold(): pk for email, pk in rows.iterator()}

    @cached_property
    def numbers(self) -> dict[tuple[str, str], int]:
        """Organisations by register and number."""
        seen = self._seen(Organisation).values("pk")
        rows = Identifier.objects.filter(organisation__in=seen).values_list("scheme", "value", "organisation_id")
        return {(scheme, value): pk for scheme, value, pk in rows.iterator()}

    @cached_property
    def relations(self) -> dict[int, list[int]]:
        """Relations by their partner."""
        return _grouped(self._seen(Relation).values_list("partner_id", "pk"))

    @cached_property
    def agreements(self) -> NameIndex:
        rows = self._seen(Agreement).values_list("pk", "title")
        return NameIndex(Named(pk, (title,), None) for pk, title in rows.iterator())

    @cached_property
    def signed(self) -> dict[int, date]:
        return dict(self._seen(Agreement).values_list("pk", "signed_on"))

    @cached_property
    def activities(self) -> NameIndex:
        rows = self._seen(Activity).values_list("pk", "title", "title_en")
        return NameIndex(Named(pk, (title, english), None) for pk, title, english in rows.iterator())

    @cached_property
    def starts(self) -> dict[int, date]:
        return dict(self._seen(Activity).values_list("pk", "starts_on"))

    @cached_property
    def requests(self) -> NameIndex:
        rows = self._seen(Request).values_list("pk", "title", "title_en")
        return NameIndex(Named(pk, (title, english), None) for pk, title, english in rows.iterator())

    @cached_property
    def received(self) -> dict[int, date]:
        return dict(self._seen(Request).values_list("pk", "received_on"))

    @cached_property
    def references(self) -> dict[str, int]:
        return dict(self._seen(Request).values_list("reference", "pk"))

    @cached_property
    def home(self) -> Organisation | None:
        return home()

    @cached_property
    def countries(self) -> dict[str, Country]:
        return Country.objects.in_bulk()

    @cached_property
    def colleagues(self) -> dict[str, User]:
        """Colleagues by name, e-mail address and last name where only one has it."""
        found: dict[str, list[User]] = defaultdict(list)
        for user in User.objects.filter(is_active=True):
            for word in {user.name.casefold(), user.email.casefold(), user.name.casefold().split(" ")[-1]}:
                found[word].append(user)
        return {word: users[0] for word, users in found.items() if len(users) == 1}

    @cached_property
    def themes(self) -> dict[str, Theme]:
        return _by_name(Theme.objects.all())

    @cached_property
    def goals(self) -> dict[str, Goal]:
        return _by_name(Goal.objects.all())

    def _seen(self, model: Any) -> Any:
        return model.objects.all() if self.by is None else model.objects.visible_to(self.by)

    def country(self, text: str) -> Country:
        """The country that a text names, in Dutch, English or by its code. Raises UnreadableError."""
        codes = country_codes(text) or ()
        if len(codes) == 1 and codes[0] in self.countries:
            return self.countries[codes[0]]
        if len(codes) > 1:
            raise UnreadableError(_("“%(text)s” names more than one country. Write one.") % {"text": text[:60]})
        raise UnreadableError(
            _("“%(text)s” is no country that is known. Write its name or its code.") % {"text": text[:60]}
        )

    def place(self, model: type[Region] | type[City], text: str, country: Country | None) -> Any:
        """A region or city by its name in either language, the largest city of that name first; None when unknown."""
        key = (model, text.casefold(), country.pk if country else None)
        if key not in self._places:
            found = model._default_manager.filter(Q(name_nl__iexact=text) | Q(name_en__iexact=text))
            if country is not None:
                found = found.filter(country=country)
            order = ("-population", "pk") if model is City else ("pk",)
            self._places[key] = found.select_related("country").order_by(*order).first()
        return self._places[key]

    @cached_property
    def _places(self) -> dict[Any, Any]:
        return {}

    def party(self, name: str, country: Country | None = None) -> Party:
        """The organisation that a cell names; one that is not known is to be made. Raises UnreadableError when several
        have that name."""
        name = name[:250]
        code = country.pk if country else None
        equal = self.organisations.equal(name, code)
        if len(set(equal)) > 1:
            raise UnreadableError(_("More than one party is called “%(name)s”. Write its full name.") % {"name": name})
        if equal:
            return Party(name, equal[0])
        close = self.organisations.alike(name, code)
        if close and close[0].likeness >= TAKEN_FOR:
            return Party(name, close[0].key)
        return Party(name)

    def expected(self, party: Party, country: Country | None = None) -> int:
        """The key of a party, also of one that a row will make: from now on rows below find it."""
        key = party.key if party.key is not None else self.party(party.name, country).key
        if key is None:
            self._planned -= 1
            key = self._planned
            self.organisations.add(Named(key, (party.name,), country.pk if country else None))
        return key

    def person(self, name: str) -> Party:
        """The person that a cell names; one that is not known is to be made. Raises UnreadableError for several."""
        equal = self.people.equal(name[:250])
        if len(set(equal)) > 1:
            raise UnreadableError(_("More than one person is called “%(name)s”.") % {"name": name})
        return Party(name[:250], equal[0] if equal else None)

    def colleague(self, text: str) -> User | None:
        return self.colleagues.get(text.casefold())

    def like_party(self, name: str) -> str:
        """The name of a party that `name` is like, or nothing."""
        close = self.organisations.alike(name)
        if not close or close[0].key < 0:
            return ""
        return str(Organisation.objects.get(pk=close[0].key))


def same_words(one: str, other: str) -> bool:
    return normalised(one) == normalised(other)


def _grouped(pairs: Any) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


def _by_name(named: Any) -> dict[str, Any]:
    return {word.casefold(): each for each in named for word in (each.code, each.name_nl, each.name_en)}
