"""Cases in batches, from a frame or a file, with only the columns that are looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from hanze.policy.framework import Framework

BATCH = 524_288
CASE = "case"
"""The column of the results that says which case it is."""


class CasesError(ValueError):
    """Cases that cannot be read, in plain words."""


@dataclass(frozen=True, eq=False)
class Cases:
    """Where the cases are, how many there are, which column names them, and the columns that no framework looks at."""

    frame: pl.LazyFrame
    rows: int
    id: str | None
    passed_over: tuple[str, ...]
    in_memory: pl.DataFrame | None = None

    def batches(self, size: int = BATCH) -> Iterator[tuple[int, pl.DataFrame]]:
        """The cases in order, each batch with the number (from 0) of its first case. At least one, perhaps empty."""
        at = 0
        for batch in self._pieces(size) if self.rows else [self.frame.collect()]:
            yield at, batch
            at += batch.height

    def _pieces(self, size: int) -> Iterator[pl.DataFrame]:
        if self.in_memory is not None:
            yield from self.in_memory.iter_slices(size)
            return
        try:
            yield from self.frame.collect_batches(chunk_size=size, maintain_order=True)
        except pl.exceptions.PolarsError as error:
            raise _unreadable(error) from error


def open_cases(source: pl.DataFrame | pl.LazyFrame | Path | str, frameworks: tuple[Framework, ...]) -> Cases:
    """Cases for these frameworks: a frame, or a .parquet or .csv file (its first line names the columns).

    One column a fact; a column `case` or `id` that is no fact names the cases. Raises CasesError.
    """
    frame = _scan(Path(source)) if isinstance(source, str | Path) else source.lazy()
    facts = {fact.id for framework in frameworks for fact in framework.facts}
    try:
        names = frame.collect_schema().names()
        wanted = [name for name in names if name in facts]
        case_id = next((name for name in (CASE, "id") if name in names and name not in facts), None)
        chosen = frame.select([*wanted, *([case_id] if case_id else [])])
        in_memory = source.select(chosen.collect_schema().names()) if isinstance(source, pl.DataFrame) else None
        rows = source.height if isinstance(source, pl.DataFrame) else int(frame.select(pl.len()).collect().item())
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _unreadable(error) from error
    if not wanted and names:
        raise CasesError(f"The cases have no column that is a fact of the framework. A fact is: {_some(facts)}.")
    passed_over = tuple(name for name in names if name not in wanted and name != case_id)
    return Cases(chosen, rows, case_id, passed_over, in_memory)


def _scan(path: Path) -> pl.LazyFrame:
    if not path.is_file():
        raise CasesError(f"There is no file {path}.")
    if path.suffix == ".parquet":
        return pl.scan_parquet(path)
    if path.suffix == ".csv":
        return pl.scan_csv(path, infer_schema=False)
    raise CasesError(f"{path.name} is no .parquet and no .csv file. Write the cases as one of these.")


def _unreadable(error: Exception) -> CasesError:
    return CasesError(f"The cases cannot be read: {str(error).splitlines()[0] if str(error) else error!r}.")


def _some(names: set[str]) -> str:
    shown = sorted(names)
    return ", ".join(shown[:6]) + (", …" if len(shown) > 6 else "")
