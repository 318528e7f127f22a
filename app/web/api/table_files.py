"""The files of tables: made when one is first asked for, so that its length and hash are known, and kept for a while.

They follow from the release alone and are the same on every server of it. A file has no name on the disk, and goes with
the process or with the last download of it.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from tempfile import TemporaryFile
from threading import Lock
from weakref import finalize

from cachetools import LRUCache

from app.errors import Overloaded
from app.formats.tables import Table, write_table
from app.query.question import Place, ask
from app.query.reader import Reader
from app.web.api.downloads import PIECE, Pieces
from app.web.api.export import EVERYTHING

KEPT = 2**30  # bytes of files that a process keeps
LEAST = 2**22  # bytes that a file counts for at least, so that they are not too many either
WAIT = 10.0  # seconds to wait for another table that is being made


class TableFile:
    """A finished file, open as long as somebody holds it."""

    def __init__(self, descriptor: int, size: int, sha256: str) -> None:
        self._descriptor, self.size, self.sha256 = descriptor, size, sha256
        finalize(self, os.close, descriptor)

    def read(self, start: int, end: int) -> Pieces:
        """Yield the bytes from one position up to another, whoever else reads it."""
        while start < end and (piece := os.pread(self._descriptor, min(PIECE, end - start), start)):
            start += len(piece)
            yield piece


class TableFiles:
    """The files that one process keeps; one is made at a time."""

    def __init__(self, kept: int = KEPT, wait: float = WAIT) -> None:
        self._files: LRUCache[tuple[str, str, str], TableFile] = LRUCache(kept, lambda file: max(LEAST, file.size))
        self._kept, self._wait = kept, wait
        self._lock, self.making = Lock(), Lock()

    def file(self, reader: Reader, table: Table, suffix: str) -> TableFile:
        """Return the file of a table; raise Overloaded if others are made for too long."""
        key = (reader.info.id, table.name, suffix)
        return self._known(key) or self.made(key, lambda: write_table(table, suffix, documents(reader, table)))

    def _known(self, key: tuple[str, str, str]) -> TableFile | None:
        with self._lock:
            return self._files.get(key)

    def made(self, key: tuple[str, str, str], write: Callable[[], Iterable[bytes]]) -> TableFile:
        """Return a file once it is written and kept; raise Overloaded."""
        if not self.making.acquire(timeout=self._wait):
            raise Overloaded("Other tables are being made at the moment; this one is made after them.")
        try:
            if known := self._known(key):
                return known
            made = _written(write())
            with self._lock:
                if self._files.getsizeof(made) <= self._kept:
                    self._files[key] = made
            return made
        finally:
            self.making.release()


def documents(reader: Reader, table: Table) -> Iterator[bytes]:
    """Yield the documents of a table's collection, in its default order."""
    everything = ask(table.resource, {}, reader, Place(f"/{table.resource.name}"), ())
    for record in reader.export(replace(everything, limit=EVERYTHING)):
        yield record.text


def _written(pieces: Iterable[bytes]) -> TableFile:
    digest, size = hashlib.sha256(), 0
    with TemporaryFile() as file:
        for piece in pieces:
            file.write(piece)
            digest.update(piece)
            size += len(piece)
        file.flush()
        return TableFile(os.dup(file.fileno()), size, digest.hexdigest())
