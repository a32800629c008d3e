"""Which facts of which records can be claimed, and how each is read, written and shown.

The apps above tell it in `apps.ready` with `register(Sheet(…))`; here nothing is known of any record.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from hanze.accounts.models import User
    from hanze.claims.models import Claim

DAY = 10
LENGTHS = {"year": 4, "month": 7, "day": DAY}


class Fact:
    """A fact that one field of the record holds. Its values travel as JSON (`plain`): a date in ISO, another record
    by its key."""

    def __init__(self, model: type[models.Model], name: str) -> None:
        self.model, self.name = model, name
        self.fields: tuple[str, ...] = (name,)

    @property
    def field(self) -> Any:
        return self.model._meta.get_field(self.name)

    @property
    def label(self) -> str:
        return str(capfirst(self.field.verbose_name))

    def form_field(self) -> forms.Field:
        """What asks for a value of this fact."""
        https: dict[str, Any] = {"assume_scheme": "https"} if isinstance(self.field, models.URLField) else {}
        field: Any = self.field.formfield(required=True, **https)
        if isinstance(field, forms.DateField):
            field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        if isinstance(field, forms.ModelChoiceField):
            field.widget.attrs["data-combobox"] = True
        return field

    def of(self, fields: Mapping[str, Any]) -> Any:
        """The plain value out of values of the record's fields."""
        return plain(fields[self.name])

    def stands(self, record: models.Model) -> Any:
        """The plain value that the record holds."""
        return self.of({name: record._meta.get_field(name).value_from_object(record) for name in self.fields})

    def values(self, value: Any) -> dict[str, Any]:
        """The values of the record's fields for a plain value."""
        field = self.field
        if field.is_relation:
            return {self.name: field.related_model._default_manager.filter(pk=value).first()}
        return {self.name: field.to_python("" if value is None and not field.null else value)}

    def asked(self, value: Any) -> Any:
        """The plain value of what `form_field` was given."""
        return plain(value)

    def words(self, value: Any) -> str:
        """A plain value as it is shown, in the language in force."""
        if value in (None, "", []):
            return _("nothing")
        field = self.field
        if field.is_relation and not field.many_to_many:
            return str(field.related_model._default_manager.filter(pk=value).first() or value)
        if isinstance(field, models.BooleanField):
            return _("Yes") if value else _("No")
        if field.flatchoices:
            return str(dict(field.flatchoices).get(value, value))
        return in_words(value) if isinstance(field, models.DateField) else str(value)

    def write(self, record: models.Model, claim: Claim, by: User | None, reason: str) -> None:
        """Let the record hold what `claim` says."""
        sheet_of(record).change(record, by=by, **self.values(claim.value))

    def past(self, record: models.Model, fields: Mapping[str, Any], moment: datetime) -> Any:
        """The plain value that the record held at `moment`; `fields` are its fields as they were then."""
        return self.of(fields)


class DatedFact(Fact):
    """A day that is known to the day, the month or the year; its plain value is as long as what is known: "2015"."""

    def __init__(self, model: type[models.Model], name: str, precision: str) -> None:
        super().__init__(model, name)
        self.fields = (name, precision)

    def form_field(self) -> forms.Field:
        """Asks for a date, a month or a year."""
        example = _("A day (2015-05-23), a month (2015-05) or a year (2015).")
        return forms.RegexField(r"^\d{4}(-\d{2}(-\d{2})?)?$", help_text=example, error_messages={"invalid": example})

    def of(self, fields: Mapping[str, Any]) -> Any:
        day = plain(fields[self.name])
        return day[: LENGTHS.get(fields.get(self.fields[1]) or "day", DAY)] if day else None

    def values(self, value: Any) -> dict[str, Any]:
        """Raises ValueError for a day that does not exist."""
        known = {length: precision for precision, length in LENGTHS.items()}
        day = date.fromisoformat(f"{value}-01-01"[:DAY]) if value else None
        return {self.name: day, self.fields[1]: known[len(value)] if value else "day"}

    def words(self, value: Any) -> str:
        return in_words(value) if value else _("nothing")


@dataclass(frozen=True)
class Sheet:
    """The facts of one kind of record. `change(record, by=, **fields)` is the operation that writes them, `reading`
    and `changing` are the permissions; `also` are fields that only the page of a past day shows, `lines(record, moment,
    reader)` gives more lines for it."""

    model: type[models.Model]
    facts: Mapping[str, Fact]
    change: Callable[..., Any]
    reading: str
    changing: str
    also: tuple[str, ...] = ()
    lines: Callable[..., list[Any]] | None = None

    @property
    def key(self) -> str:
        """How addresses name this kind of record."""
        return str(self.model._meta.model_name)


_sheets: dict[type[models.Model], Sheet] = {}


def register(
    model: type[models.Model],
    facts: tuple[Fact | str, ...],
    *,
    change: Callable[..., Any],
    reading: str,
    changing: str,
    also: tuple[str, ...] = (),
    lines: Callable[..., list[Any]] | None = None,
) -> None:
    """Let sources disagree on `facts` of `model`: names of fields, or facts of their own kind."""
    made = [Fact(model, fact) if isinstance(fact, str) else fact for fact in facts]
    _sheets[model] = Sheet(model, {fact.name: fact for fact in made}, change, reading, changing, also, lines)


def sheets() -> list[Sheet]:
    """Every kind of record with facts."""
    return list(_sheets.values())


def sheet_of(record: models.Model | type[models.Model]) -> Sheet:
    """The facts of a record, or of a kind of record. Raises LookupError when no app registered it."""
    model = record if isinstance(record, type) else type(record)
    if model not in _sheets:
        raise LookupError(f"{model._meta.label} has no facts that sources can claim")
    return _sheets[model]


def sheet_named(key: str) -> Sheet | None:
    """The facts of the kind of record that addresses call `key`."""
    return next((sheet for sheet in _sheets.values() if sheet.key == key), None)


def label_of(model: type[models.Model] | None, name: str) -> str:
    """A fact in words; its name when nobody knows it any more."""
    sheet = _sheets.get(model) if model else None
    return sheet.facts[name].label if sheet and name in sheet.facts else name


def words_of(model: type[models.Model] | None, name: str, value: Any) -> str:
    """The value of a fact in words."""
    sheet = _sheets.get(model) if model else None
    return sheet.facts[name].words(value) if sheet and name in sheet.facts else str(value)


def plain(value: Any) -> Any:
    """A value as JSON keeps it; another record is its key."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder, default=str))


def is_nothing(value: Any) -> bool:
    """Whether a plain value says nothing. (A "no" says something.)"""
    return value is None or value == "" or value == []


def in_words(day: str) -> str:
    """ "23 mei 2015", "mei 2015" or "2015" for a date in ISO as long as what is known."""
    try:
        when = date.fromisoformat(f"{day}-01-01"[:DAY])
    except ValueError:
        return day
    return date_format(when, {4: "Y", 7: "F Y"}.get(len(day), "j F Y"))
