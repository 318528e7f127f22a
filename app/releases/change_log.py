"""The log of changes in a folder: what each step of the catalogue changed for those who ask the current release.

It is a SQLite file beside the catalogue, named for the line that it goes up to, and never written again: the log of a
further line is a copy with more rows. It outlives the files of the releases that it compares.
"""

import os
import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.errors import Unavailable
from app.query.reader import Published
from app.releases.base import Row
from app.releases.catalogue import Catalogue, StoreError
from app.releases.files import sync
from app.releases.release_file import ReleaseFile
from app.releases.steps import CHANGE, STEP, Step, change_rows, forgetting, steps

NAME = re.compile(r"changes-(\d{6,})\.sqlite")
VERSION = 1  # of these tables
TABLES = """
CREATE TABLE step (number INTEGER PRIMARY KEY, op TEXT NOT NULL, at TEXT NOT NULL, before TEXT, after TEXT);
CREATE TABLE change (
    number INTEGER PRIMARY KEY, step INTEGER NOT NULL, op TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
    label TEXT, target TEXT, reason TEXT, correction TEXT, before TEXT, after TEXT
);
"""
INDEXES = """
CREATE INDEX IF NOT EXISTS change_of_id ON change (id);
CREATE INDEX IF NOT EXISTS change_of_target ON change (target) WHERE target IS NOT NULL;
CREATE INDEX IF NOT EXISTS change_of_kind ON change (kind, number);
CREATE INDEX IF NOT EXISTS change_of_op ON change (op, number);
"""
ADD_STEP = f"INSERT INTO step ({', '.join(STEP)}) VALUES (?, ?, ?, ?, ?)"
ADD_CHANGE = f"INSERT INTO change ({', '.join(CHANGE)}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
KEPT = 2  # files: the latest, and the one that somebody may be opening just now


@dataclass(frozen=True)
class LogFiles:
    """The log in a folder, as it was after the line `position` of the catalogue or before."""

    folder: Path
    position: int

    @property
    def version(self) -> str:
        """The number of the line that it goes up to; empty where there is none."""
        return next((str(number) for number, _ in self._files()), "")

    def rows(self, statement: str, values: Sequence[object]) -> list[Row]:
        """Return all rows of a statement; none where there is no log. Raise Unavailable if it cannot be read.

        A file that is replaced meanwhile is looked for again.
        """
        for _, path in self._files():
            try:
                connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
            except sqlite3.OperationalError:
                continue
            with closing(connection):
                try:
                    return connection.execute(statement, values).fetchall()
                except sqlite3.DatabaseError as error:
                    raise Unavailable("The list of changes cannot be read at the moment.") from error
        return []

    def _files(self) -> list[tuple[int, Path]]:
        try:
            return files(self.folder, self.position)
        except OSError:
            return []


def files(folder: Path, latest: int) -> list[tuple[int, Path]]:
    """Return the log's files in a folder that go up to the line `latest` or less far, the latest first."""
    found = [(int(match[1]), path) for path in folder.iterdir() if (match := NAME.fullmatch(path.name))]
    return sorted((pair for pair in found if pair[0] <= latest), reverse=True)


def write_log(folder: Path, catalogue: Catalogue) -> list[str]:
    """Bring the log up to the last line of the catalogue; return why a step could not be compared, a sentence each.

    Two logs of one catalogue number the changes alike, unless a file that they compare was lost.
    """
    latest = catalogue.position
    path = folder / f"changes-{latest:06d}.sqlite"
    if path.exists():
        return []
    temporary = folder / f".{path.name}.{os.getpid()}"
    done = _begin(folder, temporary, latest)
    try:
        with closing(sqlite3.connect(temporary, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = OFF")  # nobody reads the file yet, and it is synced at the end
            connection.execute("PRAGMA journal_mode = MEMORY")
            problems = _append(connection, folder, [step for step in steps(catalogue) if step.event.number > done])
            connection.executescript(INDEXES)  # after the rows of a first log: to sort them all is less work
            _forget(connection, catalogue)
        sync(temporary)
        os.replace(temporary, path)
        sync(folder)
    finally:
        temporary.unlink(missing_ok=True)
    for _, old in files(folder, latest)[KEPT:]:
        old.unlink()
    return problems


def _begin(folder: Path, temporary: Path, latest: int) -> int:
    """Write the log that there is, or an empty one; return the number of the line that it goes up to."""
    temporary.unlink(missing_ok=True)
    for number, path in files(folder, latest):
        if _is_whole(path):
            shutil.copyfile(path, temporary)
            return number
    with closing(sqlite3.connect(temporary)) as connection:
        connection.executescript(f"{TABLES} PRAGMA user_version = {VERSION};")
    return 0


def _is_whole(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            return bool(connection.execute("PRAGMA user_version").fetchone() == (VERSION,))
    except sqlite3.DatabaseError:
        return False


def _append(connection: sqlite3.Connection, folder: Path, added: Iterable[Step]) -> list[str]:
    """Add the rows of steps; return why one could not be compared."""
    problems = list[str]()
    for step in added:
        connection.execute("BEGIN")
        try:
            connection.execute(ADD_STEP, step.row)
            connection.executemany(ADD_CHANGE, _rows(folder, step))
        except StoreError as error:
            connection.execute("ROLLBACK")
            problems.append(str(error))
            continue
        connection.execute("COMMIT")
    return problems


def _rows(folder: Path, step: Step) -> Iterator[Row]:
    """Yield a row for each difference that a step made."""
    return change_rows(step, *(_file(folder, side) for side in (step.before, step.after)))


def _file(folder: Path, release: Published | None) -> ReleaseFile | None:
    return ReleaseFile(folder / str(release.file)) if release else None


def _forget(connection: sqlite3.Connection, catalogue: Catalogue) -> None:
    """Take the words of withdrawn releases out of the log."""
    connection.execute("PRAGMA secure_delete = ON")  # the words are overwritten, not only unlinked
    for statement, values in forgetting(catalogue):
        connection.execute(statement, values)
