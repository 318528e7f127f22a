"""Batches: some at once of what need not all be in memory."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batched(values: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the values in lists of that size, the last one shorter."""
    rest = iter(values)
    while some := list(islice(rest, size)):
        yield some
