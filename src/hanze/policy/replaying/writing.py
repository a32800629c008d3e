"""A replay on disk: the results of every case as parquet, and the counts as JSON. Written whole, or not at all."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl

from hanze.policy.framework import Framework, Rule, Table, Text
from hanze.policy.replaying.cases import open_cases
from hanze.policy.replaying.causes import Cause
from hanze.policy.replaying.replay import Progress, Replay, replayed, summary
from hanze.policy.replaying.tallying import SAMPLE, Tally

RESULTS = "cases.parquet"
SUMMARY = "replay.json"


def replay_to_disk(
    old: Framework,
    new: Framework,
    cases: pl.DataFrame | pl.LazyFrame | Path | str,
    out: Path,
    *,
    seed: int = 0,
    sample: int = SAMPLE,
    progress: Progress | None = None,
) -> Replay:
    """As `replay`, but the results go to disk batch by batch, so that any number of cases fits in memory.

    `out` is a file ….parquet (the summary comes beside it, as ….json) or a folder to be made, with `cases.parquet` and
    `replay.json`. When it fails or is cancelled nothing is left behind. Raises FileExistsError when `out` is there
    already, and what `replay` raises.
    """
    results, words = _targets(out)
    opened = open_cases(cases, (old, new))
    tally = Tally(old, new, seed, sample)
    with working_folder(out) as folder:
        parts = folder / "parts"
        parts.mkdir()
        for number, part in enumerate(replayed(old, new, opened, tally, progress)):
            part.write_parquet(parts / f"{number:06}.parquet")
        pl.scan_parquet(parts / "*.parquet").sink_parquet(folder / RESULTS)
        found = summary(old, new, opened, tally, seed, None)
        (folder / SUMMARY).write_text(json.dumps(as_json(found), ensure_ascii=False, indent=2) + "\n", "utf-8")
        results.parent.mkdir(parents=True, exist_ok=True)
        os.replace(folder / SUMMARY, words)
        os.replace(folder / RESULTS, results)
    return found


def _targets(out: Path) -> tuple[Path, Path]:
    results, words = (out, out.with_suffix(".json")) if out.suffix == ".parquet" else (out / RESULTS, out / SUMMARY)
    for path in (out, results, words):
        if path.exists():
            raise FileExistsError(f"{path} is there already. Give another place, or remove it first.")
    return results, words


@contextmanager
def working_folder(out: Path) -> Generator[Path]:
    """A folder beside the place of the output, so that moving what is done takes no time; removed at the end."""
    beside = next(folder for folder in out.absolute().parents if folder.is_dir())
    folder = Path(tempfile.mkdtemp(prefix=".replay-", dir=beside))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def as_json(found: Replay) -> dict[str, Any]:
    """A replay without its results, as JSON-able data."""
    return {
        "old": _framework(found.old),
        "new": _framework(found.new),
        "cases": found.cases,
        "changed": found.changed,
        "seed": found.seed,
        "passed_over": list(found.passed_over),
        "crossings": [
            {"old": each.old, "new": each.new, "cases": each.cases, "sample": list(each.sample)}
            for each in found.crossings
        ],
        "causes": [_cause(cause) for cause in found.causes],
    }


def _framework(framework: Framework) -> dict[str, Any]:
    rules = [rule.id for _, rule in framework.rules()]
    version = framework.version.isoformat()
    return {"id": framework.id, "version": version, "content_hash": framework.content_hash, "rules": rules}


def _cause(cause: Cause) -> dict[str, Any]:
    return {"rule": cause.rule, "cases": cause.cases, "old": _side(cause.old), "new": _side(cause.new)}


def _side(side: tuple[Table, Rule] | None) -> dict[str, Any] | None:
    if side is None:
        return None
    table, rule = side
    source = {"document": rule.source.document, "section": _text(rule.source.section)}
    return {"table": table.id, "advice": rule.advice, "because": _text(rule.because), "source": source}


def _text(text: Text) -> dict[str, str]:
    return {"nl": text.nl, "en": text.en}
