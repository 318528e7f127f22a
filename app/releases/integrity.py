"""Integrity: whether the file of a release still is the one that was published, by its sha256 in the catalogue."""

import os
from pathlib import Path
from threading import Lock

from app.query.reader import Published
from app.releases.files import file_digest

Mark = tuple[int, int, int]  # inode, size and time of the last change


class Integrity:
    """What is known of the files of one folder. A file is read again only when its mark has changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, tuple[Mark | None, bool]] = {}  # by release: the mark that was read, and if it was whole
        self._lock = Lock()

    def inode(self, release: Published) -> int | None:
        """The inode of the file; None if it is not there."""
        mark = _mark(self._folder / str(release.file))
        return None if mark is None else mark[0]

    def is_damaged(self, release: Published) -> bool:
        """Whether the file was found damaged and is still the same; reads it if it has changed since."""
        known = self._known.get(release.info.id)
        return known is not None and not known[1] and not self.is_whole(release)

    def is_whole(self, release: Published) -> bool:
        """Whether the file is the one that was published; reads all of it, unless that was done at this mark."""
        path = self._folder / str(release.file)
        with self._lock:  # one reading at a time: it takes the whole disk
            mark = _mark(path)
            known = self._known.get(release.info.id)
            if known is None or known[0] != mark:
                known = self._known[release.info.id] = mark, _digest(path) == release.sha256
        return known[1]


def _mark(path: Path) -> Mark | None:
    """The mark of a file; None if it is not there or cannot be looked at."""
    try:
        stat = os.stat(path)
    except OSError:
        return None
    return stat.st_ino, stat.st_size, stat.st_mtime_ns


def _digest(path: Path) -> str | None:
    """The sha256 of a file; None if it cannot be read."""
    try:
        return file_digest(path)
    except OSError:
        return None
