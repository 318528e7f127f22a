"""What a schema of any version says of its release: curated input and labels, to compare it and to build it anew."""

from collections.abc import Iterable, Iterator

from app.query.reader import Published
from app.releases.base import Database
from app.releases.canonical import proved
from app.releases.packing import unpack_text
from app.releases.reader import ENTRIES

LABELS = "SELECT id, label FROM record WHERE id"


class KeptSchema:
    """One release, read through what holds its schema."""

    def __init__(self, database: Database, release: Published) -> None:
        self._database, self._release = database, release

    def lines(self) -> Iterator[str]:
        """Yield the curated input, one canonical JSON text a record."""
        position = 1
        while (row := self._database.row(ENTRIES, (position,))) is not None:
            yield from unpack_text(row[0])[:-1].split("\n")
            position += 1

    def proved(self, id: str) -> Iterator[str]:
        """Yield the same of the release with that id; raise StoreError in the end if it is not its input."""
        damaged = f"release {self._release.info.label} is damaged: run onrecord build with its dossiers"
        return proved(self.lines(), id, damaged)

    def labels(self, ids: Iterable[str]) -> dict[str, str]:
        """Return what people call those of the ids that are live records."""
        return {id: label for id, label in self._database.of_any(LABELS, ids) if label is not None}
