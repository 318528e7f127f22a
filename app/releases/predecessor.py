"""The ids of earlier releases, each of which a new edition must keep, merge or remove."""

from collections.abc import Callable, Mapping

from app.dossier.predecessor import Before, known_ids
from app.releases.catalogue import StoreError
from app.releases.sqlite import SqliteStore
from app.values.identity import Identity


def ids_before(store: SqliteStore, warn: Callable[[str], None]) -> Before:
    """Return by dossier the ids in the current release, or else in the latest release that has the dossier.

    A release that cannot be read is skipped; if it is the current one, `warn` is called with the reason.
    """
    before: dict[str, Mapping[str, Identity]] = {}
    for release in sorted(store.published(), key=lambda release: not release.current):
        missing = {dossier["id"] for dossier in release.about["dossiers"]} - before.keys()
        if missing and release.withdrawn is None:
            try:
                known = known_ids(store.curated(release))
            except StoreError as error:
                if release.current:
                    warn(str(error))
                continue
            before |= {dossier: ids for dossier, ids in known.items() if dossier in missing}
    return before
