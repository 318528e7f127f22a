"""The file of the catalogue: replaced in one step, and read again when it has changed."""

import logging
import os
from pathlib import Path

from app.errors import Unavailable
from app.releases.catalogue import Catalogue
from app.releases.catalogue_lines import Lines, followed, parse, read_lines
from app.releases.files import sync

CATALOGUE = "catalogue.ndjson"

Mark = tuple[int, int, int]  # inode, size and time: another content has another

log = logging.getLogger("onrecord")


class CatalogueFile:
    """The catalogue in a folder.

    Whoever serves goes on with what was known where the file is damaged; whoever writes refuses to.
    """

    def __init__(self, folder: Path) -> None:
        self._path, self._name = folder / CATALOGUE, str(folder / CATALOGUE)
        self._known: tuple[Mark | None, Catalogue] | None = None
        self._told: tuple[str, ...] = ()

    def read(self) -> Catalogue:
        """Return the catalogue as far as it can be read; raise Unavailable if nothing of it ever could."""
        try:
            stat = os.stat(self._name)
            mark = (stat.st_ino, stat.st_size, stat.st_mtime_ns)
            known = self._known
            if known is None or known[0] != mark:
                self._known = known = (mark, self._follow(read_lines(self._path.read_bytes())))
        except OSError as error:
            return self._without_file(error)
        return known[1]

    def whole(self) -> Catalogue:
        """Return the catalogue; raise StoreError if a line cannot be read, or OSError if the file cannot."""
        try:
            text = self._path.read_bytes().decode("utf-8-sig", "replace")
        except FileNotFoundError:
            return Catalogue()
        return Catalogue(parse(text))

    def write(self, catalogue: Catalogue) -> None:
        """Replace the file by one with this content: a reader sees all of it or what was there before."""
        temporary = self._path.with_name(f".{CATALOGUE}.{os.getpid()}")
        temporary.write_text(catalogue.text(), encoding="utf-8")
        sync(temporary)
        os.replace(temporary, self._path)
        sync(self._path.parent)

    def _follow(self, lines: Lines) -> Catalogue:
        before = self._known[1] if self._known else Catalogue()
        lost = len(before.events) - len(lines.events)
        faults = lines.faults or ((f"the catalogue has lost {lost} of its lines",) if lost > 0 else ())
        self._tell(faults)
        return followed(before, lines) if faults else Catalogue(lines.events)

    def _without_file(self, error: OSError) -> Catalogue:
        if self._known is not None and self._known[1].events:
            self._tell((f"the catalogue cannot be read ({error.strerror})",))
            return self._known[1]
        if isinstance(error, FileNotFoundError):
            return Catalogue()
        raise Unavailable("The catalogue of releases cannot be read at the moment.") from error

    def _tell(self, faults: tuple[str, ...]) -> None:
        """Log what is wrong once, until something else is."""
        if faults and faults != self._told:
            log.warning("%s; what was known of it stays: restore it from a copy", "; ".join(faults[:3]))
        self._told = faults
