"""A page with its total asks PostgreSQL for a bounded number of blocks, the same however many records there are."""

from importlib import import_module

import pytest

from app.releases.build import plan
from app.releases.postgres.publish import publish_release
from benchmarks.buffers import BLOCKS_OF_TEXT, BOUND, Cost, costs, costs_of_compounds
from releases.many import many

pytestmark = pytest.mark.thorough
SIZES = (2_000, 20_000)  # events, and as many claims
WITHOUT_TEXTS = 100  # blocks of a word for which no text is read
ENDS = 4  # of a box: where values are in several bins, the next one is looked up too for each end of a range

Costs = dict[int, dict[tuple[str, ...], Cost]]


@pytest.fixture(scope="module")
def databases(postgres: str) -> dict[int, str]:
    """A database of each size."""
    made = {size: postgres.replace("/postgres?", f"/many_{size}?") for size in SIZES}
    for size, database in made.items():
        with import_module("psycopg").connect(postgres, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE many_{size}")
        publish_release(database, plan(many(size)))
    return made


@pytest.fixture(scope="module")
def found(databases: dict[int, str]) -> Costs:
    """The cost of every filter with one value, in the default order and its reverse, at each size."""
    return {
        size: {(cost.path, *cost.question, cost.question["sort"]): cost for cost in costs(database)}
        for size, database in databases.items()
    }


def test_no_page_costs_more_than_the_bound(found: Costs) -> None:
    for at_size in found.values():
        assert {key: cost.blocks for key, cost in at_size.items() if cost.blocks > BOUND} == {}


def test_of_two_words_in_one_only_texts_of_the_collection_are_read(databases: dict[int, str]) -> None:
    found = list(costs_of_compounds(databases[SIZES[1]]))
    assert {cost.path: cost.blocks for cost in found if cost.blocks > BOUND + BLOCKS_OF_TEXT * cost.texts} == {}
    assert max(cost.texts for cost in found) > 1000
    unread = {cost.path: cost.blocks for cost in found if not cost.texts}
    assert "/actors" in unread
    assert {path: blocks for path, blocks in unread.items() if blocks > WITHOUT_TEXTS} == {}


def test_ten_times_the_records_take_no_more_statements(found: Costs) -> None:
    small, large = (found[size] for size in SIZES)
    same = [key for key in small if key in large and large[key].total > 5 * small[key].total]
    assert len(same) > 40
    more = {key: (small[key].statements, large[key].statements) for key in same}
    assert {key: both for key, both in more.items() if both[1] > both[0] + ENDS} == {}


def test_no_page_reads_a_table_from_end_to_end(found: Costs) -> None:
    assert {key: cost.scanned for key, cost in found[SIZES[1]].items() if cost.scanned > 1000} == {}


def test_a_bound_is_no_bound_if_nothing_is_counted(found: Costs) -> None:
    assert all(cost.blocks > 5 for at_size in found.values() for cost in at_size.values())
    assert any(cost.total > 1000 for cost in found[SIZES[1]].values())
    assert len(found[SIZES[1]]) > 100
