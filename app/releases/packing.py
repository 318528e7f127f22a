"""Packing: bitmaps, arrays and texts as the bytes that a database stores."""

import sys
import zlib
from array import array
from collections.abc import Iterable, Sequence
from typing import Union

from pyroaring import BitMap

from app.query.index import Number

LEVEL = 4  # zlib level: half the work of the default, and a tenth more bytes
FEW = 3  # most records for which their numbers take fewer bytes than a Roaring bitmap


Numbers = Union["array[int]", "array[float]"]


def pack_bitmap(records: BitMap) -> bytes:
    """Return a bitmap in the portable Roaring format; of at most `FEW` records their numbers, as `pack_records`."""
    if len(records) <= FEW:
        return pack_records(records)
    records = records.copy()
    records.run_optimize()
    return bytes(records.serialize())


def unpack_bitmap(packed: bytes) -> BitMap:
    """Return the bitmap that was packed."""
    return BitMap(unpack_records(packed)) if len(packed) <= FEW * 4 else BitMap.deserialize(packed)


def pack_records(records: Iterable[int]) -> bytes:
    """Return record numbers in the order given, 32 bits each, little-endian."""
    packed = array("I", records)
    _swap_bytes(packed)
    return packed.tobytes()


def unpack_records(packed: bytes) -> "array[int]":
    """Return the record numbers that were packed."""
    records = array("I", packed)
    _swap_bytes(records)
    return records


def pack_numbers(numbers: Sequence[Number]) -> bytes:
    """Return a letter for the type, `q` for integers or `d` for doubles, then the numbers, 64 bits each."""
    integers = [number for number in numbers if isinstance(number, int)]
    packed: Numbers = array("q", integers) if len(integers) == len(numbers) else array("d", numbers)
    _swap_bytes(packed)
    return packed.typecode.encode() + packed.tobytes()


def unpack_numbers(packed: bytes) -> Numbers:
    """Return the numbers that were packed; no bytes are no numbers."""
    numbers: Numbers = array("d", packed[1:]) if packed[:1] == b"d" else array("q", packed[1:])
    _swap_bytes(numbers)
    return numbers


def pack_text(text: str) -> bytes:
    """Return a text in UTF-8, compressed (zlib, RFC 1950)."""
    return zlib.compress(text.encode(), LEVEL)


def unpack_text(packed: bytes) -> str:
    """Return the text that was packed."""
    return zlib.decompress(packed).decode()


def _swap_bytes(numbers: Numbers) -> None:
    """Swap the bytes of each number on a big-endian machine: they are stored little-endian."""
    if sys.byteorder == "big":
        numbers.byteswap()
