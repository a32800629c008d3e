"""Killed at any moment, Hanze leaves a consistent database and no half file. `benchmarks/kills` does it 200 times."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from hanze.config import storage
from hanze.config.storage import WholeFileStorage
from tests import factories
from tests.backup.conftest import Place


def test_twelve_kills_during_lists_sheets_decisions_uploads_reports_and_backups(tmp_path: Path) -> None:
    done = Place(tmp_path / "killed").run("-m", "benchmarks.kills", "--kills", "12", "--seed", "7")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "everything held" in done.stdout
    assert "'sheets': 2" in done.stdout


class TestWholeFiles:
    @pytest.fixture
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WholeFileStorage:
        made = WholeFileStorage(location=tmp_path)
        monkeypatch.setattr(storage, "default_storage", made)
        return made

    def test_a_file_stands_under_its_name_only_when_it_is_whole(self, folder: WholeFileStorage) -> None:
        seen: list[list[str]] = []

        class Looking(ContentFile):
            def chunks(self, chunk_size=None):
                for part in (b"one", b"two"):
                    seen.append([path.name for path in Path(folder.location).rglob("letter*")])
                    yield part

        name = folder.save("2024/letter.txt", Looking(b"onetwo"))
        assert seen == [[], []]
        assert folder.open(name).read() == b"onetwo"
        assert [path.name for path in Path(folder.location).rglob("*") if path.is_file()] == ["letter.txt"]

    def test_a_writing_that_breaks_off_leaves_no_file_of_that_name(self, folder: WholeFileStorage) -> None:
        class Breaking(ContentFile):
            def chunks(self, chunk_size=None):
                yield b"half"
                raise OSError("the disk is full")

        with pytest.raises(OSError, match="full"):
            folder.save("letter.txt", Breaking(b""))
        assert not folder.exists("letter.txt")

    def test_two_files_of_one_name_both_stay(self, folder: WholeFileStorage) -> None:
        names = {folder.save("letter.txt", ContentFile(text)) for text in (b"one", b"two")}
        assert sorted(folder.open(name).read() for name in names) == [b"one", b"two"]

    @pytest.mark.django_db
    def test_sweeping_takes_what_no_row_names_once_it_is_old_and_nothing_else(self, folder: WholeFileStorage) -> None:
        kept = folder.save("kept.txt", ContentFile(b"kept"))
        factories.request().documents.create(title="Kept", file=kept)
        factories.request().documents.create(title="Gone", file="gone.txt")
        folder.save("orphan.txt", ContentFile(b"left"))
        assert storage.sweep() == 0
        assert storage.orphans(timedelta(0)) == ["orphan.txt"]
        assert storage.sweep(timedelta(0)) == 1
        assert folder.exists(kept)
        assert storage.missing() == ["gone.txt"]


def test_what_the_product_keeps_goes_through_it(settings) -> None:
    from hanze.config.settings import base

    assert base.STORAGES["default"]["BACKEND"].endswith("WholeFileStorage")
    assert storages.backends["default"]
