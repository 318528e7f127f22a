"""A page with its total costs a bounded number of database steps, the same however many records there are."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from app.releases.build import plan
from app.releases.publish import publish_release
from app.releases.sqlite import SqliteStore
from app.resources import by_name
from benchmarks.steps import BOUND, STEPS_OF_TEXT, Cost, cost, costs, costs_of_compounds
from releases.many import many

SIZES = (400, 4000)  # events, and as many claims

Costs = dict[int, dict[tuple[str, ...], Cost]]


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[int, SqliteStore]]:
    """A store of each size."""
    with ExitStack() as stack:
        made = {size: stack.enter_context(closing(SqliteStore(tmp_path_factory.mktemp("many")))) for size in SIZES}
        for size, store in made.items():
            publish_release(store, plan(many(size)))
        yield made


@pytest.fixture(scope="module")
def found(stores: dict[int, SqliteStore]) -> Costs:
    """The cost of every filter with one value, in the default order and its reverse, at each size."""
    return {
        size: {(cost.path, *cost.question, cost.question["sort"]): cost for cost in costs(store)}
        for size, store in stores.items()
    }


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


def test_of_two_words_in_one_only_texts_of_the_collection_are_read(stores: dict[int, SqliteStore]) -> None:
    found = list(costs_of_compounds(stores[SIZES[1]]))
    assert {cost.path: cost.steps for cost in found if cost.steps > BOUND + STEPS_OF_TEXT * cost.texts} == {}
    assert {"/actors", "/claims", "/search"} <= {cost.path for cost in found}
    assert max(cost.texts for cost in found) > 1000
    assert min(cost.texts for cost in found) == 0


@pytest.mark.parametrize(
    "question",
    [
        {"q": "thewas", "event": "event-7"},
        {"q": '"the harbour was"', "event": "event-7"},
        {"q": '"was har"*', "event": "event-7"},
        {"q": "thewas", "said": "1990-03"},
        {"q": "thewas 17"},
        {"q": '"the harbour was" "was rope"'},
        {"q": "thewas", "event": "event-7", "sort": "relevance"},
        {"q": '-"the harbour was"', "event": "event-7"},
        {"q": "thewas OR wasthe", "event": "event-7"},
        {"filter": "q = 'thewas' AND event = 'event-7'"},
        {"filter": "NOT (q = 'thewas' OR q = 'wasthe') AND event = 'event-7'"},
        {"q": "thewas", "filter": "event = 'event-7'"},
    ],
    ids=str,
)
def test_texts_are_read_only_of_records_that_meet_all_else(
    stores: dict[int, SqliteStore], question: dict[str, str]
) -> None:
    store = stores[SIZES[1]]
    release = store.catalogue().needed()
    asked = cost(by_name("claims"), question, store.database(release.info.id), release)
    assert asked.steps < BOUND


def test_a_bound_is_no_bound_if_nothing_is_counted(found: Costs) -> None:
    assert all(cost.steps > 20 for at_size in found.values() for cost in at_size.values())
    assert any(cost.total > 1000 for cost in found[SIZES[1]].values())


def test_the_cost_is_printed(tmp_path: Path) -> None:
    with closing(SqliteStore(tmp_path)) as store:
        publish_release(store, plan(many(10)))
        assert all(cost.path.startswith("/") for cost in costs(store))
