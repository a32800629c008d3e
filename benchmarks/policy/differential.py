"""Whether all executors weigh a million random cases, with unknown facts, in the same way.

    python -m benchmarks.policy.differential [--rows 1000000] [--seed 1] [--postgres URL]

Python's plain way (`masks.reference_row`), the mask program (`bulk`), polars, DuckDB and, when its address is given,
PostgreSQL weigh the same cases by several frameworks: those of the folder `frameworks`, the sample and the language
framework of the tests, and frameworks made at random. Prints for each pair how many cases differ, which must be 0; the
first difference is taken down to the facts that it needs. Leaves with 1 when there is any.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from itertools import combinations
from typing import Any

import polars as pl

from hanze.policy import Framework, read_frameworks
from hanze.policy import bulk as masks
from hanze.policy.executing import polars, sql
from hanze.policy.executing.operations import CannotExecuteError
from hanze.policy.masks import reference_row
from hanze.policy.synthetic import synthesise
from tests.policy import sample
from tests.policy.random_documents import PATH, framework
from tests.policy.random_language import POOL, seeded
from tests.policy.test_sql import weighed_by_postgresql

Executor = Callable[[Framework, pl.DataFrame], pl.DataFrame]
RANDOM_FRAMEWORKS = 8
BATCH = 25_000
LANGUAGE = sample.PATH.with_name("language.yaml")


def frameworks(seed: int) -> Iterator[Framework]:
    """The frameworks that there are, and some made at random that every executor can run."""
    yield from read_frameworks(sample.FRAMEWORKS)
    yield sample.read()
    yield sample.read(LANGUAGE.read_text(encoding="utf-8"))
    made = 0
    while made < RANDOM_FRAMEWORKS:
        found = framework(seeded(seed))
        seed += 1
        if found is not None and _can_be_sql(found):
            made += 1
            yield found


def _can_be_sql(made: Framework) -> bool:
    try:
        sql.framework_to_sql(made, "duckdb")
        sql.framework_to_sql(made, "postgres")
    except CannotExecuteError:
        return False
    return True


def cases_for(made: Framework, rows: int, seed: int) -> pl.DataFrame:
    """Cases from the domains of the facts; for a random framework half of them of numbers and days that are hard."""
    drawn = synthesise(made, rows, seed=seed, unknown=0.15)
    if made.path != PATH:
        return drawn
    hard = [
        pl.Series(name, [None, *map(_listed, pool * 4)], drawn.schema[name], strict=False).sample(
            rows // 2, with_replacement=True, seed=seed + place
        )
        for place, (name, pool) in enumerate(POOL.items())
    ]
    return pl.concat([drawn.head(rows - rows // 2), pl.DataFrame(hard)])


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def by_hand(made: Framework, cases: pl.DataFrame) -> pl.DataFrame:
    """Python's plain way as a bulk result."""
    words = range(max(1, -(-len(list(made.rules())) // 64)))
    rows: list[tuple[Any, ...]] = []
    for case in cases.iter_rows(named=True):
        row = reference_row(made, {name: _tupled(value) for name, value in case.items()})
        masked = ((mask >> (64 * word)) % (1 << 64) for mask in (row.fired, row.open) for word in words)
        rows.append((*masked, row.held, row.reach))
    names = [f"{state}_{word}" for state in ("fired", "open") for word in words]
    schema = {**dict.fromkeys(names, pl.UInt64), "held": pl.String, "reach": pl.UInt32}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _batch_by_hand(place: int, seed: int, cases: pl.DataFrame) -> pl.DataFrame:
    return by_hand(_frameworks(seed)[place], cases)


@lru_cache(maxsize=1)
def _frameworks(seed: int) -> list[Framework]:
    """In another process they are made once."""
    return list(frameworks(seed))


def executors(postgres: str | None) -> Mapping[str, Executor]:
    """The executors that run here, the fast ones."""
    found: dict[str, Executor] = {
        "masks": masks.assess_frame,
        "polars": polars.assess_frame,
        "duckdb": sql.assess_frame,
    }
    if postgres:
        found["postgresql"] = lambda made, cases: _in_postgresql(made, cases, postgres)
    return found


def _in_postgresql(made: Framework, cases: pl.DataFrame, address: str) -> pl.DataFrame:
    import psycopg

    with psycopg.connect(address) as connection:
        found = weighed_by_postgresql(made, cases, connection)
        connection.rollback()
    return found


def differing(one: pl.DataFrame, other: pl.DataFrame) -> list[int]:
    """The numbers of the rows that are not the same."""
    same = [pl.col(name).eq_missing(pl.col(f"{name} other")) for name in one.columns]
    together = pl.concat([one, other.rename(lambda name: f"{name} other")], how="horizontal").with_row_index("row")
    return together.filter(~pl.all_horizontal(same))["row"].to_list()


def smallest(made: Framework, case: pl.DataFrame, one: Executor, other: Executor) -> dict[str, Any]:
    """The facts of a case that are needed for two executors to differ on it."""
    needed = case
    for name in case.columns:
        without = needed.with_columns(pl.lit(None, needed.schema[name]).alias(name))
        if differing(one(made, without), other(made, without)):
            needed = without
    return {name: value for name, value in needed.row(0, named=True).items() if value is not None}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it; see the module."""
    parser = argparse.ArgumentParser(description="Whether all executors weigh random cases in the same way.")
    parser.add_argument("--rows", type=int, default=1_000_000, help="cases for each pair of executors, all frameworks")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgres", metavar="URL", help="a PostgreSQL database")
    given = parser.parse_args(arguments)
    running = {"python": by_hand, **executors(given.postgres)}
    made = list(frameworks(given.seed))
    each = -(-given.rows // len(made))
    differences: Counter[tuple[str, str]] = Counter()
    seconds: Counter[str] = Counter()
    with ProcessPoolExecutor(2) as pool:
        for place, one in enumerate(made):
            cases = cases_for(one, each, given.seed)
            batches = [cases.slice(start, BATCH) for start in range(0, each, BATCH)]
            results: dict[str, pl.DataFrame] = {}
            for name, execute in running.items():
                begun = time.perf_counter()
                if execute is by_hand:
                    numbers = ([place] * len(batches), [given.seed] * len(batches))
                    results[name] = pl.concat(pool.map(_batch_by_hand, *numbers, batches))
                else:
                    results[name] = execute(one, cases)
                seconds[name] += time.perf_counter() - begun
            for pair in combinations(running, 2):
                rows = differing(results[pair[0]], results[pair[1]])
                differences[pair] += len(rows)
                if rows:
                    case = smallest(one, cases.slice(rows[0], 1), running[pair[0]], running[pair[1]])
                    print(f"{one.id}: {pair[0]} and {pair[1]} differ on {len(rows)} cases, first on {case}")
            print(f"{one.id} ({place + 1} of {len(made)}): {each:,} cases", flush=True)
    total = each * len(made)
    for pair in combinations(running, 2):
        print(f"{pair[0]:>12} {pair[1]:>12}  {differences[pair]} differences in {total:,} cases")
    print(", ".join(f"{name} {spent:.0f} s" for name, spent in seconds.items()))
    return 1 if differences.total() else 0


if __name__ == "__main__":
    sys.exit(main())
