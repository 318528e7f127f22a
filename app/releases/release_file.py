"""The file of a release, read by itself: its curated input and labels, also of an older schema or a withdrawn one."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from app.releases.canonical import proved
from app.releases.catalogue import StoreError
from app.releases.packing import unpack_text

MANY = 500  # most values of one IN


class ReleaseFile:
    """One file. Every method that reads raises StoreError if the file is missing or damaged."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def packed(self) -> Iterator[bytes]:
        """Yield the curated input as the table `entry` has it: some hundred lines at once, compressed."""
        with self._opened() as connection:
            for (lines,) in connection.execute("SELECT lines FROM entry ORDER BY position"):
                yield lines

    def lines(self) -> Iterator[str]:
        """Yield the curated input, one canonical JSON text a record."""
        for packed in self.packed():
            yield from unpack_text(packed)[:-1].split("\n")

    def proved(self, id: str) -> Iterator[str]:
        """Yield the same of the release with that id; raise StoreError in the end if it is not its input."""
        return proved(self.lines(), id, f"release file {self._path} is damaged: copy it back")

    def labels(self, ids: Iterable[str]) -> dict[str, str]:
        """Return what people call those of the ids that are live records."""
        wanted, found = list(ids), dict[str, str]()
        with self._opened() as connection:
            for start in range(0, len(wanted), MANY):
                some = wanted[start : start + MANY]
                marks = ", ".join("?" * len(some))
                found |= dict(connection.execute(f"SELECT id, label FROM record WHERE id IN ({marks})", some))
        return {id: label for id, label in found.items() if label is not None}

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as opened:
                yield opened
        except (sqlite3.DatabaseError, ValueError) as error:
            raise StoreError(f"release file {self._path} cannot be read: copy it back") from error
