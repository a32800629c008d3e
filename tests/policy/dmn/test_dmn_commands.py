"""`hanze policy dmn export` and `import`."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanze.cli import main
from hanze.policy import read_framework
from tests.policy import sample

LANGUAGE = sample.PATH.with_name("language.yaml")


def test_an_export_and_its_import_are_the_same_framework(tmp_path: Path) -> None:
    model, back = tmp_path / "language.dmn", tmp_path / "back.yaml"
    assert main(["policy", "dmn", "export", str(LANGUAGE), "-o", str(model)]) == 0
    assert main(["policy", "dmn", "import", str(model), "-o", str(back)]) == 0
    assert read_framework(back).content_hash == read_framework(LANGUAGE).content_hash


def test_without_a_file_it_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "dmn", "export", str(LANGUAGE)]) == 0
    assert capsys.readouterr().out.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<definitions ')


def test_a_changed_table_is_refused_and_nothing_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model, back = tmp_path / "language.dmn", tmp_path / "back.yaml"
    assert main(["policy", "dmn", "export", str(LANGUAGE), "-o", str(model)]) == 0
    model.write_text(model.read_text(encoding="utf-8").replace("<text>&gt;= 3</text>", "<text>&gt;= 4</text>"), "utf-8")
    assert main(["policy", "dmn", "import", str(model), "-o", str(back)]) == 1
    said = capsys.readouterr().err
    assert f"{model}:" in said
    assert "“>= 4”" in said
    assert not back.exists()


@pytest.mark.parametrize("content", [b"", b"<a/>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"\xff\xfe"])
def test_what_is_no_export_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    model = tmp_path / "other.dmn"
    model.write_bytes(content)
    assert main(["policy", "dmn", "import", str(model)]) == 1
    assert f"{model}:1:" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "dmn", "export", str(tmp_path / "none.yaml")]) == 1
    assert main(["policy", "dmn", "import", str(tmp_path / "none.dmn")]) == 1
    assert "none.dmn" in capsys.readouterr().err
