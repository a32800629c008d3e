"""What a page shows of an import: nothing of a record that its reader may not see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Count
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.sheets.claiming import BESIDE, FILLED, REPLACED, STAYS
from hanze.sheets.kinds import KINDS
from hanze.sheets.models import Effect, Import, ImportRow

Outcome = ImportRow.Outcome
TONES = {"new": "go", "changed": "care", "same": "unknown", "duplicate": "care", "refused": "stop"}


@dataclass(frozen=True)
class Likely:
    key: int
    name: str
    url: str
    likeness: int
    chosen: bool


@dataclass(frozen=True)
class ShownRow:
    """A row as the preview shows it."""

    row: ImportRow
    kind: Any
    tone: str
    name: str
    url: str
    differences: list[dict[str, Any]]
    likely: list[Likely]


def counts(imported: Import) -> dict[str, int]:
    """How many rows there are of each outcome, in the sheets that are brought in."""
    rows = ImportRow.objects.filter(sheet__imported=imported).exclude(sheet__kind="").order_by()
    found = Counter({each["outcome"]: each["n"] for each in rows.values("outcome").annotate(n=Count("pk"))})
    return {outcome: found[outcome] for outcome in Outcome.values if outcome}


def shown_rows(rows: Iterable[ImportRow], reader: User) -> list[ShownRow]:
    """The rows of one page with the names of those records only that `reader` may see."""
    page = list(rows)
    seen = _seen(page, reader)
    numbers = {row.pk: row for row in ImportRow.objects.filter(pk__in=_other_rows(page)).select_related("sheet")}
    return [_shown(row, seen, numbers) for row in page]


def effects(imported: Import, reader: User, stayed: bool = False) -> list[dict[str, Any]]:
    """The records that an import made or changed, as far as `reader` may see them; `stayed`: what an undo left."""
    found = imported.effects.exclude(model__in=("claims.claim", "register.post", "register.relationstatus"))
    if stayed:
        found = found.exclude(stayed_because="")
    page = list(found.select_related("row__sheet")[:500])
    keys: dict[str, set[int]] = {}
    for each in page:
        keys.setdefault(each.model, set()).add(each.record)
    seen = {model: _visible(apps.get_model(model), reader).in_bulk(found) for model, found in keys.items()}
    return [_effect(each, seen[each.model].get(each.record)) for each in page]


def _effect(effect: Effect, record: Any) -> dict[str, Any]:
    return {
        "effect": effect,
        "name": str(record) if record is not None else _("A record that is not there or not yours to see"),
        "url": _address(record),
        "kind": apps.get_model(effect.model)._meta.verbose_name,
    }


def _shown(row: ImportRow, seen: dict[tuple[str, int], Any], numbers: dict[int, ImportRow]) -> ShownRow:
    kind = KINDS[row.sheet.kind]
    record = seen.get((kind.code, row.match or 0))
    may_see = row.match is None or record is not None
    likely = []
    for key, score in row.likely:
        other = seen.get((kind.code, key))
        name, url = (str(other), _address(other)) if other is not None else ("", "")
        if key < 0 and -key in numbers:
            name = _("row %(row)s of this sheet: %(name)s") % {"row": numbers[-key].number, "name": numbers[-key].label}
        if name:
            likely.append(Likely(key, name, url, score, row.match == key))
    ways = _ways()
    differences = [
        {"label": label, "stood": stood, "says": says, "words": ways[way], "goes": way == REPLACED}
        for _name, label, stood, says, way in (row.differences if may_see else ())
    ]
    return ShownRow(
        row,
        kind,
        TONES.get(row.outcome, ""),
        str(record) if record is not None else "",
        _address(record),
        differences,
        likely,
    )


def _ways() -> dict[str, str]:
    return {
        FILLED: _("is filled in"),
        BESIDE: _("is put beside it, to be decided"),
        REPLACED: _("is changed"),
        STAYS: _("stays as it is"),
    }


def _seen(page: list[ImportRow], reader: User) -> dict[tuple[str, int], Any]:
    keys: dict[str, set[int]] = {}
    for row in page:
        wanted = keys.setdefault(row.sheet.kind, set())
        wanted |= {key for key in (row.match, *(key for key, _score in row.likely)) if key and key > 0}
    return {
        (code, record.pk): record
        for code, found in keys.items()
        for record in _visible(KINDS[code].model, reader).filter(pk__in=found)
    }


def _other_rows(page: list[ImportRow]) -> set[int]:
    return {-key for row in page for key, _score in row.likely if key < 0}


def _visible(model: Any, reader: User) -> Any:
    """The records of a model that `reader` may see; a part of a case as its case."""
    if hasattr(model.objects, "visible_to"):
        return model.objects.visible_to(reader)
    for name in ("activity", "request", "person", "relation"):
        if any(field.name == name for field in model._meta.fields):
            owner = model._meta.get_field(name).related_model
            return model.objects.filter(**{f"{name}__in": owner.objects.visible_to(reader).values("pk")})
    return model.objects.none()


def _address(record: Any) -> str:
    if record is None or not hasattr(record, "get_absolute_url"):
        record = getattr(record, "activity", None)
    return record.get_absolute_url() if record is not None and hasattr(record, "get_absolute_url") else ""
