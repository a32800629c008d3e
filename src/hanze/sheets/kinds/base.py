"""What rows can be: their fields, how a cell becomes a value, and how a value becomes a record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from hanze.accounts.classification import Classification
from hanze.register.models import City, Organisation, Region
from hanze.sheets.known import Known, Party, same_words
from hanze.sheets.reading import Cell
from hanze.sheets.values import Day, UnreadableError, day_of, period_of, several, text_of, with_year, yes_no_of

# A name in other capitals, or without its legal form, says nothing new.
NAMES = frozenset({"name", "title"})
Read = Callable[[Cell, Known], Any]


@dataclass(frozen=True)
class Field:
    """A field that a column can hold, and how its cells are read. Under which headings people keep it stands in
    `data/headings.yaml`."""

    name: str
    label: Any
    read: Read
    required: bool = False
    choices: Any = None
    many: bool = False
    """Whether more than one column may go into it, each with its heading before it."""
    only_for_all: bool = False
    """Whether it is chosen once for the whole sheet, never a column."""
    default: str = ""


@dataclass
class Match:
    """What a row is among the records: one of them, perhaps one of several, or none."""

    key: int | None = None
    likely: list[tuple[int, float]] = field(default_factory=list)


@dataclass
class Values:
    """A row as values by the names of fields, with what is wrong at which field and what is worth saying."""

    given: dict[str, Any] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)
    for_all: set[str] = field(default_factory=set)
    """The fields that no cell of this row said, but that were chosen for the whole sheet."""

    def get(self, name: str, otherwise: Any = None) -> Any:
        return self.given.get(name, otherwise)

    def wrong(self, name: str, why: str) -> None:
        self.problems.append((name, why))

    def say(self, name: str, what: str) -> None:
        self.remarks.append((name, what))

    @property
    def failed(self) -> set[str]:
        return {name for name, _why in self.problems}


@dataclass(frozen=True)
class Making:
    """What an operation needs to know beside the values: who, from which source, how closed."""

    known: Known
    source: str
    place: str
    classification: str = Classification.INTERNAL

    @property
    def by(self) -> Any:
        return self.known.by

    @property
    def sourced(self) -> dict[str, Any]:
        return {"provenance": "stated", "source_document": self.source, "source_section": self.place[:200]}


class Kind:
    """One kind of rows. Subclasses say how a row is found again among the records, made and changed."""

    code: ClassVar[str]
    label: ClassVar[Any]
    model: ClassVar[type[models.Model]]
    permission: ClassVar[str]
    sheet_words: ClassVar[tuple[str, ...]] = ()
    fields: ClassVar[tuple[Field, ...]]
    plain: ClassVar[tuple[str, ...]]
    """The fields that are the record's own, compared and changed as they are."""
    claims: ClassVar[bool] = False
    """Whether a value that differs from what stands can be put beside it."""

    def field(self, name: str) -> Field:
        return next(each for each in self.fields if each.name == name)

    def complete(self, values: Values, known: Known) -> None:
        """Fill in what follows from other cells, say what was filled in, and refuse what cannot be."""

    def match(self, values: Values, known: Known) -> Match:
        raise NotImplementedError

    def expect(self, values: Values, key: int, known: Known) -> None:
        """Let rows below refer to what this row will make, or has made, under `key`."""

    def make(self, values: Values, making: Making) -> list[models.Model]:
        """Make the record with its operation; it comes last, after what was made on its way."""
        raise NotImplementedError

    def change(self, record: Any, fields: dict[str, Any], making: Making) -> list[models.Model]:
        """Change the record with its operation; what was made on the way."""
        raise NotImplementedError

    def resolve(self, fields: dict[str, Any], values: Values, making: Making) -> list[models.Model]:
        """Put records in the place of what cells named, in `fields`; the records that were made for it."""
        return []

    def is_settled(self, record: Any) -> bool:
        """Whether a record is closed to changes; a row then leaves it as it is."""
        return False

    def title(self, values: Values) -> str:
        return str(values.get("name") or values.get("title") or "")

    def extra_differences(self, record: Any, values: Values) -> dict[str, tuple[Any, Any]]:
        """What differs beside the plain fields."""
        return {}

    def differences(self, record: Any, values: Values) -> dict[str, tuple[Any, Any]]:
        """What the row says otherwise than the record: field → (what stands, what the row says). An empty cell says
        nothing."""
        found: dict[str, tuple[Any, Any]] = {}
        for name in self.plain:
            if name not in values.given or name in values.for_all:
                continue
            stands, says = standing(record, name), values.given[name]
            if name in NAMES and same_words(str(stands), str(says)):
                continue
            if not same(stands, says):
                found[name] = (stands, says)
        return found | self.extra_differences(record, values)

    def check(self, values: Values) -> None:
        """What the model itself refuses of the plain fields, at the field."""
        given = {name: values.given[name] for name in self.plain if name in values.given}
        plain = {name: value for name, value in given.items() if not _refers(self.model, name)}
        record = self.model(**plain)
        others = {each.name for each in record._meta.fields} - plain.keys()
        try:
            record.clean_fields(exclude=others)
            record.validate_constraints(exclude=others)
        except ValidationError as error:
            for name, messages in _errors(error):
                values.wrong(name, " ".join(messages))


