"""The ids of earlier releases, each of which a new edition must keep, merge or remove."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

from app.dossier.predecessor import Before, known_ids
from app.query.reader import Published
from app.releases.catalogue import StoreError
from app.values.identity import Identity


class Kept(Protocol):
    """A store, as far as the input of its releases can be read."""

    def published(self) -> Sequence[Published]:
        """Return the releases, latest first."""

    def curated(self, release: Published) -> Iterator[str]:
        """Yield the curated input of a release, one canonical JSON text a record; raise StoreError."""


def ids_before(store: Kept, warn: Callable[[str], None]) -> Before:
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
