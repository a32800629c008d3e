"""The column of a fact, in a frame of cases, as class numbers: values that no cell tells apart share a number.

Cells on a fact compare it with the values that are written in them. So the values of a number, a date or a moment fall
into points and gaps between those values, and texts and choices into the values that are written and all others. Each
class is named by one of its values; the last class is that of the unknown. Numbers are compared exactly: as scaled
whole numbers, and floats as the decimal that is their shortest text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, Decimal, localcontext
from functools import partial
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import polars as pl

from hanze.policy.batches import each_batch
from hanze.policy.cells import Value
from hanze.policy.facts import FactError, check_value
from hanze.policy.framework import Fact
from hanze.policy.looking import ORDERED
from hanze.policy.parsing import CellError, parse_value

Codes = npt.NDArray[Any]
_EPOCH = date(1970, 1, 1)
_START = datetime(1970, 1, 1)
_MICROSECOND = timedelta(microseconds=1)
_LARGEST = 2**62
_EXACT_IN_FLOAT = 2**50
_LARGEST_STEP = 10**12
_USUAL_SCALE = 4
"""Amounts seldom have more decimals; with fewer decimals larger ones fit in 64 bits."""

_SOME_COMPARISONS = 8
"""Up to so many bounds, comparing with each of them is fastest."""

_DRAWERS = (10, 13, 16)
"""In how many bits the numbers are put in drawers, the fastest first."""


@dataclass(frozen=True, eq=False)
class Classed:
    """A column as class numbers, with a value of each class; the last value is None, the unknown."""

    codes: Codes
    values: tuple[Any, ...]


def classed(column: pl.Series | None, fact: Fact, written: Sequence[Any], rows: int) -> Classed:
    """The class of each value of a column, for cells in which these values are written.

    A column that is not there is unknown in every case. Raises FactError for a value that is not of the fact's type.
    """
    if column is None or column.dtype == pl.Null:
        return Classed(np.zeros(rows, np.uint8), (None,))
    if fact.many:
        return _by_value(column, fact)
    if column.dtype.is_integer() or isinstance(column.dtype, pl.Decimal):
        return _whole_numbers(column, fact, written)
    if column.dtype == pl.Float64 and fact.type == "number":
        return _floats(column, fact, written)
    if column.dtype == pl.Date and fact.type == "date":
        bounds = [(day - _EPOCH).days for day in written]
        return _stepped(column.to_physical(), bounds, _day)
    if isinstance(column.dtype, pl.Datetime) and fact.type == "date-time" and _is_plain(column.dtype):
        return _stepped(
            column.cast(pl.Datetime("us")).to_physical(), [_micros(each - _START) for each in written], _moment
        )
    if isinstance(column.dtype, pl.Duration) and fact.type == "duration" and column.dtype.time_unit != "ns":
        return _stepped(column.cast(pl.Duration("us")).to_physical(), [_micros(each) for each in written], _duration)
    if column.dtype == pl.Boolean and fact.type == "boolean":
        return Classed(_filled(column.cast(pl.UInt8), 2), (False, True, None))
    if fact.type in ("text", "choice") and isinstance(column.dtype, pl.String | pl.Enum | pl.Categorical):
        return _words(column, fact, written)
    return _by_value(column, fact)


def _day(number: int) -> date:
    return _EPOCH + timedelta(days=number)


def _is_plain(dtype: pl.Datetime) -> bool:
    return dtype.time_zone is None and dtype.time_unit != "ns"


def _micros(duration: timedelta) -> int:
    return duration // _MICROSECOND


def _moment(number: int) -> datetime:
    return _START + _MICROSECOND * number


def _duration(number: int) -> timedelta:
    return _MICROSECOND * number


def _shortest(number: float) -> Decimal:
    return Decimal(repr(float(number)))


def _filled(numbers: pl.Series, unknown: Any) -> Codes:
    return (numbers.fill_null(unknown) if numbers.null_count() else numbers).to_numpy()


def _words(column: pl.Series, fact: Fact, written: Sequence[str]) -> Classed:
    known = [choice.code for choice in fact.choices] if fact.type == "choice" else list(dict.fromkeys(written))
    values = (*known, None) if fact.type == "choice" else (*known, _other_than(known), None)
    numbers = {word: number for number, word in enumerate(known)}
    kind = np.min_scalar_type(len(values))
    if isinstance(column.dtype, pl.Enum):
        if tuple(column.dtype.categories) == tuple(known) and len(values) == len(known) + 1 < 255:
            return Classed(_filled(column.to_physical(), len(known)), values)
        table = [numbers.get(word, len(known)) for word in column.dtype.categories]
        codes = np.asarray([*table, len(values) - 1], kind)[_filled(column.to_physical().cast(pl.UInt32), len(table))]
    else:
        places = column.cast(pl.String).cast(pl.Enum(known), strict=False).to_physical().cast(pl.UInt32)
        codes = _filled(places, len(known)).astype(kind)
        if column.null_count():
            codes[column.is_null().to_numpy()] = len(values) - 1
    if fact.type == "choice" and column.null_count() < int((codes == len(known)).sum()):
        for word in column.unique().drop_nulls():
            check_value(fact, word)
    return Classed(codes, values)


def _other_than(known: Sequence[str]) -> str:
    other = "other"
    while other in known:
        other += "_"
    return other


def _whole_numbers(column: pl.Series, fact: Fact, written: Sequence[Decimal]) -> Classed:
    if fact.type != "number":
        raise FactError(fact.id, f"a column of {column.dtype} is not a {fact.type}")
    scale = column.dtype.scale if isinstance(column.dtype, pl.Decimal) else 0
    numbers = column.to_physical().cast(pl.Int64, strict=False)
    low, high = _extremes(numbers)
    if numbers.null_count() > column.null_count() or max(-(low or 0), high or 0) >= _LARGEST:
        return _large_numbers(column, fact, written, scale)
    if low is None or high is None:
        return Classed(np.zeros(len(column), np.uint8), (None,))
    for extreme in (low, high):
        check_value(fact, _unscaled(extreme, scale))
    if not _steps_are_allowed(_filled(numbers, 0), fact, scale):
        return _by_value(column, fact)
    with localcontext() as context:
        context.prec = 80
        scaled = [bound.scaleb(scale) for bound in written]
        starts = {int(each.to_integral_value(ROUND_CEILING)) for each in scaled}
    starts |= {int(each) + 1 for each in scaled if each == int(each)}
    within = [start for start in starts if low <= start <= high]
    return _split(numbers, sorted(within), low, high + 1, partial(_unscaled, scale=scale))


def _large_numbers(column: pl.Series, fact: Fact, written: Sequence[Decimal], scale: int) -> Classed:
    """Numbers that take more than 64 bits as they are."""
    if scale > _USUAL_SCALE:
        fewer = column.cast(pl.Decimal(38, _USUAL_SCALE))
        if (fewer.cast(column.dtype) == column).all():
            return _whole_numbers(fewer, fact, written)
    return _by_value(column, fact)


def _extremes(numbers: pl.Series) -> tuple[int, int] | tuple[None, None]:
    low: Any = numbers.min()
    high: Any = numbers.max()
    return (None, None) if low is None else (int(low), int(high))


def _unscaled(number: int, scale: int) -> Decimal:
    with localcontext() as context:
        context.prec = 80
        return Decimal(number).scaleb(-scale)


def _steps_are_allowed(numbers: Codes, fact: Fact, scale: int) -> bool:
    """Whether no number has more decimals than the fact allows; only then the extremes were all there is to check."""
    decimals: int | None = 0 if fact.whole else fact.decimals
    decimals = 10 if decimals is None else decimals
    if scale <= decimals:
        return True
    step = 10 ** (scale - decimals)
    if step > _LARGEST_STEP or int(np.abs(numbers).max()) // step >= _EXACT_IN_FLOAT:
        return bool((numbers % step == 0).all())
    wrong: list[bool] = []

    def check(rows: slice) -> None:  # dividing by way of floats is many times faster, and exact so far
        some = numbers[rows]
        if not (np.rint(some * (1.0 / step)).astype(np.int64) * step == some).all():
            wrong.append(True)

    each_batch(check, len(numbers))
    return not wrong


def _floats(column: pl.Series, fact: Fact, written: Sequence[Decimal]) -> Classed:
    numbers = column.fill_null(0.0).to_numpy()
    low: Any = column.min()
    high: Any = column.max()
    if low is None or high is None:
        return Classed(np.zeros(len(column), np.uint8), (None,))
    decimals = 0 if fact.whole else fact.decimals
    decimals = 10 if decimals is None else decimals
    largest = float(np.abs(numbers).max())
    if not largest * 10**decimals < 2**52 or not (np.round(numbers, decimals) == numbers).all():
        return _by_value(column, fact)
    for extreme in (low, high):
        check_value(fact, _shortest(extreme))
    near = {float(bound) for bound in written}
    starts = near | {float(np.nextafter(each, np.inf)) for each in near}
    within = [start for start in starts if numbers.min() <= start <= numbers.max()]
    return _split(column, sorted(within), low, float("inf"), _shortest)


def _stepped(column: pl.Series, bounds: Sequence[int], value_of: Callable[[Any], Any]) -> Classed:
    low, high = _extremes(column)
    if low is None or high is None:
        return Classed(np.zeros(len(column), np.uint8), (None,))
    starts = {start for bound in bounds for start in (bound, bound + 1) if low <= start <= high}
    return _split(column.cast(pl.Int64), sorted(starts), low, high + 1, value_of)


def _split(
    column: pl.Series, starts: Sequence[Any], lowest: Any, above: Any, value_of: Callable[[Any], Any]
) -> Classed:
    """Classes that begin at these values; one before them all, for which the lowest value stands, and one of the
    unknown, which is put above all values."""
    numbers = _filled(column, above)
    codes = np.empty(len(numbers), np.min_scalar_type(len(starts) + 1))
    place = _placing(numbers, [*starts, above], lowest)

    def split(rows: slice) -> None:
        codes[rows] = place(numbers[rows])

    each_batch(split, len(numbers))
    return Classed(codes, (value_of(lowest), *(value_of(start) for start in starts), None))


def _placing(numbers: Codes, starts: Sequence[Any], lowest: Any) -> Callable[[Codes], Codes]:
    """The fastest way to count, for each number, the starts that are not above it."""
    if len(starts) <= _SOME_COMPARISONS:
        return lambda some: sum((some >= start for start in starts), np.zeros(len(some), np.uint8))
    bounds = np.asarray(starts, numbers.dtype)
    if numbers.dtype.kind == "i":
        for bits in _DRAWERS:
            drawers = _Drawers(bounds - int(lowest), bits, int(bounds[-1]) - int(lowest))
            if drawers.is_exact:
                return lambda some, drawers=drawers: drawers.place(some - int(lowest))
    return lambda some: np.searchsorted(bounds, some, side="right")


class _Drawers:
    """Numbers from 0 to a highest by their first bits, so that a drawer has at most two bounds to compare with."""

    def __init__(self, bounds: Codes, bits: int, highest: int) -> None:
        self.shift = max(0, highest.bit_length() - bits)
        drawer = (bounds >> self.shift).astype(np.intp)
        count = (highest >> self.shift) + 1
        held = np.bincount(drawer, minlength=count)
        self.is_exact = bool(held.max() <= 2)
        self.before = (np.cumsum(held) - held).astype(np.min_scalar_type(len(bounds) + 1))
        never = np.iinfo(np.int64).max
        self.first, self.second = np.full(count, never), np.full(count, never)
        self.second[drawer] = bounds  # of two bounds in one drawer the last stays
        self.first[drawer[::-1]] = bounds[::-1]
        self.second[held < 2] = never

    def place(self, numbers: Codes) -> Codes:
        drawer = numbers >> self.shift
        places = self.before[drawer]
        places += numbers >= self.first[drawer]
        places += numbers >= self.second[drawer]
        return places


def _by_value(column: pl.Series, fact: Fact) -> Classed:
    """A class for each value that occurs: for whatever has no faster way."""
    if column.dtype == pl.Float32:
        column = column.cast(pl.String)
    if isinstance(column.dtype, pl.List | pl.Array):
        return _lists(column, fact)
    found = column.unique(maintain_order=True).drop_nulls()
    values: list[Any] = [checked(each, fact) for each in found.to_list()]
    order = sorted(range(len(values)), key=values.__getitem__) if fact.type in ORDERED else list(range(len(values)))
    numbers = pl.DataFrame({"value": found.gather(order), "number": np.arange(len(found), dtype=np.uint32)})
    joined = column.to_frame("value").join(numbers, on="value", how="left", maintain_order="left")["number"]
    codes = _filled(joined, len(found)).astype(np.min_scalar_type(len(values) + 1))
    return Classed(codes, (*(values[place] for place in order), None))


def _lists(column: pl.Series, fact: Fact) -> Classed:
    numbers: dict[Any, int] = {}
    keys = [None if each is None else tuple(each) for each in column.to_list()]
    for key in keys:
        if key is not None:
            numbers.setdefault(key, len(numbers))
    numbers[None] = len(numbers)
    codes = np.fromiter((numbers[key] for key in keys), np.uint32, len(keys))
    return Classed(codes, (*(checked(key, fact) for key in numbers if key is not None), None))


def checked(value: Any, fact: Fact) -> Value | None:
    """A value of a frame as its fact's type: texts are read as they are written in a cell, floats by their shortest
    text. Raises FactError."""
    if isinstance(value, list | tuple | pl.Series):
        items = cast(Sequence[Any], value)
        return check_value(fact, tuple(_as_written(each, fact) for each in items))
    return check_value(fact, _as_written(value, fact))


def _as_written(value: Any, fact: Fact) -> Any:
    if isinstance(value, float) and fact.type == "number":
        return _shortest(value)
    if isinstance(value, str) and fact.type not in ("text", "choice"):
        try:
            return parse_value(value, fact.type)
        except CellError as error:
            raise FactError(fact.id, f"{error.message} {error.hint}") from error
    return value
