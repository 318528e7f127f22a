"""The vocabularies as one release has them: read from the end of its curated input, where the terms stand."""

from collections.abc import Iterator

import orjson

from app.dossier.kept import kept_vocabularies
from app.dossier.layout import TERM
from app.releases.base import Database
from app.releases.packing import unpack_text
from app.vocabularies import Vocabularies

BEFORE = "SELECT position, lines FROM entry WHERE position < ? ORDER BY position DESC LIMIT 1"
BEHIND_ALL = 2**31 - 1  # a position that no row has


def vocabularies_of(database: Database) -> Vocabularies:
    """Return the vocabularies with the terms that a release carries."""
    return kept_vocabularies(_last_lines(database))


def _last_lines(database: Database) -> Iterator[str]:
    """Yield lines that hold all terms, in no order; the input is ordered by kind, and theirs are the last kinds."""
    position, kind = BEHIND_ALL, TERM
    while kind >= TERM and (row := database.row(BEFORE, (position,))) is not None:
        position, lines = row[0], unpack_text(row[1])[:-1].split("\n")
        yield from lines
        kind = orjson.loads(lines[0])["kind"]
