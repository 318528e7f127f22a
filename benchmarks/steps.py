"""The cost of a question: steps of SQLite's virtual machine for a page with its total, for each filter.

Steps do not depend on the machine or its load. `python -m benchmarks.steps STORE` prints a table; the tests check that
no question exceeds the bound.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.query.base import Collection
from app.query.question import ask
from app.query.reader import Published
from app.releases.database import SqliteDatabase
from app.releases.reader import SqlReader
from app.releases.sqlite import SqliteStore
from app.resources import MAIN
from app.resources.search import search

BOUND = 3000  # steps of a page of 50 with its total, in a release with at most a hundred places


class CountingDatabase(SqliteDatabase):
    """A database that counts the steps of its statements."""

    def __init__(self, path: Path) -> None:
        self.steps = 0
        super().__init__(path, connections=1)
        self._idle[0].set_progress_handler(self._step, 1)

    def _step(self) -> int:
        self.steps += 1
        return 0


@dataclass(frozen=True)
class Cost:
    """One question, the number of records that it selects, and its steps with empty caches."""

    path: str
    question: Mapping[str, str]
    total: int
    steps: int


def costs(store: SqliteStore) -> Iterator[Cost]:
    """Yield the cost of every filter of every collection with one value, in the default order and its reverse."""
    release = store.catalogue().needed()
    path = store.database(release.info.id)
    for collection in (*MAIN, search):
        for question in questions(collection, store.current().examples(collection)):
            yield _cost(collection, question, path, release)


def questions(collection: Collection, examples: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Yield every filter with its example, in the default order and its reverse."""
    order = collection.sorts[0]
    needed = {collection.requires: examples[collection.requires]} if collection.requires else {}
    for filter in collection.filters:
        if filter.name in examples:
            paired = {filter.needs: examples[filter.needs]} if filter.needs else {}
            for sort in (order, f"-{order}"):
                yield {**needed, **paired, filter.name: examples[filter.name], "sort": sort}


def _cost(collection: Collection, question: Mapping[str, str], path: Path, release: Published) -> Cost:
    database = CountingDatabase(path)
    reader = SqlReader(database, release)  # a new reader, whose caches are empty
    opened = database.steps
    page = reader.page(ask(collection, {name: (value,) for name, value in question.items()}, reader))
    reader.close()
    return Cost(f"/{collection.name}", question, page.total, database.steps - opened)


def main() -> None:
    """Print the cost of every question over a store."""
    store = SqliteStore(Path(sys.argv[1]))
    highest_first = sorted(costs(store), key=lambda cost: -cost.steps)
    store.close()
    for cost in highest_first:
        query = "&".join(f"{name}={value}" for name, value in cost.question.items())
        print(f"{cost.steps:8,} steps {cost.total:10,} records  {cost.path}?{query}")
    print(f"{len(highest_first)} questions, at most {highest_first[0].steps:,} steps each")


if __name__ == "__main__":
    main()
