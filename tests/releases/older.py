"""Releases of the schema before, as an onrecord that had one migration less made them."""

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from app.releases.catalogue_file import CATALOGUE
from app.releases.files import file_digest
from app.releases.packing import pack_text, unpack_text

OLDER = "0003"  # which had no table of the words of a stem


def made_older(folder: Path, *labels: str) -> None:
    """Turn the files and the lines of these releases into those of the schema before; of all where none is named."""
    events = [json.loads(line) for line in (folder / CATALOGUE).read_text("utf-8").splitlines()]
    for event in events:
        if event["op"] == "publish" and (not labels or event["label"] in labels):
            event.update(_older_file(folder / event["file"]))
    text = "".join(f"{json.dumps(event, ensure_ascii=False)}\n" for event in events)
    (folder / CATALOGUE).write_text(text, "utf-8")


def _older_file(path: Path) -> dict[str, str]:
    older = path.with_name(f"{path.name[:16]}-{OLDER}.sqlite")
    path.rename(older)
    with closing(sqlite3.connect(older, isolation_level=None)) as connection:
        connection.executescript(f"DROP TABLE form; UPDATE release SET schema_version = '{OLDER}'; VACUUM")
    return {"schema_version": OLDER, "file": older.name, "sha256": file_digest(older)}


def with_input(folder: Path, changed: Mapping[str, str]) -> None:
    """Change the input that the file of the last release carries; the id follows, as if it had been built of that."""
    text = (folder / CATALOGUE).read_text("utf-8")
    event = json.loads(text.splitlines()[-1])
    digest = _rewrite(folder / event["file"], changed)
    (folder / CATALOGUE).write_text(text.replace(event["release"], digest), "utf-8")


def _rewrite(path: Path, changed: Mapping[str, str]) -> str:
    """Put texts in place of others, wherever they stand; return the sha256 of the input then."""
    digest = hashlib.sha256()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for position, lines in connection.execute("SELECT position, lines FROM entry ORDER BY position").fetchall():
            text = unpack_text(lines)
            for old, new in changed.items():
                text = text.replace(old, new)
            digest.update(text.encode())
            connection.execute("UPDATE entry SET lines = ? WHERE position = ?", (pack_text(text), position))
    return digest.hexdigest()
