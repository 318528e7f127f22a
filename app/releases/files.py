"""The files of a store: the lock, the disk, checksums and the clock of its catalogue."""

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryFile

MEBIBYTE = 2**20
LEFT_OVER = re.compile(r"\..+\.(?:sqlite|ndjson)\.\d+")  # what a killed process was writing
TIME = "%Y-%m-%dT%H:%M:%SZ"  # as a line of the catalogue has it, UTC


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of the store, so that only one process changes it at a time."""
    with (folder / ".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def try_writing(folder: Path) -> None:
    """Raise OSError if no file can be made in a folder, or where the folder itself would be made; leave nothing."""
    there = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    try:
        TemporaryFile(dir=there).close()
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(folder)) from error


def sweep(folder: Path) -> None:
    """Delete what killed processes were writing. Nobody else writes while the store is locked."""
    for path in folder.iterdir():
        if LEFT_OVER.fullmatch(path.name):
            path.unlink()


def sync(path: Path) -> None:
    """Have the system write a file, or the names in a folder, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def now() -> str:
    """Return the time as a line of the catalogue has it, UTC."""
    return datetime.now(UTC).strftime(TIME)


def file_digest(path: Path) -> str:
    """Return the sha256 of a file, in hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while block := handle.read(MEBIBYTE):
            digest.update(block)
    return digest.hexdigest()
