"""A page with its total costs a bounded number of database steps, the same however many records there are."""

from contextlib import closing
from pathlib import Path

import pytest

from app.releases.build import plan
from app.releases.publish import publish_release
from app.releases.sqlite import SqliteStore
from benchmarks.steps import BOUND, Cost, costs
from releases.many import many

SIZES = (400, 4000)  # events, and as many claims

Costs = dict[int, dict[tuple[str, ...], Cost]]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Costs:
    """The cost of every filter with one value, in the default order and its reverse, at each size."""
    made: Costs = {}
    for size in SIZES:
        with closing(SqliteStore(tmp_path_factory.mktemp("many"))) as store:
            publish_release(store, plan(many(size)))
            made[size] = {(cost.path, *cost.question, cost.question["sort"]): cost for cost in costs(store)}
    return made


def test_every_filter_is_asked(found: Costs) -> None:
    asked = {(path, name) for path, *names in found[SIZES[1]] for name in names}
    for name in ("type", "date", "participant", "role", "place", "near", "bbox", "measure", "min", "identifier", "q"):
        assert ("/events", name) in asked
    for name in ("speaker", "event", "source", "said", "max", "aspect"):
        assert ("/claims", name) in asked
    assert ("/actors", "office") in asked
    assert ("/search", "q") in asked


def test_no_page_costs_more_than_the_bound(found: Costs) -> None:
    for at_size in found.values():
        assert {key: cost.steps for key, cost in at_size.items() if cost.steps > BOUND} == {}


def test_ten_times_the_records_cost_no_more(found: Costs) -> None:
    """But for the numbers in a statement's pages, and one bin or another; nothing that grows with what matches."""
    small, large = (found[size] for size in SIZES)
    matched = [key for key in small if key in large and large[key].total > 5 * small[key].total]
    assert len(matched) > 40
    full = [key for key in matched if small[key].total >= 50]
    assert len(full) > 20
    assert {
        key: (small[key].steps, large[key].steps) for key in full if large[key].steps > 1.2 * small[key].steps
    } == {}


def test_a_bound_is_no_bound_if_nothing_is_counted(found: Costs) -> None:
    assert all(cost.steps > 20 for at_size in found.values() for cost in at_size.values())
    assert any(cost.total > 1000 for cost in found[SIZES[1]].values())


def test_the_cost_is_printed(tmp_path: Path) -> None:
    with closing(SqliteStore(tmp_path)) as store:
        publish_release(store, plan(many(10)))
        assert all(cost.path.startswith("/") for cost in costs(store))
