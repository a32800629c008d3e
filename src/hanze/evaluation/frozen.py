"""Frozen evaluations: a whole report as JSON and back, with a hash, and what has changed in the records since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, get_args

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from hanze import reporting
from hanze.evaluation.audience import Audience
from hanze.evaluation.models import Evaluation, Snapshot
from hanze.evaluation.report import build
from hanze.policy.hashing import sha256_of
from hanze.reporting import Figure, Language, Report, Row, Rows

SCHEMA = "urn:hanze:evaluation:1"
_PARTS: dict[str, type[Any]] = {
    each.__name__: each
    for each in (
        *get_args(reporting.Block),
        *(reporting.Report, reporting.Section, reporting.Column, reporting.Point, reporting.Span),
        *(reporting.FigureRef, reporting.Linked, reporting.Figure, reporting.Row, reporting.Compared),
    )
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that is not what it was: its value then and now, and the records that came and went."""

    key: str
    label: str
    then: Figure | None
    now: Figure | None
    added: tuple[Row, ...]
    removed: tuple[Row, ...]


def content_of(evaluation: Evaluation, audience: Audience) -> dict[str, Any]:
    """The report as it is now, in every language, as JSON-able data."""
    at = timezone.now()
    languages: tuple[Language, ...] = get_args(Language)
    reports = {language: _encode(build(evaluation, language, audience.reader, at=at)) for language in languages}
    return {"schema": SCHEMA, "audience": audience.value, "reports": reports}


def hash_of(content: Mapping[str, Any]) -> str:
    """The sha256 of the content in canonical JSON."""
    return sha256_of(content)


def is_intact(snapshot: Snapshot) -> bool:
    """Whether the content still has the hash under which it was kept."""
    return hash_of(snapshot.content) == snapshot.content_hash


def report_of(snapshot: Snapshot, language: Language) -> Report:
    """The report as it was frozen, with its hash and the day on it."""
    report = _decode(snapshot.content["reports"][language])
    with override(language):
        day = date_format(timezone.localtime(snapshot.frozen_at), "j F Y")
        status = _("Frozen on %(day)s") % {"day": day}
    return replace(report, fingerprint=snapshot.content_hash, status=status)


def differences(snapshot: Snapshot, language: Language) -> list[Difference]:
    """The figures that the records give another value or other rows today, for the same audience."""
    then = report_of(snapshot, language).figures
    now = build(snapshot.evaluation, language, Audience(snapshot.content["audience"]).reader).figures
    found = (_difference(key, then.get(key), now.get(key)) for key in dict.fromkeys([*then, *now]))
    return [each for each in found if each]


def _difference(key: str, then: Figure | None, now: Figure | None) -> Difference | None:
    before = {(row.type, row.id): row for row in then.rows} if then else {}
    after = {(row.type, row.id): row for row in now.rows} if now else {}
    if before.keys() == after.keys() and _value(then) == _value(now):
        return None
    added = tuple(row for name, row in after.items() if name not in before)
    removed = tuple(row for name, row in before.items() if name not in after)
    known = now or then
    return Difference(key, known.label if known else key, then, now, added, removed)


def _value(figure: Figure | None) -> object:
    """The value; a minor figure that is left out of a report counted nothing."""
    return figure.value if figure else 0


def _encode(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        parts = {each.name: _encode(getattr(value, each.name)) for each in fields(value)}
        return {"is": type(value).__name__, **parts}
    match value:
        case datetime():
            return {"is": "datetime", "value": value.isoformat()}
        case date():
            return {"is": "date", "value": value.isoformat()}
        case Decimal():
            return {"is": "decimal", "value": str(value)}
        case Mapping():
            return {"is": "mapping", "items": {key: _encode(each) for key, each in value.items()}}
        case tuple() | list() | Rows():
            return [_encode(each) for each in value]
        case _:
            return value


def _decode(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_decode(each) for each in value)
    if not isinstance(value, dict):
        return value
    match value["is"]:
        case "datetime":
            return datetime.fromisoformat(value["value"])
        case "date":
            return date.fromisoformat(value["value"])
        case "decimal":
            return Decimal(value["value"])
        case "mapping":
            return {key: _decode(each) for key, each in value["items"].items()}
        case name:
            return _PARTS[name](**{key: _decode(each) for key, each in value.items() if key != "is"})
