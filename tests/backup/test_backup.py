"""A backup holds everything, comes back into an empty place on either database, and is refused when it is not whole."""

from __future__ import annotations

import json
import shutil
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.backup.conftest import Place


def differences(one: Any, other: Any) -> list[str]:
    """The tables and files that are not the same; row by row, in the order of the keys."""
    found = [name for part in ("tables", "files") for name in one[part].keys() | other[part].keys()
             if one[part].get(name) != other[part].get(name)]  # fmt: skip
    return sorted(found)


def rewritten(backup: Path, to: Path, **changes: Any) -> Path:
    """A copy of the backup whose manifest says something else."""
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(to, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "manifest.json":
                content = json.dumps({**json.loads(content), **changes}).encode()
            new.writestr(name, content)
    return to


def test_every_row_and_file_comes_back_into_an_empty_place(everything: Any, backup: Path, tmp_path: Path) -> None:
    empty = Place(tmp_path / "empty")
    done = empty.hanze("restore", str(backup))
    assert done.returncode == 0, done.stderr
    assert differences(everything, empty.contents()) == []
    assert len(everything["files"]) == 3
    assert len(everything["tables"]["audit.event"]) > 3
    database = sqlite3.connect(empty.folder / "hanze.sqlite3")
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with pytest.raises(sqlite3.DatabaseError):
        database.execute("DELETE FROM audit_event")
    highest = database.execute("SELECT max(id) FROM audit_event").fetchone()[0]
    assert database.execute("SELECT seq FROM sqlite_sequence WHERE name = 'audit_event'").fetchone()[0] == highest


def test_a_place_with_data_is_left_alone_unless_told(
    full: Place, everything: Any, backup: Path, tmp_path: Path
) -> None:
    other = Place(tmp_path / "other")
    shutil.copytree(full.folder, other.folder)
    with sqlite3.connect(other.folder / "hanze.sqlite3") as database:
        database.execute("UPDATE register_organisation SET name = 'Only here' WHERE name = 'Harbour Works'")
    refused = other.hanze("restore", str(backup))
    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    assert _named_only_here(other.folder / "hanze.sqlite3") == 1
    assert other.hanze("restore", str(backup), "--replace").returncode == 0
    assert differences(everything, other.contents()) == []
    [aside] = (each for each in other.folder.glob("hanze.sqlite3.before-*") if each.name[-4:] not in ("-wal", "-shm"))
    assert _named_only_here(aside) == 1


def _named_only_here(file: Path) -> int:
    found = sqlite3.connect(file).execute("SELECT count(*) FROM register_organisation WHERE name = 'Only here'")
    return found.fetchone()[0]


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _flipped(content: bytes) -> bytes:
    middle = len(content) // 3
    return content[:middle] + bytes([content[middle] ^ 0xFF]) + content[middle + 1 :]


@pytest.mark.parametrize("harm", [_cut, _flipped, lambda content: b"", lambda content: b"no zip"])
def test_a_damaged_file_is_refused_in_plain_words_and_nothing_is_touched(
    harm: Any, backup: Path, tmp_path: Path
) -> None:
    harmed = tmp_path / "harmed.hanze"
    harmed.write_bytes(harm(backup.read_bytes()))
    place = Place(tmp_path / "place")
    done = place.hanze("restore", str(harmed))
    assert done.returncode == 1
    assert "damaged" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(place.folder.iterdir()) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"format": 99}, "newer Hanze"),
        ({"migrations": [["register", "9999_from_the_future"]]}, "newer Hanze"),
        ({"entries": {}}, "damaged"),
    ],
    ids=["format", "migration", "entries"],
)
def test_a_newer_or_odd_backup_is_refused(changes: Any, words: str, backup: Path, tmp_path: Path) -> None:
    place = Place(tmp_path / "place")
    done = place.hanze("restore", str(rewritten(backup, tmp_path / "newer.hanze", **changes)))
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_name_that_leads_out_of_the_folder_is_refused(backup: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(backup) as old:
        entries = json.loads(old.read("manifest.json"))["entries"]
    evil = rewritten(backup, tmp_path / "evil.hanze", entries=entries | {"files/../../out": {"sha256": "", "size": 1}})
    with zipfile.ZipFile(evil, "a") as file:
        file.writestr("files/../../out", "x")
    done = Place(tmp_path / "place").hanze("restore", str(evil))
    assert done.returncode == 1
    assert not (tmp_path / "out").exists()


def test_a_backup_does_not_write_over_another_and_leaves_no_half_file(full: Place, backup: Path) -> None:
    content = backup.read_bytes()
    done = full.hanze("backup", str(backup))
    assert (done.returncode, backup.read_bytes() == content) == (1, True)
    assert "exists already" in done.stderr
    missing = full.hanze("backup", str(backup.parent / "no-such-folder" / "x.hanze"))
    assert missing.returncode == 1
    assert "Traceback" not in missing.stderr
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]


def test_only_its_owner_can_read_a_backup(backup: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0


def test_from_sqlite_to_postgresql_and_back_nothing_changes(
    everything: Any, backup: Path, postgresql: list[str], tmp_path: Path
) -> None:
    there = Place(tmp_path / "there", postgresql[0])
    assert there.hanze("restore", str(backup)).returncode == 0
    assert differences(everything, there.contents()) == []
    second = tmp_path / "second.hanze"
    assert there.hanze("backup", str(second)).returncode == 0
    back = Place(tmp_path / "back")
    done = back.hanze("restore", str(second))
    assert done.returncode == 0, done.stderr
    assert differences(everything, back.contents()) == []
    assert there.hanze("restore", str(second)).returncode == 1
    assert there.hanze("restore", str(second), "--replace").returncode == 0
    assert differences(everything, there.contents()) == []
