"""What becomes of a value that differs from what stands: filled in, put beside it as a claim, put in its place, or
left."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from hanze.claims.facts import sheet_of
from hanze.claims.models import Claim, SourceKind
from hanze.claims.operations import Source, propose, source_of
from hanze.sheets.kinds import Kind, Making
from hanze.sheets.kinds.base import is_empty
from hanze.sheets.models import Import

FILLED, BESIDE, REPLACED, STAYS = "filled", "beside", "replaced", "stays"
COMPANIONS = {"since": "since_precision", "starts_on": "date_precision", "ends_on": "date_precision"}
"""What goes along with a date: how precisely it is known."""


def source(imported: Import, place: str = "") -> Source:
    return Source(SourceKind.DOCUMENT, imported.source, place, imported.file_date)


def fields_of(kind: Kind, record: Any, name: str) -> tuple[str, ...]:
    """The fields of a record that together are the fact `name`."""
    fact = sheet_of(record).facts.get(name) if kind.claims else None
    return fact.fields if fact is not None else ()


def way(kind: Kind, record: Any, name: str, stood: Any, imported: Import) -> str:
    """What becomes of a value of the field `name` that differs from what stood."""
    settled = kind.is_settled(record)
    if is_empty(stood) or name in ("identifiers", "post"):
        return STAYS if settled else FILLED
    if settled:
        return BESIDE if kind.claims and name in sheet_of(record).facts else STAYS
    if imported.differing == Import.Differing.OVERWRITE:
        return REPLACED
    if not kind.claims or name not in sheet_of(record).facts:
        return STAYS
    return REPLACED if source(imported).is_same(source_of(record, name)) else BESIDE


def say(kind: Kind, record: Any, fields: dict[str, Any], making: Making, imported: Import) -> list[Claim]:
    """Bring `fields` to a record that sources can disagree about; the claims that were made of it."""
    corrects = ""
    if imported.differing == Import.Differing.OVERWRITE and not kind.is_settled(record):
        corrects = _("Corrected from %(source)s") % {"source": imported.source}
    ours = Claim.objects.filter(origin_type=ContentType.objects.get_for_model(Import), origin_id=imported.pk)
    last = ours.order_by("pk").values_list("pk", flat=True).last() or 0
    propose(record, fields, source(imported, making.place), making.by, corrects=corrects, origin=imported)
    return list(ours.filter(pk__gt=last).order_by("pk"))