def standing(record: Any, name: str) -> Any:
    """The value of a record's field; of a many-to-many field the records in it."""
    kind = type(record)._meta.get_field(name)
    return list(getattr(record, name).all()) if kind.many_to_many else getattr(record, name)


def same(stands: Any, says: Any) -> bool:
    """Whether a row says what stands already."""
    if isinstance(says, Party):
        return says.key is not None and stands is not None and stands.pk == says.key
    if isinstance(says, list):
        keys = {each.key if isinstance(each, Party) else each.pk for each in says}
        return keys == {each.pk for each in stands}
    if isinstance(stands, str) and isinstance(says, str):
        return " ".join(stands.split()) == " ".join(says.split())
    return stands == says or (stands in (None, "") and says in (None, ""))


def is_empty(value: Any) -> bool:
    return value in (None, "", [])


def _refers(model: type[models.Model], name: str) -> bool:
    return model._meta.get_field(name).is_relation


def _errors(error: ValidationError) -> Iterable[tuple[str, list[str]]]:
    if hasattr(error, "error_dict"):
        return [("" if name == "__all__" else name, list(each)) for name, each in error.message_dict.items()]
    return [("", list(error.messages))]


def errors_of(error: ValidationError) -> list[tuple[str, str]]:
    """What an operation refused, by field ("" for the row as a whole)."""
    return [(name, " ".join(messages)) for name, messages in _errors(error)]


# How cells are read.


def text(most: int = 250) -> Read:
    def read(cell: Cell, known: Known) -> str:
        found = " ".join(text_of(cell).split())
        if len(found) > most:
            raise UnreadableError(_("This is longer than %(most)s characters.") % {"most": most})
        return found

    return read


def long_text(cell: Cell, known: Known) -> str:
    return text_of(cell)


def day(cell: Cell, known: Known) -> Day:
    return day_of(with_year(cell, known.year))


def period(cell: Cell, known: Known) -> tuple[Day, Day]:
    return period_of(with_year(cell, known.year))


def yes_no(cell: Cell, known: Known) -> bool:
    return yes_no_of(cell)


def country(cell: Cell, known: Known) -> Any:
    return known.country(text_of(cell))


def party(cell: Cell, known: Known) -> Party:
    return known.party(" ".join(text_of(cell).split()))


def parties(cell: Cell, known: Known) -> list[Party]:
    return [known.party(name) for name in several(text_of(cell))]


def person(cell: Cell, known: Known) -> Party:
    return known.person(" ".join(text_of(cell).split()))


def colleague(cell: Cell, known: Known) -> Any:
    found = known.colleague(text_of(cell))
    if found is None:
        raise UnreadableError(_("“%(text)s” is nobody with an account here.") % {"text": text_of(cell)[:60]})
    return found


