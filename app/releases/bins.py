"""Range indexes: bitmaps of the records up to any number.

The sorted numbers are cut into bins. A bin is stored with the bitmap of all records below it, so that a range costs one
look-up whatever its size (range encoding with binning, as in column stores). A bin whose numbers are all equal is
stored without a list of them. Of records that follow upon each other, as those of a collection in the order of its
dates do, a bin has the first only.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pyroaring import BitMap

from app.query.index import Number
from app.releases.packing import pack_bitmap, pack_numbers, pack_records, unpack_bitmap, unpack_numbers, unpack_records

RECORDS = 512  # least number of records in one bin
BINS = 256  # most bins of one index

BinParts = tuple[bytes, bytes, bytes]  # numbers, records, and the bitmap of the records below, packed


def cut(numbers: Sequence[Number], records: Sequence[int]) -> Iterator[BinParts]:
    """Yield the bins of an index; `records[i]` has the number `numbers[i]`.

    Bin 0 comes first. It is the directory: the first number of each bin, and the bitmap of all records.
    """
    order = sorted(range(len(numbers)), key=numbers.__getitem__)
    ranked = [numbers[i] for i in order]
    edges = [0, *_edges(ranked), len(ranked)]
    yield pack_numbers([ranked[start] for start in edges[:-1]]), b"", pack_bitmap(BitMap(records))
    below = BitMap()
    for start, end in pairwise(edges):
        inside = array("I", (records[i] for i in order[start:end]))
        lists = b"", b""
        if ranked[start] != ranked[end - 1]:
            in_a_row = inside == array("I", range(inside[0], inside[0] + len(inside)))
            lists = pack_numbers(ranked[start:end]), pack_records(inside[:1] if in_a_row else inside)
        yield *lists, pack_bitmap(below)
        below |= BitMap(inside)


def _edges(ranked: Sequence[Number]) -> list[int]:
    """Return the positions at which a new bin begins, never between equal numbers."""
    size = max(RECORDS, -(-len(ranked) // BINS))
    wanted = (bisect_left(ranked, ranked[at]) for at in range(size, len(ranked), size))
    after = (bisect_right(ranked, ranked[at]) for at in range(0, len(ranked), size))
    return sorted(edge for edge in {*wanted, *after} if 0 < edge < len(ranked))


def unpack_bin(numbers: bytes, records: bytes, below: bytes) -> tuple[Sequence[Number], Sequence[int], BitMap]:
    """Return the numbers, records and bitmap of a bin that is not the directory."""
    ranked, inside = unpack_numbers(numbers), unpack_records(records)
    in_a_row = len(inside) < len(ranked)
    return ranked, range(inside[0], inside[0] + len(ranked)) if in_a_row else inside, unpack_bitmap(below)


@dataclass(frozen=True)
class Bins:
    """A range index as it is read; `fetch` returns the numbers, records and bitmap of a bin, counted from 1."""

    firsts: Sequence[Number]
    present: BitMap
    fetch: Callable[[int], tuple[Sequence[Number], Sequence[int], BitMap]]

    def up_to(self, bound: Number, strictly: bool) -> BitMap:
        """Return the records whose number is at most the bound or, if `strictly`, less than it."""
        within = bisect_left if strictly else bisect_right
        bins = within(self.firsts, bound)
        if bins == 0:
            return BitMap()
        numbers, records, below = self.fetch(bins)
        if numbers:
            return below | BitMap(records[: within(numbers, bound)])
        return self.fetch(bins + 1)[2] if bins < len(self.firsts) else self.present
