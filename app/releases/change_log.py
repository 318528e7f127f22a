"""The log of changes: what each step of the catalogue changed for those who ask the current release.

It is a SQLite file beside the catalogue, named for the line that it goes up to, and never written again: the log of a
further line is a copy with more rows. It outlives the files of the releases that it compares.
"""

import os
import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import orjson

from app.query.reader import Published
from app.releases.catalogue import Catalogue, Event, StoreError
from app.releases.comparison import Difference, differences
from app.releases.files import sync
from app.releases.release_file import ReleaseFile

NAME = re.compile(r"changes-(\d{6,})\.sqlite")
VERSION = 1  # of these tables
TABLES = """
CREATE TABLE step (number INTEGER PRIMARY KEY, op TEXT NOT NULL, at TEXT NOT NULL, before TEXT, after TEXT);
CREATE TABLE change (
    number INTEGER PRIMARY KEY, step INTEGER NOT NULL, op TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
    label TEXT, target TEXT, reason TEXT, correction TEXT, before TEXT, after TEXT
);
CREATE INDEX change_of_id ON change (id);
CREATE INDEX change_of_target ON change (target) WHERE target IS NOT NULL;
CREATE INDEX change_of_kind ON change (kind, number);
CREATE INDEX change_of_op ON change (op, number);
"""
ADD_STEP = "INSERT INTO step (number, op, at, before, after) VALUES (?, ?, ?, ?, ?)"
ADD_CHANGE = (
    "INSERT INTO change (step, op, kind, id, label, target, reason, correction, before, after) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
# What a withdrawn release said is kept nowhere.
FORGET_VALUES = """
UPDATE change SET before = NULL, after = NULL, correction = NULL
WHERE step IN (SELECT number FROM step WHERE before = :release OR after = :release)
"""
FORGET_LABELS = """
UPDATE change SET label = NULL WHERE op IN ({ops}) AND step IN (SELECT number FROM step WHERE {side} = :release)
"""
SOME = 500  # differences whose labels are looked up at once
KEPT = 2  # files: the latest, and the one that somebody may be opening just now
Row = tuple[object, ...]


@dataclass(frozen=True)
class Step:
    """A line of the catalogue after which another release is current, or none."""

    event: Event
    before: Published | None
    after: Published | None


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
            _forget(connection, catalogue)
        sync(temporary)
        os.replace(temporary, path)
        sync(folder)
    finally:
        temporary.unlink(missing_ok=True)
    for _, old in files(folder, latest)[KEPT:]:
        old.unlink()
    return problems


def steps(catalogue: Catalogue) -> Iterator[Step]:
    """Yield the steps of a catalogue, in order."""
    releases: Mapping[str, Published] = catalogue.releases
    before: str | None = None
    for event, after in zip(catalogue.events, catalogue.currents, strict=True):
        if after != before:
            yield Step(event, *(None if id is None else releases[id] for id in (before, after)))
        before = after


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
        ids = (side.info.id if side else None for side in (step.before, step.after))
        connection.execute("BEGIN")
        try:
            connection.execute(ADD_STEP, (step.event.number, step.event.op, step.event.at, *ids))
            connection.executemany(ADD_CHANGE, _rows(folder, step))
        except StoreError as error:
            connection.execute("ROLLBACK")
            problems.append(str(error))
            continue
        connection.execute("COMMIT")
    return problems


def _rows(folder: Path, step: Step) -> Iterator[Row]:
    """Yield a row for each difference that a step made."""
    before, after = (ReleaseFile(folder / str(side.file)) if side else None for side in (step.before, step.after))
    found = differences(before.lines() if before else (), after.lines() if after else ())
    corrections = _corrections(step) if step.event.op == "publish" else {}
    why = step.event.members.get("reason") if step.event.op == "withdraw" else None
    for some in _batched(found):
        labels = _labels(some, before, after)
        for one in some:
            made = (step.event.number, one.op, one.kind, one.id, labels.get(one.id), one.target, one.reason or why)
            yield (*made, corrections.get(one.dossier), _json(one.before), _json(one.after))


def _batched(found: Iterator[Difference]) -> Iterator[list[Difference]]:
    while some := list(islice(found, SOME)):
        yield some


def _labels(some: Iterable[Difference], before: ReleaseFile | None, after: ReleaseFile | None) -> dict[str, str]:
    """Return what people call the records: now, or if they are gone what they called them before."""
    gone = [one.id for one in some if one.op in ("removed", "merged")]
    there = [one.id for one in some if one.op not in ("removed", "merged")]
    was = before.labels(gone) if before and gone else {}
    return was | (after.labels(there) if after and there else {})


def _corrections(step: Step) -> dict[str, str]:
    """Return by dossier what its edition corrects, where it is another edition than before."""
    was = _editions(step.before)
    return {
        dossier: edition["correction"]
        for dossier, edition in _editions(step.after).items()
        if edition.get("correction") and edition["label"] != was.get(dossier, {}).get("label")
    }


def _editions(release: Published | None) -> dict[str, dict[str, str]]:
    return {} if release is None else {known["id"]: known["edition"] for known in release.about["dossiers"]}


def _json(members: Mapping[str, object]) -> str | None:
    return orjson.dumps(members).decode() if members else None


def _forget(connection: sqlite3.Connection, catalogue: Catalogue) -> None:
    """Take the words of withdrawn releases out of the log."""
    sides = (("after", "'created', 'updated'"), ("before", "'removed', 'merged'"))
    statements = (FORGET_VALUES, *(FORGET_LABELS.format(side=side, ops=ops) for side, ops in sides))
    connection.execute("PRAGMA secure_delete = ON")  # the words are overwritten, not only unlinked
    for release, known in catalogue.releases.items():
        for statement in statements if known.withdrawn is not None else ():
            connection.execute(statement, {"release": release})
