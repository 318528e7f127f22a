"""The protocol of a database that holds one release, which is all that answering a question asks of a store.

A statement is the same text for every store: it names tables behind FROM, JOIN or UPDATE, marks values by `?`, puts
names that may be words of SQL into double quotes, and says in what order it wants rows wherever that matters.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

Row = tuple[Any, ...]


class Database(Protocol):
    """The tables of one release, which nobody writes to.

    Every method that reads raises Overloaded if no connection is free in time, QueryTimeout if the statement takes too
    long, and ReleaseGone once this is closed.
    """

    @property
    def is_remote(self) -> bool:
        """Whether statements wait for another process: then none may be waited for on the event loop."""

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        """Return all rows of a statement."""

    def row(self, statement: str, values: Sequence[object] = ()) -> Row | None:
        """Return the first row of a statement, or None."""

    def of_any(self, statement: str, values: Iterable[object]) -> list[Row]:
        """Return the rows, in any order, that have one of these values in the column that the statement ends with."""

    def documents(self, numbers: Sequence[int]) -> list[bytes]:
        """Return the documents of these records, in this order, as UTF-8; a number without one is passed over."""

    def close(self) -> None:
        """Give back what is held for this release."""


class KeptRelease(Protocol):
    """What a store keeps of a release, built by whatever version. Every method raises StoreError if it is damaged."""

    def lines(self) -> Iterator[str]:
        """Yield the curated input, one canonical JSON text a record."""

    def proved(self, id: str) -> Iterator[str]:
        """Yield the same of the release with that id; raise StoreError in the end if it is not its input."""

    def labels(self, ids: Iterable[str]) -> dict[str, str]:
        """Return what people call those of the ids that are live records."""
