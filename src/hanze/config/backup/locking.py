"""Backups that only the holder of a key can read, in the form of age (age-encryption.org/v1).

What locks is public and stands on the machine that makes the backups; the key that opens them need not be there.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import pyrage
from pyrage import x25519

from hanze.config.backup import BackupError

HEADER = b"age-encryption.org/v1"


def recipients_of(texts: Sequence[str]) -> list[x25519.Recipient]:
    """The public keys in `texts`. Raises BackupError for one that is none."""
    found: list[x25519.Recipient] = []
    for text in texts:
        try:
            found.append(x25519.Recipient.from_str(text.strip()))
        except pyrage.RecipientError as error:
            raise BackupError(
                f"{text} is no public key. It begins with age1; make one with hanze backup-key."
            ) from error
    return found


def make_key(path: Path) -> str:
    """Write a new key to `path`, which only its owner can read, and return the public key. Raises BackupError."""
    identity = x25519.Identity.generate()
    public = str(identity.to_public())
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"# public key: {public}\n{identity}\n")
    except OSError as error:
        raise BackupError(f"The key cannot be written: {error}") from error
    return public


def key_in(path: Path) -> x25519.Identity:
    """The key that `make_key`, or age-keygen, wrote. Raises BackupError."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return x25519.Identity.from_str(next(line.strip() for line in lines if line.startswith("AGE-SECRET-KEY-")))
    except (OSError, UnicodeDecodeError, StopIteration, pyrage.IdentityError) as error:
        raise BackupError(f"{path} holds no key. It is a file that hanze backup-key made.") from error


@contextmanager
def locked(file: BinaryIO, recipients: Sequence[x25519.Recipient]) -> Iterator[BinaryIO]:
    """What is written to the stream that this gives goes into `file`, locked: it is never on disk in plain.

    Without recipients it is `file` itself. Raises OSError when it cannot be written.
    """
    if not recipients:
        yield file
        return
    reading, writing = os.pipe()
    failed: list[BaseException] = []

    def lock() -> None:
        with os.fdopen(reading, "rb") as source:
            try:
                pyrage.encrypt_io(source, file, recipients)
            except BaseException as error:
                failed.append(error)

    thread = threading.Thread(target=lock)
    thread.start()
    try:
        with os.fdopen(writing, "wb") as stream:
            yield stream
    finally:
        thread.join()
    if failed:
        raise OSError(str(failed[0])) from failed[0]
    file.flush()


def is_locked(path: Path) -> bool:
    """Whether a file is a locked backup."""
    with path.open("rb") as file:
        return file.read(len(HEADER)) == HEADER


def unlock(path: Path, key: x25519.Identity, to: Path) -> None:
    """Write what the locked backup `path` holds to `to`, a new file. Raises BackupError: not for this key, damaged."""
    try:
        with (
            path.open("rb") as source,
            os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file,
        ):
            plain: Any = file
            pyrage.decrypt_io(source, plain, [key])
    except pyrage.DecryptError as error:
        raise BackupError(f"{path} cannot be opened: it is not locked for this key, or it is damaged.") from error
    except OSError as error:
        raise BackupError(f"The backup cannot be opened: {error}") from error
