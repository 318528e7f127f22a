"""What a question costs: the steps of SQLite's virtual machine for a page with its total, filter by filter.

Steps do not depend on the machine or on what else it does. `python -m benchmarks.steps STORE` prints a table; the
tests hold the bound.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.query.base import Collection
from app.query.question import ask
from app.query.reader import Published
from app.releases.database import Database
from app.releases.reader import SqlReader
from app.releases.sqlite import SqliteStore
from app.resources import MAIN
from app.resources.search import search

BOUND = 3000  # steps of one page of 50 with its total, where no more than a hundred places are known


class CountingDatabase(Database):
    """A database that counts its steps."""

    def __init__(self, path: Path) -> None:
        self.steps = 0
        super().__init__(path, connections=1)
        self._idle[0].set_progress_handler(self._step, 1)

    def _step(self) -> int:
        self.steps += 1
        return 0


@dataclass(frozen=True)
class Cost:
    """One question, how many records it selects, and its steps when nothing was asked before."""

    path: str
    question: Mapping[str, str]
    total: int
    steps: int


def costs(store: SqliteStore) -> Iterator[Cost]:
    """Every filter of every collection with one value, in the default order and its reverse."""
    release = store.catalogue().needed()
    path = store.database(release.info.id)
    for collection in (*MAIN, search):
        for asked in _questions(collection, store.current().examples(collection)):
            yield _cost(collection, asked, path, release)


def _questions(collection: Collection, examples: Mapping[str, str]) -> Iterator[dict[str, str]]:
    order = collection.sorts[0]
    needed = {collection.requires: examples[collection.requires]} if collection.requires else {}
    for asked in collection.filters:
        if asked.name in examples:
            beside = {asked.needs: examples[asked.needs]} if asked.needs else {}
            for sort in (order, f"-{order}"):
                yield {**needed, **beside, asked.name: examples[asked.name], "sort": sort}


def _cost(collection: Collection, asked: Mapping[str, str], path: Path, release: Published) -> Cost:
    database = CountingDatabase(path)
    reader = SqlReader(database, release)  # anew: nothing is remembered
    opened = database.steps
    page = reader.page(ask(collection, {name: (value,) for name, value in asked.items()}, reader))
    reader.close()
    return Cost(f"/{collection.name}", asked, page.total, database.steps - opened)


def main() -> None:
    """Print the cost of every question over a store."""
    store = SqliteStore(Path(sys.argv[1]))
    found = sorted(costs(store), key=lambda cost: -cost.steps)
    store.close()
    for cost in found:
        asked = "&".join(f"{name}={value}" for name, value in cost.question.items())
        print(f"{cost.steps:8,} steps {cost.total:10,} records  {cost.path}?{asked}")
    print(f"{len(found)} questions, at most {found[0].steps:,} steps each")


if __name__ == "__main__":
    main()
