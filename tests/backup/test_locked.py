"""A locked backup says nothing to who has no key, and comes back whole with it."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from hanze.config.backup import BackupError
from hanze.config.backup.locking import key_in, locked, make_key, recipients_of, unlock
from tests.backup.conftest import Place
from tests.backup.test_backup import differences


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The file with a key, and its public key."""
    file = tmp_path_factory.mktemp("keys") / "hanze.key"
    return file, make_key(file)


@pytest.fixture(scope="module")
def locked_backup(full: Place, keys: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("locked") / "today.hanze"
    done = full.hanze("backup", str(file), "--for", keys[1])
    assert done.returncode == 0, done.stderr
    return file


def test_with_the_key_everything_comes_back(
    everything: Any, locked_backup: Path, keys: tuple[Path, str], tmp_path: Path
) -> None:
    empty = Place(tmp_path / "empty")
    done = empty.hanze("restore", str(locked_backup), "--key", str(keys[0]))
    assert done.returncode == 0, done.stderr
    assert differences(everything, empty.contents()) == []
    assert not list(empty.folder.glob(".unlocked-*")), "nothing unlocked is left behind"


def test_without_the_key_it_says_nothing_and_nothing_is_touched(locked_backup: Path, tmp_path: Path) -> None:
    content = locked_backup.read_bytes()
    assert not zipfile.is_zipfile(io.BytesIO(content))
    assert b"Harbour Works" not in content
    assert b"manifest.json" not in content
    place = Place(tmp_path / "place")
    done = place.hanze("restore", str(locked_backup))
    assert done.returncode == 1
    assert "--key" in done.stderr
    assert list(place.folder.iterdir()) == []


def test_with_another_key_it_stays_shut_in_plain_words(locked_backup: Path, tmp_path: Path) -> None:
    make_key(tmp_path / "other.key")
    place = Place(tmp_path / "place")
    done = place.hanze("restore", str(locked_backup), "--key", str(tmp_path / "other.key"))
    assert done.returncode == 1
    assert "not locked for this key" in done.stderr
    assert "Traceback" not in done.stderr
    assert [each for each in place.folder.rglob("*") if each.is_file()] == []


def small(recipients: list[str], content: bytes = b"what it holds" * 200_000) -> bytes:
    file = io.BytesIO()
    with locked(file, recipients_of(recipients)) as stream:
        stream.write(content)
    return file.getvalue()


@pytest.mark.parametrize("harm", [lambda c: c[: len(c) // 2], lambda c: c[:-1], lambda c: c[:-9] + b"x" + c[-8:]])
def test_what_was_changed_or_cut_off_is_not_opened(harm: Any, keys: tuple[Path, str], tmp_path: Path) -> None:
    file = tmp_path / "harmed"
    file.write_bytes(harm(small([keys[1]])))
    with pytest.raises(BackupError):
        unlock(file, key_in(keys[0]), tmp_path / "plain")


def test_each_of_two_keys_opens_it(keys: tuple[Path, str], tmp_path: Path) -> None:
    second = make_key(tmp_path / "second.key")
    (tmp_path / "both").write_bytes(small([keys[1], second], b"for two"))
    for number, key in enumerate((keys[0], tmp_path / "second.key")):
        unlock(tmp_path / "both", key_in(key), tmp_path / f"plain-{number}")
        assert (tmp_path / f"plain-{number}").read_bytes() == b"for two"


def test_only_its_owner_reads_a_key_and_none_is_written_over(tmp_path: Path) -> None:
    public = make_key(tmp_path / "a.key")
    assert re.fullmatch(r"age1[a-z0-9]{58}", public)
    assert (tmp_path / "a.key").stat().st_mode & 0o077 == 0
    with pytest.raises(BackupError):
        make_key(tmp_path / "a.key")


@pytest.mark.parametrize("text", ["", "age1nonsense", "AGE-SECRET-KEY-1", "a passphrase"])
def test_what_is_no_public_key_is_refused_before_anything_is_written(text: str, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="public key"):
        recipients_of([text])
    (tmp_path / "no.key").write_text(text)
    with pytest.raises(BackupError, match="holds no key"):
        key_in(tmp_path / "no.key")


def test_a_disk_that_is_full_is_said_and_not_waited_for(keys: tuple[Path, str]) -> None:
    class Full(io.BytesIO):
        def write(self, content: Any) -> int:
            raise OSError("No space left on device")

    def fill() -> None:
        with locked(Full(), recipients_of([keys[1]])) as stream:
            for _number in range(100):
                stream.write(b"x" * 100_000)

    with pytest.raises(OSError, match=r"space|pipe"):
        fill()
