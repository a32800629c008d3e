"""The rows of a list become farms, parcels, areas, or offers and needs: all of them, or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from hanze.accounts.models import User
from hanze.areas.models import Area, Conclusion, Farm, Good, Parcel, PlaceList
from hanze.areas.operations.receiving import check_columns, opened, read, refuse
from hanze.audit.log import record
from hanze.clusters.problems import InputError, Problem
from hanze.register.documents import on_disk

if TYPE_CHECKING:
    from hanze.clusters import importing
    from hanze.clusters.importing import Source

    Row = importing.Farm | importing.Parcel | importing.Area | importing.Good

State, Kind = PlaceList.State, PlaceList.Kind
BATCH = 500
LONGEST_NUMBER = 200
HAS_PARCELS = "the farm {} has parcels and is not in this list."
HAS_GOODS = "the farm {} has offers or needs and is not in this list."
HAS_PARTIES = "the farm {} is a party of the initiative and is not in this list."
HAS_INDICATORS = "the area {} has indicators and is not in this list."


@transaction.atomic
def start_bringing_in(handed: PlaceList, *, by: User | None) -> PlaceList:
    """Mark the list as being brought in; `bring_in` does it. Raises PermissionDenied, ValidationError."""
    opened(handed, by)
    check_columns(handed)
    handed.state, handed.share, handed.problems = State.BRINGING_IN, 0, []
    handed.save()
    return handed


def bring_in(handed: PlaceList) -> PlaceList:
    """Bring in every row in place of the former list of that kind, or refuse the list with every problem of its rows.

    What has the same number is changed, what is no longer in the list goes. Does nothing when that was done before.
    """
    if handed.state != State.BRINGING_IN:
        return handed
    try:
        with on_disk(handed.file, handed.file_name) as path:
            source = read(path, handed)
        _tell(handed, 0.3)
        rows = _rows(handed, source)
        _check_numbers(handed, rows)
        _tell(handed, 0.6)
        return _write(handed, rows)
    except InputError as error:
        handed.refresh_from_db()
        return refuse(handed, error)


def _tell(handed: PlaceList, share: float) -> None:
    PlaceList.objects.filter(pk=handed.pk).update(share=share)


def _rows(handed: PlaceList, source: Source) -> Sequence[Row]:
    from hanze.clusters import importing  # only the worker loads what reads maps

    if handed.kind == Kind.FARMS:
        return importing.read_farms(source, handed.mapping, crs=handed.crs or importing.GRID)
    if handed.kind == Kind.AREAS:
        return importing.read_areas(source, handed.mapping)
    if handed.kind == Kind.GOODS:
        return importing.read_goods(source, handed.mapping, handed.initiative.farms.values_list("code", flat=True))
    farms = handed.initiative.farms.values_list("code", "x", "y")
    known = [importing.Farm(code, x, y) for code, x, y in farms.iterator()]
    return importing.read_parcels(source, handed.mapping, known, value_per_hectare=handed.value_per_hectare)


@transaction.atomic
def _write(handed: PlaceList, rows: Sequence[Row]) -> PlaceList:
    if PlaceList.objects.select_for_update().get(pk=handed.pk).state != State.BRINGING_IN:
        return handed
    _check_gone(handed, rows)
    if handed.kind == Kind.FARMS:
        _replace(handed, Farm, (_farm(handed, each) for each in cast("Sequence[importing.Farm]", rows)))
    elif handed.kind == Kind.AREAS:
        _replace(handed, Area, (_area(handed, each) for each in cast("Sequence[importing.Area]", rows)))
    else:
        owners = dict(handed.initiative.farms.values_list("code", "pk"))
        if handed.kind == Kind.GOODS:
            _replace(handed, Good, (_good(handed, each, owners) for each in cast("Sequence[importing.Good]", rows)))
        else:
            _replace(
                handed, Parcel, (_parcel(handed, each, owners) for each in cast("Sequence[importing.Parcel]", rows))
            )
    handed.state, handed.share, handed.done_at, handed.problems = State.DONE, 1, timezone.now(), []
    handed.save()
    record("places.done", by=handed.by, subject=handed, case=handed.initiative, rows=len(rows), sha256=handed.sha256)
    return handed


def _check_numbers(handed: PlaceList, rows: Sequence[Row]) -> None:
    long = [at for at, row in enumerate(rows) if len(row.id) > LONGEST_NUMBER]
    if long:
        column = handed.mapping["id"]
        raise InputError(
            Problem(f"the number is longer than {LONGEST_NUMBER} signs.", at + 1, "", column) for at in long
        )


def _check_gone(handed: PlaceList, rows: Sequence[Row]) -> None:
    """Refuse a list that leaves out a farm that has parcels or goods, or an area of which something is known."""
    initiative, here = handed.initiative, {row.id for row in rows}
    leaning: list[tuple[str, QuerySet[Any, Any]]] = []
    if handed.kind == Kind.FARMS:
        for said, things in _on_farms(handed):
            leaning.append((said, things.order_by("farm__code").values_list("farm__code", flat=True).distinct()))
    elif handed.kind == Kind.AREAS:
        concluded = Conclusion.objects.filter(initiative=initiative).values("area")
        brought = initiative.areas.filter(came_from__isnull=False)
        known = brought.filter(Q(indicators__isnull=False) | Q(pk__in=concluded))
        leaning.append((HAS_INDICATORS, known.order_by("code").values_list("code", flat=True).distinct()))
    gone = [Problem(said.format(code)) for said, codes in leaning for code in codes if code not in here]
    if gone:
        raise InputError(gone)


def _on_farms(handed: PlaceList) -> tuple[tuple[str, QuerySet[Any, Any]], ...]:
    """What would be lost with a farm, and how that is said."""
    initiative = handed.initiative
    parties = initiative.parties.filter(farm__isnull=False)
    return (HAS_PARCELS, initiative.parcels.all()), (HAS_GOODS, initiative.goods.all()), (HAS_PARTIES, parties)


def _replace(handed: PlaceList, model: type[Any], made: Iterable[Any]) -> None:
    fixed = {"id", "initiative", "code"}
    fields = [field.name for field in model._meta.concrete_fields if field.name not in fixed]
    model.objects.bulk_create(
        made, batch_size=BATCH, update_conflicts=True, unique_fields=["initiative", "code"], update_fields=fields
    )
    former = model.objects.filter(initiative=handed.initiative, came_from__isnull=False)
    former.exclude(came_from=handed).delete()  # what was named by hand stays


def _farm(handed: PlaceList, row: importing.Farm) -> Farm:
    return Farm(
        **_place(handed, row),
        name=row.name[:250],
        sector=row.sector[:200],
        organic=row.organic,
        takes_part=row.takes_part,
        x=row.x,
        y=row.y,
    )


def _parcel(handed: PlaceList, row: importing.Parcel, owners: Mapping[str, int]) -> Parcel:
    shape = row.shape.wkb
    place = _place(handed, row)
    return Parcel(**place, farm_id=owners[row.farm], shape=shape, area=row.area, value=row.value, organic=row.organic)


def _area(handed: PlaceList, row: importing.Area) -> Area:
    return Area(**_place(handed, row), name=row.name[:250], shape=row.shape.wkb)


def _good(handed: PlaceList, row: importing.Good, owners: Mapping[str, int]) -> Good:
    said = ("side", "amount", "price", "lowest", "highest", "season")
    values = {name: getattr(row, name) for name in said}
    return Good(**_place(handed, row), **values, farm_id=owners[row.farm], product=row.product[:100])


def _place(handed: PlaceList, row: Row) -> dict[str, Any]:
    more = {name: _plain(value) for name, value in row.more.items() if value is not None}
    return {"initiative": handed.initiative, "came_from": handed, "code": row.id, "more": more}


def _plain(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool) else str(value)
