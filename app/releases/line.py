"""Adding a line to the catalogue: the one step that counts, then the changes that it makes."""

import logging
import sqlite3
from pathlib import Path

from app.releases.catalogue import Catalogue
from app.releases.catalogue_file import CatalogueFile
from app.releases.change_log import write_log

log = logging.getLogger("onrecord")


def add_line(folder: Path, catalogue: Catalogue) -> None:
    """Replace the catalogue by one with a line more, and bring the log of changes up to it.

    The catalogue comes first: a publication or withdrawal waits for no comparison, and fails with none. What is
    missing in the log is made up for by the next step.
    """
    CatalogueFile(folder).write(catalogue)
    try:
        for problem in write_log(folder, catalogue):
            log.warning("changes not listed: %s", problem)
    except (OSError, sqlite3.Error) as error:
        log.warning("changes not listed yet: %s", error)
