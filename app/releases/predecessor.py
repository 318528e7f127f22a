"""What the releases before knew: the ids that a new edition must keep, merge or remove."""

from collections.abc import Callable, Mapping

from app.dossier.predecessor import Before, known_ids
from app.errors import Problem
from app.releases.catalogue import StoreError
from app.releases.sqlite import SqliteStore
from app.values.identity import Identity


def ids_before(store: SqliteStore, tell: Callable[[str], None]) -> Before:
    """By dossier, what the latest release that holds it knew, the current one first.

    A release that is kept no more is passed over; of the current one that cannot be read, `tell` gets the reason.
    """
    found: dict[str, Mapping[str, Identity]] = {}
    for release in sorted(store.published(), key=lambda each: not each.current):
        missing = {each["id"] for each in release.about["dossiers"]} - found.keys()
        if missing and release.withdrawn is None:
            try:
                known = known_ids(store.curated(release))
            except (StoreError, Problem) as error:
                if release.current:
                    tell(str(error))
                continue
            found |= {dossier: ids for dossier, ids in known.items() if dossier in missing}
    return found