def named(among: Callable[[Known], dict[str, Any]]) -> Read:
    """Several records by name or code."""

    def read(cell: Cell, known: Known) -> list[Any]:
        found, every = [], among(known)
        for name in several(text_of(cell).replace(",", ";")):
            if name.casefold() not in every:
                raise UnreadableError(_("“%(text)s” is not one of ours.") % {"text": name[:60]})
            found.append(every[name.casefold()])
        return found

    return read


def choice(choices: Any, words: dict[str, str]) -> Read:
    """One of `choices` by its code, its label in either language, or one of `words` (word → code)."""

    def read(cell: Cell, known: Known) -> str:
        said = " ".join(text_of(cell).casefold().split()).strip(" .:")
        codes = {str(code).casefold(): str(code) for code in choices.values}
        labels = {str(label).casefold(): str(code) for code, label in choices.choices}
        for table in (codes, labels, words):
            if said in table:
                return table[said]
        for word in sorted(words, key=len, reverse=True):
            if len(word) > 3 and word in said:
                return words[word]
        allowed = ", ".join(str(label) for label in choices.labels)
        raise UnreadableError(
            _("“%(text)s” is none of: %(allowed)s.") % {"text": text_of(cell)[:60], "allowed": allowed}
        )

    return read


def settle_place(values: Values, known: Known) -> None:
    """Find region and city in the country; a name that is not known is said, and left empty."""
    for name, model in (("region", Region), ("city", City)):
        said = values.given.pop(name, None)
        if not isinstance(said, str):
            if said is not None:
                values.given[name] = said
            continue
        found = known.place(model, said, values.get("country"))
        if found is None:
            values.say(name, _("“%(text)s” is not in the list of places; it is left empty.") % {"text": said[:60]})
        else:
            values.given[name] = found
            if values.get("country") is None and "country" not in values.failed:
                values.given["country"] = found.country


def settle_day(values: Values, name: str, precision: str = "", *, last: bool = False) -> Day | None:
    """Turn a Day into a date; say it when only the month or year was known. `precision` names the field for that."""
    found = values.get(name)
    if not isinstance(found, Day):
        return None
    values.given[name] = found.last if last else found.day
    if precision:
        values.given.setdefault(precision, found.precision)
    if found.precision != "day":
        only = _("Only the year is known") if found.precision == "year" else _("Only the month is known")
        if precision:
            values.say(name, only + ".")
        else:
            day_text = f"{values.given[name].day}-{values.given[name].month}-{values.given[name].year}"
            values.say(name, _("%(only)s: %(day)s is filled in.") % {"only": only, "day": day_text})
    return found


def make_party(found: Party, making: Making, kind: str, made: list[models.Model], country: Any = None) -> Organisation:
    """The organisation that a cell named; made when it was not there, and then known to the rows below."""
    from hanze.register.duplicates import Named
    from hanze.register.operations import create_organisation

    again = making.known.party(found.name, country) if found.key is None else found
    if again.key is not None:
        return Organisation.objects.get(pk=again.key)
    fields: dict[str, Any] = {"name": found.name, "kind": kind, "country": country}
    fields["classification"] = making.classification
    new = create_organisation(by=making.by, **fields, **making.sourced)
    making.known.organisations.add(Named(new.pk, (new.name,), new.country_id))
    made.append(new)
    return new


def tell_new(values: Values, name: str, known: Known) -> None:
    """Say which parties of a cell are new, and which one they are like."""
    found = values.get(name)
    for each in found if isinstance(found, list) else [found]:
        if isinstance(each, Party) and each.key is None:
            like = known.like_party(each.name)
            if like:
                words = {"name": each.name, "like": like}
                values.say(name, _("“%(name)s” is not in the register and is added; it is like “%(like)s”.") % words)
            else:
                values.say(name, _("“%(name)s” is not in the register and is added.") % {"name": each.name})


def today_or(known: Known) -> date:
    from django.utils import timezone

    return known.file_date or timezone.localdate()
