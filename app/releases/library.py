"""What both stores answer from the catalogue alone: which release a name means, and what was published."""

import logging
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence

from app.query.changes import ChangePage, ChangeQuestion
from app.query.reader import Published
from app.releases.base import KeptRelease
from app.releases.catalogue import Catalogue
from app.releases.reader import SqlReader
from app.releases.stored_changes import StoredChanges

OPEN = 8  # most releases that are open beside the current one: each has connections, and indexes in memory

log = logging.getLogger("onrecord")


def keep_few(
    release: Published, opened: dict[str, SqlReader], used: Mapping[str, float], current: Published | None
) -> None:
    """Log that a release, opened last, takes the place of another current one, and let go of the oldest.

    Those that were asked for longest ago go, beyond `OPEN` and the current one; who reads one goes on. `used` is when
    each was asked for last.
    """
    old = [id for id in opened if current is None or id != current.info.id]
    if old and release.info.id not in old:
        log.info("now serves edition %s, release %s", release.info.label, release.info.id[:16])
    for id in sorted(old, key=used.__getitem__, reverse=True)[OPEN:]:
        opened.pop(id)


class Catalogued(ABC):
    """The part of the protocol `Library` for which it makes no difference where releases are kept."""

    @abstractmethod
    def catalogue(self) -> Catalogue:
        """Return the catalogue as it is now."""

    @abstractmethod
    def keeps(self, release: Published) -> bool:
        """Say whether a release is kept here, built by whatever version of the tables."""

    @abstractmethod
    def kept(self, release: Published) -> KeptRelease:
        """Return what is kept of a release, built by whatever version; to read it raises StoreError or a Problem."""

    @abstractmethod
    def _open(self, release: Published) -> SqlReader:
        """Return the reader of a release; raise ReleaseGone."""

    @abstractmethod
    def _changes(self) -> StoredChanges:
        """Return the log of changes as the catalogue allows it to be read."""

    @property
    @abstractmethod
    def is_remote(self) -> bool:
        """Whether it is asked through another process."""

    def version(self) -> str:
        return self.catalogue().version

    def changes(self, question: ChangeQuestion) -> ChangePage:
        return self._changes().page(question)

    def changed(self, ids: Iterable[str]) -> Sequence[str]:
        return self._changes().changed(ids)

    def changes_version(self) -> str:
        return f"{self.version()} {self._changes().log.version}"

    def named(self, reference: str) -> SqlReader:
        return self._open(self.catalogue().named(reference))

    def begun(self, prefix: str) -> SqlReader:
        return self._open(self.catalogue().begun(prefix))

    def known(self, reference: str) -> Published:
        return self.catalogue().known(reference)

    def published(self) -> Sequence[Published]:
        return self.catalogue().listed()
