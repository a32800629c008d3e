"""Two people change the same record: who saves second is told, keeps her text, and decides field by field.

A change form that is `Together` carries in a hidden field a fingerprint of every value that its user started from.
When another value is stored by the time she saves, nothing is saved: a field that she had left alone takes over what
the other made of it, and for a field that both changed she says whose stays. `in_turn` lets writers of one record in
one after the other, so that nobody slips in between the comparison and the saving.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.db import models, transaction
from django.forms.models import ModelChoiceField
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from hanze.audit.models import Event, EventQuerySet

FIELD = "opened"
MINE, THEIRS = "mine", "theirs"
EVENTS_LOOKED_AT = 40
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Difference:
    """A value that somebody else saved since the user opened the form.

    `asks` is whether she has to choose, because she changed it as well; `choice` is what she chose.
    """

    name: str
    label: str
    mine: str
    theirs: str
    by: str = ""
    at: datetime | None = None
    asks: bool = False
    choice: str = ""

    @property
    def control(self) -> str:
        """The name under which her choice is sent."""
        return f"keep-{self.name}"


def in_turn(model: type[models.Model], argument: str = "pk", field: str = "pk") -> Callable[[View], View]:
    """Let the saving of one record of `model` wait for another that is under way. The record is that of which `field`
    is the view's `argument`."""

    def decorate(view: View) -> View:
        @wraps(view)
        def taking_turns(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if request.method != "POST":
                return view(request, **kwargs)
            with transaction.atomic():
                model._base_manager.select_for_update().filter(**{field: kwargs[argument]}).order_by().first()
                return view(request, **kwargs)

        taking_turns.takes_turns = True  # type: ignore[attr-defined]
        return taking_turns

    return decorate


if TYPE_CHECKING:
    _Form = forms.BaseForm
else:
    _Form = object


class Together(_Form):
    """Mixed into a form, before its form class. A model form shares its stored instance; another form sets `shares`."""

    shares: bool | None = None
    _differences: tuple[Difference, ...] = ()
    _asks_again = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[FIELD] = forms.CharField(widget=forms.HiddenInput, required=False)
        self.initial[FIELD] = self._opened_now

    def full_clean(self) -> None:
        self._differences = tuple(self._settle()) if self.is_bound and self._is_shared() else ()
        super().full_clean()
        getattr(self, "cleaned_data", {}).pop(FIELD, None)
        if self._asks_again:
            self.add_error(None, _("Somebody else saved this meanwhile. Look at the differences and save again."))

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What to tell the user before anything is saved; empty when nobody came between."""
        return self._differences if self.errors is not None else ()

    def beside(self) -> dict[str, str]:
        """What else of the record the page changes, by its label: told when another changed it, not chosen."""
        return {}

    def changed_by(self, name: str) -> tuple[str, datetime | None]:
        """Who last changed the field `name`, and when, as the log has it."""
        events = list(self._told().exclude(name="record.read")[:EVENTS_LOOKED_AT])
        touched = (each for each in events if name in (each.data.get("changes") or each.data.get("fields") or ()))
        event = next(touched, None) or next((each for each in events if each.name.endswith((".changed"))), None)
        return (event.actor_name or "Hanze", event.at) if event else ("", None)

    def _told(self) -> EventQuerySet:
        """What the log tells of the record, newest first."""
        return Event.objects.about(self._record)

    @property
    def _record(self) -> models.Model:
        return self.instance  # type: ignore[attr-defined]

    def _is_shared(self) -> bool:
        return bool(self._record.pk) if self.shares is None else self.shares

    def _opened_now(self) -> str:
        """The hidden field: a fingerprint of every value as it is stored."""
        return json.dumps({"is": self._fingerprints(), "ask": []}) if self._is_shared() else ""

    def _fingerprints(self) -> dict[str, str]:
        stored = {name: fingerprint(name, texts(self._stored(name))) for name in self._compared()}
        return stored | {f"+{label}": fingerprint(label, [text]) for label, text in self.beside().items()}

    def _compared(self) -> list[str]:
        return [name for name in self.fields if name != FIELD and name in self.initial]

    def _stored(self, name: str) -> Any:
        return self.fields[name].prepare_value(self.get_initial_for_field(self.fields[name], name))

    def _settle(self) -> list[Difference]:
        """Lay what the user sent over what is stored, as far as she decided; the differences that she was to see."""
        self._asks_again = False
        opened = read_opened(self.data.get(self.add_prefix(FIELD), ""))
        if opened is None:
            return []
        before, asked = opened
        now = self._fingerprints()
        data = cast("Any", self.data).copy()
        found = [self._difference(name, before, asked, now, data) for name in self._compared()]
        differences = [each for each in found if each is not None]
        differences += [
            Difference(f"+{label}", label, "", text or "–", *self.changed_by(""))
            for label, text in self.beside().items()
            if before.get(f"+{label}", now[f"+{label}"]) != now[f"+{label}"]
        ]
        self._asks_again = any(not each.asks or not each.choice for each in differences)
        asks = [each.name for each in differences if each.asks] if self._asks_again else []
        for each in differences:
            if not self._asks_again and each.choice == THEIRS:
                self._take_over(each.name, data)
        data[self.add_prefix(FIELD)] = json.dumps({"is": now, "ask": asks})
        self.data = data
        return differences if self._asks_again else []

    def _difference(
        self, name: str, before: Mapping[str, str], asked: set[str], now: Mapping[str, str], data: Any
    ) -> Difference | None:
        """What to tell of one field; `data` takes over the stored value when she had left the field alone."""
        is_new = name in before and before[name] != now[name]
        if not is_new and name not in asked:
            return None
        field = self.fields[name]
        theirs, hers = texts(self._stored(name)), self._sent(name)
        if hers == self._offered(field, theirs):
            return None
        by, at = self.changed_by(name)
        label = str(self[name].label)
        shown = (words(field, hers), words(field, theirs), by, at)
        if is_new and before[name] == fingerprint(name, self._with_hidden(field, hers, theirs)):
            self._take_over(name, data)
            return Difference(name, label, *shown)
        choice = "" if is_new else data.get(f"keep-{name}", "")
        return Difference(name, label, *shown, asks=True, choice=choice if choice in (MINE, THEIRS) else "")

    def _sent(self, name: str) -> list[str]:
        return texts(self.fields[name].widget.value_from_datadict(self.data, self.files, self.add_prefix(name)))

    def _offered(self, field: forms.Field, values: list[str]) -> list[str]:
        """Those of the stored `values` that she can choose: of records that are hidden from her she sends none."""
        if not isinstance(field, ModelChoiceField) or field.queryset is None or not values:
            return values
        key = field.to_field_name or "pk"
        known = {str(each) for each in field.queryset.filter(**{f"{key}__in": values}).values_list(key, flat=True)}
        return [value for value in values if value in known]

    def _with_hidden(self, field: forms.Field, sent: list[str], stored: list[str]) -> list[str]:
        offered = self._offered(field, stored)
        return sorted([*sent, *(value for value in stored if value not in offered)])

    def _take_over(self, name: str, data: Any) -> None:
        control, stored = self.add_prefix(name), self._stored(name)
        values = texts(stored)
        if isinstance(self.fields[name], forms.NullBooleanField):
            values = [{"True": "true", "False": "false"}.get(value, "unknown") for value in values or [""]]
        elif isinstance(self.fields[name], forms.BooleanField):
            values = ["on"] if values == ["True"] else []
        elif isinstance(stored, str):
            values = [stored]
        data.pop(control, None)
        if values:
            data.setlist(control, self._offered(self.fields[name], values))


class TogetherOn(Together):
    """A form about the record `about` that is no model form: two people may have it open at once."""

    shares = True
    about: models.Model

    def changed_by(self, name: str) -> tuple[str, datetime | None]:
        event = self._told().exclude(name="record.read").first()
        return (event.actor_name or "Hanze", event.at) if event else ("", None)

    @property
    def _record(self) -> models.Model:
        return self.about


def fingerprint(name: str, values: list[str]) -> str:
    """A short text that is another one for other values; it tells nobody what they are."""
    return salted_hmac("hanze.accounts.together", json.dumps([name, values])).hexdigest()[:16]


def read_opened(text: str) -> tuple[dict[str, str], set[str]] | None:
    """The fingerprints and the open questions in a hidden field; None when it holds none."""
    try:
        held = json.loads(text)
        return {str(name): str(value) for name, value in held["is"].items()}, {str(name) for name in held["ask"]}
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def texts(value: Any) -> list[str]:
    """A value as a form sends it: its texts in a fixed order, without line ends of another machine or blanks around."""
    values = value if isinstance(value, list | tuple | set | models.QuerySet) else [value]
    keys = (getattr(each, "pk", each) for each in values)
    return sorted(str(key).replace("\r\n", "\n").strip() for key in keys if key is not None and str(key).strip())


def words(field: forms.Field, values: list[str]) -> str:
    """The values as people read them; of records that are not offered nothing."""
    if isinstance(field, ModelChoiceField) and field.queryset is not None:
        key = field.to_field_name or "pk"
        try:
            known = list(field.queryset.filter(**{f"{key}__in": values}))
        except (ValueError, TypeError, OverflowError):
            return "–"
        return ", ".join(str(record) for record in known) or "–"
    if isinstance(field, forms.BooleanField):
        return {"True": _("Yes"), "False": _("No")}.get("".join(values), "–")
    if isinstance(field, forms.ChoiceField):
        choices = {str(value): str(label) for value, label in cast("Any", field.choices)}
        return ", ".join(choices.get(value, value) for value in values) or "–"
    return ", ".join(values) or "–"
