"""The shapes that every part of the API shares: camelCase keys, references, texts and days that fit."""

from datetime import date, datetime
from typing import Annotated, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import TextChoices
from ninja import Schema
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema
from pydantic.alias_generators import to_camel
from pydantic_core import core_schema

from hanze.accounts.classification import Classification

LARGEST_ID = 2**53 - 1
FIRST_DAY, LAST_DAY = date(1500, 1, 1), date(2999, 12, 31)


def _plain(text: str) -> str:
    if "\x00" in text:
        raise ValueError("a text cannot hold a NUL character")
    return text


def _in_our_time(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"a day lies between {FIRST_DAY} and {LAST_DAY}")
    return day


def _as_given(moment: datetime) -> str:
    """A moment in milliseconds: a list writes it as Django's encoder does for a single record."""
    return DjangoJSONEncoder().default(moment)


Id = Annotated[int, Field(ge=1, le=LARGEST_ID, strict=False)]
Line = Annotated[str, Field(max_length=250), AfterValidator(_plain)]
Text = Annotated[str, Field(max_length=20_000), AfterValidator(_plain)]
Words = Annotated[str, Field(max_length=200), AfterValidator(_plain)]
Day = Annotated[date, AfterValidator(_in_our_time)]
Moment = Annotated[
    datetime,
    PlainSerializer(_as_given, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]


class Answer(BaseModel):
    """What the API gives: keys in camelCase. Made by our own code, so it is checked once, when it is made."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class Question(Schema):
    """What the API takes: keys in camelCase, and none that it does not know."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")

    def given(self) -> dict[str, Any]:
        """The fields that were sent, by their names in Python."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class Reference(Answer):
    """Another record: only given when the application may see it."""

    id: int | str
    name: str
    url: str


class Links(Answer):
    self: str
    next: str | None = None
    prev: str | None = None


class Recorded(Answer):
    """What every classified record has."""

    id: int
    url: str
    classification: str
    for_council: bool
    provenance: str
    source_document: str
    source_section: str


def recorded(record: Any, url: str) -> dict[str, Any]:
    """The fields of `Recorded` for a classified record with a source."""
    return {
        "id": record.pk,
        "url": url,
        "classification": record.classification,
        "for_council": record.for_council,
        "provenance": record.provenance,
        "source_document": record.source_document,
        "source_section": record.source_section,
    }


class OneOf:
    """Marks a text that is one of the values of these choices: `Annotated[str, OneOf(Organisation.Kind)]`."""

    def __init__(self, choices: type[TextChoices]) -> None:
        self.values = list(choices.values)

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.literal_schema(self.values)


Class = Annotated[str, OneOf(Classification)]
CountryCode = Annotated[str, Field(min_length=2, max_length=2, pattern="^[A-Z]{2}$")]
RegionCode = Annotated[str, Field(min_length=4, max_length=6, pattern="^[A-Z]{2}-[A-Z0-9]{1,3}$")]
