"""Range indexes: what is cut, stored and read again gives the records up to any bound."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from app.query.index import Number
from app.releases.bins import RECORDS, Bins, cut, unpack_bin
from app.releases.packing import unpack_bitmap, unpack_numbers

MANY = 3 * RECORDS + 100


def read(numbers: Sequence[Number], records: Sequence[int]) -> Bins:
    """The index of these numbers, as it is read from what is stored of it."""
    (firsts, _, present), *bins = cut(numbers, records)
    return Bins(unpack_numbers(firsts), unpack_bitmap(present), lambda bin: unpack_bin(*bins[bin - 1]))


def up_to(numbers: Sequence[Number], records: Sequence[int], bound: Number, strictly: bool) -> BitMap:
    """The same of numbers in rising order, without an index."""
    return BitMap(records[: (bisect_left if strictly else bisect_right)(numbers, bound)])


@given(st.integers(0, 2**32), st.sampled_from(["in a row", "with gaps", "in any order"]), st.integers(2, 4000))
def test_a_range_has_the_records_up_to_its_bound(seed: int, order: str, values: int) -> None:
    random = Random(seed)
    numbers: list[Number] = sorted(random.randrange(values) for _ in range(MANY))
    records = [2 * record if order == "with gaps" else record for record in range(7, 7 + MANY)]
    if order == "in any order":
        random.shuffle(records)
    index = read(numbers, records)
    assert index.present == BitMap(records)
    for bound in (-1, 0, values, *(random.randrange(values) for _ in range(10)), *index.firsts[1:3]):
        for strictly in (True, False):
            assert index.up_to(bound, strictly) == up_to(numbers, records, bound, strictly)


@pytest.mark.parametrize(("step", "stored"), [(1, 1), (2, RECORDS - 1)])
def test_of_records_that_follow_upon_each_other_a_bin_has_the_first_only(step: int, stored: int) -> None:
    records = range(5, 5 + step * MANY, step)
    _, _, second, *_ = cut(list(range(MANY)), records)  # the first one is of one number
    assert len(second[1]) == 4 * stored
    assert list(unpack_bin(*second)[1]) == list(records[1:RECORDS])
