"""`hanze screen`: parties in a file against lists in files, without settings and without a database."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hanze.cli import main

SAMPLES = Path(__file__).parents[1] / "samples"
PARTIES = """Land;Naam;Nr
RU;Виктор Орловский;1
CN;Malachite Trading Co., Ltd.;2
NL;Westland Tomatoes Cooperative;3
"""


@pytest.fixture
def parties(tmp_path: Path) -> Path:
    file = tmp_path / "deelnemers.csv"
    file.write_text(PARTIES, "utf-8-sig")
    return file


def screened(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main(["screen", *map(str, arguments)])
    out, err = capsys.readouterr()
    return code, out, err


def test_each_party_comes_with_its_candidates_scores_verdicts_and_reasons(parties, capsys) -> None:
    code, out, _ = screened(capsys, parties, "--list", f"eu={SAMPLES / 'eu.xml'}", "--format", "jsonl")

    man, firm, farm = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert (man["id"], man["verdict"], man["candidates"][0]["entry"]) == ("1", "hit", "EU.1.11")
    assert (firm["verdict"], firm["candidates"][0]["list"]) == ("hit", "eu")
    assert farm["verdict"] == "none"
    assert 0 < man["candidates"][0]["score"] <= 1
    assert any("Орловский" in sentence for sentence in man["candidates"][0]["explanation"])


def test_the_explanation_comes_in_dutch_too(parties, capsys) -> None:
    _, out, _ = screened(capsys, parties, "--list", f"eu={SAMPLES / 'eu.xml'}", "--language", "nl")
    assert "gelijk" in out


def test_several_lists_are_looked_at_together_and_each_says_its_edition(parties, capsys) -> None:
    lists = ("--list", f"eu={SAMPLES / 'eu.xml'}", "--list", SAMPLES / "sdn.xml")
    _, out, err = screened(capsys, parties, *lists, "--format", "jsonl")

    assert {each["list"] for each in json.loads(out.splitlines()[1])["candidates"]} == {"eu", "ofac"}
    assert "eu: 2 entries, edition 2024-03-05" in err


def test_csv_has_a_row_for_each_candidate_and_one_for_who_has_none(parties, capsys) -> None:
    _, out, _ = screened(capsys, parties, "--list", f"eu={SAMPLES / 'eu.xml'}", "--format", "csv")

    rows = list(csv.DictReader(out.splitlines()))
    assert [row["id"] for row in rows if row["candidate_verdict"] == "hit"] == ["1", "2"]
    assert rows[-1]["verdict"] == "none"


def test_a_cell_never_begins_a_formula(tmp_path, capsys) -> None:
    file = tmp_path / "parties.csv"
    file.write_text('id,name\n=1+1,"=HYPERLINK(""x"") Malachite Trading"\n', "utf-8")
    _, out, _ = screened(capsys, file, "--list", f"eu={SAMPLES / 'eu.xml'}", "--format", "csv")

    row = next(csv.DictReader(out.splitlines()))
    assert (row["id"][0], row["name"][0]) == ("'", "'")


def test_with_nothing_found_the_command_gives_zero(tmp_path, capsys) -> None:
    file = tmp_path / "parties.csv"
    file.write_text("id,name\n1,Westland Tomatoes Cooperative\n", "utf-8")
    assert screened(capsys, file, "--list", f"eu={SAMPLES / 'eu.xml'}")[0] == 0


@pytest.mark.parametrize(
    ("parties", "wrong", "message"),
    [
        ("id;naam\n1;\n", "eu.xml", "line 2"),
        ("id;naam\n1;Somebody\n", "nothing.xml", "no such file"),
        ("id;schoenmaat\n1;43\n", "eu.xml", "name or naam"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_line(tmp_path, capsys, parties, wrong, message) -> None:
    file = tmp_path / "parties.csv"
    file.write_text(parties, "utf-8")
    code, _, err = screened(capsys, file, "--list", SAMPLES / wrong)
    assert code == 2
    assert message in err


def test_it_runs_without_settings_and_loads_no_django(parties) -> None:
    script = (
        "import sys; from hanze.cli import main; code = main(sys.argv[1:]); "
        "assert not any(name.startswith('django') for name in sys.modules), 'django is loaded'; sys.exit(code)"
    )
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", script, "screen", str(parties), "--list", f"eu={SAMPLES / 'eu.xml'}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "Malachite" in done.stdout
