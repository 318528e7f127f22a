"""How bitmaps, arrays and texts are kept in a database, and read from it again."""

import sys
import zlib
from array import array
from collections.abc import Iterable, Sequence
from typing import Any

from pyroaring import BitMap

from app.query.index import Number

LEVEL = 4  # of compression: half the work of the usual one, and a tenth larger
FEW = 3  # records: a Roaring bitmap has more bytes than their numbers


def pack_bitmap(records: BitMap) -> bytes:
    """The bitmap in the portable Roaring format; of few records, for which that has a long head, their numbers."""
    if len(records) <= FEW:
        return pack_records(records)
    records = records.copy()
    records.run_optimize()
    return bytes(records.serialize())


def unpack_bitmap(packed: bytes) -> BitMap:
    """The bitmap that was packed."""
    return BitMap(unpack_records(packed)) if len(packed) <= FEW * 4 else BitMap.deserialize(packed)


def pack_records(records: Iterable[int]) -> bytes:
    """Record numbers in their order, 32 bits each."""
    packed = array("I", records)
    _turn(packed)
    return packed.tobytes()


def unpack_records(packed: bytes) -> "array[int]":
    """The record numbers that were packed."""
    records = array("I", packed)
    _turn(records)
    return records


def pack_numbers(numbers: Sequence[Number]) -> bytes:
    """A letter for the type, then the numbers, 64 bits each: `q` whole numbers, `d` doubles."""
    whole = all(isinstance(number, int) for number in numbers)
    packed: array[Any] = array("q" if whole else "d", numbers)
    _turn(packed)
    return packed.typecode.encode() + packed.tobytes()


def unpack_numbers(packed: bytes) -> "array[Any]":
    """The numbers that were packed; none from no bytes."""
    numbers: array[Any] = array("d" if packed[:1] == b"d" else "q", packed[1:])
    _turn(numbers)
    return numbers


def pack_text(text: str) -> bytes:
    """The text compressed (zlib, RFC 1950)."""
    return zlib.compress(text.encode(), LEVEL)


def unpack_text(packed: bytes) -> str:
    """The text that was packed."""
    return zlib.decompress(packed).decode()


def _turn(numbers: "array[Any]") -> None:
    """Turn the bytes of each number, which are stored in little-endian order, where the machine's are the other way."""
    if sys.byteorder == "big":
        numbers.byteswap()
