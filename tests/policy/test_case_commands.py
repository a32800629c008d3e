"""`hanze policy replay`, `synthesise` and `verify` from the command line: what is shown, written and refused."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from hanze.cli import main
from hanze.policy import assess, read_framework, receipt
from hanze.policy.replaying import replay
from tests.policy import sample

PATCH = 'patch: sample\nchanges:\n  - set: rules/M-dear/when/budget\n    to: "> 1500"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A framework in two versions, a patch and 3,000 cases."""
    (tmp_path / "a.yaml").write_text(sample.TEXT, "utf-8")
    (tmp_path / "b.yaml").write_text(sample.changed(('people: "> 10"', 'people: "> 3"'), ("> 1000.50", "> 5")), "utf-8")
    (tmp_path / "patch.yaml").write_text(PATCH, "utf-8")
    assert hanze("synthesise", tmp_path / "a.yaml", "-n", 3000, "--seed", 5, "-o", tmp_path / "cases.parquet") == 0
    return tmp_path


def hanze(*arguments: object) -> int:
    return main(["policy", *map(str, arguments)])


def test_two_versions_are_replayed_and_shown_as_a_table(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = hanze(
        "replay", folder / "a.yaml", folder / "b.yaml", "--cases", folder / "cases.parquet", "-o", folder / "out"
    )
    shown = capsys.readouterr().out
    found = replay(read_framework(folder / "a.yaml"), read_framework(folder / "b.yaml"), folder / "cases.parquet")
    assert code == 0
    assert f"3,000 cases; {found.changed:,} get another outcome" in shown
    assert "(nothing holds yet)" in shown
    for crossing in found.crossings:
        assert f"{crossing.cases:,}" in shown
    for cause in found.causes:
        assert f"{cause.cases:,}  {cause.rule}" in shown
    assert pl.read_parquet(folder / "out/cases.parquet").height == 3000
    assert json.loads((folder / "out/replay.json").read_text("utf-8"))["changed"] == found.changed


def test_a_what_if_is_replayed_from_csv(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pl.read_parquet(folder / "cases.parquet").cast(pl.String).write_csv(folder / "cases.csv")
    given = ("--cases", folder / "cases.csv", "--patch", folder / "patch.yaml", "-o", folder / "out.parquet")
    assert hanze("replay", folder / "a.yaml", *given) == 0
    assert "M-dear  Too dear." in capsys.readouterr().out
    assert {path.name for path in folder.glob("out*")} == {"out.parquet", "out.json"}


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("a.yaml", "--cases", "cases.parquet"), 2, "Give a second version"),
        (("a.yaml", "none.yaml", "--cases", "cases.parquet"), 1, "none.yaml:1:1: The file cannot be read"),
        (("a.yaml", "b.yaml", "--cases", "none.parquet"), 1, "There is no file"),
        (("a.yaml", "b.yaml", "--cases", "bad.csv"), 1, "people: -5 is less than 0"),
        (("a.yaml", "--cases", "cases.parquet", "--patch", "bad.yaml"), 1, "bad.yaml:3:"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    arguments: tuple[str, ...], code: int, words: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "bad.csv").write_text("people,budget\n-5,1\n", "utf-8")
    (folder / "bad.yaml").write_text("patch: sample\nchanges:\n  - remove: rules/none\n", "utf-8")
    before = {path.name for path in folder.iterdir()}
    given = [each if each.startswith("--") else folder / each for each in arguments]
    assert hanze("replay", *given, "-o", folder / "out") == code
    assert words in capsys.readouterr().err
    assert {path.name for path in folder.iterdir()} == before


def test_a_replay_that_is_interrupted_leaves_nothing_behind(folder: Path) -> None:
    hanze("synthesise", folder / "a.yaml", "-n", 8_000_000, "-o", folder / "many.parquet")
    before = {path.name for path in folder.iterdir()}
    command = [sys.executable, "-m", "hanze.cli", "policy", "replay", "a.yaml", "b.yaml", "--cases", "many.parquet"]
    running = subprocess.Popen([*command, "-o", "out"], cwd=folder, stderr=subprocess.PIPE, env=_environment())
    until = time.monotonic() + 60
    while not any(folder.glob(".replay-*/parts/*.parquet")) and time.monotonic() < until:
        time.sleep(0.005)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 1
    assert b"Cancelled; nothing was written." in said
    assert {path.name for path in folder.iterdir()} == before


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}


def test_made_up_cases_are_like_the_ones_that_are_given(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pl.DataFrame({"people": [3, 7], "colour": ["red", "red"]}).write_parquet(folder / "like.parquet")
    out = folder / "alike.parquet"
    assert hanze("synthesise", folder / "a.yaml", "-n", 50, "--like", folder / "like.parquet", "-o", out) == 0
    assert set(pl.read_parquet(out)["people"]) == {3, 7}
    assert "50 cases for sample 2024-03-01" in capsys.readouterr().out
    assert hanze("synthesise", folder / "a.yaml", "-n", 50, "--unknown", 2, "-o", folder / "more.parquet") == 1
    assert "between 0 and 1" in capsys.readouterr().err


def kept(folder: Path, **changes: Any) -> Path:
    content = receipt(assess(sample.read(), {"people": 12, "country": "AA"}))
    path = folder / "receipt.json"
    path.write_text(json.dumps({**content, **changes}), "utf-8")
    return path


def test_a_receipt_is_verified_against_the_framework_that_it_names(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "frameworks" / "sample").mkdir(parents=True)
    (folder / "a.yaml").rename(folder / "frameworks/sample/2024-03-01.yaml")
    later = sample.changed(("version: 2024-03-01", "version: 2025-03-01"))
    (folder / "frameworks/sample/2025-03-01.yaml").write_text(later, "utf-8")
    assert hanze("verify", kept(folder), "--frameworks", folder / "frameworks") == 0
    assert "In order: sample 2024-03-01 gives this advice" in capsys.readouterr().out
    facts = receipt(assess(sample.read(), {"people": 2, "country": "AA"}))["facts"]
    assert hanze("verify", kept(folder, facts=facts), "--frameworks", folder / "frameworks") == 1
    assert "a fact was changed" in capsys.readouterr().out
    assert hanze("verify", kept(folder, because=["M-dear"]), "--frameworks", folder / "frameworks") == 1
    assert "“because” is not what the framework gives" in capsys.readouterr().out
    assert hanze("verify", kept(folder), "--frameworks", folder / "b.yaml") == 1
    assert "content_hash" in capsys.readouterr().out
    named = {"id": "other", "version": "2024-03-01"}
    assert hanze("verify", kept(folder, framework=named), "--frameworks", folder / "frameworks") == 1
    assert "there is no framework other 2024-03-01" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["", "[]", "{", "1" * 5000, "[" * 100_000, '{"framework": 3}'])
def test_what_is_no_receipt_is_refused_in_plain_words(
    content: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "receipt.json"
    path.write_text(content, "utf-8")
    assert hanze("verify", path, "--frameworks", folder / "a.yaml") == 1
    said = capsys.readouterr()
    assert said.out + said.err
    assert "Traceback" not in said.out + said.err


def test_hanze_itself_starts_without_loading_what_many_cases_need() -> None:
    code = "import sys, hanze.cli\ntry: hanze.cli.main(['policy', '--help'])\nexcept SystemExit: pass\n"
    code += "sys.exit(sum(name in sys.modules for name in ('numpy', 'polars')))"
    assert subprocess.run([sys.executable, "-c", code], env=_environment(), capture_output=True).returncode == 0
