"""The indexes of a published release, read from its database. Those used last are kept in memory."""

import re
from collections.abc import Callable, Iterable, Sequence, Set
from operator import itemgetter
from typing import Any, TypeVar

from pyroaring import BitMap

from app.query.index import ANY, Number, union
from app.query.sorting import Ordering
from app.releases.base import Database
from app.releases.bins import Bins, unpack_bin
from app.releases.packing import unpack_bitmap, unpack_numbers, unpack_records
from app.resources.indexes import ANYTHING
from app.values.memory import Memory

KEPT = 32 * 2**20  # bytes of the bitmaps, bins and orders that are kept in memory, counted as they are stored
OVERHEAD = 200  # bytes that each of them takes in addition

POSTING = "SELECT records FROM posting WHERE name = ? AND value = ? AND place = ?"
BEGINNING = "SELECT records FROM posting WHERE name = ? AND value >= ? AND value < ? AND place = 0"
LIKE = "SELECT records FROM posting WHERE name = ? AND value LIKE ? ESCAPE '\\' AND place = 0"
HELD = "SELECT value FROM posting WHERE name = ? AND place = 0 AND value"
FORMS = "SELECT words FROM form WHERE stem = ?"
STARTING = "SELECT value FROM posting WHERE name = ? AND value >= ? AND value < ? AND place = 0 ORDER BY value LIMIT ?"
LONGER = "SELECT value FROM posting WHERE name = ? AND value LIKE ? AND place = 0 ORDER BY length(value), value LIMIT 1"
VALUES = "SELECT value, size FROM posting WHERE name = ? AND place = 0 ORDER BY value LIMIT ?"
PLACES = "SELECT COUNT(*) FROM posting WHERE name = ? AND place = 0"
BIN = "SELECT numbers, records, below FROM bin WHERE name = ? AND place = ? AND bin = ?"
DIRECTORY = "SELECT numbers, below FROM bin WHERE name = ? AND place = ? AND bin = 0"
ORDERING = "SELECT valued, starts, records FROM ordering WHERE collection = ? AND word = ?"
LIVE = "SELECT number FROM record WHERE state = 'live' AND id"
TEXTS = "SELECT number, words FROM text WHERE number"

ALL = 2**31 - 1  # more values than any index has

T = TypeVar("T")


class StoredIndex:
    """The protocol `Index` over a database. Statements look up whole keys, so the size of a release hardly matters."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: Memory[tuple[Any, int]] = Memory(KEPT, itemgetter(1))

    def having(self, index: str, value: str, row: int = ANY) -> BitMap:
        return self._loaded(POSTING, (index, value, row), unpack_bitmap, BitMap)

    def present(self, index: str, row: int = ANY) -> BitMap:
        return self._loaded(POSTING, (index + ANYTHING, "", row), unpack_bitmap, lambda: self._bins(index, row).present)

    def beginning(self, index: str, start: str) -> BitMap:
        end = f"{start}{{"  # the character after "z": keys consist of letters, digits and blanks
        return union(unpack_bitmap(packed) for (packed,) in self._database.rows(BEGINNING, (index, start, end)))

    def held(self, index: str, values: Iterable[str]) -> Set[str]:
        key = (HELD, index, *sorted(values))
        kept = self._kept.get(key)
        if kept is None:
            marks = ", ".join("?" * (len(key) - 2))
            rows = self._database.rows(f"{HELD} IN ({marks})", key[1:])
            kept = ({value for (value,) in rows}, OVERHEAD + 2 * sum(map(len, key)))
            self._kept.put(key, kept)
        held: Set[str] = kept[0]
        return held

    def forms(self, group: str) -> Sequence[str]:
        return self._loaded(FORMS, (group,), str.split, lambda: [group])

    def like(self, index: str, pattern: str) -> BitMap:
        return union(unpack_bitmap(packed) for (packed,) in self._database.rows(LIKE, (index, pattern)))

    def up_to(self, index: str, bound: Number, row: int = ANY) -> BitMap:
        return self._bins(index, row).up_to(bound, strictly=False)

    def below(self, index: str, bound: Number, row: int = ANY) -> BitMap:
        return self._bins(index, row).up_to(bound, strictly=True)

    def _bins(self, index: str, row: int) -> Bins:
        def fetch(bin: int) -> tuple[Sequence[Number], Sequence[int], BitMap]:
            return self._loaded(BIN, (index, row, bin), unpack_bin, lambda: ((), (), BitMap()))

        def bins(firsts: bytes, present: bytes) -> Bins:
            return Bins(unpack_numbers(firsts), unpack_bitmap(present), fetch)

        return self._loaded(DIRECTORY, (index, row), bins, lambda: Bins((), BitMap(), fetch))

    def values(self, index: str) -> Sequence[str]:
        return [value for value, _ in self.counts(index)]

    def counts(self, index: str, most: int = ALL) -> Sequence[tuple[str, int]]:
        """Return the first `most` values of an index in order, each with the number of records that have it."""
        return self._database.rows(VALUES, (index, most))

    def around(self, index: str, value: str, most: int) -> Sequence[str]:
        """Values that begin with the same letters: two of them, else one."""
        starts = (value[:letters] for letters in (2, 1) if value)
        found = (self._database.rows(STARTING, (index, start, f"{start}{{", most)) for start in starts)
        return [known for (known,) in next(filter(None, found), ())]

    def with_words(self, index: str, value: str) -> str | None:
        """The shortest value of several words that has these in a row."""
        words = re.sub(r"[^a-z0-9-]", "", value)
        patterns = (f"{words}-%", f"%-{words}-%", f"%-{words}") if words else ()
        found = (self._database.row(LONGER, (index, pattern)) for pattern in patterns)
        return next((str(row[0]) for row in found if row), None)

    def rows(self, table: str) -> int:
        return self._loaded(PLACES, (table,), int, int)

    def numbered(self, ids: Iterable[str]) -> BitMap:
        return BitMap(number for (number,) in self._database.of_any(LIVE, ids))

    def texts(self, records: BitMap) -> Sequence[tuple[int, str]]:
        return self._database.of_any(TEXTS, records)

    def ordering(self, collection: str, word: str, members: range) -> Ordering:
        """Return the order of a collection by a sort word; `members` are the numbers of its records."""

        def unpack(valued: int, starts: bytes, records: bytes | None) -> Ordering:
            return Ordering(unpack_records(records) if records else members, valued, unpack_bitmap(starts))

        return self._loaded(ORDERING, (collection, word), unpack, lambda: Ordering(members, 0, BitMap([0])))

    def _loaded(
        self, statement: str, values: tuple[object, ...], unpack: Callable[..., T], missing: Callable[[], T]
    ) -> T:
        """Return the one row of a statement, unpacked, or what `missing` returns; from memory if it is kept there."""
        key = (statement, *values)
        kept: tuple[T, int] | None = self._kept.get(key)
        if kept is None:
            row = self._database.row(statement, values)
            loaded = missing() if row is None else unpack(*row)
            kept = (loaded, OVERHEAD + sum(len(value) for value in row or () if isinstance(value, bytes)))
            self._kept.put(key, kept)
        return kept[0]
