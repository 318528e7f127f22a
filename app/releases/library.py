"""What both stores answer from the catalogue alone: which release a name means, and what was published."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from app.query.reader import Published
from app.releases.catalogue import Catalogue
from app.releases.reader import SqlReader
from app.releases.steps import Compared


class Catalogued(ABC):
    """The part of the protocol `Library` for which it makes no difference where releases are kept."""

    @abstractmethod
    def catalogue(self) -> Catalogue:
        """Return the catalogue as it is now."""

    @abstractmethod
    def keeps(self, release: Published) -> bool:
        """Say whether a release is kept here, built by whatever version of the tables."""

    @abstractmethod
    def kept(self, release: Published) -> Compared:
        """Return what is kept of a release, built by whatever version; to read it raises StoreError or a Problem."""

    @abstractmethod
    def _open(self, release: Published) -> SqlReader:
        """Return the reader of a release; raise ReleaseGone."""

    @property
    @abstractmethod
    def is_remote(self) -> bool:
        """Whether it is asked through another process."""

    def version(self) -> str:
        return self.catalogue().version

    def named(self, reference: str) -> SqlReader:
        return self._open(self.catalogue().named(reference))

    def begun(self, prefix: str) -> SqlReader:
        return self._open(self.catalogue().begun(prefix))

    def known(self, reference: str) -> Published:
        return self.catalogue().known(reference)

    def published(self) -> Sequence[Published]:
        return self.catalogue().listed()
